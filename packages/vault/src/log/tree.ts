import { VaultFault } from "../codec/bytes.ts";
import type { Bytes } from "../codec/bytes.ts";
import { emptyRoot, nodeHash } from "./proof.ts";

/**
 * A growing RFC 6962 tree over stored nodes. Only complete subtrees are stored: the node at (level, index) covers the
 * leaves from index * 2^level to (index + 1) * 2^level, and never changes. So storage is insert-only, and everything else
 * is computed along the right edge. Sizes are safe integers.
 */
export type TreeNode = { readonly level: number; readonly index: number; readonly hash: Bytes };

/**
 * Reads a stored node. Throws what the store throws; a node that is missing is a fault of the store. A proof asks for all of its nodes before it waits for
 * one, so that a store may fetch them together.
 */
export type ReadNode = (level: number, index: number) => Promise<Bytes>;

const checkSize = (size: number): void => {
  if (!Number.isSafeInteger(size) || size < 0) throw new VaultFault("misuse");
};

/**
 * Adds leaf hashes to a tree of `size` leaves: gives the new size and the nodes to store, lowest first. Reads the
 * rightmost complete subtrees only.
 */
export async function appendLeaves(step: {
  readonly size: number;
  /** Leaf hashes, from `leafHash`. */
  readonly leaves: readonly Bytes[];
  readonly readNode: ReadNode;
}): Promise<{ readonly size: number; readonly nodes: readonly TreeNode[] }> {
  checkSize(step.size);
  const fresh = new Map<string, Bytes>();
  const nodes: TreeNode[] = [];
  const store = (level: number, index: number, hash: Bytes): void => {
    fresh.set(`${level}.${index}`, hash);
    nodes.push({ level, index, hash });
  };
  let size = step.size;
  for (const leaf of step.leaves) {
    if (leaf.length !== 32) throw new VaultFault("misuse");
    let [level, index, hash] = [0, size, leaf];
    store(level, index, hash);
    while (index % 2 === 1) {
      const left = fresh.get(`${level}.${index - 1}`) ?? (await step.readNode(level, index - 1));
      hash = nodeHash(left, hash);
      index = (index - 1) / 2;
      level += 1;
      store(level, index, hash);
    }
    size += 1;
  }
  return { size, nodes };
}

/** The largest power of two below `count`, for a count of at least 2: where RFC 6962 splits. */
const splitOf = (count: number): number => {
  let split = 1;
  while (split * 2 < count) split *= 2;
  return split;
};

const levelOf = (count: number): number | null => {
  let level = 0;
  let power = 1;
  while (power < count) {
    power *= 2;
    level += 1;
  }
  return power === count ? level : null;
};

/** The hash over the leaves from `begin` to `end`, a range that RFC 6962 splitting reaches. */
const rangeHash = async (begin: number, end: number, readNode: ReadNode): Promise<Bytes> => {
  const count = end - begin;
  const level = levelOf(count);
  if (level !== null) return readNode(level, begin / count);
  const middle = begin + splitOf(count);
  const [left, right] = await Promise.all([
    rangeHash(begin, middle, readNode),
    rangeHash(middle, end, readNode),
  ]);
  return nodeHash(left, right);
};

/** The root of the first `size` leaves. */
export async function rootAt(size: number, readNode: ReadNode): Promise<Bytes> {
  checkSize(size);
  return size === 0 ? emptyRoot() : rangeHash(0, size, readNode);
}

/** The proof that the leaf at `index` stands in the tree of `size` leaves (RFC 6962 section 2.1.1). */
export async function inclusionProof(question: {
  readonly index: number;
  readonly size: number;
  readonly readNode: ReadNode;
}): Promise<readonly Bytes[]> {
  const { index, size, readNode } = question;
  checkSize(size);
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) throw new VaultFault("misuse");
  const proof: Promise<Bytes>[] = [];
  let [begin, end] = [0, size];
  while (end - begin > 1) {
    const middle = begin + splitOf(end - begin);
    if (index < middle) {
      proof.push(rangeHash(middle, end, readNode));
      end = middle;
    } else {
      proof.push(rangeHash(begin, middle, readNode));
      begin = middle;
    }
  }
  return Promise.all(proof.toReversed());
}

/** The proof that the tree of `to` leaves begins with the tree of `from` leaves (RFC 6962 section 2.1.2). Empty from 0. */
export async function consistencyProof(question: {
  readonly from: number;
  readonly to: number;
  readonly readNode: ReadNode;
}): Promise<readonly Bytes[]> {
  const { from, to, readNode } = question;
  checkSize(from);
  checkSize(to);
  if (from > to) throw new VaultFault("misuse");
  if (from === 0 || from === to) return [];
  const proof: Promise<Bytes>[] = [];
  let [begin, end] = [0, to];
  // While the old tree ends inside this range, walk towards its last leaf; a range that starts at 0 and is the whole old
  // tree needs no hash, since the verifier holds its root.
  while (end !== from) {
    const middle = begin + splitOf(end - begin);
    if (from <= middle) {
      proof.push(rangeHash(middle, end, readNode));
      end = middle;
    } else {
      proof.push(rangeHash(begin, middle, readNode));
      begin = middle;
    }
  }
  if (begin !== 0) proof.push(rangeHash(begin, end, readNode));
  return Promise.all(proof.toReversed());
}
