import type { IdentityOf } from "../identity/record.ts";
import { checkHusk, checkJoiningHusk, checkRoomEvent } from "./check.ts";
import type { RoomCheck, RoomRefusal } from "./check.ts";
import type { RoomEvent } from "./event.ts";
import type { RoomHusk } from "./husk.ts";
import { memberOf } from "./state.ts";
import type { RoomState } from "./state.ts";

/** What a room was after each event that was followed, oldest first; the last is its end. */
export type EndingCheck =
  | { readonly kind: "ended"; readonly states: readonly RoomState[] }
  | { readonly kind: "refused"; readonly reason: RoomRefusal };

/**
 * Follows what stays of a room's events up to the one that ended it, by the rules of `checkRoomEvent`: from a state on that is known, or from
 * the first event that this account may see, which lets it in. The account is there at every step: whoever is out of a room is not told its end.
 */
export async function checkEnding(ending: {
  readonly account: string;
  readonly from: RoomState | "first";
  readonly husks: readonly RoomHusk[];
  readonly end: RoomEvent;
  readonly identityOf: IdentityOf;
}): Promise<EndingCheck> {
  const { account, end, identityOf } = ending;
  if (end.action !== "ended") return { kind: "refused", reason: "change" };
  const states: RoomState[] = [];
  let previous = ending.from === "first" ? null : ending.from;
  for (const event of ending.husks) {
    const isJoining = previous === null && event.epoch > 0;
    const check: RoomCheck = isJoining
      ? await checkJoiningHusk({ event, identityOf })
      : await checkHusk({ event, previous, identityOf });
    if (check.kind === "refused") return check;
    if (memberOf(check.state, account) === null) return { kind: "refused", reason: "not-mine" };
    states.push(check.state);
    previous = check.state;
  }
  const check = await checkRoomEvent({ event: end, previous, identityOf });
  if (check.kind === "refused") return check;
  if (memberOf(check.state, account) === null) return { kind: "refused", reason: "not-mine" };
  return { kind: "ended", states: [...states, check.state] };
}
