import {
  consistencyProof,
  fromBase64Url,
  inclusionProof,
  rootAt,
  signCheckpoint,
  toBase64Url,
} from "@sotto/vault/public";
import type { AnswerOf } from "@sotto/contract";
import { findLeaves, logOriginOf, nodeReader, readLogKey } from "../store/key-log.ts";
import { done, refuse, type Outcome, type Session, type World } from "../steps/world.ts";

export async function readCheckpoint(
  world: World,
  session: Session,
): Promise<Outcome<AnswerOf<"readCheckpoint">>> {
  return world.store.read(session.practice, async (reader) => {
    const { seed, size } = await readLogKey(reader);
    const root = await rootAt(size, nodeReader(reader));
    const note = await signCheckpoint({
      checkpoint: { origin: logOriginOf(session.practice), size, root },
      signSeed: seed,
    });
    return done({ note });
  });
}

export async function readConsistency(
  world: World,
  session: Session,
  wish: { readonly from: number; readonly to: number },
): Promise<Outcome<AnswerOf<"readConsistency">>> {
  return world.store.read(session.practice, async (reader) => {
    const { size } = await readLogKey(reader);
    if (wish.from < 1 || wish.from > wish.to || wish.to > size) return refuse("not-here");
    const proof = await consistencyProof({ from: wish.from, to: wish.to, readNode: nodeReader(reader) });
    return done({ proof: proof.map(toBase64Url) });
  });
}

/** Proofs for those of the leaves that are in the tree of that size. Who does not know a leaf cannot ask for it. */
export async function readInclusion(
  world: World,
  session: Session,
  wish: { readonly size: number; readonly leaves: readonly string[] },
): Promise<Outcome<AnswerOf<"readInclusion">>> {
  return world.store.read(session.practice, async (reader) => {
    const { size } = await readLogKey(reader);
    if (wish.size > size) return refuse("not-here");
    const leaves = await findLeaves(
      reader,
      wish.leaves.map((leaf) => fromBase64Url(leaf)),
      wish.size,
    );
    const found: AnswerOf<"readInclusion">["found"] = [];
    for (const { hash, index } of leaves) {
      const proof = await inclusionProof({ index, size: wish.size, readNode: nodeReader(reader) });
      found.push({ leaf: toBase64Url(hash), index, proof: proof.map(toBase64Url) });
    }
    return done({ found });
  });
}
