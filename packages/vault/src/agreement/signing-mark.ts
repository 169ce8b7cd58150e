import type { Bytes } from "../codec/bytes.ts";
import { ByteWriter } from "../codec/writer.ts";
import { sha256 } from "../primitives/hash.ts";

const MARK_LABEL = "fam/signing-mark/1";

/**
 * What a browser says of itself beside a signature: made of 32 bytes that it drew by chance for nothing else, and of the version that is signed. Two signatures of one version
 * by one browser have the same; of two versions nobody can tell whether they do, nor what was drawn.
 */
export function signingMark({ about, drawn }: { readonly about: Bytes; readonly drawn: Bytes }): Bytes {
  return sha256(ByteWriter.labelled(MARK_LABEL).fixed(drawn, 32).fixed(about, 32).bytes());
}
