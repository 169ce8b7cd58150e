import type { AnswerOf, BodyOf } from "@sotto/contract";
import type { AccountId } from "@sotto/domain";
import {
  emptyVaultState,
  encodeVaultState,
  makeIdentity,
  makeVaultKey,
  sealBlob,
  toBase64Url,
} from "@sotto/vault";
import type { Bytes, IdentitySecret, VaultState } from "@sotto/vault";
import type { Api } from "../api.ts";
import type { Done, FactorChoice } from "../client.ts";
import { done } from "../done.ts";
import { makeId } from "../ids.ts";
import type { Ports } from "../ports.ts";
import { VAULT_NAME } from "../sync/vault-keeper.ts";
import { makeFactor } from "./make-factor.ts";
import type { OpenedAccount } from "./open-account.ts";

interface Wish {
  readonly door: BodyOf<"enrol">["door"];
  readonly factor: FactorChoice;
  /** What the new vault holds beside the identity. */
  readonly start: Pick<VaultState, "displayName" | "practiceName" | "contacts"> &
    Partial<Pick<VaultState, "settings">>;
  /** The proof for the inviter, from the new identity; null at set-up. */
  readonly accept: ((identity: IdentitySecret) => Promise<Bytes>) | null;
}

const FIRST_VERSION = 1;
const TRIES_MAX = 3;
const PAUSE_MS = 500;

/** Makes an account with an identity, a vault and a first factor, all on this device, and enrols it. */
export async function enrol(api: Api, ports: Ports, wish: Wish): Promise<Done<OpenedAccount>> {
  const { random } = ports;
  const account = makeId<AccountId>(random);
  const vaultKey = makeVaultKey(random);
  const { door } = wish;
  const made = await makeFactor({
    ports,
    account,
    vaultKey,
    generation: 0,
    choice: wish.factor,
    door: {
      passkeyOptions: () => api("enrolPasskeyOptions", { body: { door, account } }, null),
      passphraseStart: (name, request) =>
        api("enrolPassphraseStart", { body: { door, name, request } }, null),
    },
  });
  if (made.kind === "refused") return made;
  const { secret, record } = await makeIdentity({ account, random });
  const { serverKey } = made.value;
  const state = { ...emptyVaultState(), ...wish.start, identities: [secret], opaqueServerKey: serverKey };
  const place = { account, name: VAULT_NAME, version: FIRST_VERSION };
  const vault = await sealBlob({ vaultKey, place, body: encodeVaultState(state), random });
  const acceptance = wish.accept === null ? null : toBase64Url(await wish.accept(secret));
  const body: BodyOf<"enrol"> = {
    door,
    account,
    identity: toBase64Url(record),
    vault: toBase64Url(vault),
    factor: made.value.factor,
    ...(acceptance === null ? {} : { acceptance }),
  };
  const signedIn = await enrolOnce(api, body);
  if (signedIn.kind === "refused") return signedIn;
  return done({
    signedIn: signedIn.value,
    vaultKey,
    serverKey,
    vault: { state, base: state, version: FIRST_VERSION },
  });
}

/**
 * The invitation is spent when the server has heard of it, whether or not its answer arrives: the same account is sent
 * again, which it answers with a new session. Another account would find the invitation used.
 */
async function enrolOnce(api: Api, body: BodyOf<"enrol">): Promise<Done<AnswerOf<"enrol">>> {
  for (let attempt = 1; ; attempt++) {
    const signedIn = await api("enrol", { body }, null);
    const isLost = signedIn.kind === "refused" && signedIn.refusal === "offline";
    if (!isLost || attempt === TRIES_MAX) return signedIn;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}
