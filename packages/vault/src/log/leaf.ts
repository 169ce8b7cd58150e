import { drawBytes } from "../codec/bytes.ts";
import type { Bytes, Random } from "../codec/bytes.ts";
import { ByteWriter } from "../codec/writer.ts";

/** What stands in the key log. Each function gives leaf data; the tree holds its `leafHash`. */

/** Leaf of an identity record. */
export function identityLeaf(hash: Bytes): Bytes {
  return ByteWriter.labelled("fam/kl/1").fixed(hash, 32).bytes();
}

/** Leaf of a room's head: one per event. */
export function roomHeadLeaf(head: {
  readonly room: string;
  readonly epoch: number;
  readonly hash: Bytes;
}): Bytes {
  return ByteWriter.labelled("fam/rh/1").id(head.room).unsigned(head.epoch, 4).fixed(head.hash, 32).bytes();
}

/** Leaf of a vault blob: `hash` is SHA-256 of the sealed blob. */
export function vaultHeadLeaf(head: {
  readonly account: string;
  readonly name: string;
  readonly version: number;
  readonly hash: Bytes;
}): Bytes {
  return ByteWriter.labelled("fam/vh/1")
    .id(head.account)
    .text(head.name, 200)
    .unsigned(head.version, 8)
    .fixed(head.hash, 32)
    .bytes();
}

/** A leaf about nothing: 32 random bytes, so that the log's size counts nobody's actions. */
export function coverLeaf(random: Random): Bytes {
  return ByteWriter.labelled("fam/cv/1").fixed(drawBytes(random, 32), 32).bytes();
}
