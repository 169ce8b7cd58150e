import {
  equalBytes,
  fromBase64Url,
  parseIdentityRecord,
  verifyIdentityRecord,
  type IdentityRecord,
} from "@sotto/vault/public";
import type { AnswerOf, BodyOf, RefusalKind } from "@sotto/contract";
import {
  insertAccount,
  insertIdentity,
  readFactor,
  readIdentities,
  readStaff,
  readStanding,
  writeBlob,
} from "../store/account.ts";
import { spendSetupCode } from "../store/attempt.ts";
import { acceptInvitation, lockInvitation } from "../store/invitation.ts";
import { insertPractice } from "../store/key-log.ts";
import type { Writer } from "../store/store.ts";
import { checkFactor, storeFactor } from "../steps/check-factor.ts";
import { openSession } from "../steps/open-session.ts";
import { invitationRefusal, isHolder, practiceOf } from "../steps/try-door.ts";
import { done, refuse, type Outcome, type World } from "../steps/world.ts";

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
