import type { PersonId } from "../id.ts";
import type { AgreementPart } from "./part.ts";
import type { OfferedVersion } from "./state.ts";
import { missingSignatures } from "./state.ts";
import type { Understanding } from "./understanding.ts";

/**
 * How far one signer has come with a version (section 18.2): explained, their questions answered, understood, signed. It is for the therapist's eyes and for the
 * next talk. No step bars the next: whoever wants to sign may, and whoever wants to wait waits.
 */
export const SIGNER_STEPS = ["explain", "answer", "check", "sign", "wait", "signed", "not-asked"] as const;
export type SignerStep = (typeof SIGNER_STEPS)[number];

/** What comes next with this signer. `wait`: they said no, not yet, or that they want something changed. */
export function signerStep(wish: {
  readonly offer: OfferedVersion;
  readonly person: PersonId;
  /** The parts that were gone through with them, or that they have read. */
  readonly explained: readonly AgreementPart[];
  /** How many of their questions have no answer yet. */
  readonly openQuestions: number;
  readonly understanding: Understanding;
}): SignerStep {
  const { explained, offer, openQuestions, person, understanding } = wish;
  if (!offer.required.some((one) => one.person === person)) return "not-asked";
  if (!missingSignatures(offer).some((one) => one.person === person)) return "signed";
  if (offer.answers.has(person)) return "wait";
  const said = new Set(offer.version.words.map(({ part }) => part));
  if ([...said].some((part) => !explained.includes(part))) return "explain";
  if (openQuestions > 0) return "answer";
  return understanding.isUnderstood ? "sign" : "check";
}
