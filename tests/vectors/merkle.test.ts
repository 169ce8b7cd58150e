import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { verifyConsistency, verifyInclusion } from "@sotto/vault/public";
import type { Bytes } from "@sotto/vault/public";
import { describe, expect, it } from "vitest";

/** As published, with sizes and indices as text, since they go beyond what a JSON number holds. */
type Inclusion = {
  leafIdx: string;
  treeSize: string;
  root: string | null;
  leafHash: string | null;
  proof: readonly string[] | null;
};
type Consistency = {
  size1: string;
  size2: string;
  root1: string | null;
  root2: string | null;
  proof: readonly string[] | null;
};
type Judged<Claim> = Claim & { file: string; desc: string; wantErr: boolean };

const here = import.meta.dirname;
const wholeSet = join(here, "../../../shared/vectors/merkle");

const bytesOf = (base64: string | null): Bytes => new Uint8Array(Buffer.from(base64 ?? "", "base64"));

const isIncluded = (claim: Inclusion): boolean =>
  verifyInclusion({
    index: BigInt(claim.leafIdx),
    size: BigInt(claim.treeSize),
    leaf: bytesOf(claim.leafHash),
    proof: (claim.proof ?? []).map(bytesOf),
    root: bytesOf(claim.root),
  });

const isConsistent = (claim: Consistency): boolean =>
  verifyConsistency({
    from: BigInt(claim.size1),
    to: BigInt(claim.size2),
    proof: (claim.proof ?? []).map(bytesOf),
    fromRoot: bytesOf(claim.root1),
    toRoot: bytesOf(claim.root2),
  });

const readWhole = <Claim>(kind: "inclusion" | "consistency"): Judged<Claim>[] =>
  globSync(`${kind}/**/*.json`, { cwd: wholeSet }).map((file) => {
    const text = readFileSync(join(wholeSet, file), "utf8").replaceAll(
      /"(leafIdx|treeSize|size1|size2)":\s*(\d+)/g,
      '"$1": "$2"',
    );
    // The set's own README fixes these fields.
    return { ...(JSON.parse(text) as Judged<Claim>), file };
  });

// Committed beside this test, in the same shape.
const part = JSON.parse(readFileSync(join(here, "merkle/part.json"), "utf8")) as {
  inclusion: Judged<Inclusion>[];
  consistency: Judged<Consistency>[];
};

/** The files on which a verifier answers otherwise than the set says. */
const disagreements = <Claim>(
  claims: readonly Judged<Claim>[],
  verify: (claim: Claim) => boolean,
): readonly string[] =>
  claims.filter((claim) => verify(claim) === claim.wantErr).map((claim) => `${claim.file}: ${claim.desc}`);

describe("the reference proofs of transparency-dev/merkle", () => {
  it("accepts and refuses the committed part exactly", () => {
    expect([part.inclusion.length, part.consistency.length].every((count) => count >= 10)).toBe(true);
    expect(disagreements(part.inclusion, isIncluded)).toEqual([]);
    expect(disagreements(part.consistency, isConsistent)).toEqual([]);
    expect(new Set([...part.inclusion, ...part.consistency].map((claim) => claim.wantErr)).size).toBe(2);
  });

  it("accepts and refuses the whole set exactly, where it lies beside the checkout", () => {
    const inclusion = readWhole<Inclusion>("inclusion");
    const consistency = readWhole<Consistency>("consistency");
    expect(disagreements(inclusion, isIncluded)).toEqual([]);
    expect(disagreements(consistency, isConsistent)).toEqual([]);
    // Both or neither: a half-read set would pass by silence.
    expect([inclusion.length, consistency.length]).toEqual(inclusion.length === 0 ? [0, 0] : [98, 98]);
  });
});
