import type { AnswerOf } from "@sotto/contract";
import type { FactorId } from "@sotto/domain";
import {
  equalBytes,
  fromBase64Url,
  kekFromOpaque,
  kekFromPrf,
  openWrap,
  parseRecoveryCode,
  recoveryKeys,
  toBase64Url,
  VAULT_PRF_SALT,
  wipe,
} from "@sotto/vault";
import type { Bytes, WrapKind } from "@sotto/vault";
import type { Done, SignInChoice } from "../client.ts";
import { done, refused } from "../done.ts";
import type { Home } from "../home.ts";
import { openOrNull } from "../unreadable.ts";
import { toId } from "../ids.ts";
import { keyGenerationOf } from "../local/vault-keys.ts";
import { loginWithPassphrase } from "./opaque.ts";

interface Shown {
  readonly kind: WrapKind;
  readonly kek: Bytes;
}

/** A factor of the account that whoever is in has just shown, with the key that it wraps with. */
export interface ShownFactor extends Shown {
  readonly factor: FactorId;
}

/**
 * Whoever is in shows a factor once more. It holds when one of the account's wraps of that kind opens with it to the very key that is in use.
 * Nobody is signed in by this, and a recovery sheet is not used up.
 */
export async function showAgain(home: Home, choice: SignInChoice): Promise<Done<ShownFactor>> {
  const wraps = await home.call("readWraps");
  if (wraps.kind === "refused") return wraps;
  const shown = await deriveAgain(home, choice);
  if (shown.kind === "refused") return shown;
  for (const line of wraps.value.wraps) {
    if (!(await isOpenedBy(home, line, shown.value))) continue;
    return done({ ...shown.value, factor: toId<FactorId>(line.factor) });
  }
  wipe(shown.value.kek);
  return refused("wrong-factor");
}

async function isOpenedBy(
  { person, vault }: Home,
  { factor, kind, wrap }: AnswerOf<"readWraps">["wraps"][number],
  shown: Shown,
): Promise<boolean> {
  if (kind !== shown.kind) return false;
  const place = { account: person.account, kind, factor, generation: keyGenerationOf(vault.state) };
  const opened = await openOrNull(() => openWrap({ kek: shown.kek, wrap: fromBase64Url(wrap), place }));
  const isSame = opened !== null && equalBytes(opened, person.vaultKey);
  if (opened !== null) wipe(opened);
  return isSame;
}

function deriveAgain(home: Home, choice: SignInChoice): Promise<Done<Shown>> {
  switch (choice.kind) {
    case "passkey":
      return usePasskey(home);
    case "passphrase":
      return useWords(home, choice);
    case "recovery":
      return useSheet(choice.code);
  }
}

/** The challenge is this device's own: nobody checks the answer, what counts is the secret that comes with it. */
async function usePasskey({ ports }: Home): Promise<Done<Shown>> {
  if (ports.passkeys === null) return refused("no-prf");
  const options = { challenge: toBase64Url(ports.random(32)), userVerification: "required" };
  const got = await ports.passkeys.get(options, VAULT_PRF_SALT);
  if (got === null) return refused("cancelled");
  if (got.prf === null) return refused("no-prf");
  const { credentialId, prf } = got;
  return done({ kind: "passkey", kek: await kekFromPrf({ prf, credentialId }) });
}

async function useWords(
  home: Home,
  choice: { readonly name: string; readonly words: string },
): Promise<Done<Shown>> {
  const name = choice.name.trim().toLowerCase();
  const login = await loginWithPassphrase(choice.words, (request) =>
    home.call("signInPassphraseStart", { body: { name, request } }),
  );
  if (login.kind === "refused") return login;
  const { exportKey, factor } = login.value;
  return done({ kind: "passphrase", kek: await kekFromOpaque({ exportKey, factor }) });
}

async function useSheet(typed: string): Promise<Done<Shown>> {
  const parsed = parseRecoveryCode(typed);
  if (parsed.kind === "refused") return refused("sheet-mistyped");
  return done({ kind: "recovery", kek: (await recoveryKeys(parsed.code)).kek });
}
