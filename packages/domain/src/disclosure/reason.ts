import type { AgreementVersionId, PersonId, ReleaseId } from "../id.ts";
import type { ConfidentialityLimit } from "../agreement/choices.ts";
import type { ClauseCode } from "../agreement/clause-code.ts";
import type { RequiredSignature } from "../agreement/signer.ts";
import type { OutsideLabel, SpeakerOnlyWhy } from "../agreement/telling.ts";
import type { ReleaseLack, ReleaseSignature } from "./release.ts";

/** The signature that a reason rests on: whose, under which version, and when it was given. */
export interface SignedUnder {
  readonly person: PersonId;
  readonly version: AgreementVersionId;
  readonly at: number;
}

/** Why something may be told, has to be decided by a person, or may not be told. It names the clause, whose signature and its date; the words are content. */
export type DisclosureReason = AllowReason | AskReason | RefuseReason;

export type AllowReason =
  | { readonly kind: "was-told" }
  | { readonly kind: "policy"; readonly clause: "policy.no-secrets"; readonly signed: SignedUnder }
  | {
      readonly kind: "guardian-topic";
      readonly clause: ClauseCode;
      readonly tellsMinorFirst: boolean;
      readonly signed: SignedUnder;
    }
  | {
      readonly kind: "released";
      readonly release: ReleaseId;
      readonly signatures: readonly ReleaseSignature[];
    };

export type AskReason =
  | {
      readonly kind: "therapist-judges";
      readonly clause: "policy.discretion";
      readonly tellsSpeakerFirst: boolean;
      readonly signed: SignedUnder;
    }
  /** Promised to guardians; a person looks first whether telling them is what keeps the minor safe (domain 8.3). */
  | { readonly kind: "serious-risk"; readonly clause: ClauseCode; readonly signed: SignedUnder }
  /** `isNamed`: every owner's agreement names it. It may hold by law without that; a person decides, and writes down why. */
  | {
      readonly kind: "limit";
      readonly clause: ClauseCode;
      readonly limit: ConfidentialityLimit;
      readonly isNamed: boolean;
    };

export type RefuseReason =
  /** Nobody owns it, so that nobody can permit it. */
  | { readonly kind: "nobody-owns" }
  | { readonly kind: "no-agreement"; readonly owner: PersonId }
  | { readonly kind: "outside"; readonly label: OutsideLabel; readonly owner: PersonId }
  | { readonly kind: "told-to-those-there"; readonly signed: SignedUnder }
  | {
      readonly kind: "speaker-only";
      readonly why: Exclude<SpeakerOnlyWhy, "no-agreement" | "outside">;
      readonly signed: SignedUnder;
    }
  | { readonly kind: "speaker-tells"; readonly clause: "policy.limited"; readonly signed: SignedUnder }
  /** No secrets, and whoever told it still has their time to tell it, or was not asked to. */
  | { readonly kind: "speaker-time"; readonly clause: ClauseCode; readonly signed: SignedUnder }
  /** The policy would let others be told, and not this one: a collateral, or somebody who has not signed. */
  | { readonly kind: "not-among"; readonly clause: ClauseCode; readonly signed: SignedUnder }
  | { readonly kind: "left"; readonly signed: SignedUnder }
  | { readonly kind: "guardian-not-told"; readonly signed: SignedUnder }
  | { readonly kind: "of-age"; readonly since: number; readonly signed: SignedUnder }
  | { readonly kind: "outsider"; readonly clause: ClauseCode; readonly signed: SignedUnder }
  /** In whom a member may confide, by their own mouth. Nothing is passed on to them. */
  | { readonly kind: "supporter"; readonly of: PersonId; readonly name: string; readonly clause: ClauseCode }
  | {
      readonly kind: "release-lacks";
      readonly release: ReleaseId;
      readonly why: ReleaseLack;
      readonly missing: readonly RequiredSignature[];
    }
  /** A limit was claimed that is never a reason to tell this one (section 7: "to whom"). */
  | { readonly kind: "limit-elsewhere"; readonly clause: ClauseCode; readonly limit: ConfidentialityLimit };

/** The sentence for each reason, as a code; its words are content. */
export const DISCLOSURE_SENTENCES = [
  "was-told",
  "policy",
  "guardian-topic",
  "released",
  "therapist-judges",
  "serious-risk",
  "limit",
  "limit-not-named",
  "nobody-owns",
  "no-agreement",
  "outside.safety",
  "outside.substance-record",
  "outside.psychotherapy-note",
  "told-to-those-there",
  "speaker-only.not-signed",
  "speaker-only.not-covered",
  "speaker-only.full",
  "speaker-only.no-individual-contact",
  "speaker-only.minor-level",
  "speaker-only.no-audience",
  "speaker-tells",
  "speaker-time",
  "not-among",
  "left",
  "guardian-not-told",
  "of-age",
  "outsider",
  "supporter",
  "release-lacks.revoked",
  "release-lacks.expired",
  "release-lacks.unsigned",
  "limit-elsewhere",
] as const;
export type DisclosureSentence = (typeof DISCLOSURE_SENTENCES)[number];

/** Which sentence says a reason. */
export function disclosureSentence(reason: DisclosureReason): DisclosureSentence {
  switch (reason.kind) {
    case "limit":
      return reason.isNamed ? "limit" : "limit-not-named";
    case "outside":
      return `outside.${reason.label}`;
    case "speaker-only":
      return `speaker-only.${reason.why}`;
    case "release-lacks":
      return `release-lacks.${reason.why}`;
    default:
      return reason.kind;
  }
}
