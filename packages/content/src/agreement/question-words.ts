import type { AgreementLanguage, AnswerCode, QuestionCode, SecretCategory } from "@sotto/domain";
import { answers, categories, questions, reasons } from "./en/questions.ts";
import {
  answers as answersEs,
  categories as categoriesEs,
  questions as questionsEs,
  reasons as reasonsEs,
} from "./es/questions.ts";

/** The words of the questions that signers are asked. `reasons` holds why an answer is right, for each that ever is. */
export interface QuestionWords {
  readonly questions: { readonly [Code in QuestionCode]: string };
  readonly answers: { readonly [Code in AnswerCode]: string };
  readonly reasons: { readonly [Code in AnswerCode]?: string };
  readonly categories: { readonly [Category in SecretCategory]: string };
}

export const QUESTION_WORDS: { readonly [Language in AgreementLanguage]: QuestionWords } = {
  en: { questions, answers, reasons, categories },
  es: { questions: questionsEs, answers: answersEs, reasons: reasonsEs, categories: categoriesEs },
};
