import {
  appendLeaves,
  coverLeaf,
  leafHash,
  signPublicOf,
  type Bytes,
  type Random,
} from "@sotto/vault/public";
import { StoreFault } from "./statement.ts";
import { only, type Reader, type Writer } from "./store.ts";

const COVER_MAX = 7;

/** The name under which a practice's log signs. */
export const logOriginOf = (practice: string): string => `sotto/${practice}`;

const nodeName = (level: number, index: number): string => `${String(level)}.${String(index)}`;

/** Reads complete subtree nodes of the practice's key log. What is asked for before anybody waits is fetched by one statement. */
export function nodeReader(reader: Reader) {
  let asked: { readonly level: number; readonly index: number }[] = [];
  let fetched: Promise<ReadonlyMap<string, Bytes>> | null = null;
  const fetchAsked = async (): Promise<ReadonlyMap<string, Bytes>> => {
    // Everybody who asks in the same breath has asked by then.
    await Promise.resolve();
    const wanted = asked;
    [asked, fetched] = [[], null];
    const rows = await reader.read<{ level: number; node_index: string; hash: Buffer }>(
      `select node.level, node.node_index, node.hash from unnest($2::int[], $3::bigint[]) as asked (level, node_index)
       join log_node node on node.practice_id = $1 and node.level = asked.level and node.node_index = asked.node_index`,
      [reader.practice, wanted.map(({ level }) => level), wanted.map(({ index }) => index)],
    );
    return new Map(
      rows.map(({ hash, level, node_index }) => [nodeName(level, Number(node_index)), new Uint8Array(hash)]),
    );
  };
  return async (level: number, index: number): Promise<Bytes> => {
    asked.push({ level, index });
    fetched ??= fetchAsked();
    const node = (await fetched).get(nodeName(level, index));
    if (node === undefined) throw new StoreFault("log-node");
    return node;
  };
}

/**
 * Adds a leaf to the key log in the writing transaction, hidden among 0 to 7 random cover leaves (docs/decisions/0002). The row of the
 * practice is locked until the commit, so leaves have one order.
 */
export async function appendLeaf(writer: Writer, leaf: Bytes, random: Random): Promise<void> {
  const { practice } = writer;
  const rows = await writer.read<{ log_size: string }>(
    "select log_size from practice where practice_id = $1 for update",
    [practice],
  );
  const size = Number(only(rows, "practice").log_size);
  const [coverByte, placeByte] = random(2);
  const covers = (coverByte ?? 0) % (COVER_MAX + 1);
  const place = (placeByte ?? 0) % (covers + 1);
  const leaves = Array.from({ length: covers + 1 }, (_, index) =>
    leafHash(index === place ? leaf : coverLeaf(random)),
  );
  const grown = await appendLeaves({ size, leaves, readNode: nodeReader(writer) });
  await writer.write(
    `insert into log_node (practice_id, level, node_index, hash)
     select $1, * from unnest($2::int[], $3::bigint[], $4::bytea[])`,
    [
      practice,
      grown.nodes.map((n) => n.level),
      grown.nodes.map((n) => n.index),
      grown.nodes.map((n) => Buffer.from(n.hash)),
    ],
  );
  await writer.write(
    `insert into log_leaf (practice_id, hash, leaf_index) select $1, * from unnest($2::bytea[], $3::bigint[])`,
    [practice, leaves.map((hash) => Buffer.from(hash)), leaves.map((_, index) => size + index)],
  );
  await writer.write("update practice set log_size = $2 where practice_id = $1", [practice, grown.size]);
}

/** Makes the practice with its log's signing key; false when there is one under this id. */
export async function insertPractice(writer: Writer, random: Random): Promise<boolean> {
  const seed = random(32);
  const written = await writer.write(
    "insert into practice (practice_id, log_seed, log_public, log_size) values ($1, $2, $3, 0) on conflict do nothing",
    [writer.practice, Buffer.from(seed), Buffer.from(await signPublicOf(seed))],
  );
  return written === 1;
}

export async function readLogKey(
  reader: Reader,
): Promise<{ readonly seed: Bytes; readonly publicKey: Bytes; readonly size: number }> {
  const rows = await reader.read<{ log_seed: Buffer; log_public: Buffer; log_size: string }>(
    "select log_seed, log_public, log_size from practice where practice_id = $1",
    [reader.practice],
  );
  const [row] = rows;
  if (row === undefined) throw new StoreFault("practice");
  return {
    seed: new Uint8Array(row.log_seed),
    publicKey: new Uint8Array(row.log_public),
    size: Number(row.log_size),
  };
}

/** The first place of each known leaf below `size`. */
export async function findLeaves(
  reader: Reader,
  hashes: readonly Bytes[],
  size: number,
): Promise<readonly { hash: Bytes; index: number }[]> {
  const rows = await reader.read<{ hash: Buffer; leaf_index: string }>(
    `select hash, min(leaf_index) as leaf_index from log_leaf
     where practice_id = $1 and hash = any($2::bytea[]) and leaf_index < $3 group by hash`,
    [reader.practice, hashes.map((hash) => Buffer.from(hash)), size],
  );
  return rows.map((row) => ({ hash: new Uint8Array(row.hash), index: Number(row.leaf_index) }));
}
