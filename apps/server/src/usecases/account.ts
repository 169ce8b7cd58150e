import { fromBase64Url, toBase64Url } from "@sotto/vault/public";
import { LIMITS, type AnswerOf, type BodyOf } from "@sotto/contract";
import { deleteFactor, readBlob, readFactors, readIdentities, writeBlob } from "../store/account.ts";
import { insertAttempt } from "../store/attempt.ts";
import { deletePushesOf } from "../store/reminder-channel.ts";
import { endSessions } from "../store/session.ts";
import { NO_PRACTICE } from "../store/store.ts";
import { checkFactor, storeFactor } from "../steps/check-factor.ts";
import { holdOwnAccount } from "../steps/hold-own-account.ts";
import { tryDoor } from "../steps/try-door.ts";
import { done, refuse, type Outcome, type Session, type World } from "../steps/world.ts";

/** Options for a passkey of this account, new or not; a new one must hold a code or an invitation that would let it in. */
export async function startPasskey(
  world: World,
  who: { readonly account: string; readonly door: BodyOf<"enrolPasskeyOptions">["door"] | null },
): Promise<Outcome<AnswerOf<"factorPasskeyOptions">>> {
  const refusal = who.door === null ? null : await tryDoor(world, who.door);
  if (refusal !== null) return refuse(refusal);
  const { options, state } = await world.passkeys.startCreation(who.account);
  const expiresAt = world.now() + LIMITS.attemptAgeMs;
  const attempt = await world.store.write(NO_PRACTICE, (writer) =>
    insertAttempt(writer, { kind: "passkey-new", state, expiresAt }),
  );
  return done({ attempt, options });
}

/** OPAQUE registration, for an account new or not. */
export async function startPassphrase(
  world: World,
  wish: {
    readonly name: string;
    readonly request: string;
    readonly door: BodyOf<"enrolPasskeyOptions">["door"] | null;
  },
): Promise<Outcome<AnswerOf<"factorPassphraseStart">>> {
  const refusal = wish.door === null ? null : await tryDoor(world, wish.door);
  if (refusal !== null) return refuse(refusal);
  const response = world.passphrases.startRegistration(wish.name, wish.request);
  return response === null ? refuse("malformed") : done({ response, serverKey: world.passphrases.serverKey });
}

export async function listFactors(world: World, session: Session): Promise<Outcome<AnswerOf<"listFactors">>> {
  const factors = await world.store.read(session.practice, (reader) => readFactors(reader, session.account));
  return done({
    factors: factors.map(({ factor, kind, name, createdAt, lastUsedAt }) => ({
      factor,
      kind,
      name,
      createdAt,
      lastUsedAt,
    })),
  });
}

export async function addFactor(
  world: World,
  session: Session,
  wish: BodyOf<"addFactor">,
): Promise<Outcome<Record<string, never>>> {
  return world.store.write(session.practice, async (writer) => {
    if (!(await holdOwnAccount(writer, session, world.now()))) return refuse("not-signed-in");
    const known = await readFactors(writer, session.account);
    if (known.some((factor) => factor.factor === wish.factor)) return done({});
    if (known.length >= LIMITS.factorsPerAccountMax) return refuse("too-many");
    const checked = await checkFactor(world, writer, wish);
    if (checked === null) return refuse("sign-in-failed");
    return (await storeFactor(writer, checked, session.account, world.now()))
      ? done({})
      : refuse("name-taken");
  });
}

/** Never the last one: an account without a way in is lost. */
export async function removeFactor(
  world: World,
  session: Session,
  factor: string,
): Promise<Outcome<Record<string, never>>> {
  const outcome = await world.store.write(session.practice, async (writer) => {
    if (!(await holdOwnAccount(writer, session, world.now()))) return refuse("not-signed-in");
    const known = await readFactors(writer, session.account);
    if (!known.some((row) => row.factor === factor)) return done([]);
    if (known.length === 1) return refuse("last-factor");
    await deleteFactor(writer, session.account, factor);
    // Whoever replaces the sheet they came in by stays in.
    const ending = { kind: "of-factor", factor, butTokenHash: session.tokenHash } as const;
    const ended = await endSessions(writer, session.account, { ending, at: world.now() });
    await deletePushesOf(writer, session.account, ended);
    return done(ended);
  });
  if (outcome.kind === "refused") return outcome;
  for (const tokenHash of outcome.value) world.tell({ kind: "session-ended", tokenHash });
  world.tell({ kind: "sessions-changed", practice: session.practice, to: [session.account] });
  return done({});
}

export async function readVault(
  world: World,
  session: Session,
  name: string,
): Promise<Outcome<AnswerOf<"readVault">>> {
  const blob = await world.store.read(session.practice, (reader) => readBlob(reader, session.account, name));
  return blob === null ? refuse("not-here") : done({ version: blob.version, bytes: toBase64Url(blob.bytes) });
}

export async function writeVault(
  world: World,
  session: Session,
  wish: { readonly name: string; readonly version: number; readonly bytes: string },
): Promise<Outcome<Record<string, never>>> {
  if (wish.version < 1) return refuse("malformed");
  const { practice, account } = session;
  const blob = { account, name: wish.name, version: wish.version, bytes: fromBase64Url(wish.bytes) };
  if (!(await world.store.write(practice, (writer) => writeBlob(writer, blob, world.random))))
    return refuse("stale-version");
  world.tell({ kind: "vault-changed", practice, to: [account], name: wish.name, version: wish.version });
  return done({});
}

export async function lookUpIdentities(
  world: World,
  session: Session,
  hashes: readonly string[],
): Promise<Outcome<AnswerOf<"readIdentities">>> {
  const records = await world.store.read(session.practice, (reader) =>
    readIdentities(
      reader,
      hashes.map((hash) => fromBase64Url(hash)),
    ),
  );
  return done({
    records: records.map((record) => ({ hash: toBase64Url(record.hash), bytes: toBase64Url(record.bytes) })),
  });
}
