import type { AgreementLanguage } from "@sotto/domain";

/** What stands around the words of an agreement and its questions, in the language in which they are read. What is between braces is put in. */
export interface ReadingWords {
  /** Before an example, and once below all of them. */
  readonly example: string;
  readonly examplesNote: string;
  readonly check: {
    readonly title: string;
    readonly soFar: string;
    readonly again: string;
    readonly intro: string;
    readonly right: string;
    readonly rightOne: string;
    readonly chosen: string;
    readonly wrong: string;
    readonly comesAgain: string;
    readonly talk: string;
    readonly ask: string;
    readonly next: string;
    readonly done: string;
    readonly doneText: string;
    readonly finish: string;
    readonly part: string;
    readonly score: string;
  };
}

export const READING_WORDS: { readonly [Language in AgreementLanguage]: ReadingWords } = {
  en: {
    example: "For example",
    examplesNote: "The examples only help you to see what is meant. They are not part of what you sign.",
    check: {
      title: "See if it is clear",
      soFar: "{have} of {of} are clear.",
      again: "This one once more",
      intro: "These questions come from what all of you agree on. Nothing hangs on them.",
      right: "Yes, that is right",
      rightOne: "This is right",
      chosen: "Your answer",
      wrong: "Not quite",
      comesAgain: "This question comes once more at the end.",
      talk: "Is it still not clear, or not what you want? Talk about it first.",
      ask: "Ask about this",
      next: "Next question",
      done: "All of it is clear",
      doneText: "You have the right answer to each of the {count} questions.",
      finish: "Go on",
      part: "See the part",
      score: "Your therapist sees how it went, so that you can talk about it. No one else does.",
    },
  },
  es: {
    example: "Por ejemplo",
    examplesNote: "Los ejemplos solo te ayudan a ver qué se quiere decir. No son parte de lo que firmas.",
    check: {
      title: "Mira si está claro",
      soFar: "{have} de {of} están claras.",
      again: "Esta, una vez más",
      intro: "Estas preguntas salen de lo que todos acuerdan. De ellas no depende nada.",
      right: "Sí, así es",
      rightOne: "Esta es la buena",
      chosen: "Tu respuesta",
      wrong: "No del todo",
      comesAgain: "Esta pregunta sale otra vez al final.",
      talk: "¿Aún no está claro, o no es lo que quieres? Háblalo antes.",
      ask: "Pregunta por esto",
      next: "Otra pregunta",
      done: "Todo está claro",
      doneText: "Tienes bien las {count} preguntas.",
      finish: "Sigue",
      part: "Ver esa parte",
      score: "Tu terapeuta ve cómo te fue, para hablarlo contigo. Nadie más lo ve.",
    },
  },
};
