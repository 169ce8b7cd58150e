import type { Bytes } from "../codec/bytes.ts";
import type { IdentitySecret } from "../identity/secret.ts";
import { signBytes } from "../primitives/sign.ts";
import { custodyMessage } from "./challenge.ts";

/** The answer to a server's challenge, by the custodian's own key. */
export function signCustody(
  { account, signSeed }: Pick<IdentitySecret, "account" | "signSeed">,
  challenge: Bytes,
): Promise<Bytes> {
  return signBytes({ signSeed, message: custodyMessage(account, challenge) });
}
