import type { PersonId } from "../id.ts";
import type { ContactKind, SecretCategory, TellingChoice } from "./choices.ts";

/** What an entry is besides private or shared (domain section 3, `label`), and stands outside every policy. */
export const OUTSIDE_LABELS = ["safety", "substance-record", "psychotherapy-note"] as const;
/** in this order: none of these is passed on under a secrets policy, whatever was signed. */
export type OutsideLabel = (typeof OUTSIDE_LABELS)[number];

/** Why what somebody said alone stays with them and the therapist. */
export type SpeakerOnlyWhy =
  | "no-agreement"
  | "not-signed"
  | "not-covered"
  | "outside"
  | "full"
  | "no-individual-contact"
  | "minor-level"
  /** Nobody else is a client: whoever is there helps. */
  | "no-audience";

/**
 * What may become of something that one person told alone. Nothing here is done by the software: each of them says what a therapist may do, and the software
 * refuses the rest. `clause` is the one to name when it is asked why.
 */
export type TellingRule =
  | { readonly kind: "speaker-only"; readonly why: SpeakerOnlyWhy }
  /** Limited: what is in the list the speaker is asked to tell. The therapist never does; joint work may end, without a reason. */
  | {
      readonly kind: "speaker-tells";
      readonly clause: "policy.limited";
      readonly categories: readonly SecretCategory[];
      readonly within: TellingChoice;
    }
  /** No secrets: after the speaker was helped to tell it and had their time, the therapist may. */
  | {
      readonly kind: "therapist-may-tell";
      readonly clause: "policy.no-secrets";
      readonly to: readonly PersonId[];
      readonly within: TellingChoice;
    }
  /** Discretion: the therapist weighs it each time. */
  | {
      readonly kind: "therapist-judges";
      readonly clause: "policy.discretion";
      readonly to: readonly PersonId[];
      readonly tellsSpeakerFirst: boolean;
    };

/** Something told alone: by whom, how, and what it is besides. */
export interface ToldAlone {
  readonly owner: PersonId;
  readonly contact: ContactKind;
  readonly label: OutsideLabel | null;
}

/** The people whom a rule lets the therapist tell; nobody under most. */
export function mayBeTold(rule: TellingRule): readonly PersonId[] {
  switch (rule.kind) {
    case "speaker-only":
    case "speaker-tells":
      return [];
    case "therapist-may-tell":
    case "therapist-judges":
      return rule.to;
  }
}
