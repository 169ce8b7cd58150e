import { equalBytes, fromBase64Url, toBase64Url } from "@sotto/vault/public";
import { LIMITS, type AnswerOf, type BodyOf } from "@sotto/contract";
import { readIdentities, readStaff } from "../store/account.ts";
import { findDoor, insertDoor } from "../store/door.ts";
import {
  countOpenInvitations,
  insertInvitation,
  moveInvitation,
  readInvitation,
  readInvitations,
  type InvitationRow,
} from "../store/invitation.ts";
import { NO_PRACTICE } from "../store/store.ts";
import { invitationRefusal, isHolder } from "../steps/try-door.ts";
import { done, refuse, type Outcome, type Session, type World } from "../steps/world.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

export async function makeInvitation(
  world: World,
  session: Session,
  wish: BodyOf<"makeInvitation">,
): Promise<Outcome<Record<string, never>>> {
  if (session.standing !== "practice") return refuse("not-allowed");
  if (wish.expiresAt > world.now() + LIMITS.invitationAgeDaysMax * DAY_MS) return refuse("malformed");
  const { practice, account } = session;
  return world.store.write(practice, async (writer) => {
    const tokenHash = fromBase64Url(wish.tokenHash);
    const known = await readInvitation(writer, wish.invitation);
    const isSame = (row: InvitationRow | null) => row !== null && equalBytes(row.tokenHash, tokenHash);
    if (known !== null) return isSame(known) ? done({}) : refuse("malformed");
    if ((await countOpenInvitations(writer, account, world.now())) >= LIMITS.openInvitationsPerAccountMax)
      return refuse("too-many");
    const [inviter] = await readIdentities(writer, [fromBase64Url(wish.inviter)]);
    if (inviter?.account !== account) return refuse("not-allowed");
    const door = {
      kind: "invitation" as const,
      value: wish.invitation,
      account: null,
      ref: null,
      expiresAt: wish.expiresAt,
    };
    // Somebody wrote it since: this very request sent twice at once, or another invitation under its id.
    if (!(await insertDoor(writer, door)))
      return isSame(await readInvitation(writer, wish.invitation)) ? done({}) : refuse("malformed");
    await insertInvitation(writer, { ...wish, inviter: account, inviterIdentity: inviter.hash, tokenHash });
    return done({});
  });
}

export async function listInvitations(
  world: World,
  session: Session,
  asked: readonly string[],
): Promise<Outcome<AnswerOf<"listInvitations">>> {
  if (session.standing !== "practice") return refuse("not-allowed");
  const rows = await world.store.read(session.practice, (reader) => readInvitations(reader, asked));
  const now = world.now();
  return done({
    invitations: rows.map(({ invitation, state, expiresAt, acceptance }) => ({
      invitation,
      state: state === "open" && expiresAt <= now ? ("expired" as const) : state,
      expiresAt,
      acceptance:
        acceptance === null
          ? null
          : {
              account: acceptance.account,
              identity: toBase64Url(acceptance.identity),
              proof: toBase64Url(acceptance.proof),
            },
    })),
  });
}

export async function revokeInvitation(
  world: World,
  session: Session,
  invitation: string,
): Promise<Outcome<Record<string, never>>> {
  return moveBy(world, session, { invitation, from: "open", to: "revoked", otherwise: "invitation-used" });
}

export async function admitInvitation(
  world: World,
  session: Session,
  invitation: string,
): Promise<Outcome<Record<string, never>>> {
  return moveBy(world, session, { invitation, from: "accepted", to: "admitted", otherwise: "not-here" });
}

async function moveBy(
  world: World,
  session: Session,
  move: {
    readonly invitation: string;
    readonly from: "open" | "accepted";
    readonly to: "revoked" | "admitted";
    readonly otherwise: "invitation-used" | "not-here";
  },
): Promise<Outcome<Record<string, never>>> {
  if (session.standing !== "practice") return refuse("not-allowed");
  const { practice } = session;
  const outcome = await world.store.write(practice, async (writer) => {
    if (await moveInvitation(writer, move)) return done({});
    const known = await readInvitation(writer, move.invitation);
    if (known === null) return refuse("not-here");
    return known.state === move.to ? done({}) : refuse(move.otherwise);
  });
  if (outcome.kind === "done") {
    const to = await world.store.read(practice, readStaff);
    world.tell({ kind: "invitations-changed", practice, to });
  }
  return outcome;
}

/** What the holder of the token may see before joining. Without the token there is no invitation. */
export async function openInvitation(
  world: World,
  session: Session | null,
  wish: { readonly invitation: string; readonly token: string },
): Promise<Outcome<AnswerOf<"openInvitation">>> {
  if (session !== null) return refuse("already-signed-in");
  const door = await world.store.read(NO_PRACTICE, (reader) =>
    findDoor(reader, "invitation", wish.invitation),
  );
  return world.store.read(door.practice, async (reader) => {
    const invitation = await readInvitation(reader, wish.invitation);
    if (!isHolder(invitation, wish.token)) return refuse("not-here");
    const refusal = invitationRefusal(invitation, world.now());
    if (refusal !== null) return refuse(refusal);
    const [inviter] = await readIdentities(reader, [invitation.inviterIdentity]);
    if (inviter === undefined) return refuse("not-here");
    return done({
      inviter: toBase64Url(inviter.hash),
      identity: toBase64Url(inviter.bytes),
      standing: invitation.standing,
    });
  });
}
