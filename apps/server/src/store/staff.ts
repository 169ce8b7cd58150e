import type { Reader, Writer } from "./store.ts";

export interface StaffRow {
  readonly account: string;
  readonly endedAt: number | null;
}

/** Everybody who is or was of the staff, held until the commit. */
export async function lockStaff(writer: Writer): Promise<readonly StaffRow[]> {
  const rows = await writer.read<{ account_id: string; ended_at: string | null }>(
    "select account_id, ended_at from account where practice_id = $1 and standing = 'practice' order by account_id for update",
    [writer.practice],
  );
  return rows.map((row) => ({
    account: row.account_id,
    endedAt: row.ended_at === null ? null : Number(row.ended_at),
  }));
}

/** Whether an account is in rooms besides this one that go on. */
export async function isInRooms(reader: Reader, account: string, besides: string | null): Promise<boolean> {
  const rows = await reader.read(
    `select member.room_id from room_member member
     join room on room.practice_id = member.practice_id and room.room_id = member.room_id and room.ended_at is null
     where member.practice_id = $1 and member.account_id = $2 and member.room_id is distinct from $3::uuid limit 1`,
    [reader.practice, account, besides],
  );
  return rows.length > 0;
}

/** From now on nobody comes in by this account, nor by an invitation that it made and nobody has used. */
export async function markAccountEnded(
  writer: Writer,
  { account, at }: { readonly account: string; readonly at: number },
): Promise<void> {
  await writer.write("update account set ended_at = $3 where practice_id = $1 and account_id = $2", [
    writer.practice,
    account,
    at,
  ]);
  await writer.write(
    "update invitation set state = 'revoked' where practice_id = $1 and inviter_account = $2 and state = 'open'",
    [writer.practice, account],
  );
}
