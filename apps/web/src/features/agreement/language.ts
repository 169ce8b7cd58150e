import type { AgreementLanguage } from "@sotto/domain";
import { createContext, useContext } from "react";
import { agreementSign as english, type AgreementSignWords } from "../../words/en/agreement-sign.ts";
import { agreementSign as spanish } from "../../words/es/agreement-sign.ts";

const WORDS: Readonly<Record<AgreementLanguage, AgreementSignWords>> = { en: english, es: spanish };

/** The language in which an agreement is read: what stands around it is said in the same. */
export const ReadingLanguage = createContext<AgreementLanguage>("en");

/** What stands around an agreement, in the language in which it is read. */
export function useAgreementSign(): AgreementSignWords {
  return WORDS[useContext(ReadingLanguage)];
}
