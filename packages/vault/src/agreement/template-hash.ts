import type { Bytes } from "../codec/bytes.ts";
import { sha256 } from "../primitives/hash.ts";

/** What names a template's file in the practice's room: SHA-256 of its bytes, which begin with the word of their format. */
export function templateHash(file: Bytes): Bytes {
  return sha256(file);
}
