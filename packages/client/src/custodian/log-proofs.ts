import { LIMITS } from "@sotto/contract";
import {
  equalBytes,
  fromBase64Url,
  openCheckpoint,
  toBase64Url,
  VaultFault,
  verifyConsistency,
  verifyInclusion,
} from "@sotto/vault";
import type { Bytes, Checkpoint, LogGossip } from "@sotto/vault";
import type { Call } from "../api.ts";

interface Log {
  readonly call: Call;
  readonly practice: string;
  readonly publicKey: Bytes;
}

/** The newest checkpoint of the key log; null when the server gives none that its key has signed. */
async function newestCheckpoint({ call, practice, publicKey }: Log): Promise<Checkpoint | null> {
  const answer = await call("readCheckpoint");
  if (answer.kind === "refused") return null;
  try {
    return await openCheckpoint({ text: answer.value.note, origin: `sotto/${practice}`, publicKey });
  } catch (error) {
    if (error instanceof VaultFault) return null;
    throw error;
  }
}

/** True when the key log proves that it holds every one of these leaves. */
export async function holdsAll(log: Log, leaves: readonly Bytes[]): Promise<boolean> {
  const checkpoint = await newestCheckpoint(log);
  if (checkpoint === null) return false;
  const wanted = [...new Set(leaves.map((leaf) => toBase64Url(leaf)))];
  for (let start = 0; start < wanted.length; start += LIMITS.lookupsPerRequestMax) {
    const part = wanted.slice(start, start + LIMITS.lookupsPerRequestMax);
    if (!(await holdsPart(log, checkpoint, part))) return false;
  }
  return true;
}

const holdsPart = async (
  { call }: Log,
  { root, size }: Checkpoint,
  leaves: readonly string[],
): Promise<boolean> => {
  const answer = await call("readInclusion", { body: { size, leaves: [...leaves] } });
  if (answer.kind === "refused") return false;
  return leaves.every((leaf) => {
    const line = answer.value.found.find((found) => found.leaf === leaf);
    if (line === undefined) return false;
    const proof = line.proof.map(fromBase64Url);
    return verifyInclusion({ index: line.index, size, leaf: fromBase64Url(leaf), proof, root });
  });
};

/** True when everybody who wrote has seen the log that this server shows now, only earlier. */
export async function agreesWith(log: Log, gossip: readonly LogGossip[]): Promise<boolean> {
  const checkpoint = await newestCheckpoint(log);
  if (checkpoint === null) return false;
  const views = new Map(
    gossip.filter(({ size }) => size > 0).map((view) => [`${view.size} ${toBase64Url(view.root)}`, view]),
  );
  for (const view of views.values()) if (!(await isEarlier(log, view, checkpoint))) return false;
  return true;
}

const isEarlier = async ({ call }: Log, from: LogGossip, to: Checkpoint): Promise<boolean> => {
  if (from.size > to.size) return false;
  if (from.size === to.size) return equalBytes(from.root, to.root);
  const query = { from: String(from.size), to: String(to.size) };
  const answer = await call("readConsistency", { query });
  if (answer.kind === "refused") return false;
  const proof = answer.value.proof.map(fromBase64Url);
  return verifyConsistency({ from: from.size, to: to.size, proof, fromRoot: from.root, toRoot: to.root });
};
