import type { AnswerOf } from "@sotto/contract";
import { isClaimed, isSetupCodeGood } from "../store/attempt.ts";
import { NO_PRACTICE } from "../store/store.ts";
import { done, refuse, type Outcome, type World } from "../steps/world.ts";

export async function readHealth(world: World): Promise<Outcome<AnswerOf<"health">>> {
  const claimed = await world.store.read(NO_PRACTICE, isClaimed);
  return done({ ok: true, claimed });
}

export async function checkSetupCode(world: World, code: string): Promise<Outcome<Record<string, never>>> {
  const good = await world.store.read(NO_PRACTICE, (reader) => isSetupCodeGood(reader, code, world.now()));
  return good ? done({}) : refuse("setup-code-invalid");
}
