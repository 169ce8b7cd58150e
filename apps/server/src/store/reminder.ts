import type { Reader, Writer } from "./store.ts";

/** An account whose moment to be looked at has come. `visit` names the time since they were last there. */
export interface DueReminder {
  readonly account: string;
  readonly visit: string;
}

/** The practices of this server. */
export async function readPractices(reader: Reader): Promise<readonly string[]> {
  const rows = await reader.read<{ practice_id: string }>(
    "select distinct practice_id from setup_code where practice_id is not null order by practice_id",
    [],
  );
  return rows.map((row) => row.practice_id);
}

/** Begins to note where somebody has been; nothing changes when that is done already. */
export async function insertReminder(
  writer: Writer,
  reminder: DueReminder & { readonly lookAt: number },
): Promise<void> {
  await writer.write(
    "insert into reminder (practice_id, account_id, visit, look_at) values ($1, $2, $3, $4) on conflict do nothing",
    [writer.practice, reminder.account, reminder.visit, reminder.lookAt],
  );
}

/** Forgets what was noted of somebody's presence, when they have no channel left. */
export async function deleteReminderWithoutChannels(writer: Writer, account: string): Promise<void> {
  const values = [writer.practice, account];
  const left = await writer.read(
    "select channel_id from reminder_channel where practice_id = $1 and account_id = $2 limit 1",
    values,
  );
  if (left.length > 0) return;
  await writer.write("delete from reminder_seen where practice_id = $1 and account_id = $2", values);
  await writer.write("delete from reminder where practice_id = $1 and account_id = $2", values);
}

/**
 * The person is there and has what is stored: nothing of it needs a reminder, and whoever was reminded may be reminded again. By the places of
 * items and not by times, since an item may be committed after one with a later time. False for somebody without reminders.
 */
export async function noteVisit(writer: Writer, account: string, visit: string): Promise<boolean> {
  const noted = await writer.write(
    "update reminder set visit = $3 where practice_id = $1 and account_id = $2",
    [writer.practice, account, visit],
  );
  if (noted === 0) return false;
  await writer.write(
    `insert into reminder_seen (practice_id, account_id, room_id, seq)
     select $1, $2, member.room_id, room.next_seq - 1 from room_member member
     join room on room.practice_id = $1 and room.room_id = member.room_id and room.ended_at is null
     where member.practice_id = $1 and member.account_id = $2
     on conflict (practice_id, account_id, room_id) do update set seq = excluded.seq where reminder_seen.seq < excluded.seq`,
    [writer.practice, account],
  );
  return true;
}

/** Those whose look is due, held until the commit; another process passes them over. */
export async function lockDueReminders(
  writer: Writer,
  now: number,
  countMax: number,
): Promise<readonly DueReminder[]> {
  const rows = await writer.read<{ account_id: string; visit: string }>(
    `select account_id, visit from reminder where practice_id = $1 and look_at <= $2
     order by look_at limit $3 for update skip locked`,
    [writer.practice, now, countMax],
  );
  return rows.map((row) => ({ account: row.account_id, visit: row.visit }));
}

export async function setLook(writer: Writer, account: string, lookAt: number): Promise<void> {
  await writer.write("update reminder set look_at = $3 where practice_id = $1 and account_id = $2", [
    writer.practice,
    account,
    lookAt,
  ]);
}

/** Whether anything by somebody else stands in a room of theirs that goes on, since they were last there or came into the room. */
export async function hasUnseen(reader: Reader, account: string): Promise<boolean> {
  const rows = await reader.read(
    `select member.room_id from room_member member
     join room on room.practice_id = $1 and room.room_id = member.room_id and room.ended_at is null
     left join reminder_seen seen on seen.practice_id = $1 and seen.account_id = $2 and seen.room_id = member.room_id
     where member.practice_id = $1 and member.account_id = $2 and exists (
       select from room_item item where item.practice_id = $1 and item.room_id = member.room_id
         and item.seq > greatest(coalesce(seen.seq, 0), member.from_seq - 1) and item.author_id <> $2)
     limit 1`,
    [reader.practice, account],
  );
  return rows.length > 0;
}

/** Notes that somebody asks for a mail or a push now. False when they asked too often since `since`. */
export async function takeAsk(
  writer: Writer,
  ask: { readonly account: string; readonly id: string; readonly at: number },
  bound: { readonly since: number; readonly countMax: number },
): Promise<boolean> {
  const rows = await writer.read<{ count: string }>(
    "select count(*) as count from reminder_ask where practice_id = $1 and account_id = $2 and at > $3",
    [writer.practice, ask.account, bound.since],
  );
  if (Number(rows[0]?.count) >= bound.countMax) return false;
  await writer.write(
    "insert into reminder_ask (practice_id, account_id, ask_id, at) values ($1, $2, $3, $4)",
    [writer.practice, ask.account, ask.id, ask.at],
  );
  return true;
}

/** Removes what has run out before these times. */
export async function sweepReminders(
  writer: Writer,
  before: { readonly proofs: number; readonly asks: number },
): Promise<void> {
  await writer.write("delete from reminder_proof where practice_id = $1 and expires_at <= $2", [
    writer.practice,
    before.proofs,
  ]);
  await writer.write("delete from reminder_ask where practice_id = $1 and at <= $2", [
    writer.practice,
    before.asks,
  ]);
}
