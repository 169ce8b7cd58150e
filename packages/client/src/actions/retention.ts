import { isWithdrawn, mayConfirm, openDisposals, problemOfRule, roomsLeft, standingOf } from "@sotto/domain";
import type { Disposal, DisposalId, DisposalList, FamilyId, RetentionRule } from "@sotto/domain";
import { memberOf } from "@sotto/vault";
import type { Actions, Done } from "../client.ts";
import { DONE, done, refused } from "../done.ts";
import { isEncodable } from "../entry/codec.ts";
import type { Home } from "../home.ts";
import { makeId } from "../ids.ts";
import { isIncomplete, roomsToEnd } from "../queries/rooms-to-end.ts";
import type { RetentionActions } from "../retention.ts";
import { isWhole } from "../sync/room-memory.ts";
import type { RoomMemory } from "../sync/room-memory.ts";
import { teamRoomOf } from "./families.ts";
import { needPracticeRoom, practiceRoomOf } from "./practice-room.ts";
import { unlocked } from "./unlocked.ts";

/** How long a family's rooms are kept, and how they are ended. `home` answers null while locked. */
export function makeRetentionActions(home: () => Home | null): Pick<Actions, keyof RetentionActions> {
  /** For those who run the practice, by its newest record. */
  const running = <Value>(
    act: (home: Home, practice: RoomMemory) => Promise<Done<Value>>,
  ): Promise<Done<Value>> =>
    unlocked(home, async (open) => {
      if (open.person.standing !== "practice") return refused("not-allowed");
      const needed = await needPracticeRoom(open);
      if (needed.kind === "refused") return needed;
      const practice = await newest(open, needed.value);
      return practice === null || !isWhole(practice) ? refused("not-here") : act(open, practice);
    });
  const inFamily = (family: FamilyId, act: (home: Home, team: RoomMemory) => Promise<Done>): Promise<Done> =>
    unlocked(home, async (open) => {
      const team = teamRoomOf(open, family);
      return team === null ? refused("not-here") : act(open, team);
    });
  return {
    setRetentionRule: (rule) => running((open, practice) => setRule(open, practice, rule)),
    setHold: ({ family, reason }) =>
      inFamily(family, async (open, team) => {
        if (team.family.kept.hold === reason) return reason === null ? DONE : withdrawOpen(open, family);
        const posted = await open.outbox.post(team.room, { kind: "legal-hold", reason });
        return posted.kind === "refused" ? posted : withdrawOpen(open, family);
      }),
    setComesOfAge: ({ family, month }) =>
      inFamily(family, async (open, team) => {
        const entry = { kind: "comes-of-age", month } as const;
        return isEncodable(entry) ? open.outbox.post(team.room, entry) : refused("malformed");
      }),
    proposeDisposal: (wish) => running((open, practice) => propose(open, practice, wish)),
    confirmDisposal: ({ disposal }) => running((open, practice) => confirm(open, practice, disposal)),
    withdrawDisposal: ({ disposal }) =>
      running(async (open, practice) => {
        const known = practice.family.keptHere.disposals.get(disposal);
        if (known === undefined || roomsLeft(known).length === 0) return refused("not-here");
        return open.outbox.post(practice.room, { kind: "disposal-withdrawn", disposal });
      }),
  };
}

/** What the server has of a room now; null when it is not this person's any more. */
export async function newest(home: Home, { room }: RoomMemory): Promise<RoomMemory | null> {
  await home.rooms.pull(room);
  return home.rooms.get(room);
}

async function setRule(home: Home, practice: RoomMemory, rule: RetentionRule): Promise<Done> {
  if (problemOfRule(rule) !== null) return refused("rule-unusable");
  const entry = { kind: "retention-rule", rule } as const;
  return isEncodable(entry) ? home.outbox.post(practice.room, entry) : refused("too-long");
}

/** Whatever was proposed of a family is not what it was: it has to be proposed anew, when it may be. */
export async function withdrawOpen(home: Home, family: FamilyId): Promise<Done> {
  const practice = practiceRoomOf(home);
  if (practice === null || memberOf(practice.state, home.person.account)?.role !== "keeper") return DONE;
  for (const { disposal } of openDisposals(practice.family.keptHere, family)) {
    const posted = await home.outbox.post(practice.room, { kind: "disposal-withdrawn", disposal });
    if (posted.kind === "refused") return posted;
  }
  return DONE;
}

async function propose(
  home: Home,
  practice: RoomMemory,
  wish: { readonly family: FamilyId; readonly withRecord: boolean },
): Promise<Done<DisposalId>> {
  const known = teamRoomOf(home, wish.family);
  const team = known === null ? null : await newest(home, known);
  if (team === null) return refused("not-here");
  const { keptHere } = practice.family;
  if (openDisposals(keptHere, wish.family).length > 0) return refused("proposed-already");
  if (isIncomplete(team)) return refused("in-the-way");
  const which = wish.withRecord ? (["family", "record"] as const) : (["family"] as const);
  const now = home.ports.now();
  const standings = which.map((rooms) =>
    standingOf({ kept: team.family.kept, rule: keptHere.rule, rooms, now }),
  );
  const { rule } = keptHere;
  if (rule === null || standings.some(({ obstacles }) => obstacles.length > 0)) return refused("in-the-way");
  const list: DisposalList = {
    disposal: makeId<DisposalId>(home.ports.random),
    family: wish.family,
    rooms: roomsToEnd(home, team).map(({ room }) => room),
    record: wish.withRecord ? team.room : null,
    rule,
    dueSince: Math.max(...standings.map(({ dueAt }) => dueAt ?? now)),
  };
  if (list.rooms.length === 0 && list.record === null) return refused("empty");
  const entry = { kind: "disposal-proposed", list } as const;
  if (!isEncodable(entry)) return refused("too-long");
  const posted = await home.outbox.post(practice.room, entry);
  if (posted.kind === "refused") return posted;
  // By the log's own time it may not be due yet.
  const after = await newest(home, practice);
  const isTaken = after?.family.keptHere.disposals.has(list.disposal) === true;
  return isTaken ? done(list.disposal) : refused("in-the-way");
}

async function confirm(home: Home, practice: RoomMemory, id: DisposalId): Promise<Done> {
  const disposalIn = (memory: RoomMemory): Disposal | null =>
    memory.family.keptHere.disposals.get(id) ?? null;
  const disposal = disposalIn(practice);
  if (disposal === null) return refused("not-here");
  const { account: by } = home.person;
  const may = mayConfirm(practice.family.keptHere, practice.family, {
    disposal,
    by,
    now: home.ports.now(),
  });
  if (may.kind === "not-yet") return refused("too-early");
  if (may.kind === "no") {
    if (may.why === "same-person") return refused("needs-another");
    return refused(may.why === "over" ? "not-here" : "not-allowed");
  }
  const posted = await home.outbox.post(practice.room, { kind: "disposal-confirmed", disposal: id });
  if (posted.kind === "refused") return posted;
  const after = await newest(home, practice);
  const taken = after === null ? null : disposalIn(after);
  if (after === null || taken === null) return refused("not-here");
  if (taken.confirmed !== null) return DONE;
  // Somebody was faster; or the log's own time says that the week has not gone by.
  return refused(isWithdrawn(after.family.keptHere, taken) ? "not-here" : "too-early");
}
