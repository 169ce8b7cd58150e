import type { Bytes } from "../codec/bytes.ts";
import { ByteWriter } from "../codec/writer.ts";
import type { IdentityRecord } from "../identity/record.ts";
import { verifySignature } from "../primitives/sign.ts";

/** What a custodian, who has no factor, signs to show a server that it holds its key, `fam/custody/1`. */
export function custodyMessage(account: string, challenge: Bytes): Bytes {
  return ByteWriter.labelled("fam/custody/1 session").id(account).fixed(challenge, 32).bytes();
}

/** True when the holder of this identity signed the challenge. */
export function verifyCustody(claim: {
  readonly record: Pick<IdentityRecord, "account" | "signPublic">;
  readonly challenge: Bytes;
  readonly signature: Bytes;
}): Promise<boolean> {
  const { account, signPublic } = claim.record;
  const message = custodyMessage(account, claim.challenge);
  return verifySignature({ signPublic, message, signature: claim.signature });
}
