import { createHash } from "node:crypto";
import { normalizeContact, type QuietHours } from "@sotto/domain";
import type { Reader, Writer } from "./store.ts";

export interface ChannelRow {
  readonly account: string;
  readonly channel: string;
  readonly kind: "mail" | "push";
  readonly state: "on" | "paused";
  /** A mail address, or where a push service takes messages for one device. */
  readonly address: string;
  readonly withLink: boolean;
  readonly quiet: QuietHours;
  /** Of a push: the session that last said that this device is its own. */
  readonly sessionHash: Buffer | null;
  /** The visit after which this channel reminded them last. */
  readonly remindedVisit: string | null;
  readonly createdAt: number;
}

interface ChannelRecord {
  account_id: string;
  channel_id: string;
  kind: ChannelRow["kind"];
  state: ChannelRow["state"];
  address: string;
  with_link: boolean;
  quiet_from: number;
  quiet_until: number;
  zone: string;
  session_hash: Buffer | null;
  reminded_visit: string | null;
  created_at: string;
}

const COLUMNS = `account_id, channel_id, kind, state, address, with_link, quiet_from, quiet_until, zone, session_hash, reminded_visit, created_at`;

const toChannel = (row: ChannelRecord): ChannelRow => ({
  account: row.account_id,
  channel: row.channel_id,
  kind: row.kind,
  state: row.state,
  address: row.address,
  withLink: row.with_link,
  quiet: { from: row.quiet_from, until: row.quiet_until, zone: row.zone },
  sessionHash: row.session_hash,
  remindedVisit: row.reminded_visit,
  createdAt: Number(row.created_at),
});

/** The same for all spellings of one mailbox, so that two people never share one. */
function addressKey({ kind, address }: Pick<ChannelRow, "kind" | "address">): Buffer {
  const form = kind === "mail" ? (normalizeContact({ channel: "email", address }) ?? "") : address;
  return createHash("sha256").update(`${kind}\0${form}`).digest();
}

export async function readChannels(reader: Reader, account: string): Promise<readonly ChannelRow[]> {
  const rows = await reader.read<ChannelRecord>(
    `select ${COLUMNS} from reminder_channel where practice_id = $1 and account_id = $2 order by created_at, channel_id`,
    [reader.practice, account],
  );
  return rows.map(toChannel);
}

/** Null when this account has no such channel. */
export async function readChannel(
  reader: Reader,
  account: string,
  channel: string,
): Promise<ChannelRow | null> {
  const rows = await reader.read<ChannelRecord>(
    `select ${COLUMNS} from reminder_channel where practice_id = $1 and account_id = $2 and channel_id = $3`,
    [reader.practice, account, channel],
  );
  return rows[0] === undefined ? null : toChannel(rows[0]);
}

/** Whoever in the practice is reached at this address already; null when nobody is. */
export async function findChannelAt(
  reader: Reader,
  at: Pick<ChannelRow, "kind" | "address">,
): Promise<ChannelRow | null> {
  const rows = await reader.read<ChannelRecord>(
    `select ${COLUMNS} from reminder_channel where practice_id = $1 and address_key = $2`,
    [reader.practice, addressKey(at)],
  );
  return rows[0] === undefined ? null : toChannel(rows[0]);
}

/** Throws what `isTaken` knows when somebody is reached at this address. */
export async function insertChannel(
  writer: Writer,
  channel: Omit<ChannelRow, "state" | "remindedVisit">,
): Promise<void> {
  await writer.write(
    `insert into reminder_channel (practice_id, account_id, channel_id, kind, state, address, address_key, with_link,
       quiet_from, quiet_until, zone, session_hash, created_at)
     values ($1, $2, $3, $4, 'on', $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      writer.practice,
      channel.account,
      channel.channel,
      channel.kind,
      channel.address,
      addressKey(channel),
      channel.withLink,
      channel.quiet.from,
      channel.quiet.until,
      channel.quiet.zone,
      channel.sessionHash,
      channel.createdAt,
    ],
  );
}

/** Changes a channel and lets it go on. False when this account has no such channel. */
export async function changeChannel(
  writer: Writer,
  channel: Pick<ChannelRow, "account" | "channel" | "withLink" | "quiet">,
): Promise<boolean> {
  const { account, quiet, withLink } = channel;
  const written = await writer.write(
    `update reminder_channel set state = 'on', with_link = $4, quiet_from = $5, quiet_until = $6, zone = $7
     where practice_id = $1 and account_id = $2 and channel_id = $3`,
    [writer.practice, account, channel.channel, withLink, quiet.from, quiet.until, quiet.zone],
  );
  return written === 1;
}

type Place = Pick<ChannelRow, "account" | "channel">;

export async function pauseChannel(writer: Writer, { account, channel }: Place): Promise<void> {
  await writer.write(
    "update reminder_channel set state = 'paused' where practice_id = $1 and account_id = $2 and channel_id = $3",
    [writer.practice, account, channel],
  );
}

export async function deleteChannel(writer: Writer, { account, channel }: Place): Promise<void> {
  await writer.write(
    "delete from reminder_channel where practice_id = $1 and account_id = $2 and channel_id = $3",
    [writer.practice, account, channel],
  );
}

export async function deleteChannelsOf(writer: Writer, account: string): Promise<void> {
  await writer.write("delete from reminder_channel where practice_id = $1 and account_id = $2", [
    writer.practice,
    account,
  ]);
}

/** Removes the pushes of devices that were signed out from elsewhere. */
export async function deletePushesOf(
  writer: Writer,
  account: string,
  sessionHashes: readonly Buffer[],
): Promise<void> {
  await writer.write(
    "delete from reminder_channel where practice_id = $1 and account_id = $2 and session_hash = any($3::bytea[])",
    [writer.practice, account, sessionHashes],
  );
}

export async function tieToSession(
  writer: Writer,
  { account, channel }: Place,
  sessionHash: Buffer,
): Promise<void> {
  await writer.write(
    "update reminder_channel set session_hash = $4 where practice_id = $1 and account_id = $2 and channel_id = $3",
    [writer.practice, account, channel, sessionHash],
  );
}

/** This channel has reminded them after this visit. When they have been there since, the mark says nothing any more. */
export async function markReminded(
  writer: Writer,
  { account, channel }: Place,
  visit: string,
): Promise<void> {
  await writer.write(
    "update reminder_channel set reminded_visit = $4 where practice_id = $1 and account_id = $2 and channel_id = $3",
    [writer.practice, account, channel, visit],
  );
}
