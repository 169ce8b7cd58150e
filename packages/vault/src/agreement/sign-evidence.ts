import { concatBytes } from "../codec/bytes.ts";
import type { Bytes } from "../codec/bytes.ts";
import { identityHash } from "../identity/record.ts";
import type { IdentitySecret } from "../identity/secret.ts";
import { signBytes } from "../primitives/sign.ts";
import { encodeEvidenceFields, evidenceMessage } from "./evidence-file.ts";
import type { EvidenceParts } from "./evidence-file.ts";
import { verifyEvidence } from "./verify-evidence.ts";

/**
 * Makes an evidence file and signs the whole. It is checked before it is given out: throws `malformed` or `unverified` for parts of which a reader would
 * say so, `misuse` for those that the format cannot hold.
 */
export async function signEvidence(
  me: Pick<IdentitySecret, "record" | "signSeed">,
  parts: Omit<EvidenceParts, "maker">,
): Promise<Bytes> {
  const fields = encodeEvidenceFields({ ...parts, maker: identityHash(me.record) });
  const signature = await signBytes({ signSeed: me.signSeed, message: evidenceMessage(fields) });
  const bytes = concatBytes(fields, signature);
  await verifyEvidence(bytes);
  return bytes;
}
