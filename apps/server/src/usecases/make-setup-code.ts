import { LIMITS } from "@sotto/contract";
import { insertSetupCode } from "../store/attempt.ts";
import { NO_PRACTICE } from "../store/store.ts";
import type { World } from "../steps/world.ts";

/** A new one-time code for setting up a practice. */
export function makeSetupCode(world: Pick<World, "store" | "now">): Promise<string> {
  return world.store.write(NO_PRACTICE, (writer) =>
    insertSetupCode(writer, world.now() + LIMITS.setupCodeAgeMs),
  );
}
