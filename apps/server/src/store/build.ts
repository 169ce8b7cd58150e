import { buildLeaf, type Bytes, type Random } from "@sotto/vault/public";
import { appendLeaf } from "./key-log.ts";
import type { Reader, Writer } from "./store.ts";

/** A build of the page, as the key log names it. */
export interface LoggedBuild {
  readonly builder: Bytes;
  readonly manifest: Bytes;
  readonly number: number;
}

/** Notes a build and puts its leaf into the key log; false when both were there already. */
export async function insertBuild(
  writer: Writer,
  { builder, manifest, number }: LoggedBuild,
  { at, random }: { readonly at: number; readonly random: Random },
): Promise<boolean> {
  const written = await writer.write(
    `insert into build (practice_id, manifest_hash, builder, build_number, logged_at) values ($1, $2, $3, $4, $5)
     on conflict do nothing`,
    [writer.practice, Buffer.from(manifest), Buffer.from(builder), number, at],
  );
  if (written === 0) return false;
  await appendLeaf(writer, buildLeaf({ builder, manifest }), random);
  return true;
}

/** Every build that was noted for the practice, the newest last. */
export async function readBuilds(reader: Reader): Promise<readonly LoggedBuild[]> {
  const rows = await reader.read<{ manifest_hash: Buffer; builder: Buffer; build_number: string }>(
    "select manifest_hash, builder, build_number from build where practice_id = $1 order by logged_at, build_number",
    [reader.practice],
  );
  return rows.map((row) => ({
    builder: new Uint8Array(row.builder),
    manifest: new Uint8Array(row.manifest_hash),
    number: Number(row.build_number),
  }));
}
