import type { Bytes } from "../codec/bytes.ts";
import { ByteWriter } from "../codec/writer.ts";
import { sha256 } from "../primitives/hash.ts";

/** What the server keeps of an invitation's token: it can recognise the token, and nothing of the secret follows from it. */
export function tokenHashOf(token: Bytes): Bytes {
  return sha256(ByteWriter.labelled("fam/inv/1 token hash").fixed(token, 32).bytes());
}
