import { compareBytes, equalBytes, VaultFault } from "../codec/bytes.ts";
import type { Bytes } from "../codec/bytes.ts";
import { ByteReader } from "../codec/reader.ts";
import { idToBytes } from "../codec/text.ts";
import { ByteWriter } from "../codec/writer.ts";
import { parseIdentityRecord } from "../identity/record.ts";
import type { IdentityRecord } from "../identity/record.ts";
import { sha256 } from "../primitives/hash.ts";
import { block, hash, listOf, orNull, record, text, unsigned } from "./field.ts";
import type { Field } from "./field.ts";
import { parseStatement, STATEMENT_BYTES_MAX } from "./statement.ts";
import type { AgreementStatement } from "./statement.ts";
import { AGREEMENT_VERSION_BYTES_MAX, decodeAgreementVersion } from "./version.ts";
import type { AgreementRecord } from "./version.ts";

/**
 * The evidence file of a version, `fam/evidence/1`: the version, everything that was said about it in the order of its room, and the identity records of
 * those who said it. Nothing else is needed to check it, and no byte of it is outside of a signature: whoever makes the copy signs the whole.
 */
export const EVIDENCE_LABEL = "fam/evidence/1";
const SIGNED_LABEL = `${EVIDENCE_LABEL} signed`;

/** The largest evidence file that is read. */
export const EVIDENCE_BYTES_MAX = 8_000_000;

const IDENTITY_BYTES_MAX = 1_600;
const VERSIONS_MAX = 40;
const IDENTITIES_MAX = 400;
const LINES_MAX = 2_000;
const PROOF_MAX = 64;
const NOTE_BYTES_MAX = 20_000;

/** What an evidence file is put together from. */
export type EvidenceParts = {
  /** Hash of the version that the file is about. */
  readonly about: Bytes;
  /** That version, and others of the same agreement that its story needs. */
  readonly versions: readonly Bytes[];
  /** Whole lines of identity records from the first one on, by account and generation. */
  readonly identities: readonly Bytes[];
  /** In the order of the room; `heardAt` is when the server took it. */
  readonly lines: readonly { readonly heardAt: number; readonly statement: Bytes }[];
  /** Where the identity records stand in the practice's key log, one place for each of them; null where that was not at hand. */
  readonly log: {
    readonly key: Bytes;
    readonly checkpoint: string;
    readonly places: readonly { readonly index: number; readonly proof: readonly Bytes[] }[];
  } | null;
  readonly madeAt: number;
  /** Hash of the identity record of whoever made the file. */
  readonly maker: Bytes;
};

const body: Field<EvidenceParts> = record({
  about: hash,
  versions: listOf(block(AGREEMENT_VERSION_BYTES_MAX), VERSIONS_MAX),
  identities: listOf(block(IDENTITY_BYTES_MAX), IDENTITIES_MAX),
  lines: listOf(record({ heardAt: unsigned(6), statement: block(STATEMENT_BYTES_MAX) }), LINES_MAX),
  log: orNull(
    record({
      key: hash,
      checkpoint: text(NOTE_BYTES_MAX),
      places: listOf(record({ index: unsigned(6), proof: listOf(hash, PROOF_MAX) }), IDENTITIES_MAX),
    }),
  ),
  madeAt: unsigned(6),
  maker: hash,
});

/** An evidence file that was read, and not checked yet. */
export type ParsedEvidence = Omit<EvidenceParts, "versions" | "identities" | "lines"> & {
  readonly versions: readonly AgreementRecord[];
  readonly identities: readonly IdentityRecord[];
  readonly lines: readonly { readonly heardAt: number; readonly statement: AgreementStatement }[];
  /** The part that its maker signs. */
  readonly fields: Bytes;
  readonly signature: Bytes;
};

/** The signed part of an evidence file; throws `misuse` for parts that make no file. */
export function encodeEvidenceFields(parts: EvidenceParts): Bytes {
  const writer = ByteWriter.labelled(EVIDENCE_LABEL);
  body.write(writer, parts);
  return writer.bytes();
}

/** What the maker of a file signs. */
export function evidenceMessage(fields: Bytes): Bytes {
  return ByteWriter.labelled(SIGNED_LABEL).fixed(sha256(fields), 32).bytes();
}

/** Reads an evidence file of exactly this format, with everything in it; throws `malformed`. Says nothing about signatures: `verifyEvidence` does. */
export function parseEvidence(bytes: Bytes): ParsedEvidence {
  const reader = ByteReader.labelled(bytes, EVIDENCE_LABEL, EVIDENCE_BYTES_MAX);
  const parts = body.read(reader);
  const fields = bytes.slice(0, reader.offset);
  const signature = reader.fixed(64);
  reader.end();
  const parsed = {
    ...parts,
    versions: parts.versions.map(decodeAgreementVersion),
    identities: parts.identities.map(parseIdentityRecord),
    lines: parts.lines.map(({ heardAt, statement }) => ({ heardAt, statement: parseStatement(statement) })),
  };
  if (!isWhole(parsed)) throw new VaultFault("malformed");
  return { ...parsed, fields, signature };
}

type Whole = Pick<ParsedEvidence, "about" | "versions" | "identities" | "lines" | "log" | "maker">;

/** Everything that is named is there, once, in its order. */
const isWhole = ({ about, identities, lines, log, maker, versions }: Whole): boolean => {
  const hasVersion = (wanted: Bytes): boolean => versions.some((one) => equalBytes(one.hash, wanted));
  const hasIdentity = (wanted: Bytes): boolean => identities.some((one) => equalBytes(one.hash, wanted));
  return (
    isUnique(versions) &&
    isUnique(lines.map(({ statement }) => statement)) &&
    identities.every((one, place) => followsIn(identities[place - 1], one)) &&
    (log === null || log.places.length === identities.length) &&
    hasVersion(about) &&
    hasIdentity(maker) &&
    lines.every(({ statement }) => hasVersion(statement.about) && hasIdentity(statement.identity))
  );
};

const isUnique = (named: readonly { readonly hash: Bytes }[]): boolean =>
  named.every((one, place) => named.findIndex((other) => equalBytes(other.hash, one.hash)) === place);

/** An account's first record stands behind the records of lower accounts, each later one behind the one before it. */
const followsIn = (before: IdentityRecord | undefined, one: IdentityRecord): boolean => {
  if (before?.account === one.account) return one.generation === before.generation + 1;
  const isHigher =
    before === undefined || compareBytes(idToBytes(before.account), idToBytes(one.account)) < 0;
  return isHigher && one.generation === 0;
};
