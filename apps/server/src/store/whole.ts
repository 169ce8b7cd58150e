import type { Bytes, TreeNode } from "@sotto/vault/public";
import type { Reader } from "./store.ts";

/** Reading everything that a practice has, a page at a time: for checking it as a whole. */

/** Whether the practice has its own row, with the key and the size of its log. */
export async function hasPractice(reader: Reader): Promise<boolean> {
  const rows = await reader.read("select 1 as one from practice where practice_id = $1", [reader.practice]);
  return rows.length > 0;
}

/** The tree's nodes of one level, from an index on, in order. */
export async function readNodes(
  reader: Reader,
  from: { readonly level: number; readonly index: number },
  countMax: number,
): Promise<readonly TreeNode[]> {
  const rows = await reader.read<{ node_index: string; hash: Buffer }>(
    "select node_index, hash from log_node where practice_id = $1 and level = $2 and node_index >= $3 order by node_index limit $4",
    [reader.practice, from.level, from.index, countMax],
  );
  return rows.map((row) => ({
    level: from.level,
    index: Number(row.node_index),
    hash: new Uint8Array(row.hash),
  }));
}

export async function countNodes(reader: Reader): Promise<number> {
  const rows = await reader.read<{ count: string }>(
    "select count(*) as count from log_node where practice_id = $1",
    [reader.practice],
  );
  return Number(rows[0]?.count ?? 0);
}

/** Places of the log at which what is found by its hash and what stands in the tree are not the same. */
export async function findLeavesAstray(reader: Reader): Promise<readonly number[]> {
  const rows = await reader.read<{ place: string }>(
    `select coalesce(leaf.leaf_index, node.node_index) as place
     from (select leaf_index, hash from log_leaf where practice_id = $1) leaf
     full join (select node_index, hash from log_node where practice_id = $1 and level = 0) node
       on node.node_index = leaf.leaf_index and node.hash = leaf.hash
     where leaf.hash is null or node.hash is null order by 1`,
    [reader.practice],
  );
  return [...new Set(rows.map((row) => Number(row.place)))];
}

export interface StoredIdentity {
  readonly hash: Bytes;
  readonly account: string;
  readonly record: Bytes;
}

export async function readAllIdentities(reader: Reader): Promise<readonly StoredIdentity[]> {
  const rows = await reader.read<{ hash: Buffer; account_id: string; record: Buffer }>(
    "select hash, account_id, record from identity where practice_id = $1 order by account_id, hash",
    [reader.practice],
  );
  return rows.map((row) => ({
    hash: new Uint8Array(row.hash),
    account: row.account_id,
    record: new Uint8Array(row.record),
  }));
}

/** The accounts of people, each of which has a vault. */
export async function readAccounts(reader: Reader): Promise<readonly string[]> {
  const rows = await reader.read<{ account_id: string }>(
    "select account_id from account where practice_id = $1 and standing <> 'custodian' order by account_id",
    [reader.practice],
  );
  return rows.map((row) => row.account_id);
}

export interface StoredBlob {
  readonly name: string;
  readonly version: number;
  readonly bytes: Bytes;
}

export async function readBlobs(reader: Reader, account: string): Promise<readonly StoredBlob[]> {
  const rows = await reader.read<{ name: string; version: string; bytes: Buffer }>(
    "select name, version, bytes from vault_blob where practice_id = $1 and account_id = $2 order by name",
    [reader.practice, account],
  );
  return rows.map((row) => ({
    name: row.name,
    version: Number(row.version),
    bytes: new Uint8Array(row.bytes),
  }));
}

export async function readRooms(
  reader: Reader,
): Promise<readonly { readonly room: string; readonly endedAt: number | null }[]> {
  const rows = await reader.read<{ room_id: string; ended_at: string | null }>(
    "select room_id, ended_at from room where practice_id = $1 order by room_id",
    [reader.practice],
  );
  return rows.map((row) => ({
    room: row.room_id,
    endedAt: row.ended_at === null ? null : Number(row.ended_at),
  }));
}

/** What is still kept beside the items of a room that has ended, in a word each. Files whose bytes are being taken away do not count. */
export async function findLeftBehind(reader: Reader, room: string): Promise<readonly string[]> {
  const rows = await reader.read<{ kept: string }>(
    `select 'file' as kept from file where practice_id = $1 and room_id = $2 and state <> 'removed'
     union select 'opening' from custodian_opening where practice_id = $1 and room_id = $2
     union select 'reminder' from reminder_seen where practice_id = $1 and room_id = $2 order by kept`,
    [reader.practice, room],
  );
  return rows.map((row) => row.kept);
}

export interface WholeItem {
  readonly seq: number;
  readonly kind: string;
  readonly id: Bytes;
  readonly author: string;
  readonly bytes: Bytes;
}

/** Items of a room after a place, with what stands beside their bytes. */
export async function readWholeItems(
  reader: Reader,
  room: string,
  after: number,
  countMax: number,
): Promise<readonly WholeItem[]> {
  const rows = await reader.read<{
    seq: string;
    kind: string;
    item_id: Buffer;
    author_id: string;
    bytes: Buffer;
  }>(
    "select seq, kind, item_id, author_id, bytes from room_item where practice_id = $1 and room_id = $2 and seq > $3 order by seq limit $4",
    [reader.practice, room, after, countMax],
  );
  return rows.map((row) => ({
    seq: Number(row.seq),
    kind: row.kind,
    id: new Uint8Array(row.item_id),
    author: row.author_id,
    bytes: new Uint8Array(row.bytes),
  }));
}

/** Sealed files that are whole, with what their chunks come to together. None where this schema knows no files. */
export async function readWholeFiles(
  reader: Reader,
): Promise<readonly { readonly file: string; readonly bytes: number }[]> {
  const there = await reader.read<{ there: boolean }>(
    "select to_regclass('public.file') is not null as there",
    [],
  );
  if (there[0]?.there !== true) return [];
  const rows = await reader.read<{ file_id: string; bytes: string }>(
    "select file_id, bytes from file where practice_id = $1 and state = 'whole' order by file_id",
    [reader.practice],
  );
  return rows.map((row) => ({ file: row.file_id, bytes: Number(row.bytes) }));
}
