import { EDIT_WITHIN_MS } from "@sotto/domain";
import type { EntryBody } from "@sotto/domain";
import { TAKEN_FRAMES_MAX } from "../entry/codec.ts";
import type { RoomMemory } from "../sync/room-memory.ts";
import { framesToTake } from "../sync/taken.ts";

/**
 * What goes out of a waiting entry that is about another one, as the room stands now: a deletion names everything that is there to be
 * taken away. `nothing`: there is nothing left to do. `too-late`, `not-here`: everybody would leave it out.
 */
export function completeBody(
  body: EntryBody,
  memory: RoomMemory,
  now: number,
): EntryBody | "nothing" | "too-late" | "not-here" {
  switch (body.kind) {
    case "edit": {
      const target = memory.entries.get(body.target);
      if (target === undefined) return "not-here";
      if (memory.taken.deleted.has(body.target)) return "nothing";
      return now - target.at > EDIT_WITHIN_MS ? "too-late" : body;
    }
    case "deletion": {
      if (!memory.entries.has(body.target)) return "not-here";
      const frames = framesToTake(memory, body.target).slice(0, TAKEN_FRAMES_MAX);
      return frames.length === 0 ? "nothing" : { ...body, frames };
    }
    default:
      return body;
  }
}
