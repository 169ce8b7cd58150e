import type { AccountId, AgreementVersionId, PersonId } from "../id.ts";
import type { AgreementEvent, EventMoment, SignerAnswer } from "./event.ts";
import type { AgreementPart } from "./part.ts";
import type { Capacity } from "./signer.ts";
import type { AgreementLanguage, AgreementVersion, Reader } from "./version.ts";

/** How a therapist knows that an account is a person's. */
export const KNOWN_WAYS = ["introduced", "invitation", "in-person"] as const;
/** How an agreement was gone through before it was signed. */
export const EXPLAINED_WAYS = ["together", "with-therapist", "call", "alone"] as const;
/** What somebody says to signing on a screen, once they have read what it means (15 U.S.C. 7001(c)). Whoever does not agree signs on paper, and there is no such signature. */
export const SCREEN_CONSENTS = ["agreed"] as const;
/** On what somebody signed, as coarse as it is of use. */
export const DEVICE_CLASSES = ["phone", "tablet", "computer"] as const;
export type DeviceClass = (typeof DEVICE_CLASSES)[number];
/** Which proof of a guardian's authority a therapist has seen; the last is none: somebody's own word. */
export const AUTHORITY_PROOFS = [
  "birth-certificate",
  "court-order",
  "custody-agreement",
  "adoption-papers",
  "agency-letter",
  "told-only",
] as const;
export type AuthorityProof = (typeof AUTHORITY_PROOFS)[number];
/** In which form somebody has kept a copy. */
export const COPY_FORMS = ["file", "pdf"] as const;
export type CopyForm = (typeof COPY_FORMS)[number];
/** The least and the most minutes by which a clock is ahead of UTC. */
export const UTC_OFFSET_MINUTES = { least: -1440, most: 1440 } as const;

/** Under which circumstances somebody signed: the words that stood before them, since when, who went through them, and what they ticked one by one. */
export interface Signing {
  readonly as: Capacity;
  /** The minor for a guardian, otherwise the signer. */
  readonly of: PersonId;
  readonly language: AgreementLanguage;
  readonly reader: Reader;
  readonly openedAt: number;
  readonly explained: (typeof EXPLAINED_WAYS)[number];
  readonly ticked: readonly AgreementPart[];
  readonly onScreen: (typeof SCREEN_CONSENTS)[number];
  /** The language into which somebody else put it for them, in their own words and empty where they did not say; null when nobody did. */
  readonly interpreter: string | null;
}

/** With what somebody signed: for the therapists alone, since a clock tells where somebody lives who may have moved away from another in the family. */
export interface SignedWith {
  readonly device: DeviceClass;
  readonly utcOffsetMinutes: number;
}

/** The score of somebody who signed, as they put it on record. */
export interface Score {
  readonly asked: number;
  readonly answered: number;
  readonly firstPercent: number;
  readonly percent: number;
}

/** What is said in one line. `line` is the place of another that it is about. */
export type EvidenceSaid =
  | {
      readonly kind: "named";
      readonly people: readonly {
        readonly person: PersonId;
        readonly account: AccountId;
        readonly known: (typeof KNOWN_WAYS)[number];
      }[];
    }
  | { readonly kind: "offered" | "recalled" | "withdrawn" }
  | ({ readonly kind: "signed" } & Signing)
  | { readonly kind: "answered"; readonly answer: SignerAnswer }
  | { readonly kind: "reason"; readonly line: number; readonly text: string }
  | ({ readonly kind: "understanding"; readonly line: number } & Score)
  /** `mark` is alike where one browser signed a version twice; null where it keeps nothing. */
  | ({ readonly kind: "signed-with"; readonly line: number; readonly mark: Uint8Array | null } & SignedWith)
  | { readonly kind: "suspended"; readonly also: readonly AgreementVersionId[] }
  | { readonly kind: "left" | "back"; readonly person: PersonId }
  /** By a therapist: which proof they have seen that somebody may decide for a minor. */
  | {
      readonly kind: "authority";
      readonly guardian: PersonId;
      readonly minor: PersonId;
      readonly proof: AuthorityProof;
    }
  /** By a therapist: who was there as a witness of a signature. */
  | { readonly kind: "witnessed"; readonly line: number; readonly name: string }
  /** By somebody who is asked: their own device has kept a copy. */
  | { readonly kind: "delivered"; readonly form: CopyForm };

/**
 * A court order, or papers of an adoption, may be more than a child or another parent knows; that somebody keeps a copy may turn another against them. A witness
 * whom nobody sees witnesses nothing: that is for everyone.
 */
const FOR_THERAPISTS: readonly EvidenceSaid["kind"][] = [
  "reason",
  "understanding",
  "signed-with",
  "withdrawn",
  "authority",
  "delivered",
];

/** True for what everyone in the agreement gets. The others go to the therapists alone, and nothing that everyone gets names them: a copy without them is whole. */
export function isForEveryone({ kind }: Pick<EvidenceSaid, "kind">): boolean {
  return !FOR_THERAPISTS.includes(kind);
}

/** Whether a copy with these lines may be handed on: everyone gets all of them. */
export function mayBeHandedOn(lines: readonly { readonly said: Pick<EvidenceSaid, "kind"> }[]): boolean {
  return lines.every(({ said }) => isForEveryone(said));
}

/** Something that was said about a version, by whom and with whose account. That the account signed it was checked before. */
export interface EvidenceLine {
  readonly by: PersonId;
  readonly account: AccountId;
  readonly version: AgreementVersionId;
  readonly moment: EventMoment;
  /** The line that its author had seen last: it stands before this one. */
  readonly after: number | "missing" | null;
  readonly said: EvidenceSaid;
}

/** All that a copy of an agreement holds, in the order in which it was said. */
export interface Evidence {
  readonly about: AgreementVersionId;
  readonly versions: readonly AgreementVersion[];
  readonly lines: readonly EvidenceLine[];
}

/** A professional's person id, in agreements, is the id of their account (decision 0049); nobody's of the family is. */
function isProfessional({
  account,
  person,
}: {
  readonly account: AccountId;
  readonly person: PersonId;
}): boolean {
  const [one, other]: readonly string[] = [person, account];
  return one === other;
}

/** What a line does to the agreement; null for one that only tells something, and for one about a version that is not there. */
export function eventOf(line: EvidenceLine, versions: readonly AgreementVersion[]): AgreementEvent | null {
  const { by, said, version } = line;
  switch (said.kind) {
    case "offered": {
      const offered = versions.find((one) => one.version === version);
      return offered === undefined ? null : { kind: "offered", by, version: offered };
    }
    case "recalled":
      return { kind: "recalled", by, version };
    case "signed":
      return { kind: "signed", by, version, as: said.as, of: said.of };
    case "answered":
      return { kind: "answered", by, version, answer: said.answer };
    case "withdrawn":
      return { kind: "withdrawn", by };
    case "suspended":
      return { kind: "suspended", by, versions: [version, ...said.also] };
    case "left":
      return { kind: "person-left", person: said.person };
    case "back":
      return { kind: "person-back", person: said.person };
    case "named": {
      const professionals = said.people.filter(isProfessional).map(({ person }) => person);
      return professionals.length === 0 ? null : { kind: "succeeded", people: professionals };
    }
    case "reason":
    case "understanding":
    case "signed-with":
    case "authority":
    case "witnessed":
    case "delivered":
      return null;
  }
}

/** The digits by which people compare a key: the first 80 bits of its identity hash, in groups of four. `identity` is in hexadecimal. */
export function keyDigits(identity: string): string {
  return identity.slice(0, 20).replaceAll(/(.{4})(?=.)/g, "$1 ");
}
