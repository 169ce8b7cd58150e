import type { AccountId } from "@sotto/domain";
import type { RoomMemory } from "../sync/room-memory.ts";

/** Who lost everything and came back is the same person: the account that an account's person has now, by the words of a room's keepers. */
export function accountNow({ returned }: Pick<RoomMemory, "returned">, account: AccountId): AccountId {
  let now = account;
  for (let step = 0; step < returned.size; step++) now = returned.get(now) ?? now;
  return now;
}
