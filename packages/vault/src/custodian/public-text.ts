import { VaultFault } from "../codec/bytes.ts";
import type { Bytes } from "../codec/bytes.ts";
import { fromBase64Url, toBase64Url } from "../codec/text.ts";
import { parseIdentityRecord, verifyIdentityRecord } from "../identity/record.ts";
import type { IdentityRecord } from "../identity/record.ts";

/** The public half of a custodian as a text that is brought into the practice: a word that says what it is, and the identity record. */
const WORD = "sotto-custodian-1";
const LINE_CHARACTERS = 64;
const TEXT_CHARACTERS_MAX = 8_000;

export function writeCustodianText(record: Bytes): string {
  const lines = toBase64Url(record).match(new RegExp(`.{1,${LINE_CHARACTERS}}`, "g")) ?? [];
  return `${[WORD, ...lines].join("\n")}\n`;
}

/** The record in such a text, however its lines were broken; null when it is none, or does not hold. */
export async function readCustodianText(text: string): Promise<IdentityRecord | null> {
  const joined = text.slice(0, TEXT_CHARACTERS_MAX).replaceAll(/\s/g, "");
  if (!joined.startsWith(WORD)) return null;
  try {
    const record = parseIdentityRecord(fromBase64Url(joined.slice(WORD.length)));
    return record.generation === 0 && (await verifyIdentityRecord(record, null)) ? record : null;
  } catch (error) {
    if (error instanceof VaultFault) return null;
    throw error;
  }
}
