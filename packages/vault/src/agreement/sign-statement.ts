import { concatBytes, VaultFault } from "../codec/bytes.ts";
import type { Bytes } from "../codec/bytes.ts";
import { identityHash } from "../identity/record.ts";
import type { IdentitySecret } from "../identity/secret.ts";
import { signBytes } from "../primitives/sign.ts";
import { encodeStatementFields, STATEMENT_BYTES_MAX, statementMessage } from "./statement.ts";
import type { StatementFields } from "./statement.ts";

/** Says something about a version with one's own key. Throws `misuse` for what a statement cannot say. */
export async function signStatement(
  me: Pick<IdentitySecret, "record" | "signSeed">,
  wish: Omit<StatementFields, "identity">,
): Promise<Bytes> {
  const fields = encodeStatementFields({ ...wish, identity: identityHash(me.record) });
  const signature = await signBytes({ signSeed: me.signSeed, message: statementMessage(fields) });
  const bytes = concatBytes(fields, signature);
  if (bytes.length > STATEMENT_BYTES_MAX) throw new VaultFault("misuse");
  return bytes;
}
