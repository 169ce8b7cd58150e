import { LIMITS } from "@sotto/contract";
import type { PersonId, StaffPerson } from "@sotto/domain";
import { memberOf } from "@sotto/vault";
import type { Actions, Done } from "../client.ts";
import { DONE, refused } from "../done.ts";
import type { Home } from "../home.ts";
import { isEncodable } from "../entry/codec.ts";
import type { RoomMemory } from "../sync/room-memory.ts";
import { invite, revokeInvitations, showInvitation } from "./families.ts";
import { hangingOn } from "./hand-over.ts";
import { needPracticeRoom, practiceRoomOf } from "./practice-room.ts";
import { tendPractice } from "./tend.ts";
import { unlocked } from "./unlocked.ts";

type StaffActions = Pick<
  Actions,
  "inviteStaff" | "showStaffInvitation" | "revokeStaffInvitation" | "leavePractice" | "endStaff"
>;

/** Who works in the practice: who comes, and who goes. `home` answers null while locked. */
export function makeStaffActions(home: () => Home | null): StaffActions {
  /** For those who run the practice. */
  const running = <Value>(
    act: (home: Home, practice: RoomMemory) => Promise<Done<Value>>,
  ): Promise<Done<Value>> =>
    unlocked(home, async (open) => {
      if (open.person.standing !== "practice") return refused("not-allowed");
      const practice = await needPracticeRoom(open);
      return practice.kind === "refused" ? practice : act(open, practice.value);
    });
  return {
    inviteStaff: ({ days, staff }) => running((open, practice) => inviteStaff(open, practice, staff, days)),
    showStaffInvitation: ({ person }) => running((open, practice) => showInvitation(open, practice, person)),
    revokeStaffInvitation: ({ person }) => running((open, practice) => takeBack(open, practice, person)),
    leavePractice: () => unlocked(home, leavePractice),
    endStaff: (wish) => running((open, practice) => endStaff(open, practice, wish)),
  };
}

type Invited = ReturnType<StaffActions["inviteStaff"]>;

async function inviteStaff(home: Home, practice: RoomMemory, wish: StaffPerson, days: number): Invited {
  const staff = { ...wish, name: wish.name.trim() };
  if (staff.name === "") return refused("empty");
  if (!isEncodable({ kind: "staff", staff })) return refused("too-long");
  const known = practice.family.staff.get(staff.person);
  if (known?.name !== staff.name || known.role !== staff.role) {
    const posted = await home.outbox.post(practice.room, { kind: "staff", staff });
    if (posted.kind === "refused") return posted;
  }
  return invite(home, practice, staff.person, Math.min(days, LIMITS.invitationAgeDaysMax));
}

/** Somebody who was invited and never came was never of the staff. */
async function takeBack(home: Home, practice: RoomMemory, person: PersonId): Promise<Done> {
  const revoked = await revokeInvitations(home, practice, person);
  if (revoked.kind === "refused" || practice.family.joined.has(person)) return revoked;
  await home.outbox.add(practice.room, { kind: "person-left", person });
  return DONE;
}

/** Asks to be taken out of the practice, when nothing hangs on this person any more. Somebody who stays carries it out. */
async function leavePractice(home: Home): Promise<Done> {
  const practice = practiceRoomOf(home);
  if (practice === null) return refused("nobody-else");
  const { account } = home.person;
  const isKeptByOthers = practice.state.members.some(
    (member) => member.role === "keeper" && member.account !== account,
  );
  if (!isKeptByOthers) return refused("nobody-else");
  if (hangingOn(home).length > 0) return refused("still-in-rooms");
  if (practice.leaving.has(account)) return DONE;
  return home.outbox.post(practice.room, { kind: "leave-asked" });
}

/** Ends somebody's account with the practice. Their sessions end first: whoever is gone must not read one word more. */
async function endStaff(
  home: Home,
  practice: RoomMemory,
  { evenSo, person }: { readonly person: PersonId; readonly evenSo: boolean },
): Promise<Done> {
  const account = practice.family.joined.get(person)?.account;
  if (account === undefined) return refused("not-here");
  if (account === home.person.account) return refused("not-allowed");
  const besides = memberOf(practice.state, account) === null ? null : practice.room;
  const ended = await home.call("endAccount", { params: { account }, body: { besides, evenSo } });
  if (ended.kind === "refused") return ended;
  const posted = await home.outbox.post(practice.room, { kind: "person-left", person });
  if (posted.kind === "refused") return posted;
  await tendPractice(home, practice);
  return DONE;
}
