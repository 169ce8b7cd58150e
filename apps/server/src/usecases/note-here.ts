import { noteVisit } from "../store/reminder.ts";
import { drawId } from "../steps/draw.ts";
import type { Session, World } from "../steps/world.ts";

/** Somebody gave a sign of being there themselves. Noted only for those who asked for reminders. */
export async function noteHere(world: World, { practice, account }: Session): Promise<void> {
  const isNoted = await world.store.write(practice, (writer) =>
    noteVisit(writer, account, drawId(world.random)),
  );
  if (!isNoted) return;
  world.reminding.presence.note(practice, account, world.now());
  world.tell({ kind: "here", practice, account });
}
