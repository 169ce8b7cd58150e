import type { Reader, Writer } from "./store.ts";

export interface FileRow {
  readonly author: string;
  readonly room: string;
  readonly bytes: number;
  readonly state: "begun" | "whole" | "removed";
}

/** Null when there is none. `lock` holds the row until the commit. */
export async function findFile(reader: Reader, file: string, lock: "lock" | "look"): Promise<FileRow | null> {
  const rows = await reader.read<{
    author_id: string;
    room_id: string;
    bytes: string;
    state: FileRow["state"];
  }>(
    `select author_id, room_id, bytes, state from file where practice_id = $1 and file_id = $2${lock === "lock" ? " for update" : ""}`,
    [reader.practice, file],
  );
  const [row] = rows;
  if (row === undefined) return null;
  return { author: row.author_id, room: row.room_id, bytes: Number(row.bytes), state: row.state };
}

/** An account's own file in this room, held until the commit; null for any other, which is neither held nor waited for. */
export async function lockOwnFile(
  writer: Writer,
  wish: { readonly room: string; readonly file: string; readonly account: string },
): Promise<Pick<FileRow, "state"> | null> {
  const rows = await writer.read<{ state: FileRow["state"] }>(
    "select state from file where practice_id = $1 and file_id = $2 and room_id = $3 and author_id = $4 for update",
    [writer.practice, wish.file, wish.room, wish.account],
  );
  return rows[0] ?? null;
}

/** An account's own file in a room where it is no reader, in one look; null for any other, and in a room that has ended. Whether the room is closed plays no part. */
export async function findOwnFile(
  reader: Reader,
  wish: { readonly room: string; readonly file: string; readonly account: string },
): Promise<Pick<FileRow, "bytes" | "state"> | null> {
  const rows = await reader.read<{ bytes: string; state: FileRow["state"] }>(
    `select file.bytes, file.state from file join room_member member on member.practice_id = file.practice_id and member.room_id = file.room_id
     join room on room.practice_id = file.practice_id and room.room_id = file.room_id and room.ended_at is null
     where file.practice_id = $1 and file.file_id = $2 and file.room_id = $3 and file.author_id = $4 and file.state <> 'removed'
       and member.account_id = $4 and member.role <> 'reader'`,
    [reader.practice, wish.file, wish.room, wish.account],
  );
  const [row] = rows;
  return row === undefined ? null : { bytes: Number(row.bytes), state: row.state };
}

/** Whether somebody is in the room and may write there. */
export async function mayWriteIn(
  reader: Reader,
  room: string,
  account: string,
): Promise<"yes" | "reader" | "closed" | "ended" | "no"> {
  const rows = await reader.read<{ role: string; closed: boolean; ended: boolean }>(
    `select member.role, room.closed, room.ended_at is not null as ended from room_member member
     join room on room.practice_id = member.practice_id and room.room_id = member.room_id
     where member.practice_id = $1 and member.room_id = $2 and member.account_id = $3`,
    [reader.practice, room, account],
  );
  const [row] = rows;
  if (row === undefined) return "no";
  if (row.ended) return "ended";
  if (row.closed) return "closed";
  return row.role === "reader" ? "reader" : "yes";
}

/** What an account has begun and not finished. Its row is held until the commit, so that two beginnings are counted one after the other. */
export async function countUnfinished(
  writer: Writer,
  author: string,
): Promise<{ readonly files: number; readonly bytes: number }> {
  await writer.read("select account_id from account where practice_id = $1 and account_id = $2 for update", [
    writer.practice,
    author,
  ]);
  const rows = await writer.read<{ files: string; bytes: string }>(
    "select count(*) as files, coalesce(sum(bytes), 0) as bytes from file where practice_id = $1 and author_id = $2 and state = 'begun'",
    [writer.practice, author],
  );
  return { files: Number(rows[0]?.files ?? 0), bytes: Number(rows[0]?.bytes ?? 0) };
}

/** False when the id is taken. */
export async function insertFile(
  writer: Writer,
  file: {
    readonly file: string;
    readonly room: string;
    readonly author: string;
    readonly bytes: number;
    readonly at: number;
  },
): Promise<boolean> {
  const written = await writer.write(
    `insert into file (practice_id, file_id, room_id, author_id, bytes, state, touched_at) values ($1, $2, $3, $4, $5, 'begun', $6)
     on conflict (practice_id, file_id) do nothing`,
    [writer.practice, file.file, file.room, file.author, file.bytes, file.at],
  );
  return written === 1;
}

/** Its author goes on with it. */
export async function touchFile(writer: Writer, file: string, at: number): Promise<void> {
  await writer.write("update file set touched_at = $3 where practice_id = $1 and file_id = $2", [
    writer.practice,
    file,
    at,
  ]);
}

/** From now on it is read by those who are in the room now: whose place begins at or before its newest item. */
export async function makeFileWhole(writer: Writer, file: string): Promise<void> {
  await writer.write(
    `update file set state = 'whole', room_seq = room.next_seq - 1 from room
     where file.practice_id = $1 and file.file_id = $2 and room.practice_id = $1 and room.room_id = file.room_id`,
    [writer.practice, file],
  );
}

/** Whether this account may read the file in this room now. */
export async function mayReadFile(
  reader: Reader,
  wish: { readonly room: string; readonly file: string; readonly account: string },
): Promise<boolean> {
  const rows = await reader.read(
    `select file.file_id from file join room_member member on member.practice_id = file.practice_id and member.room_id = file.room_id
     where file.practice_id = $1 and file.file_id = $2 and file.room_id = $3 and file.state = 'whole'
       and member.account_id = $4 and coalesce(member.history_seq, member.from_seq) <= file.room_seq`,
    [reader.practice, wish.file, wish.room, wish.account],
  );
  return rows.length === 1;
}

/** Nobody reads it any more; its bytes go next, and then the row. */
export async function markFileRemoved(writer: Writer, file: string): Promise<void> {
  await writer.write("update file set state = 'removed' where practice_id = $1 and file_id = $2", [
    writer.practice,
    file,
  ]);
}

export async function deleteRemovedFile(writer: Writer, file: string): Promise<void> {
  await writer.write("delete from file where practice_id = $1 and file_id = $2 and state = 'removed'", [
    writer.practice,
    file,
  ]);
}

/** Marks as removed what was begun before this time and never finished, and what was begun in a room in the moment when it ended. */
export async function markAbandonedFiles(writer: Writer, before: number): Promise<void> {
  await writer.write(
    "update file set state = 'removed' where practice_id = $1 and state = 'begun' and touched_at <= $2",
    [writer.practice, before],
  );
  await writer.write(
    `update file set state = 'removed' from room where file.practice_id = $1 and file.state <> 'removed'
       and room.practice_id = $1 and room.room_id = file.room_id and room.ended_at is not null`,
    [writer.practice],
  );
}

export async function findRemovedFiles(reader: Reader): Promise<readonly string[]> {
  const rows = await reader.read<{ file_id: string }>(
    "select file_id from file where practice_id = $1 and state = 'removed'",
    [reader.practice],
  );
  return rows.map((row) => row.file_id);
}

/** Those of these files that have a row. */
export async function findKnownFiles(reader: Reader, files: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await reader.read<{ file_id: string }>(
    "select file_id from file where practice_id = $1 and file_id = any($2::uuid[])",
    [reader.practice, files],
  );
  return new Set(rows.map((row) => row.file_id));
}
