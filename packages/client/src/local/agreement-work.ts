import { gapsIn } from "@sotto/domain";
import { decodeUtf8, encodeUtf8 } from "@sotto/vault";
import type { Bytes } from "@sotto/vault";
import type { AgreementWork } from "../agreement.ts";

/** Raised when the shape of what is composed changes: what an older program kept is then begun anew. */
const SHAPE = 1;

/** An agreement that is being composed, as this device keeps it, sealed. */
export function encodeWork(work: AgreementWork): Bytes {
  return encodeUtf8(JSON.stringify({ shape: SHAPE, work }));
}

/** Null for what this program does not know to read: the therapist begins anew from a template. */
export function decodeWork(bytes: Bytes): AgreementWork | null {
  try {
    const kept = JSON.parse(decodeUtf8(bytes)) as { readonly shape: number; readonly work: AgreementWork };
    if (kept.shape !== SHAPE) return null;
    const { begunFrom } = kept.work;
    // A template that an older program kept does not speak of words for whole parts.
    const work =
      begunFrom === undefined
        ? kept.work
        : { ...kept.work, begunFrom: { ...begunFrom, parts: begunFrom.parts ?? [] } };
    // Looked through once: what cannot be looked through is no agreement.
    gapsIn(work, work.own);
    return work;
  } catch {
    return null;
  }
}
