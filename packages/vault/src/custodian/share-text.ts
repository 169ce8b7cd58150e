import { concatBytes, VaultFault } from "../codec/bytes.ts";
import type { Bytes } from "../codec/bytes.ts";
import { ByteWriter } from "../codec/writer.ts";
import { sha256 } from "../primitives/hash.ts";
import { CUSTODIAN_TAG_BYTES } from "./key.ts";
import { CUSTODIAN_SHARES, SHARE_BYTES } from "./shares.ts";
import type { CustodianShare } from "./shares.ts";

/**
 * A share as it is printed and typed, `fam/share/1`: five lines of five groups of four characters of Crockford's base 32. The last group of
 * a line checks all lines up to it, so that a mistake is found by its line, and so is a line of another sheet.
 */
const LABEL = "fam/share/1";
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LINES = 5;
const LINE_BYTES = 10;
const LINE_CHARACTERS = 16;
const CHECK_CHARACTERS = 4;
const ALL_CHARACTERS = LINES * (LINE_CHARACTERS + CHECK_CHARACTERS);

export type ParsedShare =
  | { readonly kind: "share"; readonly share: CustodianShare }
  | {
      readonly kind: "refused";
      readonly problem: "length" | "character" | "check" | "number";
      /** The line, from 1, that holds the mistake; null when it cannot be told. */
      readonly line: number | null;
    };

/** Bytes as base 32, the first bits first. Their number of bits is a multiple of five, or what is left is dropped. */
const toBase32 = (bytes: Bytes, characters: number): string => {
  let text = "";
  let [bits, count] = [0, 0];
  for (const byte of bytes) {
    bits = ((bits << 8) | byte) & 0xfff;
    count += 8;
    while (count >= 5 && text.length < characters) {
      count -= 5;
      text += ALPHABET[(bits >> count) & 31] ?? "";
    }
  }
  return text;
};

const fromBase32 = (text: string): Bytes => {
  const bytes = new Uint8Array((text.length * 5) / 8);
  let [bits, count, place] = [0, 0, 0];
  for (const character of text) {
    bits = ((bits << 5) | ALPHABET.indexOf(character)) & 0xfff;
    count += 5;
    if (count < 8) continue;
    count -= 8;
    bytes[place++] = (bits >> count) & 0xff;
  }
  return bytes;
};

/** The first 20 bits of a hash of all bytes up to the end of a line. */
const checkOf = (soFar: Bytes): string => {
  const message = ByteWriter.labelled(`${LABEL} line`).fixed(soFar, soFar.length).bytes();
  return toBase32(sha256(message), CHECK_CHARACTERS);
};

/** The five lines of a share. */
export function writeShare({ number, share, tag }: CustodianShare): readonly string[] {
  if (tag.length !== CUSTODIAN_TAG_BYTES || share.length !== SHARE_BYTES) throw new VaultFault("misuse");
  if (number < 1 || number > CUSTODIAN_SHARES) throw new VaultFault("misuse");
  const bytes = concatBytes(tag, Uint8Array.of(number), share);
  return Array.from({ length: LINES }, (_, index) => {
    const end = (index + 1) * LINE_BYTES;
    const characters = toBase32(bytes.slice(end - LINE_BYTES, end), LINE_CHARACTERS);
    return (characters + checkOf(bytes.slice(0, end))).match(/.{4}/g)?.join(" ") ?? "";
  });
}

const normalized = (text: string): string =>
  text
    .toUpperCase()
    .replaceAll(/[\s\-–—._]/g, "")
    .replaceAll("O", "0")
    .replaceAll(/[IL]/g, "1");

const lineAt = (place: number): number => Math.floor(place / (LINE_CHARACTERS + CHECK_CHARACTERS)) + 1;

/** Reads what a person typed: any case, spaces, dashes or line breaks, O for 0, I or L for 1. Says which line is wrong. */
export function parseShare(text: string): ParsedShare {
  const characters = normalized(text);
  const stranger = Array.from(characters).findIndex((character) => !ALPHABET.includes(character));
  if (stranger >= 0)
    return { kind: "refused", problem: "character", line: Math.min(lineAt(stranger), LINES) };
  if (characters.length !== ALL_CHARACTERS) return { kind: "refused", problem: "length", line: null };
  let bytes: Bytes = new Uint8Array(0);
  for (let line = 1; line <= LINES; line++) {
    const start = (line - 1) * (LINE_CHARACTERS + CHECK_CHARACTERS);
    const body = characters.slice(start, start + LINE_CHARACTERS);
    const check = characters.slice(start + LINE_CHARACTERS, start + LINE_CHARACTERS + CHECK_CHARACTERS);
    bytes = concatBytes(bytes, fromBase32(body));
    if (checkOf(bytes) !== check) return { kind: "refused", problem: "check", line };
  }
  const number = bytes[CUSTODIAN_TAG_BYTES] ?? 0;
  if (number < 1 || number > CUSTODIAN_SHARES) return { kind: "refused", problem: "number", line: 2 };
  const tag = bytes.slice(0, CUSTODIAN_TAG_BYTES);
  return { kind: "share", share: { tag, number, share: bytes.slice(CUSTODIAN_TAG_BYTES + 1) } };
}
