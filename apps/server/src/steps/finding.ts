import { toHex, VaultFault, type Bytes } from "@sotto/vault/public";

/** What a check without keys can find. Each is a kind of its own, so that a person and a program can tell them apart. */
export type FindingKind =
  | "practice-missing"
  | "log-leaf-missing"
  | "log-node-wrong"
  | "log-size-wrong"
  | "log-leaf-astray"
  | "log-signature-wrong"
  | "build-not-in-log"
  | "identity-wrong"
  | "identity-not-in-log"
  | "vault-missing"
  | "vault-not-in-log"
  | "room-seq-hole"
  | "room-event-wrong"
  | "room-event-not-in-log"
  | "room-frame-wrong"
  | "room-stub-wrong"
  | "room-item-unknown"
  | "room-head-wrong"
  | "room-closed-wrong"
  | "room-ended-wrong"
  | "room-not-empty"
  | "room-roster-wrong"
  | "room-past-wrong"
  | "file-missing"
  | "file-wrong-size";

/** One thing that is not as it must be. `at` names it by opaque ids and numbers; `why` is a word of ours, or empty. */
export interface Finding {
  readonly kind: FindingKind;
  readonly practice: string;
  readonly at: string;
  readonly why: string;
}

/** A finding about an item of a room. */
export function roomFinding(
  { practice }: { readonly practice: string },
  found: { readonly kind: FindingKind; readonly room: string; readonly seq: number; readonly why: string },
): Finding {
  const { kind, room, seq, why } = found;
  return { kind, practice, at: `room ${room} item ${String(seq)}`, why };
}

/** Enough of a hash to find it by. */
export const shortOf = (hash: Bytes): string => toHex(hash.slice(0, 8));

/** What reading some bytes gives; null when they are not in their format. */
export function parsedOrNull<Value>(parse: () => Value): Value | null {
  try {
    return parse();
  } catch (error) {
    if (error instanceof VaultFault) return null;
    throw error;
  }
}
