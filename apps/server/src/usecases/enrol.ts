import {
  equalBytes,
  fromBase64Url,
  parseIdentityRecord,
  toBase64Url,
  tokenHashOf,
  verifyIdentityRecord,
  type IdentityRecord,
} from "@sotto/vault/public";
import { LIMITS, type AnswerOf, type BodyOf, type RefusalKind } from "@sotto/contract";
import {
  insertAccount,
  insertIdentity,
  readFactor,
  readIdentities,
  readStaff,
  readStanding,
  writeBlob,
} from "../store/account.ts";
import { isSetupCodeGood, spendSetupCode } from "../store/attempt.ts";
import { findDoor } from "../store/door.ts";
import { acceptInvitation, lockInvitation, type InvitationRow } from "../store/invitation.ts";
import { insertPractice, readLogKey } from "../store/key-log.ts";
import { insertSession } from "../store/session.ts";
import { NO_PRACTICE, type Writer } from "../store/store.ts";
import { checkFactor, storeFactor } from "./check-factor.ts";
import { done, refuse, type Outcome, type World } from "./world.ts";

type Door = BodyOf<"enrolPasskeyOptions">["door"];
type Enrolment = BodyOf<"enrol">;
type SignedIn = AnswerOf<"enrol">;

/** A refusal inside the transaction, so that what was written before it is undone. Caught where the transaction ends. */
class Undo extends Error {
  override readonly name = "Undo";
  readonly refusal: RefusalKind;
  constructor(refusal: RefusalKind) {
    super(refusal);
    this.refusal = refusal;
  }
}

/** Why an invitation does not let its holder in; null when it does. */
export function invitationRefusal(invitation: InvitationRow, now: number): RefusalKind | null {
  if (invitation.state === "revoked") return "invitation-revoked";
  if (invitation.state !== "open") return "invitation-used";
  return invitation.expiresAt <= now ? "invitation-expired" : null;
}

/** Whether this door would open, without going through. */
export async function tryDoor(world: World, door: Door): Promise<RefusalKind | null> {
  if (door.kind === "setup") {
    const good = await world.store.read(NO_PRACTICE, (reader) =>
      isSetupCodeGood(reader, door.code, world.now()),
    );
    return good ? null : "setup-code-invalid";
  }
  const practice = await practiceOf(world, door);
  if (practice === null) return "not-here";
  return world.store.write(practice, async (writer) => {
    const invitation = await lockInvitation(writer, door.invitation);
    if (invitation === null || !isHolder(invitation, door.token)) return "not-here";
    return invitationRefusal(invitation, world.now());
  });
}

const isHolder = (invitation: InvitationRow, token: string): boolean =>
  equalBytes(tokenHashOf(fromBase64Url(token)), invitation.tokenHash);

async function practiceOf(world: World, door: Door): Promise<string | null> {
  if (door.kind === "setup") return door.practice;
  const found = await world.store.read(NO_PRACTICE, (reader) =>
    findDoor(reader, "invitation", door.invitation),
  );
  return found?.practice ?? null;
}

/**
 * Makes an account with its identity, vault and first factor, and spends the code or invitation: all or nothing. The same account with the
 * same identity again gets a new session, so that a lost answer loses nothing.
 */
export async function enrol(world: World, wish: Enrolment): Promise<Outcome<SignedIn>> {
  const record = await readNewIdentity(wish);
  const practice = await practiceOf(world, wish.door);
  if (record === null) return refuse("malformed");
  if (practice === null) return refuse("not-here");
  try {
    const value = await world.store.write(practice, (writer) => enrolIn(world, writer, wish, record));
    if (wish.door.kind === "invitation") {
      const to = await world.store.read(practice, readStaff);
      world.tell({ kind: "invitations-changed", practice, to });
    }
    return done(value);
  } catch (error) {
    if (error instanceof Undo) return refuse(error.refusal);
    throw error;
  }
}

async function readNewIdentity(wish: Enrolment): Promise<IdentityRecord | null> {
  const record = parseIdentityRecord(fromBase64Url(wish.identity));
  const fits =
    record.account === wish.account && record.generation === 0 && (await verifyIdentityRecord(record, null));
  return fits ? record : null;
}

async function enrolIn(
  world: World,
  writer: Writer,
  wish: Enrolment,
  record: IdentityRecord,
): Promise<SignedIn> {
  const at = world.now();
  const isKnown = wish.door.kind === "invitation" && (await hasEnrolled(writer, wish, record));
  if (!isKnown) {
    if ((await enterBy(world, writer, wish, record)) === "again") return welcome(writer, wish, at);
    const standing =
      wish.door.kind === "setup"
        ? "practice"
        : ((await lockInvitation(writer, wish.door.invitation))?.standing ?? "family");
    await insertAccount(writer, { account: wish.account, standing, at });
    await insertIdentity(writer, record, world.random);
    if (wish.door.kind === "invitation") {
      const proof = fromBase64Url(wish.acceptance ?? "");
      await acceptInvitation(writer, {
        invitation: wish.door.invitation,
        account: wish.account,
        identity: record.hash,
        proof,
      });
    }
    const blob = { account: wish.account, name: "main", version: 1, bytes: fromBase64Url(wish.vault) };
    if (!(await writeBlob(writer, blob, world.random))) throw new Undo("stale-version");
    const checked = await checkFactor(world, writer, wish.factor);
    if (checked === null) throw new Undo("sign-in-failed");
    if (!(await storeFactor(writer, checked, wish.account, at))) throw new Undo("name-taken");
  }
  return welcome(writer, wish, at);
}

/** True when this very account came in by this invitation before. */
async function hasEnrolled(writer: Writer, wish: Enrolment, record: IdentityRecord): Promise<boolean> {
  if (wish.door.kind !== "invitation") return false;
  const invitation = await lockInvitation(writer, wish.door.invitation);
  if (invitation === null || !isHolder(invitation, wish.door.token)) throw new Undo("not-here");
  const joiner = invitation.acceptance;
  return joiner !== null && joiner.account === wish.account && equalBytes(joiner.identity, record.hash);
}

/** Goes through the door. `again`: this practice was set up by this very account before. */
async function enterBy(
  world: World,
  writer: Writer,
  wish: Enrolment,
  record: IdentityRecord,
): Promise<"first" | "again"> {
  const { door } = wish;
  if (door.kind === "setup") {
    if (!(await spendSetupCode(writer, door.code, world.now()))) throw new Undo("setup-code-invalid");
    const known = await readIdentities(writer, [record.hash]);
    if (known.length > 0) return "again";
    await insertPractice(writer, world.random);
    return "first";
  }
  if (wish.acceptance === undefined) throw new Undo("malformed");
  const invitation = await lockInvitation(writer, door.invitation);
  const refusal = invitation === null ? "not-here" : invitationRefusal(invitation, world.now());
  if (refusal !== null) throw new Undo(refusal);
  return "first";
}

async function welcome(writer: Writer, wish: Enrolment, at: number): Promise<SignedIn> {
  const factor = await readFactor(writer, wish.account, wish.factor.factor);
  const standing = await readStanding(writer, wish.account);
  if (factor === null || standing === null) throw new Undo("sign-in-failed");
  return openSession(writer, { account: wish.account, standing, factor, at });
}

/** A session for an account whose factor has just been shown. */
export async function openSession(
  writer: Writer,
  who: {
    readonly account: string;
    readonly standing: "practice" | "family";
    readonly factor: {
      readonly factor: string;
      readonly kind: SignedIn["factorKind"];
      readonly wrap: Uint8Array<ArrayBuffer>;
    };
    readonly at: number;
  },
): Promise<SignedIn> {
  const expiresAt = who.at + LIMITS.sessionAgeMs;
  const token = await insertSession(writer, { account: who.account, factor: who.factor.factor, expiresAt });
  const { publicKey } = await readLogKey(writer);
  return {
    token,
    practice: writer.practice,
    account: who.account,
    standing: who.standing,
    factor: who.factor.factor,
    factorKind: who.factor.kind,
    wrap: toBase64Url(who.factor.wrap),
    expiresAt,
    logKey: toBase64Url(publicKey),
  };
}
