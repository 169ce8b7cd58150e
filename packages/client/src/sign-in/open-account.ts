import type { AnswerOf } from "@sotto/contract";
import {
  decodeVaultState,
  fromBase64Url,
  kekFromOpaque,
  kekFromPrf,
  openBlob,
  openWrap,
  parseRecoveryCode,
  recoveryKeys,
  toBase64Url,
  VAULT_PRF_SALT,
} from "@sotto/vault";
import type { Bytes } from "@sotto/vault";
import type { Api } from "../api.ts";
import type { Done, SignInChoice } from "../client.ts";
import { done, refused } from "../done.ts";
import type { Ports } from "../ports.ts";
import { VAULT_NAME } from "../sync/vault-keeper.ts";
import { readMark } from "../local/mark.ts";
import type { KnownVault } from "../local/known-vault.ts";
import { openOrNull } from "../unreadable.ts";
import { loginWithPassphrase } from "./opaque.ts";

export interface OpenedAccount {
  readonly signedIn: AnswerOf<"enrol">;
  readonly vaultKey: Bytes;
  readonly vault: KnownVault;
  /** The OPAQUE server's key as it was just seen; null when no passphrase was used. */
  readonly serverKey: Bytes | null;
}

/** Somebody who has shown a factor: the session it opened, and the key that it wraps with. */
export interface Proven {
  readonly signedIn: AnswerOf<"enrol">;
  readonly kek: Bytes;
  readonly serverKey: Bytes | null;
}

/** Signs in with one factor, opens the vault key with it and the vault with that. */
export async function openAccount(
  api: Api,
  ports: Ports,
  choice: SignInChoice,
): Promise<Done<OpenedAccount>> {
  const proven = await prove(api, ports, choice);
  if (proven.kind === "refused") return proven;
  const { kek, serverKey, signedIn } = proven.value;
  const { account, factor, factorKind: kind, token } = signedIn;
  const place = { account, kind, factor, generation: signedIn.keyGeneration };
  const vaultKey = await openOrNull(() => openWrap({ kek, wrap: fromBase64Url(signedIn.wrap), place }));
  if (vaultKey === null) return refused("wrong-factor");
  const read = await api("readVault", { params: { name: VAULT_NAME } }, token);
  if (read.kind === "refused") return read;
  const { bytes, version } = read.value;
  const at = { account, name: VAULT_NAME, version };
  const state = await openOrNull(async () =>
    decodeVaultState(await openBlob({ vaultKey, place: at, blob: fromBase64Url(bytes) })),
  );
  // Whoever holds the key of a vault is given somebody else's, another version's, or a damaged one.
  if (state === null) return refused("vault-unreadable");
  return done({ signedIn, vaultKey, serverKey, vault: { state, base: state, version } });
}

/** Shows one factor to the server, which opens a session for it. */
export const prove = async (api: Api, ports: Ports, choice: SignInChoice): Promise<Done<Proven>> => {
  const mark = await readMark(ports.store, choice);
  switch (choice.kind) {
    case "passkey":
      return proveByPasskey(api, ports);
    case "passphrase":
      return proveByPassphrase(api, choice, mark);
    case "recovery":
      return proveBySheet(api, choice.code);
  }
};

const proveByPasskey = async (api: Api, ports: Ports): Promise<Done<Proven>> => {
  if (ports.passkeys === null) return refused("no-prf");
  const started = await api("signInPasskeyOptions", { body: {} }, null);
  if (started.kind === "refused") return started;
  const got = await ports.passkeys.get(started.value.options, VAULT_PRF_SALT);
  if (got === null) return refused("cancelled");
  if (got.prf === null) return refused("no-prf");
  const { attempt } = started.value;
  const signedIn = await api("signInPasskey", { body: { attempt, response: got.response } }, null);
  if (signedIn.kind === "refused") return signedIn;
  const kek = await kekFromPrf({ prf: got.prf, credentialId: got.credentialId });
  return done({ signedIn: signedIn.value, kek, serverKey: null });
};

const proveByPassphrase = async (
  api: Api,
  choice: { readonly name: string; readonly words: string },
  mark: string | null,
): Promise<Done<Proven>> => {
  const name = choice.name.trim().toLowerCase();
  const login = await loginWithPassphrase(choice.words, (request) =>
    api("signInPassphraseStart", { body: { name, request }, mark }, null),
  );
  if (login.kind === "refused") return login;
  const { attempt, exportKey, factor, request, serverKey } = login.value;
  const signedIn = await api("signInPassphrase", { body: { attempt, request }, mark }, null);
  if (signedIn.kind === "refused") return signedIn;
  const kek = await kekFromOpaque({ exportKey, factor });
  return done({ signedIn: signedIn.value, kek, serverKey });
};

const proveBySheet = async (api: Api, typed: string): Promise<Done<Proven>> => {
  const parsed = parseRecoveryCode(typed);
  if (parsed.kind === "refused") return refused("sheet-mistyped");
  const { kek, lookup, proof } = await recoveryKeys(parsed.code);
  const body = { lookup: toBase64Url(lookup), proof: toBase64Url(proof) };
  const signedIn = await api("signInRecovery", { body }, null);
  if (signedIn.kind === "refused") return signedIn;
  return done({ signedIn: signedIn.value, kek, serverKey: null });
};
