import { createHash, randomBytes, randomUUID } from "node:crypto";
import type { Bytes } from "@sotto/vault/public";
import { findDoor, insertDoor } from "./door.ts";
import { NO_PRACTICE, type Reader, type Store, type Writer } from "./store.ts";

export interface Session {
  readonly practice: string;
  readonly account: string;
  readonly standing: "practice" | "family" | "custodian";
  readonly expiresAt: number;
  /** SHA-256 of the token: names the session without being able to use it. */
  readonly tokenHash: Buffer;
}

/** What a session is named by: nobody gets from there to the token. */
export const hashToken = (token: string): Buffer => createHash("sha256").update(token).digest();

/** Makes a session and answers its token, which is stored hashed only. */
export async function insertSession(
  writer: Writer,
  made: {
    readonly account: string;
    readonly factor: string;
    readonly at: number;
    readonly expiresAt: number;
  },
): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  const { account, at, expiresAt, factor } = made;
  await insertDoor(writer, { kind: "session", value: token, account, ref: null, expiresAt });
  await writer.write(
    `insert into session (practice_id, token_hash, account_id, factor_id, expires_at, session_id, created_at, seen_at)
     values ($1, $2, $3, $4, $5, $6, $7, $7)`,
    [writer.practice, hashToken(token), account, factor, expiresAt, randomUUID(), at],
  );
  return token;
}

const DOORS_MAX = 50_000;

/**
 * Where the doors of sessions lead that have been used here, by their hashes. Where a door leads never changes, so it need not be asked each time; whether
 * the session behind it still holds is.
 */
export class SessionDoors {
  readonly #practices = new Map<string, string>();

  practiceOf(tokenHash: Buffer): string | null {
    return this.#practices.get(tokenHash.toString("base64url")) ?? null;
  }

  note(tokenHash: Buffer, practice: string): void {
    const [oldest] = this.#practices.keys();
    if (this.#practices.size >= DOORS_MAX && oldest !== undefined) this.#practices.delete(oldest);
    this.#practices.set(tokenHash.toString("base64url"), practice);
  }

  forget(tokenHash: Buffer): void {
    this.#practices.delete(tokenHash.toString("base64url"));
  }
}

/**
 * The session that this token opens; null when it never did, or does no longer, after the same work. That it was there is noted, no finer than in steps of
 * `seenStepMs`.
 */
export async function findSession(
  store: Store,
  token: string,
  look: { readonly doors: SessionDoors; readonly now: number; readonly seenStepMs: number },
): Promise<Session | null> {
  const { doors, now, seenStepMs } = look;
  const tokenHash = hashToken(token);
  const behindDoor = async () =>
    (await store.read(NO_PRACTICE, (reader) => findDoor(reader, "session", token))).practice;
  const known = doors.practiceOf(tokenHash);
  const practice = known ?? (await behindDoor());
  const found = await store.read(practice, (reader) => readSession(reader, tokenHash, now));
  if (found === null) {
    if (known !== null) await behindDoor();
    doors.forget(tokenHash);
    return null;
  }
  if (known === null) doors.note(tokenHash, practice);
  const step = Math.floor(now / seenStepMs) * seenStepMs;
  if (found.seenAt < step) {
    await store.write(practice, (writer) =>
      writer.write(
        "update session set seen_at = $3 where practice_id = $1 and token_hash = $2 and seen_at < $3",
        [writer.practice, tokenHash, step],
      ),
    );
  }
  return found.session;
}

async function readSession(
  reader: Reader,
  tokenHash: Buffer,
  now: number,
): Promise<{ readonly session: Session; readonly seenAt: number } | null> {
  const rows = await reader.read<{
    account_id: string;
    expires_at: string;
    seen_at: string;
    standing: Session["standing"];
  }>(
    `select s.account_id, s.expires_at, s.seen_at, a.standing from session s
     join account a on a.practice_id = s.practice_id and a.account_id = s.account_id
     where s.practice_id = $1 and s.token_hash = $2 and s.expires_at > $3
       and s.ended_at is null and a.ended_at is null`,
    [reader.practice, tokenHash, now],
  );
  const [row] = rows;
  if (row === undefined) return null;
  const { account_id: account, standing } = row;
  const session = {
    practice: reader.practice,
    account,
    standing,
    expiresAt: Number(row.expires_at),
    tokenHash,
  };
  return { session, seenAt: Number(row.seen_at) };
}

/** Keeps a session as it is until the commit. False when it has ended, or is too old. */
export async function holdSession(writer: Writer, tokenHash: Buffer, now: number): Promise<boolean> {
  const rows = await writer.read(
    `select s.session_id from session s
     join account a on a.practice_id = s.practice_id and a.account_id = s.account_id
     where s.practice_id = $1 and s.token_hash = $2 and s.expires_at > $3 and s.ended_at is null and a.ended_at is null
     for update of s`,
    [writer.practice, tokenHash, now],
  );
  return rows.length === 1;
}

export interface SessionRow {
  readonly session: string;
  readonly tokenHash: Buffer;
  readonly factor: {
    readonly kind: "passkey" | "passphrase" | "recovery";
    readonly name: string | null;
  } | null;
  readonly createdAt: number;
  readonly seenAt: number;
  readonly expiresAt: number;
  readonly endedAt: number | null;
  readonly note: Bytes | null;
}

/** The sessions of an account that are not swept yet, newest first. */
export async function readSessions(
  reader: Reader,
  account: string,
  countMax: number,
): Promise<readonly SessionRow[]> {
  const rows = await reader.read<{
    session_id: string;
    token_hash: Buffer;
    created_at: string;
    seen_at: string;
    expires_at: string;
    ended_at: string | null;
    note: Buffer | null;
    kind: "passkey" | "passphrase" | "recovery" | null;
    name: string | null;
  }>(
    `select s.session_id, s.token_hash, s.created_at, s.seen_at, s.expires_at, s.ended_at, s.note, f.kind, f.name from session s
     left join factor f on f.practice_id = s.practice_id and f.account_id = s.account_id and f.factor_id = s.factor_id
     where s.practice_id = $1 and s.account_id = $2 order by s.created_at desc, s.session_id limit $3`,
    [reader.practice, account, countMax],
  );
  return rows.map((row) => ({
    session: row.session_id,
    tokenHash: row.token_hash,
    factor: row.kind === null ? null : { kind: row.kind, name: row.name },
    createdAt: Number(row.created_at),
    seenAt: Number(row.seen_at),
    expiresAt: Number(row.expires_at),
    endedAt: row.ended_at === null ? null : Number(row.ended_at),
    note: row.note === null ? null : new Uint8Array(row.note),
  }));
}

export async function writeNote(writer: Writer, tokenHash: Buffer, note: Bytes): Promise<void> {
  await writer.write("update session set note = $3 where practice_id = $1 and token_hash = $2", [
    writer.practice,
    tokenHash,
    Buffer.from(note),
  ]);
}

/** Ends the session of this token, which opens nothing from here on. Its door stays until both are swept. */
export async function endOwnSession(writer: Writer, token: string, at: number): Promise<void> {
  await writer.write(
    "update session set ended_at = $3 where practice_id = $1 and token_hash = $2 and ended_at is null",
    [writer.practice, hashToken(token), at],
  );
}

/** Which sessions of an account end: one, those that a factor opened, or all. */
export type Ending =
  | { readonly kind: "one"; readonly session: string }
  | { readonly kind: "of-factor"; readonly factor: string; readonly butTokenHash: Buffer }
  | { readonly kind: "others"; readonly butTokenHash: Buffer }
  | { readonly kind: "all" };

/**
 * Ends sessions. Whoever asks stays in, unless they name their own. Answers the hashes of those that ended now, so that their connections
 * end too.
 */
export async function endSessions(
  writer: Writer,
  account: string,
  { ending, at }: { readonly ending: Ending; readonly at: number },
): Promise<readonly Buffer[]> {
  const rows = await writer.read<{ token_hash: Buffer }>(
    `update session set ended_at = $3 where practice_id = $1 and account_id = $2 and ended_at is null and expires_at > $3
       and ($4::uuid is null or session_id = $4) and ($5::uuid is null or factor_id = $5) and ($6::bytea is null or token_hash <> $6)
     returning token_hash`,
    [
      writer.practice,
      account,
      at,
      ending.kind === "one" ? ending.session : null,
      ending.kind === "of-factor" ? ending.factor : null,
      "butTokenHash" in ending ? ending.butTokenHash : null,
    ],
  );
  return rows.map((row) => row.token_hash);
}

/** Ends every session of the practice. Their doors lead nowhere then. */
export async function deleteAllSessions(writer: Writer): Promise<void> {
  await writer.write("delete from session where practice_id = $1", [writer.practice]);
}
