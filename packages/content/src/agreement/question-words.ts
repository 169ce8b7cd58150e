import type { AgreementLanguage, AnswerCode, Question, QuestionCode, SecretCategory } from "@sotto/domain";
import { answers, categories, frames, questions, reasons } from "./en/questions.ts";
import {
  answers as answersEs,
  categories as categoriesEs,
  frames as framesEs,
  questions as questionsEs,
  reasons as reasonsEs,
} from "./es/questions.ts";

/** The words of the questions that signers are asked. `reasons` holds why an answer is right, for each that ever is. */
export interface QuestionWords {
  readonly questions: { readonly [Code in QuestionCode]: string };
  /** Further wordings, for those that are asked in every round. */
  readonly frames: { readonly [Code in QuestionCode]?: readonly string[] };
  readonly answers: { readonly [Code in AnswerCode]: string };
  readonly reasons: { readonly [Code in AnswerCode]?: string };
  readonly categories: { readonly [Category in SecretCategory]: string };
}

export const QUESTION_WORDS: { readonly [Language in AgreementLanguage]: QuestionWords } = {
  en: { questions, frames, answers, reasons, categories },
  es: {
    questions: questionsEs,
    frames: framesEs,
    answers: answersEs,
    reasons: reasonsEs,
    categories: categoriesEs,
  },
};

/** A question in the wording of its round, with what is to be put in still between braces. */
export function questionText(
  language: AgreementLanguage,
  { code, frame }: Pick<Question, "code" | "frame">,
): string {
  const { frames: further, questions: first } = QUESTION_WORDS[language];
  return further[code]?.[frame - 1] ?? first[code];
}
