import { createHash, randomUUID } from "node:crypto";
import type { Reader, Writer } from "./store.ts";

/**
 * The few rows that are found before a practice is known: sessions, factors and invitations by a hash of what their holder shows. They hold
 * opaque ids only.
 */
export type DoorKind = "session" | "credential" | "name" | "recovery" | "invitation" | "custodian";

export interface Door {
  readonly practice: string;
  readonly account: string | null;
  readonly ref: string | null;
}

/** A place that nobody has: anew in each process, so that nobody can make one under this id. */
const NOWHERE = randomUUID();
const LEADS_NOWHERE: Door = { practice: NOWHERE, account: NOWHERE, ref: NOWHERE };

/** The key of a door row. */
export function doorKey(kind: DoorKind, value: string): Buffer {
  return createHash("sha256").update(`${kind}\0${value}`).digest();
}

/**
 * Where a door leads. One that is not there leads nowhere: whoever goes on finds nothing, in as many steps as behind a door that is there, so that the
 * time of a no does not tell which of the two it was (docs/threat-model/insiders.md).
 */
export async function findDoor(reader: Reader, kind: DoorKind, value: string): Promise<Door> {
  const rows = await reader.read<{ practice_id: string; account_id: string | null; ref: string | null }>(
    "select practice_id, account_id, ref from door where lookup = $1 and kind = $2",
    [doorKey(kind, value), kind],
  );
  const [row] = rows;
  return row === undefined
    ? LEADS_NOWHERE
    : { practice: row.practice_id, account: row.account_id, ref: row.ref };
}

/** False when the key is taken. */
export async function insertDoor(
  writer: Writer,
  door: {
    readonly kind: DoorKind;
    readonly value: string;
    readonly account: string | null;
    readonly ref: string | null;
    readonly expiresAt: number | null;
  },
): Promise<boolean> {
  const written = await writer.write(
    `insert into door (lookup, kind, practice_id, account_id, ref, expires_at) values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
    [doorKey(door.kind, door.value), door.kind, writer.practice, door.account, door.ref, door.expiresAt],
  );
  return written === 1;
}

/** The practices that have doors which ran out before these times. */
export async function findPracticesToSweep(
  reader: Reader,
  before: ExpiredBefore,
): Promise<readonly string[]> {
  const rows = await reader.read<{ practice_id: string }>(
    `select distinct practice_id from door
     where (kind = 'session' and expires_at <= $1) or (kind = 'invitation' and expires_at <= $2)`,
    [before.sessions, before.invitations],
  );
  return rows.map((row) => row.practice_id);
}

/** What has run out before these times goes. */
export interface ExpiredBefore {
  readonly sessions: number;
  readonly invitations: number;
}

/**
 * Removes a practice's sessions that ran out, and its invitations that nobody used, with their doors. An invitation that somebody joined by stays:
 * it is the proof of who they are.
 */
export async function sweepDoors(writer: Writer, before: ExpiredBefore): Promise<void> {
  const { practice } = writer;
  await writer.write("delete from session where practice_id = $1 and expires_at <= $2", [
    practice,
    before.sessions,
  ]);
  await writer.write(
    "delete from invitation where practice_id = $1 and expires_at <= $2 and state in ('open', 'revoked')",
    [practice, before.invitations],
  );
  await writer.write(
    `delete from door where practice_id = $1
     and ((kind = 'session' and expires_at <= $2) or (kind = 'invitation' and expires_at <= $3))`,
    [practice, before.sessions, before.invitations],
  );
}

export async function deleteDoor(writer: Writer, lookup: Buffer): Promise<void> {
  await writer.write("delete from door where lookup = $1 and practice_id = $2", [lookup, writer.practice]);
}

/** Every practice there is: those that a set-up code was spent for, and those that a door leads to. */
export async function findPractices(reader: Reader): Promise<readonly string[]> {
  const rows = await reader.read<{ practice_id: string }>(
    `select practice_id from setup_code where practice_id is not null
     union select practice_id from door order by practice_id`,
    [],
  );
  return rows.map((row) => row.practice_id);
}

/** Takes away the doors of all sessions, of whatever practice. */
export async function deleteSessionDoors(writer: Writer): Promise<void> {
  await writer.write("delete from door where kind = 'session'", []);
}
