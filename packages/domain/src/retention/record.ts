import { isMinorRole } from "../family/person.ts";
import type { FamilyRole } from "../family/person.ts";
import type { RetentionEntry } from "./entry.ts";
import type { Month } from "./month.ts";
import { isMonth } from "./month.ts";
import type { Said } from "./said.ts";
import { laterOf } from "./said.ts";

/** Why a record must not be ended, whatever the rule says. */
export const HOLD_REASONS = ["court", "claim", "complaint", "authority", "other"] as const;
export type HoldReason = (typeof HOLD_REASONS)[number];

/** What a family's record says of how long it is kept. */
export interface KeptRecord {
  readonly hold: HoldReason | null;
  /** When a hold was last put on, changed or lifted; null when none ever was. */
  readonly holdChangedAt: number | null;
  /** When the youngest comes of age; null while nobody has said so. */
  readonly comesOfAge: Month | null;
  /** Somebody under age is, or once was, named in it. */
  readonly hasMinor: boolean;
  /** Null while the family is open. */
  readonly closedAt: number | null;
}

export const EMPTY_KEPT: KeptRecord = {
  hold: null,
  holdChangedAt: null,
  comesOfAge: null,
  hasMinor: false,
  closedAt: null,
};

type RecordEntry = RetentionEntry & { readonly kind: "legal-hold" | "comes-of-age" | "record-since" };

/** Adds one entry of a team room that is about keeping. */
export function applyToKept(kept: KeptRecord, entry: RecordEntry, said: Said): KeptRecord {
  switch (entry.kind) {
    case "legal-hold":
      return entry.reason === kept.hold
        ? kept
        : { ...kept, hold: entry.reason, holdChangedAt: laterOf(said) };
    case "comes-of-age":
      return isMonth(entry.month) ? { ...kept, comesOfAge: entry.month } : kept;
    case "record-since":
      // Whoever was there knows better than somebody who says it again.
      if (said.isKnownWhole) return kept;
      return {
        ...kept,
        hasMinor: kept.hasMinor || entry.hasMinor,
        closedAt: kept.closedAt === null ? null : (entry.closedAt ?? kept.closedAt),
        holdChangedAt: entry.holdChangedAt ?? kept.holdChangedAt,
      };
  }
}

/**
 * Somebody is named, or called otherwise than before. Who comes of age, or is called an adult, was under age when it was written. Who is under age and was
 * not known to be may be the youngest: it has to be said anew when the youngest comes of age.
 */
export function withPerson(kept: KeptRecord, before: FamilyRole | null, now: FamilyRole): KeptRecord {
  const isNew = isMinorRole(now) && (before === null || !isMinorRole(before));
  return isNew ? { ...kept, hasMinor: true, comesOfAge: null } : kept;
}

/** The family was closed or opened again. Closing what is closed does not begin its time anew. */
export function closedOrOpened(kept: KeptRecord, closed: boolean, said: Said): KeptRecord {
  if (closed === (kept.closedAt !== null)) return kept;
  return { ...kept, closedAt: closed ? laterOf(said) : null };
}

/** The entries that say it again to somebody who came in later. After the entry that the family is closed. */
export function restateKept(kept: KeptRecord): readonly RecordEntry[] {
  const { closedAt, comesOfAge, hasMinor, hold, holdChangedAt } = kept;
  const isAnything = closedAt !== null || holdChangedAt !== null || hasMinor;
  return [
    ...(hold === null ? [] : [{ kind: "legal-hold", reason: hold } as const]),
    ...(comesOfAge === null ? [] : [{ kind: "comes-of-age", month: comesOfAge } as const]),
    ...(isAnything ? [{ kind: "record-since", closedAt, holdChangedAt, hasMinor } as const] : []),
  ];
}
