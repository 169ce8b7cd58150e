import { fromBase64Url } from "@sotto/vault";
import type { Bytes } from "@sotto/vault";
import type { AnswerOf } from "@sotto/contract";
import type { Done } from "../client.ts";
import { done, refused } from "../done.ts";
import { normalizeWords } from "./passphrase.ts";

/** Argon2id, 64 MiB, 3 passes, 4 lanes: the only stretching this client takes (e2ee.md 4.2). */
export const STRETCHING = "argon2id-64MiB-t3-p4";
const STRETCHING_OF_LIBRARY = "memory-constrained";

// 157 kB that only the passphrase needs: loaded when somebody uses one.
const load = async () => {
  const opaque = await import("@serenity-kit/opaque");
  await opaque.ready;
  return opaque.client;
};

export interface Registered {
  readonly record: string;
  readonly exportKey: Bytes;
  readonly serverKey: Bytes;
}

/** Registers a passphrase (RFC 9807). `start` asks the server; its refusal is passed on. */
export async function registerPassphrase(
  words: string,
  start: (request: string) => Promise<Done<AnswerOf<"enrolPassphraseStart">>>,
): Promise<Done<Registered>> {
  const client = await load();
  const password = normalizeWords(words);
  const { clientRegistrationState, registrationRequest } = client.startRegistration({ password });
  const started = await start(registrationRequest);
  if (started.kind === "refused") return started;
  const finished = client.finishRegistration({
    password,
    clientRegistrationState,
    registrationResponse: started.value.response,
    keyStretching: STRETCHING_OF_LIBRARY,
  });
  return done({
    record: finished.registrationRecord,
    exportKey: fromBase64Url(finished.exportKey),
    serverKey: fromBase64Url(finished.serverStaticPublicKey),
  });
}

export interface LoginFinished {
  readonly attempt: string;
  readonly request: string;
  readonly factor: string;
  readonly exportKey: Bytes;
  readonly serverKey: Bytes;
}

/** The client's half of a sign-in. `wrong-factor`: these words are not this name's. `weak-parameters`: the server asks for other stretching. */
export async function loginWithPassphrase(
  words: string,
  start: (request: string) => Promise<Done<AnswerOf<"signInPassphraseStart">>>,
): Promise<Done<LoginFinished>> {
  const client = await load();
  const password = normalizeWords(words);
  const { clientLoginState, startLoginRequest } = client.startLogin({ password });
  const started = await start(startLoginRequest);
  if (started.kind === "refused") return started;
  const { attempt, factor, response, stretching } = started.value;
  if (stretching !== STRETCHING) return refused("weak-parameters");
  const finished = client.finishLogin({
    password,
    clientLoginState,
    loginResponse: response,
    keyStretching: STRETCHING_OF_LIBRARY,
  });
  if (finished === undefined) return refused("wrong-factor");
  return done({
    attempt,
    factor,
    request: finished.finishLoginRequest,
    exportKey: fromBase64Url(finished.exportKey),
    serverKey: fromBase64Url(finished.serverStaticPublicKey),
  });
}
