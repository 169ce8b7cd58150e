import {
  appendLeaves,
  equalBytes,
  openCheckpoint,
  rootAt,
  signCheckpoint,
  type Bytes,
  type ReadNode,
  type TreeNode,
} from "@sotto/vault/public";
import { readLogKey } from "../store/key-log.ts";
import type { Reader } from "../store/store.ts";
import { countNodes, findLeavesAstray, readNodes } from "../store/whole.ts";
import type { Finding } from "./finding.ts";

const LEAVES_AT_ONCE = 1_000;

/**
 * Builds the key log's tree again from its leaves and compares every stored node, the stored size and the checkpoint that the log's key signs over it.
 * Since every checkpoint there ever was is a root of this tree, they are all consistent when each node is what the leaves make it.
 */
export async function verifyLog(reader: Reader, origin: string): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const find = (kind: Finding["kind"], at: string, why = "") =>
    findings.push({ kind, practice: reader.practice, at, why });
  const edge = new Edge();
  let [size, nodes] = [0, 0];
  for (;;) {
    const leaves = await readNodes(reader, { level: 0, index: size }, LEAVES_AT_ONCE);
    const hole = leaves.findIndex((leaf, offset) => leaf.index !== size + offset);
    if (hole >= 0) {
      find("log-leaf-missing", `leaf ${String(size + hole)}`);
      return findings;
    }
    if (leaves.length === 0) break;
    const hashes = leaves.map((leaf) => leaf.hash);
    const grown = await appendLeaves({ size, leaves: hashes, readNode: edge.read });
    for (const node of await findWrongNodes(reader, grown.nodes))
      find("log-node-wrong", `level ${String(node.level)} node ${String(node.index)}`);
    edge.grow(grown.nodes);
    size = grown.size;
    nodes += grown.nodes.length;
  }
  const stored = await countNodes(reader);
  if (stored !== nodes) find("log-node-wrong", `${String(stored)} nodes instead of ${String(nodes)}`);
  for (const place of await findLeavesAstray(reader)) find("log-leaf-astray", `leaf ${String(place)}`);
  const key = await readLogKey(reader);
  if (key.size !== size) find("log-size-wrong", `${String(key.size)} instead of ${String(size)}`);
  const root = await rootAt(size, edge.read);
  if (!(await isSigned({ origin, size, root }, key))) find("log-signature-wrong", `size ${String(size)}`);
  return findings;
}

/** Whether what the log's seed signs is what its public key, which every client holds, opens. */
async function isSigned(
  checkpoint: { readonly origin: string; readonly size: number; readonly root: Bytes },
  { publicKey, seed }: { readonly publicKey: Bytes; readonly seed: Bytes },
): Promise<boolean> {
  const text = await signCheckpoint({ checkpoint, signSeed: seed });
  try {
    const opened = await openCheckpoint({ text, origin: checkpoint.origin, publicKey });
    return opened.size === checkpoint.size && equalBytes(opened.root, checkpoint.root);
  } catch {
    // Another key's signature fails in one way, whatever the cause.
    return false;
  }
}

/** The nodes above the leaves that are stored otherwise, or not at all. */
async function findWrongNodes(reader: Reader, nodes: readonly TreeNode[]): Promise<readonly TreeNode[]> {
  const levels = Map.groupBy(nodes, (node) => node.level);
  const wrong: TreeNode[] = [];
  for (const [level, expected] of levels) {
    const [first] = expected;
    if (level === 0 || first === undefined) continue;
    const stored = await readNodes(reader, { level, index: first.index }, expected.length);
    const byIndex = new Map(stored.map((node) => [node.index, node.hash]));
    wrong.push(
      ...expected.filter((node) => {
        const hash = byIndex.get(node.index);
        return hash === undefined || !equalBytes(hash, node.hash);
      }),
    );
  }
  return wrong;
}

/** The newest node of each level: all that a growing tree is computed from. */
class Edge {
  readonly #nodes = new Map<number, TreeNode>();

  readonly read: ReadNode = async (level, index) => {
    const node = this.#nodes.get(level);
    // The nodes that are asked for are those of the right edge, which are the newest of their levels, or the one to the left of it.
    if (node === undefined || node.index !== index) throw new Error("a node that is not on the edge");
    return node.hash;
  };

  grow(nodes: readonly TreeNode[]): void {
    for (const node of nodes) this.#nodes.set(node.level, node);
  }
}
