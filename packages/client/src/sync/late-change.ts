import { mayEdit } from "@sotto/domain";
import type { EntryId } from "@sotto/domain";
import type { RoomMemory } from "./room-memory.ts";

/**
 * Whether this is a change that the log dates too late: it stands there, and everybody leaves it out. Its author's own clock may have said otherwise when
 * it went out.
 */
export function isTooLate({ entries, taken }: RoomMemory, entry: EntryId): boolean {
  const change = entries.get(entry);
  const target = change?.target ?? null;
  if (change === undefined || target === null || taken.deleted.has(target)) return false;
  const said = entries.get(target);
  return said?.author === change.author && !mayEdit({ entry: target, ...said }, change);
}
