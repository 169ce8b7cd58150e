import { sha256 as nobleSha256 } from "@noble/hashes/sha2.js";
import type { Bytes } from "../codec/bytes.ts";

/** SHA-256 over the parts in order. Synchronous, because trees and chains are hashed inside pure functions. */
export function sha256(...parts: readonly Uint8Array[]): Bytes {
  const hash = nobleSha256.create();
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
}

/** The same of one part, by WebCrypto: several times as fast for what is large. */
export async function digestOf(bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}
