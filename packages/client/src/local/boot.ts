import type { AccountId } from "@sotto/domain";
import { parseId } from "@sotto/domain";
import { ByteReader, ByteWriter, decodeUtf8, encodeUtf8 } from "@sotto/vault";
import type { LocalStore } from "../ports.ts";
import { readOrNull } from "../unreadable.ts";

const KEY = "boot";
/** Where somebody who stays unlocked across a reload is kept; what stands there is `kept.ts`'s. */
export const KEPT_KEY = "kept";
const LABEL = "fam/boot/1";
export const FACTOR_KINDS = ["passkey", "passphrase", "recovery"] as const;
export type FactorKind = (typeof FACTOR_KINDS)[number];

/** Which account has used this device, and how it came in: opaque ids and a generated name, nothing confidential. */
export interface BootRecord {
  readonly account: AccountId;
  readonly lastFactor: FactorKind;
  readonly lastSignInName: string | null;
}

/** What this device remembers of its person; null when nobody has used it, or the record is damaged. */
export async function readBoot(store: LocalStore): Promise<BootRecord | null> {
  const bytes = await store.read(KEY);
  if (bytes === null) return null;
  return readOrNull(() => {
    const reader = ByteReader.labelled(bytes, LABEL, 1000);
    const account = parseId<AccountId>(reader.id());
    const lastFactor = reader.choice(FACTOR_KINDS);
    const lastSignInName = reader.optional(() => decodeUtf8(reader.block8()));
    reader.end();
    return account === null ? null : { account, lastFactor, lastSignInName };
  });
}

/** Takes everything of everybody who used this device off it. */
export async function forgetAccounts(store: LocalStore): Promise<void> {
  const keys = [KEY, ...(await store.list("of/"))];
  await store.write(keys.map((key) => ({ key, value: null })));
}

export async function writeBoot(store: LocalStore, boot: BootRecord): Promise<void> {
  const writer = ByteWriter.labelled(LABEL).id(boot.account);
  writer.unsigned(FACTOR_KINDS.indexOf(boot.lastFactor), 1);
  writer.optional(boot.lastSignInName, (name) => writer.block8(encodeUtf8(name)));
  await store.write([{ key: KEY, value: writer.bytes() }]);
}
