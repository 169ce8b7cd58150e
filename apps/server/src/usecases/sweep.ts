import { sweepExpired } from "../store/attempt.ts";
import { NO_PRACTICE } from "../store/store.ts";
import type { World } from "../steps/world.ts";

/** Takes away ceremonies and sessions that have run out. */
export function sweep(world: World): Promise<void> {
  return world.store.write(NO_PRACTICE, (writer) => sweepExpired(writer, world.now()));
}
