import type { AccountId, AgreementVersion } from "@sotto/domain";
import { memberOf } from "@sotto/vault";
import type { Done } from "../../client.ts";
import { DONE } from "../../done.ts";
import type { Home } from "../../home.ts";
import { toId } from "../../ids.ts";
import type { RoomMemory } from "../../sync/room-memory.ts";
import { addMember, earliestGiven, grantPast, newcomerOf, removeMember } from "../change-room.ts";
import { signersOf } from "./people.ts";

/**
 * When somebody who was there for a version and is out is let in for it again: `at-once` where whatever they were taken out for has failed, `when-quiet` where it may
 * still be on its way, and `never` where a later version has stood that did not ask them.
 */
type Back = "at-once" | "when-quiet" | "never";

/** Adds whoever is asked to sign and has joined. They read on from the epoch in which the version was put before them, where it has been. */
export async function letSignersIn(
  home: Home,
  team: RoomMemory,
  wish: {
    readonly room: RoomMemory;
    readonly version: AgreementVersion;
    readonly back: Back;
  },
): Promise<Done> {
  const { back, room, version } = wish;
  const from = room.agreement.versions.get(version.version)?.epoch ?? null;
  for (const person of signersOf(version)) {
    const newcomer = team.family.left.has(person) ? null : newcomerOf(home, team, person);
    const account = newcomer?.member.account ?? "";
    if (newcomer === null) continue;
    if (memberOf(room.state, account) === null) {
      const isLate = back === "at-once" || (back === "when-quiet" && isQuiet(home, room));
      if (from !== null && wasIn(room, account, from) && !isLate) continue;
      const added = await addMember(home, room.room, newcomer);
      if (added.kind === "refused") return added;
    }
    // Also where a run was cut off between the two: whoever is asked has to see what for.
    const now = home.rooms.get(room.room) ?? room;
    if (from === null || (now.readsFrom.get(account) ?? from) <= from) continue;
    const epoch = Math.max(from, earliestGiven(now));
    const given = await grantPast(home, room.room, { account: toId(account), from: epoch });
    if (given.kind === "refused") return given;
  }
  return DONE;
}

/**
 * Whether somebody was there for a version already and is out again. They were taken out for what is offered next: between that and the offer itself the version before
 * still asks them, and whoever let them in for it would show them the next one.
 */
const wasIn = ({ epochs }: RoomMemory, account: string, from: number): boolean =>
  [...epochs].some(([epoch, { state }]) => epoch >= from && memberOf(state, account) !== null);

const QUIET_MS = 10 * 60_000;

/** Neither has anybody been taken out nor has a piece come for so long that no offer is on its way: one that was cut off keeps nobody out of what they are asked for. */
const isQuiet = ({ ports }: Home, { agreement, epochs, state }: RoomMemory): boolean => {
  const changedAt = epochs.get(state.epoch)?.at ?? Infinity;
  return ports.now() - Math.max(changedAt, agreement.newestPieceAt) >= QUIET_MS;
};

/** Takes out whoever is in the room and is not asked by the next version: what is offered from here on is not theirs to read. */
export async function letOthersOut(
  home: Home,
  team: RoomMemory,
  { room, version }: { readonly room: RoomMemory; readonly version: AgreementVersion },
): Promise<Done> {
  const asked = new Set(signersOf(version).map((person) => team.family.joined.get(person)?.account));
  for (const { account, role } of room.state.members) {
    // Rosters hold ids; the vault gives them as text.
    if (role !== "member" || asked.has(account as AccountId)) continue;
    const removed = await removeMember(home, room.room, account as AccountId);
    if (removed.kind === "refused") return removed;
  }
  return DONE;
}
