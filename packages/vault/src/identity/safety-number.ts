import { sha512 } from "@noble/hashes/sha2.js";
import { compareBytes } from "../codec/bytes.ts";
import type { Bytes } from "../codec/bytes.ts";
import { ByteWriter } from "../codec/writer.ts";

/**
 * Sixty digits that two people read to each other (threat T3): the same on both sides exactly when both hold the same two
 * identity records. Twelve groups of five, each from five bytes of one SHA-512, which leaves a bias below 2^-23.
 */
export function safetyNumber(hashA: Bytes, hashB: Bytes): string {
  const [first, second] = compareBytes(hashA, hashB) <= 0 ? [hashA, hashB] : [hashB, hashA];
  const digest = sha512(ByteWriter.labelled("fam/id/1 safety").fixed(first, 32).fixed(second, 32).bytes());
  const groups: string[] = [];
  for (let offset = 0; offset < 60; offset += 5) {
    const value = digest.slice(offset, offset + 5).reduce((sum, byte) => sum * 256 + byte, 0);
    groups.push(String(value % 100_000).padStart(5, "0"));
  }
  return groups.join(" ");
}
