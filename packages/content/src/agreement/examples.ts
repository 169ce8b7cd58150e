import type { AgreementLanguage, ClauseCode, TemplateText } from "@sotto/domain";
import { all, three, two } from "./worded.ts";
import type { Worded } from "./worded.ts";

type Example = { readonly [Language in AgreementLanguage]: Worded };

/** What a clause means in a family's life: invented, and close to what happens (leaks.md 3). Shown beside it. */
const EXAMPLES = {
  "policy.no-secrets": {
    en: three(
      "If you tell me alone about a debt, I will help you to tell the others. If you do not, I may tell them.",
      "If you tell me alone that you skip school, I will help you to tell it at home. If you do not, I may tell it.",
      "If you tell me alone that you broke a vase, I will help you to say so at home.",
    ),
    es: three(
      "Si me dices a solas que tienes una deuda, te ayudo a decirlo a los demás. Si no lo haces, puede que lo diga yo.",
      "Si me dices a solas que no vas a clase, te ayudo a decirlo en casa. Si no lo haces, puede que lo diga yo.",
      "Si me dices a solas que rompiste un vaso, te ayudo a decirlo en casa.",
    ),
  },
  "policy.limited": {
    en: three(
      "If you tell me alone about a debt, and money is on the list, I ask you to tell the others. I do not tell them. If you tell me that you are sad, that stays here.",
      "If you tell me alone that you like someone, that stays here.",
      "If you tell me alone that you are sad, that stays here.",
    ),
    es: three(
      "Si me dices a solas que tienes una deuda, y el dinero está en la lista, te pido que lo digas. Yo no lo digo. Si me dices que estás triste, se queda aquí.",
      "Si me dices a solas que te gusta alguien, se queda aquí.",
      "Si me dices a solas que estás triste, se queda aquí.",
    ),
  },
  "policy.discretion": {
    en: two(
      "If you tell me alone about a debt, I think about what the others need to know. I talk with you about it.",
      "If you tell me alone about a fight, I think about who has to know.",
    ),
    es: two(
      "Si me dices a solas que tienes una deuda, pienso qué deben saber los demás. Hablo contigo de eso.",
      "Si me dices a solas que hubo una pelea, pienso quién lo debe saber.",
    ),
  },
  "policy.full": {
    en: two(
      "If you tell me alone about a debt, I do not tell the others. I may have to stop to see you all, and I do not say why.",
      "If you tell me alone about a fight, I do not tell.",
    ),
    es: two(
      "Si me dices a solas que tienes una deuda, no lo digo a los demás. Puede que deje de verlos juntos, y no digo por qué.",
      "Si me dices a solas que hubo una pelea, no lo digo.",
    ),
  },
  "policy.no-individual-contact": {
    en: all("If you call me alone, I say: let us keep that for when we all meet."),
    es: all("Si me llamas a solas, te digo: eso lo hablamos cuando estemos todos."),
  },
  "limits.child-abuse": {
    en: two(
      "If you tell me that a child is hit at home, I have to tell those who keep children safe. If I can, I tell you first.",
      "If you tell me that someone hits you, I get help. You did nothing wrong.",
    ),
    es: two(
      "Si me dices que en casa le pegan a un niño, se lo tengo que decir a quien cuida de los niños. Si puedo, te lo digo antes.",
      "Si me dices que alguien te pega, busco ayuda. Tú no hiciste nada malo.",
    ),
  },
  "minors.partial": {
    en: three(
      "Your son tells me about a girl. I tell you that he talks more now. I do not tell you about the girl.",
      "You tell me about a friend. At home I say that you talk more now. I do not talk about the friend.",
      "You tell me about a dream. At home I say that it goes well.",
    ),
    es: three(
      "Tu hijo me habla de una chica. Te digo que ahora habla más. No te hablo de la chica.",
      "Me hablas de un amigo. En casa digo que ahora hablas más. No hablo del amigo.",
      "Me cuentas un sueño. En casa digo que va bien.",
    ),
  },
  "minors.open": {
    en: two(
      "Your child draws a sad house. I may show it to you, and we talk about it.",
      "You draw a sad house. I may show it at home. I ask you first.",
    ),
    es: two(
      "Tu hijo dibuja una casa triste. Te la puedo mostrar, y lo hablamos.",
      "Tú dibujas una casa triste. La puedo mostrar en casa. Te pregunto antes.",
    ),
  },
  "minors.private": {
    en: two(
      "Your child tells me about a kiss. You do not hear of it from me.",
      "You tell me about a kiss. No one hears of it from me.",
    ),
    es: two(
      "Tu hijo me habla de un beso. Por mí no lo sabes.",
      "Me hablas de un beso. Por mí no lo sabe nadie.",
    ),
  },
  "outsiders.confide.named-supporters": {
    en: all(
      "Your aunt is on the list. You may tell her how you feel. You do not tell her what the others said.",
    ),
    es: all("Tu tía está en la lista. Le puedes decir cómo te sientes. No le dices lo que dicen los demás."),
  },
  "outsiders.everyone": {
    en: all(
      "The school asks how it goes. Until each adult has signed, I do not even say that you come here.",
    ),
    es: all("La escuela pregunta cómo va. Hasta que firme cada adulto, ni digo que vienen aquí."),
  },
  "promises.not-in-fights": {
    en: all("At home you do not say: you told the therapist that you were wrong."),
    es: all("En casa no dices: tú le dijiste al terapeuta que no tenías razón."),
  },
  "promises.no-questioning": {
    en: two(
      "After a meeting you do not ask your child: what did you say about me?",
      "If someone asks what you said, you may say: that is mine.",
    ),
    es: two(
      "Después no le preguntas a tu hijo: ¿qué dijiste de mí?",
      "Si alguien te pregunta qué dijiste, puedes decir: eso es mío.",
    ),
  },
  "court.not-promised": {
    en: two(
      "You split up and go to court. A lawyer writes to me. I do not hand it over. I tell both of you.",
      "If a judge asks me, I tell you.",
    ),
    es: two(
      "Se separan y van a juicio. Un abogado me escribe. No le doy nada. Se lo digo a los dos.",
      "Si un juez me pregunta, te lo digo.",
    ),
  },
  "change.not-backwards": {
    en: all(
      "You told me a thing in May. In June you all sign a new rule. What you said in May keeps the old one.",
    ),
    es: all("Me dijiste algo en mayo. En junio firman una regla nueva. Lo de mayo sigue con la vieja."),
  },
} as const satisfies Partial<{ readonly [Code in ClauseCode]: Example }>;

export type ExampleCode = keyof typeof EXAMPLES;

/** The examples for these clauses, in both languages and for every reader, as a template carries them. */
export function examplesFor(codes: readonly ExampleCode[]): readonly TemplateText[] {
  return codes.flatMap((clause) =>
    (["en", "es"] as const).flatMap((language) =>
      (["adult", "teen", "child"] as const).map((reader) => ({
        clause,
        language,
        reader,
        text: EXAMPLES[clause][language][reader],
      })),
    ),
  );
}
