import {
  fromBase64Url,
  parseIdentityRecord,
  verifyIdentityRecord,
  type IdentityRecord,
} from "@sotto/vault/public";
import { LIMITS, type AnswerOf, type BodyOf, type RefusalKind } from "@sotto/contract";
import {
  insertAccount,
  insertIdentity,
  lockAccount,
  readCreatedAt,
  readFactor,
  readIdentities,
  readStaff,
  readStanding,
  writeBlob,
} from "../store/account.ts";
import { spendSetupCode } from "../store/attempt.ts";
import { acceptInvitation, lockInvitation } from "../store/invitation.ts";
import { insertBuild } from "../store/build.ts";
import { insertPractice } from "../store/key-log.ts";
import type { Writer } from "../store/store.ts";
import { checkFactor, isSameFactor, storeFactor } from "../steps/check-factor.ts";
import { openSession } from "../steps/open-session.ts";
import { invitationRefusal, isHolder, practiceOf } from "../steps/try-door.ts";
import { Undo } from "../steps/undo.ts";
import { done, refuse, type Outcome, type World } from "../steps/world.ts";

type Enrolment = BodyOf<"enrol">;
type SignedIn = AnswerOf<"enrol">;

/**
 * Makes an account with its identity, vault and first factor, and spends the code or invitation: all or nothing. The same account with the
 * same identity and factor again, soon after, gets a new session, so that a lost answer loses nothing.
 */
export async function enrol(world: World, wish: Enrolment): Promise<Outcome<SignedIn>> {
  const record = await readNewIdentity(wish);
  const practice = await practiceOf(world, wish.door);
  if (record === null) return refuse("malformed");
  try {
    const value = await world.store.write(practice, (writer) => enrolIn(world, writer, wish, record));
    world.tell({ kind: "sessions-changed", practice, to: [wish.account] });
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
  const entrance =
    wish.door.kind === "setup"
      ? await enterBySetup(world, writer, wish.door.code)
      : await enterByInvitation(writer, wish, wish.door, { record, at });
  if (entrance.kind === "first") await makeAccount(world, writer, wish, { record, at, ...entrance });
  else if (!(await isRepeat(writer, wish, record, at))) throw new Undo(entrance.otherwise);
  return welcome(world, writer, wish, at);
}

/** Through the door for the first time, or again; `otherwise` is what the door says to anybody but who came in by it just now. */
type Entrance =
  | { readonly kind: "first"; readonly standing: "practice" | "family" }
  | { readonly kind: "again"; readonly otherwise: RefusalKind };

async function enterBySetup(world: World, writer: Writer, code: string): Promise<Entrance> {
  const spent = await spendSetupCode(writer, code, world.now());
  if (spent === "again") return { kind: "again", otherwise: "setup-code-invalid" };
  if (spent === "no" || !(await insertPractice(writer, world.random))) throw new Undo("setup-code-invalid");
  if (world.build !== null) await insertBuild(writer, world.build, { at: world.now(), random: world.random });
  return { kind: "first", standing: "practice" };
}

async function enterByInvitation(
  writer: Writer,
  wish: Enrolment,
  door: Extract<Enrolment["door"], { kind: "invitation" }>,
  { record, at }: { readonly record: IdentityRecord; readonly at: number },
): Promise<Entrance> {
  const invitation = await lockInvitation(writer, door.invitation);
  if (!isHolder(invitation, door.token)) throw new Undo("not-here");
  if (invitation.acceptance !== null) return { kind: "again", otherwise: "invitation-used" };
  const refusal = invitationRefusal(invitation, at);
  if (refusal !== null) throw new Undo(refusal);
  if (wish.acceptance === undefined) throw new Undo("malformed");
  await acceptInvitation(writer, {
    invitation: door.invitation,
    account: wish.account,
    identity: record.hash,
    proof: fromBase64Url(wish.acceptance),
  });
  return { kind: "first", standing: invitation.standing };
}

async function makeAccount(
  world: World,
  writer: Writer,
  wish: Enrolment,
  made: { readonly record: IdentityRecord; readonly at: number; readonly standing: string },
): Promise<void> {
  const { account } = wish;
  const { record, at, standing } = made;
  // An id is the client's to make; one that somebody has already cannot be meant.
  if (!(await insertAccount(writer, { account, standing, at }))) throw new Undo("malformed");
  await insertIdentity(writer, record, world.random);
  const blob = { account, name: "main", version: 1, bytes: fromBase64Url(wish.vault) };
  if (!(await writeBlob(writer, blob, world.random))) throw new Undo("stale-version");
  const checked = await checkFactor(world, writer, wish.factor);
  if (checked === null) throw new Undo("sign-in-failed");
  if (!(await storeFactor(writer, checked, account, at))) throw new Undo("name-taken");
}

/**
 * Whether this is the enrolment that made the account, sent once more because its answer was lost: the same account, identity and factor, and not
 * long ago. Without the bound, a code that was copied would be a way in for as long as the account lives.
 */
async function isRepeat(
  writer: Writer,
  wish: Enrolment,
  record: IdentityRecord,
  at: number,
): Promise<boolean> {
  const createdAt = await readCreatedAt(writer, wish.account);
  if (createdAt === null || createdAt + LIMITS.enrolmentRepeatMs <= at) return false;
  // Whoever shuts it in this moment comes first, and then its factor is gone, or this session ends with the others.
  await lockAccount(writer, wish.account);
  const [known] = await readIdentities(writer, [record.hash]);
  const factor = await readFactor(writer, wish.account, wish.factor.factor);
  return known?.account === wish.account && factor !== null && isSameFactor(factor, wish.factor);
}

async function welcome({ marks }: World, writer: Writer, wish: Enrolment, at: number): Promise<SignedIn> {
  const factor = await readFactor(writer, wish.account, wish.factor.factor);
  const standing = await readStanding(writer, wish.account);
  if (factor === null || standing === null) throw new Undo("sign-in-failed");
  return openSession(writer, { account: wish.account, standing, factor, at }, marks);
}
