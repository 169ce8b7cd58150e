import { mayRunPractice } from "@sotto/domain";
import type { AccountId, FamilyId, PersonId } from "@sotto/domain";
import { memberOf } from "@sotto/vault";
import { roomsForCustodian } from "../actions/custodian.ts";
import { hangingOn } from "../actions/hand-over.ts";
import { myStaffRole, practiceRoomOf, hasSetUp } from "../actions/practice-room.ts";
import type { CustodianView, HandOverLine, PracticeView, StaffPersonView } from "../client.ts";
import { isWhole } from "../sync/room-memory.ts";
import type { RoomMemory } from "../sync/room-memory.ts";
import { custodianNow } from "./custodian.ts";
import { familyStateOf } from "./family-state.ts";
import { practiceRetentionView } from "./retention-view.ts";
import { trustIn } from "./introduced.ts";
import { invitationOf, readerOf } from "./views.ts";
import { templatesView } from "./templates-view.ts";
import type { Scene } from "./views.ts";

/** The practice for its staff; null for families. */
export function practiceView(scene: Scene): PracticeView | null {
  const { home } = scene;
  if (home.person.standing !== "practice") return null;
  const practice = practiceRoomOf(home);
  const myRole = myStaffRole(home);
  const isLetIn = practice === null ? hasSetUp(home) : isWhole(practice);
  return {
    myRole,
    isLetIn,
    mayInvite: isLetIn && mayRunPractice(myRole),
    people: !isLetIn ? [] : practice === null ? [onlyMe(scene)] : staffIn(scene, practice),
    handOver: handOverLines(scene),
    isLeaving: practice?.leaving.has(home.person.account) === true,
    custodian: custodianView(scene),
    retention: practiceRetentionView(home, isLetIn ? practice : null),
    templates: templatesView(home, isLetIn ? practice : null),
  };
}

const custodianView = ({ home }: Scene): CustodianView | null => {
  const now = custodianNow(home);
  if (now === null) return null;
  const kept = roomsForCustodian(home);
  const rooms = kept.filter(({ state }) => memberOf(state, now.account) !== null).length;
  return { account: now.account, name: now.name, rooms, roomsInAll: kept.length };
};

/** Before anybody was invited the practice has no room of its own: it is whoever set it up. */
const onlyMe = ({ home }: Scene): StaffPersonView => ({
  // Nothing is recorded yet, and nothing is done with this id.
  staff: {
    person: home.person.account as string as PersonId,
    name: home.vault.state.displayName,
    role: "therapist",
  },
  account: home.person.account,
  isMe: true,
  verified: "in-person",
  invitation: null,
  isLeaving: false,
});

const staffIn = (scene: Scene, practice: RoomMemory): readonly StaffPersonView[] => {
  const state = familyStateOf(scene.home, practice);
  return [...state.staff.values()].flatMap((staff) => {
    if (state.left.has(staff.person)) return [];
    const joined = state.joined.get(staff.person);
    return [
      {
        staff,
        account: joined?.account ?? null,
        isMe: joined?.account === scene.home.person.account,
        verified: joined === undefined ? null : trustIn(scene.home, joined.account, null),
        invitation: invitationOf(scene, state, staff.person),
        isLeaving: joined !== undefined && practice.leaving.has(joined.account),
      },
    ];
  });
};

/** The families that hang on this person, by whatever room of theirs they are in. */
const handOverLines = (scene: Scene): readonly HandOverLine[] => {
  const lines = new Map<string, HandOverLine>();
  const { account } = scene.home.person;
  for (const memory of hangingOn(scene.home)) {
    const { family } = memory.card;
    if (family === null) continue;
    const known = lines.get(family);
    const keepers = memory.state.members.filter(({ role }) => role === "keeper");
    const isAlone = keepers.length === 1 && keepers[0]?.account === account;
    const isTeam = memory.card.kind === "team";
    const isHidden = scene.home.looks.isHidden(memory.room);
    lines.set(family, {
      // A room's family stands on its card as text.
      family: family as FamilyId,
      name: memory.card.familyName,
      closed: isTeam ? memory.family.closed : (known?.closed ?? false),
      others: isTeam && !isHidden ? othersIn(scene, memory) : (known?.others ?? []),
      keptAlone: (known?.keptAlone ?? 0) + (isAlone ? 1 : 0),
      isUnderWay: isTeam ? memory.leaving.has(account) : (known?.isUnderWay ?? false),
    });
  }
  return [...lines.values()];
};

const othersIn = (scene: Scene, team: RoomMemory): readonly string[] =>
  team.state.members.flatMap((member) => {
    const reader = readerOf(scene.home, team, member.account as AccountId);
    return reader.isMe || memberOf(team.state, member.account)?.role !== "keeper" ? [] : [reader.name];
  });
