import { equalBytes } from "../codec/bytes.ts";
import type { Bytes } from "../codec/bytes.ts";
import { sha256 } from "../primitives/hash.ts";

/**
 * Verification of RFC 6962 proofs. Sizes and indices may be numbers or BigInt; the arithmetic is BigInt, because the
 * reference vectors go to 2^64. The structure follows transparency-dev/merkle, whose vectors it passes.
 */
const LEAF_PREFIX = Uint8Array.of(0);
const NODE_PREFIX = Uint8Array.of(1);

/** A size or an index in the tree. */
export type TreeNumber = number | bigint;

/** The hash of a leaf's data (RFC 6962 section 2.1). */
export function leafHash(data: Uint8Array): Bytes {
  return sha256(LEAF_PREFIX, data);
}

/** The hash of a node over its two children. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Bytes {
  return sha256(NODE_PREFIX, left, right);
}

/** The root of the tree without leaves. */
export function emptyRoot(): Bytes {
  return sha256();
}

const bitLength = (value: bigint): bigint => {
  let bits = 0n;
  for (let rest = value; rest > 0n; rest >>= 1n) bits++;
  return bits;
};

const onesIn = (value: bigint): bigint => {
  let ones = 0n;
  for (let rest = value; rest > 0n; rest >>= 1n) ones += rest & 1n;
  return ones;
};

const trailingZeros = (value: bigint): bigint => {
  let zeros = 0n;
  for (let rest = value; rest > 0n && (rest & 1n) === 0n; rest >>= 1n) zeros++;
  return zeros;
};

/** How many proof hashes lie inside the perfect subtree of the leaf, and how many on the right border above it. */
const decompose = (index: bigint, size: bigint): { readonly inner: bigint; readonly border: bigint } => {
  const inner = bitLength(index ^ (size - 1n));
  return { inner, border: onesIn(index >> inner) };
};

const bitAt = (index: bigint, place: number): bigint => (index >> BigInt(place)) & 1n;

const chainInner = (seed: Bytes, proof: readonly Bytes[], index: bigint): Bytes =>
  proof.reduce(
    (hash, node, place) => (bitAt(index, place) === 0n ? nodeHash(hash, node) : nodeHash(node, hash)),
    seed,
  );

const chainInnerRight = (seed: Bytes, proof: readonly Bytes[], index: bigint): Bytes =>
  proof.reduce((hash, node, place) => (bitAt(index, place) === 1n ? nodeHash(node, hash) : hash), seed);

const chainBorder = (seed: Bytes, proof: readonly Bytes[]): Bytes =>
  proof.reduce((hash, node) => nodeHash(node, hash), seed);

const areHashes = (hashes: readonly Bytes[]): boolean => hashes.every((hash) => hash.length === 32);

const toTreeNumber = (value: TreeNumber): bigint | null => {
  if (typeof value === "number" && !Number.isSafeInteger(value)) return null;
  const exact = BigInt(value);
  return exact < 0n || exact >= 1n << 64n ? null : exact;
};

/** True when the proof shows that the leaf stands at this index in the tree of this size and root. Never throws. */
export function verifyInclusion(claim: {
  readonly index: TreeNumber;
  readonly size: TreeNumber;
  /** The leaf's hash, from `leafHash`. */
  readonly leaf: Bytes;
  readonly proof: readonly Bytes[];
  readonly root: Bytes;
}): boolean {
  const index = toTreeNumber(claim.index);
  const size = toTreeNumber(claim.size);
  if (index === null || size === null || index >= size) return false;
  if (!areHashes([claim.leaf, ...claim.proof])) return false;
  const { inner, border } = decompose(index, size);
  if (BigInt(claim.proof.length) !== inner + border) return false;
  const cut = Number(inner);
  const top = chainBorder(chainInner(claim.leaf, claim.proof.slice(0, cut), index), claim.proof.slice(cut));
  return equalBytes(top, claim.root);
}

/** True when the proof shows that the tree of `to` leaves begins with the tree of `from` leaves. Never throws. */
export function verifyConsistency(claim: {
  readonly from: TreeNumber;
  readonly to: TreeNumber;
  readonly proof: readonly Bytes[];
  readonly fromRoot: Bytes;
  readonly toRoot: Bytes;
}): boolean {
  const from = toTreeNumber(claim.from);
  const to = toTreeNumber(claim.to);
  const { proof, fromRoot, toRoot } = claim;
  if (from === null || to === null || to < from || !areHashes(proof)) return false;
  // A tree of size 0 has one root only; a larger size with that root would be a lie from the start.
  if (from === 0n && !equalBytes(fromRoot, emptyRoot())) return false;
  if (from === to) return proof.length === 0 && equalBytes(fromRoot, toRoot);
  if (from === 0n) return false;
  return verifyGrowth({ from, to, proof, fromRoot, toRoot });
}

const verifyGrowth = (claim: {
  readonly from: bigint;
  readonly to: bigint;
  readonly proof: readonly Bytes[];
  readonly fromRoot: Bytes;
  readonly toRoot: Bytes;
}): boolean => {
  const { from, to, proof, fromRoot, toRoot } = claim;
  const shift = trailingZeros(from);
  const { inner, border } = decompose(from - 1n, to);
  const isPower = from === 1n << shift;
  const [first] = proof;
  if (first === undefined) return false;
  const seed = isPower ? fromRoot : first;
  const path = isPower ? proof : proof.slice(1);
  if (BigInt(path.length) !== inner - shift + border) return false;
  const cut = Number(inner - shift);
  const mask = (from - 1n) >> shift;
  const [low, high] = [path.slice(0, cut), path.slice(cut)];
  return (
    equalBytes(chainBorder(chainInnerRight(seed, low, mask), high), fromRoot) &&
    equalBytes(chainBorder(chainInner(seed, low, mask), high), toRoot)
  );
};
