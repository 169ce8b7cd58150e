import {
  nextStep,
  openDisposals,
  roomsLeft,
  staffBehind,
  standingOf,
  isWithdrawn,
  mayConfirm,
} from "@sotto/domain";
import type { AccountId, Act, Disposal, FamilyId } from "@sotto/domain";
import { teamRoomOf } from "../actions/families.ts";
import { practiceRoomOf } from "../actions/practice-room.ts";
import type { Home } from "../home.ts";
import type {
  ActView,
  DisposalStep,
  DisposalView,
  DueLine,
  FamilyRetentionView,
  PracticeRetentionView,
} from "../retention.ts";
import type { RoomMemory } from "../sync/room-memory.ts";
import { familyStateOf } from "./family-state.ts";
import { haveRoomsEnded, isIncomplete, roomsToEnd } from "./rooms-to-end.ts";

/** What a practice's staff sees of how long families are kept; names only of those that this person looks after. */
export function practiceRetentionView(home: Home, practice: RoomMemory | null): PracticeRetentionView {
  if (practice === null) return { rule: null, due: [], open: [], ended: [], endedSinceSheets: false };
  const { endedSinceSheets, keptHere } = familyStateOf(home, practice);
  const disposals = [...keptHere.disposals.values()];
  const isOpen = (disposal: Disposal): boolean =>
    !isWithdrawn(keptHere, disposal) && roomsLeft(disposal).length > 0;
  const endedAt = ({ ended }: Disposal): number => Math.max(...ended.map(({ at }) => at));
  return {
    rule: keptHere.rule,
    due: dueLines(home, practice),
    open: disposals.filter(isOpen).map((disposal) => disposalView(home, practice, disposal)),
    ended: disposals
      .filter(({ ended }) => ended.length > 0)
      .toSorted((a, b) => endedAt(b) - endedAt(a))
      .map((disposal) => disposalView(home, practice, disposal)),
    endedSinceSheets,
  };
}

const dueLines = (home: Home, practice: RoomMemory): readonly DueLine[] => {
  const { rule } = familyStateOf(home, practice).keptHere;
  const now = home.ports.now();
  const withRooms = new Set(
    home.rooms.all.flatMap(({ card }) => (card.kind === "team" ? [] : [card.family])),
  );
  const lines = home.rooms.all.flatMap((memory): readonly DueLine[] => {
    // A room's family stands on its card as text.
    const family = memory.card.family as FamilyId | null;
    if (memory.card.kind !== "team" || family === null || home.looks.isHidden(memory.room)) return [];
    const { closed, kept, name } = familyStateOf(home, memory);
    if (!closed) return [];
    const rooms = withRooms.has(family) ? "family" : "record";
    return [{ family, name, standing: standingOf({ kept, rule, rooms, now }), closedAt: kept.closedAt }];
  });
  const dueAt = ({ standing }: DueLine): number => standing.dueAt ?? Number.POSITIVE_INFINITY;
  return lines.toSorted((a, b) => (dueAt(a) < dueAt(b) ? -1 : dueAt(a) > dueAt(b) ? 1 : 0));
};

/** A family as the practice's rule sees it. */
export function familyRetentionView(home: Home, team: RoomMemory): FamilyRetentionView {
  const practice = practiceRoomOf(home);
  const { keptHere } = practice === null ? { keptHere: null } : familyStateOf(home, practice);
  const { kept } = familyStateOf(home, team);
  const rule = keptHere?.rule ?? null;
  const now = home.ports.now();
  // A room's family stands on its card as text.
  const family = team.card.family as FamilyId | null;
  const open = keptHere === null || family === null ? undefined : openDisposals(keptHere, family)[0];
  return {
    rule,
    kept,
    family: standingOf({ kept, rule, rooms: "family", now }),
    record: standingOf({ kept, rule, rooms: "record", now }),
    isIncomplete: isIncomplete(team),
    toEnd: roomsToEnd(home, team),
    disposal: practice === null || open === undefined ? null : disposalView(home, practice, open),
    hasEnded: haveRoomsEnded(home, team),
  };
}

/** One disposal. The family's name stands in it for whoever looks after the family, and for nobody else. */
const disposalView = (home: Home, practice: RoomMemory, disposal: Disposal): DisposalView => {
  const { confirmed, dueSince, ended, family, proposed, record, rooms, rule } = disposal;
  const act = ({ at, by }: Act): ActView => ({ at, name: staffName(home, practice, by) });
  const team = teamRoomOf(home, family);
  const isHidden = team === null || home.looks.isHidden(team.room);
  const { account } = home.person;
  const proposer = staffBehind(practice.family, proposed.by);
  const me = staffBehind(practice.family, account);
  return {
    disposal: disposal.disposal,
    family,
    familyName: isHidden ? null : team.family.name,
    rooms: rooms.length,
    withRecord: record !== null,
    rule,
    dueSince,
    proposed: { ...act(proposed), isMe: me !== null && proposer?.person === me.person },
    confirmed: confirmed === null ? null : act(confirmed),
    step: stepOf(home, practice, disposal),
    ended: ended.map((one) => ({ ...act(one), room: one.room })),
  };
};

const stepOf = (home: Home, practice: RoomMemory, disposal: Disposal): DisposalStep => {
  const state = familyStateOf(home, practice);
  if (isWithdrawn(state.keptHere, disposal)) return { kind: "withdrawn" };
  const step = nextStep(state.keptHere, state, disposal);
  if (step.kind === "carry-out") return { kind: "under-way" };
  if (step.kind === "over") return { kind: "over" };
  const wish = { disposal, by: home.person.account, now: home.ports.now() };
  const may = mayConfirm(state.keptHere, state, wish);
  if (may.kind === "yes") return { kind: "may-confirm" };
  return may.kind === "not-yet" ? { kind: "may-confirm-from", at: may.from } : { kind: "needs-another" };
};

const staffName = (home: Home, practice: RoomMemory, account: AccountId): string =>
  staffBehind(familyStateOf(home, practice), account)?.name ?? "";
