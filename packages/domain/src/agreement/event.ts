import type { AgreementVersionId, PersonId } from "../id.ts";
import type { Capacity, RequiredSignature } from "./signer.ts";
import type { AgreementVersion } from "./version.ts";

/** How somebody says that they do not sign as it is. Their reason is not here: it goes to the therapist alone, and a machine does nothing with it. */
export const SIGNER_ANSWERS = ["declined", "change-asked", "not-yet"] as const;
export type SignerAnswer = (typeof SIGNER_ANSWERS)[number];

/**
 * What happens to an agreement, in the order of its log. `by` is the person behind the account that wrote it, as the caller has made sure.
 */
export type AgreementEvent =
  /** A therapist of the version puts it before everyone. By this the practice has signed it. */
  | { readonly kind: "offered"; readonly by: PersonId; readonly version: AgreementVersion }
  /** A therapist takes back what was offered and is not in force. */
  | { readonly kind: "recalled"; readonly by: PersonId; readonly version: AgreementVersionId }
  | {
      readonly kind: "signed";
      readonly by: PersonId;
      readonly version: AgreementVersionId;
      readonly as: Capacity;
      /** The minor for a guardian, otherwise the signer. */
      readonly of: PersonId;
    }
  | {
      readonly kind: "answered";
      readonly by: PersonId;
      readonly version: AgreementVersionId;
      readonly answer: SignerAnswer;
    }
  /** Somebody who signed takes it back. Only they and the therapists see this one. */
  | { readonly kind: "withdrawn"; readonly by: PersonId }
  /** The same, said to everyone by a therapist without a name: which versions it ended. */
  | {
      readonly kind: "suspended";
      readonly by: PersonId;
      readonly versions: readonly AgreementVersionId[];
    }
  /** Those who look after the family name who does so from now on. That they may, the caller has made sure. */
  | { readonly kind: "succeeded"; readonly people: readonly PersonId[] }
  /** Somebody is in the family no more, or is again. Who comes back has signed nothing. */
  | { readonly kind: "person-left"; readonly person: PersonId }
  | { readonly kind: "person-back"; readonly person: PersonId }
  /** Nothing more is offered or signed until it is opened again. What was promised goes on. */
  | { readonly kind: "closed"; readonly closed: boolean };

/** When an event happened: when the log took it, by the server's word, and when it was written, by its author's. */
export interface EventMoment {
  readonly at: number;
  readonly writtenAt: number;
}

/** A signature as it was given. `at` is the later of both words. */
export interface GivenSignature extends RequiredSignature {
  readonly at: number;
}

/** Why an event changes nothing. The first one that applies. */
export type EventRefusal =
  | { readonly kind: "closed" }
  | { readonly kind: "removed"; readonly person: PersonId }
  | { readonly kind: "not-therapist" }
  | { readonly kind: "unknown-version" }
  /** There is a newer version, or the one that is signed was replaced: sign that one. */
  | { readonly kind: "older-version"; readonly newest: AgreementVersionId }
  /** It is in force, and everybody has signed it. */
  | { readonly kind: "in-force" }
  /** Somebody withdrew, or takes back again and again what they sign: a new version has to be offered first. */
  | { readonly kind: "after-withdrawal" }
  | { readonly kind: "recalled" }
  | { readonly kind: "not-asked" }
  | { readonly kind: "not-guardian"; readonly of: PersonId }
  | { readonly kind: "signed-already" }
  | { readonly kind: "nothing-signed" }
  | { readonly kind: "another-agreement" }
  | { readonly kind: "known-already" }
  | { readonly kind: "has-gaps" }
  | { readonly kind: "nobody-signs" };
