import { fromBase64Url, sha256, toBase64Url } from "@sotto/vault/public";
import { LIMITS, type AnswerOf, type BodyOf } from "@sotto/contract";
import { lockAccount, noteFactorUsed, readFactor, readStanding, type FactorRow } from "../store/account.ts";
import { insertAttempt, isSameSecret, takeAttempt } from "../store/attempt.ts";
import { findDoor, type Door, type DoorKind } from "../store/door.ts";
import { NO_PRACTICE } from "../store/store.ts";
import type { From } from "../steps/limiter.ts";
import { openSession } from "../steps/open-session.ts";
import { done, refuse, type Outcome, type World } from "../steps/world.ts";

type SignedIn = AnswerOf<"enrol">;

const STRETCHING = "argon2id-64MiB-t3-p4";

export async function startPasskeySignIn(world: World): Promise<Outcome<AnswerOf<"signInPasskeyOptions">>> {
  const { options, state } = await world.passkeys.startSignIn();
  const expiresAt = world.now() + LIMITS.attemptAgeMs;
  const attempt = await world.store.write(NO_PRACTICE, (writer) =>
    insertAttempt(writer, { kind: "passkey-sign-in", state, expiresAt }),
  );
  return done({ attempt, options });
}

export async function signInByPasskey(
  world: World,
  wish: BodyOf<"signInPasskey">,
): Promise<Outcome<SignedIn>> {
  const state = await world.store.write(NO_PRACTICE, (writer) =>
    takeAttempt(writer, wish.attempt, "passkey-sign-in", world.now()),
  );
  if (state === null) return refuse("attempt-expired");
  const credentialId = typeof wish.response["id"] === "string" ? wish.response["id"] : "";
  const found = await findFactor(world, "credential", credentialId);
  // What is shown is looked at either way: the time must not tell whether the credential is somebody's.
  const shown = await world.passkeys.finishSignIn(state, wish.response, {
    credentialId,
    publicKey: found?.factor.secret ?? world.passkeys.keyOfNobody,
    counter: found?.factor.counter ?? 0,
  });
  return shown === null || found === null
    ? refuse("sign-in-failed")
    : admit(world, found.door, found.factor, shown.counter);
}

/** An unknown name answers like a known one: same form, same sizes, same work, a factor id that stays the same (RFC 9807, section 10.9). */
export async function startPassphraseSignIn(
  world: World,
  wish: BodyOf<"signInPassphraseStart">,
  from: From,
): Promise<Outcome<AnswerOf<"signInPassphraseStart">>> {
  const found = await findFactor(world, "name", wish.name);
  const againAfterMs = world.limiter.name(from, wish.name, found?.factor.account ?? null);
  if (againAfterMs > 0) return { kind: "refused", refusal: "too-many-requests", againAfterMs };
  const started = world.passphrases.startSignIn(wish.name, found?.factor.secret ?? null, wish.request);
  const factorOfNobody = world.passphrases.factorOfNobody(wish.name);
  if (started === null) return refuse("malformed");
  const state = JSON.stringify({ name: wish.name, login: started.state });
  const expiresAt = world.now() + LIMITS.attemptAgeMs;
  const attempt = await world.store.write(NO_PRACTICE, (writer) =>
    insertAttempt(writer, { kind: "passphrase-sign-in", state, expiresAt }),
  );
  return done({
    attempt,
    response: started.response,
    factor: found?.factor.factor ?? factorOfNobody,
    stretching: found?.factor.stretching ?? STRETCHING,
  });
}

export async function signInByPassphrase(
  world: World,
  wish: BodyOf<"signInPassphrase">,
  from: From,
): Promise<Outcome<SignedIn>> {
  const state = await world.store.write(NO_PRACTICE, (writer) =>
    takeAttempt(writer, wish.attempt, "passphrase-sign-in", world.now()),
  );
  if (state === null) return refuse("attempt-expired");
  // Written by startPassphraseSignIn and kept by us alone.
  const { name, login } = JSON.parse(state) as { name: string; login: string };
  if (!world.passphrases.finishSignIn(name, login, wish.request)) return refuse("sign-in-failed");
  const found = await findFactor(world, "name", name);
  if (found === null) return refuse("sign-in-failed");
  world.limiter.nameHeld(from, name, found.factor.account);
  return admit(world, found.door, found.factor, 0);
}

export async function signInByRecovery(
  world: World,
  wish: BodyOf<"signInRecovery">,
): Promise<Outcome<SignedIn>> {
  const found = await findFactor(world, "recovery", toBase64Url(fromBase64Url(wish.lookup)));
  const shown = sha256(fromBase64Url(wish.proof));
  const isRight = isSameSecret(shown, fromBase64Url(found?.factor.secret ?? SECRET_OF_NOBODY));
  if (!isRight || found === null) return refuse("sign-in-failed");
  return admit(world, found.door, found.factor, 0);
}

const SECRET_OF_NOBODY = toBase64Url(new Uint8Array(32));

async function findFactor(
  world: World,
  kind: DoorKind,
  value: string,
): Promise<{ readonly door: Door; readonly factor: FactorRow } | null> {
  const door = await world.store.read(NO_PRACTICE, (reader) => findDoor(reader, kind, value));
  const { account, ref } = door;
  if (account === null || ref === null) return null;
  const factor = await world.store.read(door.practice, (reader) => readFactor(reader, account, ref));
  return factor === null ? null : { door, factor };
}

async function admit(
  world: World,
  door: Door,
  shown: FactorRow,
  counter: number,
): Promise<Outcome<SignedIn>> {
  const at = world.now();
  const outcome = await world.store.write<Outcome<SignedIn>>(door.practice, async (writer) => {
    const { account } = shown;
    // What was shown may have been taken away since it was found, or wrap another vault key by now.
    await lockAccount(writer, account);
    const factor = await readFactor(writer, account, shown.factor);
    const standing = await readStanding(writer, account);
    if (factor === null || standing === null) return refuse("sign-in-failed");
    await noteFactorUsed(writer, { account, factor: factor.factor, counter, at });
    return done(await openSession(writer, { account, standing, factor, at }, world.marks));
  });
  if (outcome.kind === "done") {
    world.tell({ kind: "sessions-changed", practice: door.practice, to: [shown.account] });
  }
  return outcome;
}
