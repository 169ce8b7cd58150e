import type { AgreementVersion } from "@sotto/domain";
import { memberOf } from "@sotto/vault";
import type { Done } from "../../client.ts";
import { DONE } from "../../done.ts";
import type { Home } from "../../home.ts";
import { toId } from "../../ids.ts";
import type { RoomMemory } from "../../sync/room-memory.ts";
import { addMember, earliestGiven, grantPast, newcomerOf } from "../change-room.ts";
import { signersOf } from "./people.ts";

/** Adds whoever is asked to sign and has joined. `from`: the epoch from which they read on, so that they see what was put before them. */
export async function letSignersIn(
  home: Home,
  team: RoomMemory,
  wish: { readonly room: RoomMemory; readonly version: AgreementVersion; readonly from: number | null },
): Promise<Done> {
  const { from, room, version } = wish;
  for (const person of signersOf(version)) {
    const newcomer = team.family.left.has(person) ? null : newcomerOf(home, team, person);
    const account = newcomer?.member.account ?? "";
    if (newcomer === null || memberOf(room.state, account) !== null) continue;
    const added = await addMember(home, room.room, newcomer);
    if (added.kind === "refused") return added;
    if (from === null) continue;
    const epoch = Math.max(from, earliestGiven(home.rooms.get(room.room) ?? room));
    const given = await grantPast(home, room.room, { account: toId(account), from: epoch });
    if (given.kind === "refused") return given;
  }
  return DONE;
}
