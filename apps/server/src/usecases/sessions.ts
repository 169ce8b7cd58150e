import { fromBase64Url, toBase64Url } from "@sotto/vault/public";
import { LIMITS, type AnswerOf } from "@sotto/contract";
import { readFactors } from "../store/account.ts";
import { deletePushesOf } from "../store/reminder-channel.ts";
import { endOwnSession, endSessions, readSessions, writeNote, type Ending } from "../store/session.ts";
import { done, type Outcome, type Session, type World } from "../steps/world.ts";

type Nothing = Outcome<Record<string, never>>;

/** What has been over for too long is swept, now and then; until then it is left out here. */
export async function listSessions(
  world: World,
  session: Session,
): Promise<Outcome<AnswerOf<"listSessions">>> {
  const now = world.now();
  const rows = await world.store.read(session.practice, (reader) =>
    readSessions(reader, session.account, LIMITS.sessionsListedMax),
  );
  const lines = rows.map((row) => ({
    session: row.session,
    isThis: row.tokenHash.equals(session.tokenHash),
    factor: row.factor,
    createdAt: row.createdAt,
    seenAt: row.seenAt,
    endedAt: row.endedAt ?? (row.expiresAt <= now ? row.expiresAt : null),
    note: row.note === null ? null : toBase64Url(row.note),
  }));
  return done({
    sessions: lines.filter(({ endedAt }) => endedAt === null || endedAt + LIMITS.sessionListedMs > now),
  });
}

export async function writeSessionNote(world: World, session: Session, note: string): Promise<Nothing> {
  await world.store.write(session.practice, (writer) =>
    writeNote(writer, session.tokenHash, fromBase64Url(note)),
  );
  tellSessions(world, session);
  return done({});
}

/** Ends this session, by the token that is shown. */
export async function signOut(world: World, session: Session, token: string): Promise<Nothing> {
  await world.store.write(session.practice, (writer) => endOwnSession(writer, token, world.now()));
  world.tell({ kind: "session-ended", tokenHash: session.tokenHash });
  tellSessions(world, session);
  return done({});
}

/** A session that is not there, or not of this account, is answered like one that has just ended. */
export function endSession(world: World, session: Session, id: string): Promise<Nothing> {
  return end(world, session, { kind: "one", session: id });
}

export function endOtherSessions(world: World, session: Session): Promise<Nothing> {
  return end(world, session, { kind: "others", butTokenHash: session.tokenHash });
}

async function end(world: World, session: Session, ending: Ending): Promise<Nothing> {
  const ended = await world.store.write(session.practice, async (writer) => {
    const hashes = await endSessions(writer, session.account, { ending, at: world.now() });
    // A device that was signed out from elsewhere is not reminded either.
    await deletePushesOf(writer, session.account, hashes);
    return hashes;
  });
  for (const tokenHash of ended) world.tell({ kind: "session-ended", tokenHash });
  tellSessions(world, session);
  return done({});
}

function tellSessions(world: World, { account, practice }: Session): void {
  world.tell({ kind: "sessions-changed", practice, to: [account] });
}

export async function readWraps(world: World, session: Session): Promise<Outcome<AnswerOf<"readWraps">>> {
  const factors = await world.store.read(session.practice, (reader) => readFactors(reader, session.account));
  return done({
    wraps: factors.map(({ factor, kind, wrap }) => ({ factor, kind, wrap: toBase64Url(wrap) })),
  });
}
