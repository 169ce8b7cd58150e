import {
  ByteReader,
  decodeVaultState,
  fromBase64Url,
  localKey,
  openBlob,
  openLocal,
  openWrap,
  recoveryKeys,
  toBase64Url,
  type Bytes,
  type VaultState,
} from "@sotto/vault";
import type { SignInChoice } from "@sotto/client";
import { now, valueOf, type House, type Someone } from "./clients.ts";
import { lookInto, type Looked } from "./database.ts";
import type { MemoryStore } from "./node-ports.ts";
import { call } from "./people.ts";

/** Somebody whose recovery sheet lies open: what their vault holds can be looked into. */
export interface Opened {
  readonly account: string;
  readonly vaultKey: Bytes;
}

/** A new sheet of somebody, with which their vault key is opened as anybody who finds it could. Replaces the one before. */
export async function openBySheet(
  house: Pick<House, "origin">,
  { client, way }: Pick<Someone, "client"> & { readonly way: SignInChoice },
): Promise<Opened> {
  valueOf(await client.actions.showWay(way));
  const { code } = valueOf(await client.actions.makeSheet());
  valueOf(await client.actions.proveSheet(code));
  const { kek, lookup, proof } = await recoveryKeys(code.replaceAll("-", ""));
  const body = { lookup: toBase64Url(lookup), proof: toBase64Url(proof) };
  const { account, factor, keyGeneration, token, wrap } = await call(house.origin, "signInRecovery", {
    body,
  });
  const place = { account, kind: "recovery" as const, factor, generation: keyGeneration };
  const vaultKey = await openWrap({ kek, wrap: fromBase64Url(wrap), place });
  await call(house.origin, "signOut", { token, body: {} });
  if (account !== now(client, "session").account) throw new Error("a sheet of somebody else");
  return { account, vaultKey };
}

/** A vault blob as the server has it. */
export interface StoredVault {
  readonly account: string;
  readonly version: number;
  readonly bytes: Bytes;
}

export async function storedVaults(house: { readonly database: Looked }): Promise<readonly StoredVault[]> {
  const rows = await lookInto<{ account: string; version: string; bytes: Buffer }>(
    house.database,
    "select account_id as account, version, bytes from vault_blob where name = 'main'",
    [],
  );
  return rows.map(({ account, bytes, version }) => ({
    account,
    version: Number(version),
    bytes: new Uint8Array(bytes),
  }));
}

/** What a stored vault holds; null when it is not of this account, or does not open. */
export async function stateIn(
  { account, bytes, version }: StoredVault,
  opened: Opened,
): Promise<VaultState | null> {
  if (account !== opened.account) return null;
  const place = { account, name: "main", version };
  return decodeVaultState(await openBlob({ vaultKey: opened.vaultKey, place, blob: bytes }));
}

/** What somebody's vault on the server holds now. */
export async function vaultNow(house: { readonly database: Looked }, opened: Opened): Promise<VaultState> {
  for (const vault of await storedVaults(house)) {
    const state = await stateIn(vault, opened);
    if (state !== null) return state;
  }
  throw new Error("a vault that is there");
}

/** Every vault state that a device keeps: as it is there, and as the server was last known to have it. */
export async function statesOn(
  { store }: { readonly store: Pick<MemoryStore, "values"> },
  opened: Opened,
): Promise<readonly VaultState[]> {
  const name = `of/${opened.account}/vault`;
  const sealed = store.values.get(name);
  if (sealed === undefined) return [];
  const body = await openLocal({ key: await localKey(opened.vaultKey), name, sealed });
  const reader = ByteReader.labelled(body, "fam/local-vault/1", body.length);
  reader.unsigned(8);
  const state = decodeVaultState(reader.block32(body.length));
  const base = reader.optional(() => decodeVaultState(reader.block32(body.length)));
  reader.end();
  return base === null ? [state] : [state, base];
}
