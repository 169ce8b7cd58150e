import type { Bytes } from "../codec/bytes.ts";
import type { IdentitySecret } from "../identity/secret.ts";
import { signBytes } from "../primitives/sign.ts";
import { paperMessage, verifyPaper, withSeal } from "./paper.ts";

/**
 * Seals a PDF with the key that signed the evidence file inside it. It is checked before it is given out: throws `malformed` for a PDF without such a file,
 * `unverified` when somebody else made that file.
 */
export async function sealPaper(me: Pick<IdentitySecret, "signSeed">, drawn: Bytes): Promise<Bytes> {
  const signature = await signBytes({ signSeed: me.signSeed, message: paperMessage(drawn) });
  const sealed = withSeal(drawn, signature);
  await verifyPaper(sealed);
  return sealed;
}
