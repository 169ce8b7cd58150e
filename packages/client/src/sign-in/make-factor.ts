import type { AnswerOf, BodyOf } from "@sotto/contract";
import type { AccountId, FactorId } from "@sotto/domain";
import { kekFromOpaque, kekFromPrf, toBase64Url, VAULT_PRF_SALT, wrapVaultKey } from "@sotto/vault";
import type { Bytes } from "@sotto/vault";
import type { Done, FactorChoice } from "../client.ts";
import { done, refused } from "../done.ts";
import { makeId } from "../ids.ts";
import type { Ports } from "../ports.ts";
import { registerPassphrase, STRETCHING } from "./opaque.ts";

export interface MadeFactor {
  readonly factor: BodyOf<"addFactor">;
  /** The static key of the OPAQUE server, to pin; null for a passkey. */
  readonly serverKey: Bytes | null;
}

/** Where the server is asked for a new factor: at the door, or from inside. */
export interface FactorDoor {
  readonly passkeyOptions: () => Promise<Done<AnswerOf<"enrolPasskeyOptions">>>;
  readonly passphraseStart: (
    name: string,
    request: string,
  ) => Promise<Done<AnswerOf<"enrolPassphraseStart">>>;
}

interface Wish {
  readonly ports: Ports;
  readonly door: FactorDoor;
  readonly account: AccountId;
  readonly vaultKey: Bytes;
  /** Vault keys of an account are counted from 0; every wrap is of the newest. */
  readonly generation: number;
  readonly choice: FactorChoice;
}

/** Makes a passkey or registers a passphrase, and wraps the vault key under it. Nothing is added on the server yet. */
export async function makeFactor(wish: Wish): Promise<Done<MadeFactor>> {
  const factor = makeId<FactorId>(wish.ports.random);
  switch (wish.choice.kind) {
    case "passkey":
      return makePasskey(wish, factor);
    case "passphrase":
      return makePassphraseFactor(wish, wish.choice, factor);
  }
}

const wrap = async (
  wish: Wish,
  place: { readonly kind: "passkey" | "passphrase"; readonly factor: string },
  kek: Bytes,
): Promise<string> => {
  const { account, generation, ports, vaultKey } = wish;
  const bytes = await wrapVaultKey({
    kek,
    vaultKey,
    place: { account, ...place, generation },
    random: ports.random,
  });
  return toBase64Url(bytes);
};

const makePasskey = async (wish: Wish, factor: FactorId): Promise<Done<MadeFactor>> => {
  const { passkeys } = wish.ports;
  if (passkeys === null) return refused("no-prf");
  const started = await wish.door.passkeyOptions();
  if (started.kind === "refused") return started;
  const made = await passkeys.create(started.value.options, VAULT_PRF_SALT);
  if (made === null) return refused("cancelled");
  if (made.prf === null) return refused("no-prf");
  const kek = await kekFromPrf({ prf: made.prf, credentialId: made.credentialId });
  const { attempt } = started.value;
  const sealed = await wrap(wish, { kind: "passkey", factor }, kek);
  return done({
    factor: { kind: "passkey", factor, attempt, response: made.response, wrap: sealed },
    serverKey: null,
  });
};

const makePassphraseFactor = async (
  wish: Wish,
  choice: { readonly name: string; readonly words: string },
  factor: FactorId,
): Promise<Done<MadeFactor>> => {
  const registered = await registerPassphrase(choice.words, (request) =>
    wish.door.passphraseStart(choice.name, request),
  );
  if (registered.kind === "refused") return registered;
  const { exportKey, record, serverKey } = registered.value;
  const sealed = await wrap(wish, { kind: "passphrase", factor }, await kekFromOpaque({ exportKey, factor }));
  const { name } = choice;
  return done({
    factor: { kind: "passphrase", factor, name, record, stretching: STRETCHING, wrap: sealed },
    serverKey,
  });
};
