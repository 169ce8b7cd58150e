import { drawBytes, VaultFault } from "../codec/bytes.ts";
import type { Bytes, Random } from "../codec/bytes.ts";
import { ByteWriter, encodeUtf8 } from "../codec/writer.ts";
import { deriveBytes } from "../primitives/derive.ts";

/**
 * The code on the recovery sheet: 26 characters of Crockford's base 32 (130 random bits) and 2 check characters, in seven
 * groups of four. The check is a Reed-Solomon code over GF(32) with distance 3: it notices any two wrong or swapped
 * characters, and where one alone is wrong it names the group to look at again.
 */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CODE_CHARACTERS = 26;
const ALL_CHARACTERS = 28;
const GROUP_CHARACTERS = 4;

export type ParsedRecoveryCode =
  | { readonly kind: "code"; readonly code: string }
  | {
      readonly kind: "refused";
      readonly problem: "length" | "character" | "check";
      /** The group, from 1, that holds the mistake; null when it cannot be told. */
      readonly group: number | null;
    };

// GF(32) = GF(2)[x] / (x^5 + x^2 + 1); x generates its 31 powers.
const POWERS: readonly number[] = Array.from({ length: 30 }).reduce<number[]>(
  (powers) => {
    const doubled = (powers.at(-1) ?? 0) << 1;
    return [...powers, doubled >= 32 ? doubled ^ 0b100101 : doubled];
  },
  [1],
);
const logOf = (value: number): number => POWERS.indexOf(value);
const powerOf = (exponent: number): number => POWERS[((exponent % 31) + 31) % 31] ?? 0;
const multiply = (a: number, b: number): number => (a === 0 || b === 0 ? 0 : powerOf(logOf(a) + logOf(b)));

/** The word as a polynomial, first character at x^0, at the points x and x^2: both zero exactly for a code word. */
const syndromes = (values: readonly number[]): readonly [number, number] => {
  let first = 0;
  let second = 0;
  for (const [place, value] of values.entries()) {
    first ^= multiply(value, powerOf(place));
    second ^= multiply(value, powerOf(2 * place));
  }
  return [first, second];
};

/** The two check values that make both syndromes zero. */
const checkValues = (values: readonly number[]): readonly number[] => {
  for (let a = 0; a < 32; a++) {
    for (let b = 0; b < 32; b++) {
      const [first, second] = syndromes([...values, a, b]);
      if (first === 0 && second === 0) return [a, b];
    }
  }
  throw new VaultFault("misuse");
};

const grouped = (characters: string): string => characters.match(/.{4}/g)?.join("-") ?? "";

/** A new code, written for reading: `XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX`. */
export function makeRecoveryCode(random: Random): string {
  // 32 divides 256, so the low five bits of each byte are uniform.
  const values = [...drawBytes(random, CODE_CHARACTERS)].map((byte) => byte & 31);
  return grouped([...values, ...checkValues(values)].map((value) => ALPHABET[value]).join(""));
}

const normalized = (text: string): string =>
  text
    .toUpperCase()
    .replaceAll(/[\s\-–—._]/g, "")
    .replaceAll("O", "0")
    .replaceAll(/[IL]/g, "1");

const groupOf = (place: number): number => Math.floor(place / GROUP_CHARACTERS) + 1;

/** Reads what a person typed: any case, spaces or dashes, O for 0, I or L for 1. Gives the canonical text or says what is wrong. */
export function parseRecoveryCode(text: string): ParsedRecoveryCode {
  const characters = Array.from(normalized(text));
  const values = characters.map((character) => ALPHABET.indexOf(character));
  const stranger = values.indexOf(-1);
  if (stranger >= 0) return { kind: "refused", problem: "character", group: groupOf(stranger) };
  if (values.length !== ALL_CHARACTERS) return { kind: "refused", problem: "length", group: null };
  const [first, second] = syndromes(values);
  if (first === 0 && second === 0) return { kind: "code", code: grouped(characters.join("")) };
  // One wrong value e at place i gives e·x^i and e·x^2i, whose quotient is x^i.
  const place = first === 0 || second === 0 ? ALL_CHARACTERS : (logOf(second) - logOf(first) + 31) % 31;
  return { kind: "refused", problem: "check", group: place < ALL_CHARACTERS ? groupOf(place) : null };
}

/**
 * What a recovery code gives: `lookup` finds the sheet, `proof` shows the server that the holder has it, `kek` opens the
 * wrap. The server learns the first two and can compute neither from the other, nor the third. Throws `misuse` for text
 * that `parseRecoveryCode` does not give back as a code.
 */
export async function recoveryKeys(
  code: string,
): Promise<{ readonly lookup: Bytes; readonly proof: Bytes; readonly kek: Bytes }> {
  const parsed = parseRecoveryCode(code);
  if (parsed.kind !== "code") throw new VaultFault("misuse");
  const secret = encodeUtf8(parsed.code.replaceAll("-", "").slice(0, CODE_CHARACTERS));
  const derive = (purpose: string, count: number): Promise<Bytes> => {
    const info = ByteWriter.labelled("fam/recovery/1").block8(encodeUtf8(purpose)).bytes();
    return deriveBytes({ secret, info, count });
  };
  const [lookup, proof, kek] = await Promise.all([
    derive("lookup", 16),
    derive("proof", 32),
    derive("kek", 32),
  ]);
  return { lookup, proof, kek };
}
