import { VaultFault } from "../codec/bytes.ts";
import type { Bytes } from "../codec/bytes.ts";
import { ByteReader } from "../codec/reader.ts";
import { idFromBytes } from "../codec/text.ts";
import { ByteWriter } from "../codec/writer.ts";
import { sha256 } from "../primitives/hash.ts";
import { choicesField } from "./choices.ts";
import type { AgreementChoices } from "./choices.ts";
import { choice, flag, id, orNull, record, some, sortedBy, text, uniqueBy, unsigned } from "./field.ts";
import type { Field } from "./field.ts";

/**
 * A version of an agreement, `fam/agreement/1`: what people sign is these bytes, and no picture or page of them. Whoever it is about, what was chosen, and
 * every word as it was read are in them. Its id follows from them, so that no two texts ever go under one id.
 */
export const AGREEMENT_LABEL = "fam/agreement/1";

/** The largest version that is read. */
export const AGREEMENT_VERSION_BYTES_MAX = 1_000_000;

export const AGREEMENT_PARTS = [
  "client",
  "policy",
  "contacts",
  "telling",
  "limits",
  "earlier",
  "outsiders",
  "promises",
  "records",
  "court",
  "minors",
  "messages",
  "change",
  "worries",
] as const;
export const AGREEMENT_LANGUAGES = ["en", "es"] as const;
export const READERS = ["adult", "teen", "child"] as const;
export const PARTY_ROLES = ["adult", "teen", "child", "guardian", "collateral"] as const;
export const PLACE_TELLING = [
  "minor-decides",
  "professional-may-tell",
  "guardians-take-part",
  "by-consent",
  "other-law",
] as const;

const NAME_BYTES_MAX = 200;
const LINE_BYTES_MAX = 800;
const PARTIES_MAX = 50;
const THERAPISTS_MAX = 20;
const PLACES_MAX = 20;
const WORDS_BYTES_MAX = 60_000;

/** A day of the calendar. */
export type CalendarDay = { readonly year: number; readonly month: number; readonly day: number };

const calendarDay: Field<CalendarDay> = record({ year: unsigned(2), month: unsigned(1), day: unsigned(1) });

/** A day that there is, from 1900 to 2200. */
const day: Field<CalendarDay> = {
  write: (writer, value) => {
    if (!isDay(value)) throw new VaultFault("misuse");
    calendarDay.write(writer, value);
  },
  read: (reader) => {
    const value = calendarDay.read(reader);
    if (!isDay(value)) throw new VaultFault("malformed");
    return value;
  },
};

const isDay = ({ day: number, month, year }: CalendarDay): boolean => {
  const at = new Date(Date.UTC(year, month - 1, number));
  const isSame = at.getUTCFullYear() === year && at.getUTCMonth() === month - 1 && at.getUTCDate() === number;
  return isSame && year >= 1900 && year <= 2200;
};

type AgreementParty = {
  readonly person: string;
  readonly name: string;
  readonly role: (typeof PARTY_ROLES)[number];
  readonly signs: boolean;
  readonly born: CalendarDay | null;
};

const party: Field<AgreementParty> = record({
  person: id,
  name: text(NAME_BYTES_MAX),
  role: choice(PARTY_ROLES),
  signs: flag,
  born: orNull(day),
});

type AgreementPlace = {
  readonly code: string;
  readonly name: string;
  readonly minorAge: number | null;
  readonly hasConditions: boolean;
  readonly telling: readonly (typeof PLACE_TELLING)[number][];
  readonly citation: string;
  readonly verified: boolean;
  readonly asOf: string;
};

const place: Field<AgreementPlace> = record({
  code: text(60),
  name: text(NAME_BYTES_MAX),
  minorAge: orNull(unsigned(1)),
  hasConditions: flag,
  telling: some(PLACE_TELLING),
  citation: text(2_000),
  verified: flag,
  asOf: text(LINE_BYTES_MAX),
});

type AgreementWords = {
  readonly part: (typeof AGREEMENT_PARTS)[number];
  readonly language: (typeof AGREEMENT_LANGUAGES)[number];
  readonly reader: (typeof READERS)[number];
  readonly text: string;
};

const words: Field<AgreementWords> = record({
  part: choice(AGREEMENT_PARTS),
  language: choice(AGREEMENT_LANGUAGES),
  reader: choice(READERS),
  text: text(WORDS_BYTES_MAX),
});

const wordsKey = ({ language, part, reader }: AgreementWords): number =>
  AGREEMENT_PARTS.indexOf(part) * 100 + AGREEMENT_LANGUAGES.indexOf(language) * 10 + READERS.indexOf(reader);

/** What a version says. Its id is not in it: the id follows from it. */
export type AgreementFields = {
  readonly agreement: string;
  readonly family: string;
  readonly number: number;
  readonly template: { readonly template: string; readonly version: number } | null;
  readonly on: CalendarDay;
  readonly parties: readonly AgreementParty[];
  readonly therapists: readonly string[];
  readonly places: readonly AgreementPlace[];
  readonly choices: AgreementChoices;
  readonly words: readonly AgreementWords[];
};

const body: Field<AgreementFields> = record({
  agreement: id,
  family: id,
  number: unsigned(4),
  template: orNull(record({ template: text(60), version: unsigned(4) })),
  on: day,
  parties: uniqueBy(party, PARTIES_MAX, ({ person }) => person),
  therapists: uniqueBy(id, THERAPISTS_MAX, (person) => person),
  places: uniqueBy(place, PLACES_MAX, ({ code }) => code),
  choices: choicesField,
  words: sortedBy(words, AGREEMENT_PARTS.length * AGREEMENT_LANGUAGES.length * READERS.length, wordsKey),
});

/** A version that was read. `hash` is what signatures are of; `version` is its id; `bytes` are what was read. */
export type AgreementRecord = AgreementFields & {
  readonly version: string;
  readonly hash: Bytes;
  readonly bytes: Bytes;
};

/**
 * The bytes of a version. In which order somebody ticked what may be ticked together, and in which order words come, makes no difference to them. Throws
 * `misuse` for what the format cannot say: a person twice, a text that is too long, a number out of range.
 */
export function encodeAgreementVersion(fields: AgreementFields): Bytes {
  const writer = ByteWriter.labelled(AGREEMENT_LABEL);
  body.write(writer, fields);
  const bytes = writer.bytes();
  if (bytes.length > AGREEMENT_VERSION_BYTES_MAX) throw new VaultFault("misuse");
  return bytes;
}

/** Reads a version of exactly this format; throws `malformed`. */
export function decodeAgreementVersion(bytes: Bytes): AgreementRecord {
  const reader = ByteReader.labelled(bytes, AGREEMENT_LABEL, AGREEMENT_VERSION_BYTES_MAX);
  const fields = body.read(reader);
  reader.end();
  const hash = agreementHash(bytes);
  return { ...fields, version: agreementVersionId(hash), hash, bytes: new Uint8Array(bytes) };
}

/** What names a version in every signature: SHA-256 of its bytes, which begin with their label. */
export function agreementHash(versionBytes: Bytes): Bytes {
  return sha256(versionBytes);
}

/** The id of a version from its hash: 122 bits of it, in the form of a UUID of version 8 (RFC 9562, 5.8). */
export function agreementVersionId(versionHash: Bytes): string {
  const stamped = versionHash.slice(0, 16);
  stamped[6] = ((stamped[6] ?? 0) & 0x0f) | 0x80;
  stamped[8] = ((stamped[8] ?? 0) & 0x3f) | 0x80;
  return idFromBytes(stamped);
}
