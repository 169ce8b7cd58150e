import { createHash, randomBytes } from "node:crypto";
import { deleteDoor, doorKey, findDoor, insertDoor } from "./door.ts";
import { NO_PRACTICE, type Reader, type Store, type Writer } from "./store.ts";

export interface Session {
  readonly practice: string;
  readonly account: string;
  readonly standing: "practice" | "family";
  readonly expiresAt: number;
  /** SHA-256 of the token: names the session without being able to use it. */
  readonly tokenHash: Buffer;
}

const hashToken = (token: string): Buffer => createHash("sha256").update(token).digest();

/** Makes a session and answers its token, which is stored hashed only. */
export async function insertSession(
  writer: Writer,
  session: { readonly account: string; readonly factor: string; readonly expiresAt: number },
): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  await insertDoor(writer, {
    kind: "session",
    value: token,
    account: session.account,
    ref: null,
    expiresAt: session.expiresAt,
  });
  await writer.write(
    "insert into session (practice_id, token_hash, account_id, factor_id, expires_at) values ($1, $2, $3, $4, $5)",
    [writer.practice, hashToken(token), session.account, session.factor, session.expiresAt],
  );
  return token;
}

/** The session that this token opens; null when it never did, or does no longer. */
export async function findSession(store: Store, token: string, now: number): Promise<Session | null> {
  const door = await store.read(NO_PRACTICE, (reader) => findDoor(reader, "session", token));
  if (door === null) return null;
  return store.read(door.practice, (reader) => readSession(reader, token, now));
}

async function readSession(reader: Reader, token: string, now: number): Promise<Session | null> {
  const tokenHash = hashToken(token);
  const rows = await reader.read<{ account_id: string; expires_at: string; standing: Session["standing"] }>(
    `select s.account_id, s.expires_at, a.standing from session s
     join account a on a.practice_id = s.practice_id and a.account_id = s.account_id
     where s.practice_id = $1 and s.token_hash = $2 and s.expires_at > $3 and a.ended_at is null`,
    [reader.practice, tokenHash, now],
  );
  const [row] = rows;
  if (row === undefined) return null;
  return {
    practice: reader.practice,
    account: row.account_id,
    standing: row.standing,
    expiresAt: Number(row.expires_at),
    tokenHash,
  };
}

export async function deleteSession(writer: Writer, token: string): Promise<void> {
  await deleteDoor(writer, doorKey("session", token));
  await writer.write("delete from session where practice_id = $1 and token_hash = $2", [
    writer.practice,
    hashToken(token),
  ]);
}

/**
 * Ends every session that a factor opened, when the factor goes, but the one that asks: whoever replaces the sheet they came in by
 * stays in. Answers which, so that their connections end too.
 */
export async function deleteSessionsOf(
  writer: Writer,
  account: string,
  ended: { readonly factor: string; readonly butTokenHash: Buffer },
): Promise<readonly Buffer[]> {
  const rows = await writer.read<{ token_hash: Buffer }>(
    "delete from session where practice_id = $1 and account_id = $2 and factor_id = $3 and token_hash <> $4 returning token_hash",
    [writer.practice, account, ended.factor, ended.butTokenHash],
  );
  return rows.map((row) => row.token_hash);
}

/** Ends every session of an account. Answers which, so that their connections end too. */
export async function deleteAllSessions(writer: Writer, account: string): Promise<readonly Buffer[]> {
  const rows = await writer.read<{ token_hash: Buffer }>(
    "delete from session where practice_id = $1 and account_id = $2 returning token_hash",
    [writer.practice, account],
  );
  return rows.map((row) => row.token_hash);
}
