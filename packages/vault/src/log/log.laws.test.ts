import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { faultOf } from "../../testing/damage.ts";
import { idOf, unsafeSeededRandom, withFlippedBit } from "../../testing/people.ts";
import type { Bytes } from "../codec/bytes.ts";
import { toHex } from "../codec/text.ts";
import { coverLeaf, identityLeaf, roomHeadLeaf, vaultHeadLeaf } from "./leaf.ts";
import { emptyRoot, leafHash, nodeHash, verifyConsistency, verifyInclusion } from "./proof.ts";
import { appendLeaves, consistencyProof, inclusionProof, rootAt } from "./tree.ts";
import type { ReadNode } from "./tree.ts";

const random = unsafeSeededRandom("log");
const leafAt = (index: number): Bytes => leafHash(Uint8Array.of(index & 255, index >> 8));

/** RFC 6962 section 2.1, word for word. */
const specifiedRoot = (leaves: readonly Bytes[]): Bytes => {
  const [only] = leaves;
  if (only === undefined) return emptyRoot();
  if (leaves.length === 1) return only;
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return nodeHash(specifiedRoot(leaves.slice(0, split)), specifiedRoot(leaves.slice(split)));
};

/** A store that refuses to be written twice, like the server's table. */
class NodeStore {
  readonly nodes = new Map<string, Bytes>();
  size = 0;
  readonly read: ReadNode = (level, index) => {
    const node = this.nodes.get(`${level}/${index}`);
    return node === undefined ? Promise.reject(new Error("missing node")) : Promise.resolve(node);
  };

  async append(leaves: readonly Bytes[]): Promise<void> {
    const grown = await appendLeaves({ size: this.size, leaves, readNode: this.read });
    for (const { level, index, hash } of grown.nodes) {
      if (this.nodes.has(`${level}/${index}`)) throw new Error("node written twice");
      this.nodes.set(`${level}/${index}`, hash);
    }
    this.size = grown.size;
  }
}

const SIZE = 70;
const leaves = Array.from({ length: SIZE }, (_, index) => leafAt(index));
const filled = async (): Promise<NodeStore> => {
  const store = new NodeStore();
  await store.append(leaves);
  return store;
};

describe("the tree", () => {
  it("has the roots of RFC 6962 at every size, however it grew", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(9), { maxLength: 12 }), async (batches) => {
        const store = new NodeStore();
        for (const batch of batches) await store.append(leaves.slice(store.size, store.size + batch));
        for (let size = 0; size <= store.size; size++) {
          expect(await rootAt(size, store.read)).toEqual(specifiedRoot(leaves.slice(0, size)));
        }
      }),
      { numRuns: 30 },
    );
  });

  it("proves every leaf in every size, and the proof fits nothing else", async () => {
    const store = await filled();
    let proofs = 0;
    for (let size = 1; size <= SIZE; size++) {
      const root = await rootAt(size, store.read);
      for (let index = 0; index < size; index++) {
        const proof = await inclusionProof({ index, size, readNode: store.read });
        const leaf = leafAt(index);
        expect(verifyInclusion({ index, size, leaf, proof, root })).toBe(true);
        expect(verifyInclusion({ index: index + 1, size, leaf, proof, root })).toBe(false);
        expect(verifyInclusion({ index, size, leaf: leafAt(index + 1), proof, root })).toBe(false);
        expect(verifyInclusion({ index, size, leaf, proof: [...proof, root], root })).toBe(false);
        proofs += 1;
      }
    }
    expect(proofs).toBe((SIZE * (SIZE + 1)) / 2);
  });

  it("proves every growth, and no other", async () => {
    const store = await filled();
    for (let to = 0; to <= SIZE; to++) {
      const toRoot = await rootAt(to, store.read);
      for (let from = 1; from <= to; from++) {
        const proof = await consistencyProof({ from, to, readNode: store.read });
        const fromRoot = await rootAt(from, store.read);
        expect(verifyConsistency({ from, to, proof, fromRoot, toRoot })).toBe(true);
        expect(verifyConsistency({ from, to, proof, fromRoot: leafAt(0), toRoot: leafAt(1) })).toBe(false);
        expect(verifyConsistency({ from, to, proof: [...proof, toRoot], fromRoot, toRoot })).toBe(false);
      }
    }
  });

  it("T8: a rewritten leaf shows in every later consistency proof", async () => {
    const store = await filled();
    const rewritten = new NodeStore();
    await rewritten.append(leaves.map((leaf, index) => (index === 5 ? leafAt(999) : leaf)));
    for (const from of [6, 8, 31, 64]) {
      const fromRoot = await rootAt(from, store.read);
      const toRoot = await rootAt(SIZE, rewritten.read);
      const proof = await consistencyProof({ from, to: SIZE, readNode: rewritten.read });
      expect(verifyConsistency({ from, to: SIZE, proof, fromRoot, toRoot })).toBe(false);
    }
  });

  it("starts from one empty root", async () => {
    const store = await filled();
    expect(toHex(emptyRoot())).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    expect(await consistencyProof({ from: 0, to: 9, readNode: store.read })).toEqual([]);
    expect(verifyConsistency({ from: 0, to: 0, proof: [], fromRoot: emptyRoot(), toRoot: emptyRoot() })).toBe(
      true,
    );
    expect(verifyConsistency({ from: 0, to: 0, proof: [], fromRoot: leafAt(1), toRoot: leafAt(1) })).toBe(
      false,
    );
  });

  it("proves nothing by growth from nothing", () => {
    const nothing = emptyRoot();
    for (const proof of [[], [nothing], [leafAt(0)]]) {
      expect(verifyConsistency({ from: 0, to: 5, proof, fromRoot: nothing, toRoot: nothing })).toBe(false);
      expect(verifyConsistency({ from: 0, to: 1, proof, fromRoot: nothing, toRoot: leafAt(0) })).toBe(false);
    }
  });

  it("refuses sizes and indices that are none", async () => {
    const { read } = await filled();
    expect(await faultOf(rootAt(-1, read))).toBe("misuse");
    expect(await faultOf(rootAt(1.5, read))).toBe("misuse");
    expect(await faultOf(inclusionProof({ index: 3, size: 3, readNode: read }))).toBe("misuse");
    expect(await faultOf(consistencyProof({ from: 4, to: 3, readNode: read }))).toBe("misuse");
    expect(await faultOf(appendLeaves({ size: 0, leaves: [new Uint8Array(31)], readNode: read }))).toBe(
      "misuse",
    );
    const claim = { leaf: leafAt(0), proof: [], root: leafAt(0) };
    for (const [index, size] of [
      [-1, 1],
      [0, 0],
      [0.5, 1],
      [0, Number.NaN],
      [0n, 1n << 64n],
    ] as const) {
      expect(verifyInclusion({ ...claim, index, size })).toBe(false);
    }
  });

  it("T21: no proof of any shape makes the verifiers throw", () => {
    const hashes = fc.array(
      fc.uint8Array({ maxLength: 33 }).map((bytes) => new Uint8Array(bytes)),
      { maxLength: 6 },
    );
    const number = fc.oneof(fc.bigInt({ min: -2n, max: 1n << 65n }), fc.double(), fc.nat(40));
    fc.assert(
      fc.property(number, number, hashes, (a, b, proof) => {
        const root = leafAt(0);
        expect(verifyInclusion({ index: a, size: b, leaf: leafAt(1), proof, root })).toBe(false);
        expect(typeof verifyConsistency({ from: a, to: b, proof, fromRoot: root, toRoot: leafAt(2) })).toBe(
          "boolean",
        );
      }),
      { numRuns: 5000 },
    );
  });
});

describe("leaves", () => {
  it("T8: of different sorts and contents never meet", () => {
    const hash = random(32);
    const data = [
      identityLeaf(hash),
      roomHeadLeaf({ room: idOf("room"), epoch: 1, hash }),
      roomHeadLeaf({ room: idOf("room"), epoch: 2, hash }),
      vaultHeadLeaf({ account: idOf("Ana"), name: "vault", version: 1, hash }),
      vaultHeadLeaf({ account: idOf("Ana"), name: "vault1", version: 1, hash }),
      coverLeaf(random),
      coverLeaf(random),
      identityLeaf(withFlippedBit(hash, 3)),
    ];
    expect(new Set(data.map((leaf) => toHex(leafHash(leaf)))).size).toBe(data.length);
  });
});
