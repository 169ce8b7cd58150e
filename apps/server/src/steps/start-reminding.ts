import { nextLook } from "@sotto/domain";
import { insertReminder, noteVisit } from "../store/reminder.ts";
import type { Writer } from "../store/store.ts";
import { drawFraction, drawId } from "./draw.ts";
import type { World } from "./world.ts";

/** Whoever has a channel is noted from here on. They are there at this moment, and have what there is. */
export async function startReminding(world: World, writer: Writer, account: string): Promise<void> {
  const visit = drawId(world.random);
  const lookAt = nextLook(world.now(), drawFraction(world.random));
  await insertReminder(writer, { account, visit, lookAt });
  await noteVisit(writer, account, visit);
  world.reminding.presence.note(writer.practice, account, world.now());
}
