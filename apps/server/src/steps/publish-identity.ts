import { fromBase64Url, parseIdentityRecord, verifyIdentityRecord } from "@sotto/vault/public";
import { insertIdentity, readNewestIdentity, writeBlob } from "../store/account.ts";
import type { Writer } from "../store/store.ts";
import { Undo } from "./undo.ts";
import type { World } from "./world.ts";

/**
 * The next generation of an account's identity and the vault that holds its secrets, in the transaction of the caller, who holds the
 * account. Undoes it all when the record does not follow on the newest one, or when the vault is not the next version.
 */
export async function publishIdentity(
  world: World,
  writer: Writer,
  next: {
    readonly account: string;
    readonly identity: string;
    readonly vault: { readonly version: number; readonly bytes: string };
  },
): Promise<void> {
  const { account, identity, vault } = next;
  // Whoever is behind with their vault is behind with their identity as well: they are told what to catch up with.
  const blob = { account, name: "main", version: vault.version, bytes: fromBase64Url(vault.bytes) };
  if (vault.version < 2) throw new Undo("malformed");
  const record = parseIdentityRecord(fromBase64Url(identity));
  if (!(await writeBlob(writer, blob, world.random))) throw new Undo("stale-version");
  const newest = await readNewestIdentity(writer, account);
  if (newest === null || !(await verifyIdentityRecord(record, newest))) throw new Undo("malformed");
  await insertIdentity(writer, record, world.random);
}
