import { equalBytes, VaultFault } from "../codec/bytes.ts";
import type { Bytes } from "../codec/bytes.ts";
import { ByteReader } from "../codec/reader.ts";
import { ByteWriter } from "../codec/writer.ts";
import type { IdentityRecord } from "../identity/record.ts";
import { sha256 } from "../primitives/hash.ts";
import { verifySignature } from "../primitives/sign.ts";
import {
  between,
  choice,
  hash,
  id,
  kinds,
  nothing,
  orNull,
  record,
  some,
  sortedBy,
  text,
  unsigned,
} from "./field.ts";
import type { Field } from "./field.ts";
import { AGREEMENT_LANGUAGES, AGREEMENT_PARTS, READERS } from "./version.ts";

/**
 * What somebody says about a version, `fam/statement/1`, signed with their identity key over the hash of the version. It stands by itself, outside of any
 * room, so that a copy of an agreement proves what was signed. What only the therapist may read (a reason, a score, who withdrew) is a statement of its own,
 * which the others neither get nor miss: nothing that everyone gets names it.
 */
export const STATEMENT_LABEL = "fam/statement/1";
const SIGNED_LABEL = `${STATEMENT_LABEL} signed`;
export const STATEMENT_BYTES_MAX = 20_000;

export const CAPACITIES = ["self", "assent", "guardian"] as const;
export const SIGNER_ANSWERS = ["declined", "change-asked", "not-yet"] as const;
/** How a therapist knows that an account is a person's. */
export const KNOWN_WAYS = ["introduced", "invitation", "in-person"] as const;
/** How the agreement was gone through before it was signed: all together, with the therapist alone, by a call, or by reading it alone. */
export const EXPLAINED_WAYS = ["together", "with-therapist", "call", "alone"] as const;
/** What somebody says to signing on a screen, once they have read what it means: without it there is no signature. */
export const SCREEN_CONSENTS = ["agreed"] as const;
/** On what somebody signed. */
export const DEVICE_CLASSES = ["phone", "tablet", "computer"] as const;
/** The least and the most minutes by which a clock is ahead of UTC. */
export const UTC_OFFSET_MINUTES = { least: -1440, most: 1440 } as const;

/** Which proof of a guardian's authority a therapist has seen; the last is none: somebody's own word. */
export const AUTHORITY_PROOFS = [
  "birth-certificate",
  "court-order",
  "custody-agreement",
  "adoption-papers",
  "agency-letter",
  "told-only",
] as const;
/** In which form somebody has kept a copy. */
export const COPY_FORMS = ["file", "pdf"] as const;

const PEOPLE_MAX = 70;
const VERSIONS_MAX = 40;
const REASON_BYTES_MAX = 16_000;
/** The name of a witness. */
export const WITNESS_BYTES_MAX = 200;
/** The name of a language, in somebody's own words. */
export const INTERPRETER_BYTES_MAX = 120;

/** Whose account a person's is, and how they were known. */
export type NamedPerson = {
  readonly person: string;
  readonly account: string;
  readonly known: (typeof KNOWN_WAYS)[number];
};

export type Said =
  /** By a therapist: which account is whose. */
  | { readonly kind: "named"; readonly people: readonly NamedPerson[] }
  | { readonly kind: "offered" }
  | { readonly kind: "recalled" }
  | {
      readonly kind: "signed";
      readonly as: (typeof CAPACITIES)[number];
      readonly of: string;
      /** The words that stood before whoever signed. */
      readonly language: (typeof AGREEMENT_LANGUAGES)[number];
      readonly reader: (typeof READERS)[number];
      readonly openedAt: number;
      readonly explained: (typeof EXPLAINED_WAYS)[number];
      /** The parts to which they agreed one by one, besides signing the whole. */
      readonly ticked: readonly (typeof AGREEMENT_PARTS)[number][];
      readonly onScreen: (typeof SCREEN_CONSENTS)[number];
      /** The language into which somebody else put it for them, empty where they did not say; null when nobody did. */
      readonly interpreter: string | null;
    }
  | { readonly kind: "answered"; readonly answer: (typeof SIGNER_ANSWERS)[number] }
  /** Why somebody answered so: `of` is the hash of the answer. For the therapists alone. */
  | { readonly kind: "reason"; readonly of: Bytes; readonly text: string }
  /** How well somebody who signed had understood: `of` is the hash of the signature. For the therapists alone. */
  | {
      readonly kind: "understanding";
      readonly of: Bytes;
      readonly asked: number;
      readonly answered: number;
      readonly firstPercent: number;
      readonly percent: number;
    }
  /** For the therapists alone. */
  | { readonly kind: "withdrawn" }
  /** By a therapist, without a name: this version is suspended, and these too. */
  | { readonly kind: "suspended"; readonly also: readonly string[] }
  /** By a therapist: somebody is in the family no more, or is again. */
  | { readonly kind: "left"; readonly person: string }
  | { readonly kind: "back"; readonly person: string }
  /** With what somebody signed: `of` is the hash of the signature. For the therapists alone, since a clock tells where somebody lives. */
  | {
      readonly kind: "signed-with";
      readonly of: Bytes;
      readonly device: (typeof DEVICE_CLASSES)[number];
      readonly utcOffsetMinutes: number;
      /** Made of what this browser drew by chance and of the version: alike where one browser signed it twice. Null where it keeps nothing. */
      readonly mark: Bytes | null;
    }
  /** By a therapist, for the therapists alone: which proof they have seen that somebody may decide for a minor. */
  | {
      readonly kind: "authority";
      readonly guardian: string;
      readonly minor: string;
      readonly proof: (typeof AUTHORITY_PROOFS)[number];
    }
  /** By a therapist: who was there as a witness. `of` is the hash of the signature. */
  | { readonly kind: "witnessed"; readonly of: Bytes; readonly name: string }
  /** For the therapists alone: whoever is asked has kept a copy on their own device. */
  | { readonly kind: "delivered"; readonly form: (typeof COPY_FORMS)[number] };

type NoKind<Kind extends Said["kind"]> = Omit<Extract<Said, { kind: Kind }>, "kind">;

const said = kinds<Said>({
  named: record<NoKind<"named">>({
    people: sortedBy(
      record({ person: id, account: id, known: choice(KNOWN_WAYS) }),
      PEOPLE_MAX,
      ({ person }) => person,
    ),
  }),
  offered: nothing,
  recalled: nothing,
  signed: record<NoKind<"signed">>({
    as: choice(CAPACITIES),
    of: id,
    language: choice(AGREEMENT_LANGUAGES),
    reader: choice(READERS),
    openedAt: unsigned(6),
    explained: choice(EXPLAINED_WAYS),
    ticked: some(AGREEMENT_PARTS),
    onScreen: choice(SCREEN_CONSENTS),
    interpreter: orNull(text(INTERPRETER_BYTES_MAX)),
  }),
  answered: record<NoKind<"answered">>({ answer: choice(SIGNER_ANSWERS) }),
  reason: record<NoKind<"reason">>({ of: hash, text: text(REASON_BYTES_MAX) }),
  understanding: record<NoKind<"understanding">>({
    of: hash,
    asked: unsigned(1),
    answered: unsigned(1),
    firstPercent: unsigned(1),
    percent: unsigned(1),
  }),
  withdrawn: nothing,
  suspended: record<NoKind<"suspended">>({ also: sortedBy(id, VERSIONS_MAX, (version) => version) }),
  left: record<NoKind<"left">>({ person: id }),
  back: record<NoKind<"back">>({ person: id }),
  "signed-with": record<NoKind<"signed-with">>({
    of: hash,
    device: choice(DEVICE_CLASSES),
    utcOffsetMinutes: between(UTC_OFFSET_MINUTES),
    mark: orNull(hash),
  }),
  authority: record<NoKind<"authority">>({ guardian: id, minor: id, proof: choice(AUTHORITY_PROOFS) }),
  witnessed: record<NoKind<"witnessed">>({ of: hash, name: text(WITNESS_BYTES_MAX) }),
  delivered: record<NoKind<"delivered">>({ form: choice(COPY_FORMS) }),
});

export type StatementFields = {
  /** Hash of the version that it is about. */
  readonly about: Bytes;
  readonly by: string;
  /** Hash of the identity record whose key signs. */
  readonly identity: Bytes;
  /** By the clock of whoever says it. */
  readonly at: number;
  /** Hash of the newest statement about this agreement, of those that everyone gets, that they had seen: it came before. */
  readonly after: Bytes | null;
  readonly said: Said;
};

const body: Field<StatementFields> = record({
  about: hash,
  by: id,
  identity: hash,
  at: unsigned(6),
  after: orNull(hash),
  said,
});

/** A statement that was read. `hash` names it in others. */
export type AgreementStatement = StatementFields & {
  readonly signature: Bytes;
  readonly bytes: Bytes;
  readonly hash: Bytes;
};

/** Not what makes no sense: more answers than questions, more than all of them right, a witness without a name. */
const isSound = ({ said: one }: StatementFields): boolean => {
  if (one.kind === "witnessed") return one.name.trim() !== "";
  if (one.kind !== "understanding") return true;
  return one.answered <= one.asked && one.firstPercent <= 100 && one.percent <= 100;
};

/** The signed part of a statement; throws `misuse` for what it cannot say. */
export function encodeStatementFields(fields: StatementFields): Bytes {
  if (!isSound(fields)) throw new VaultFault("misuse");
  const writer = ByteWriter.labelled(STATEMENT_LABEL);
  body.write(writer, fields);
  return writer.bytes();
}

/** What a statement signs. */
export function statementMessage(fields: Bytes): Bytes {
  return ByteWriter.labelled(SIGNED_LABEL).fixed(sha256(fields), 32).bytes();
}

/** Reads a statement of exactly this format; throws `malformed`. Says nothing about its signature: `verifyStatement` does. */
export function parseStatement(bytes: Bytes): AgreementStatement {
  const reader = ByteReader.labelled(bytes, STATEMENT_LABEL, STATEMENT_BYTES_MAX);
  const fields = body.read(reader);
  if (!isSound(fields)) throw new VaultFault("malformed");
  const signature = reader.fixed(64);
  reader.end();
  return { ...fields, signature, bytes: new Uint8Array(bytes), hash: sha256(bytes) };
}

/** True when the key of this record, which the statement must name, has signed it. The record itself must have been verified before. */
export async function verifyStatement(
  statement: AgreementStatement,
  { hash: recordHash, signPublic }: Pick<IdentityRecord, "hash" | "signPublic">,
): Promise<boolean> {
  const isNamed = equalBytes(statement.identity, recordHash);
  const message = statementMessage(encodeStatementFields(statement));
  return isNamed && (await verifySignature({ signPublic, message, signature: statement.signature }));
}
