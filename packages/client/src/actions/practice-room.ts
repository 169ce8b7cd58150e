import { mayRunPractice } from "@sotto/domain";
import type { PersonId, StaffPerson, StaffRole } from "@sotto/domain";
import { identityHash, localKey, memberOf, wipe } from "@sotto/vault";
import type { InvitedRole } from "@sotto/vault";
import type { Done } from "../client.ts";
import { done, refused } from "../done.ts";
import type { Home } from "../home.ts";
import { faceOf, makeId, practiceRoomId } from "../ids.ts";
import { olderLocalKeys } from "../local/vault-keys.ts";
import { familyStateOf } from "../queries/family-state.ts";
import { INVITED_AS_SETTING } from "../sign-in/invitation.ts";
import type { RoomMemory } from "../sync/room-memory.ts";
import { createRoom, meAsKeeper } from "./change-room.ts";
import type { Newcomer } from "./change-room.ts";

/** The practice's own room, which holds its record of its staff; null for families, and for staff who have not been let in yet. */
export function practiceRoomOf(home: Home): RoomMemory | null {
  return home.rooms.all.find(({ card }) => card.kind === "practice") ?? null;
}

/** As what this person came; null for whoever set the practice up. */
const invitedAs = (home: Home): string | null =>
  home.vault.state.settings.find(({ key }) => key === INVITED_AS_SETTING)?.value ?? null;

/** True for whoever set the practice up. */
export const hasSetUp = (home: Home): boolean => invitedAs(home) === null;

/** What this person is in the practice, by its record or, before there is one, by how they came. */
export function myStaffRole(home: Home): StaffRole {
  const practice = practiceRoomOf(home);
  const recorded = practice === null ? null : staffOf(home, practice, home.person.account);
  if (recorded !== null) return recorded.role;
  return invitedAs(home) === "staff" ? "staff" : "therapist";
}

/** The person of the staff whose account this is, as recorded; null when nobody is. */
export function staffOf(home: Home, practice: RoomMemory, account: string): StaffPerson | null {
  const { joined, staff } = familyStateOf(home, practice);
  const found = [...joined.values()].find((line) => line.account === account);
  return found === undefined ? null : (staff.get(found.person) ?? null);
}

/** Somebody of the staff who has come in and not left, as a member of a room; null for everybody else. */
export function colleagueOf(practice: RoomMemory, person: PersonId): Newcomer | null {
  const { joined: everybody, left, staff } = practice.family;
  const [joined, known] = [everybody.get(person), staff.get(person)];
  if (joined === undefined || known === undefined || left.has(person)) return null;
  const { account } = joined;
  const role = mayRunPractice(known.role) ? "keeper" : "member";
  return {
    member: { account, role, identity: new Uint8Array(joined.identity) },
    person: { account, name: known.name, role: cardRoleOf(known.role), face: faceOf(account) },
  };
}

export const cardRoleOf = (role: StaffRole): InvitedRole => (role === "therapist" ? "therapist" : "staff");

/**
 * The practice's room for somebody who runs it, made now when whoever set the practice up first needs it. It begins with themselves.
 */
export async function needPracticeRoom(home: Home): Promise<Done<RoomMemory>> {
  const known = practiceRoomOf(home) ?? (hasSetUp(home) ? await makePracticeRoom(home) : null);
  if (known === null) return refused("not-here");
  if (memberOf(known.state, home.person.account)?.role !== "keeper") return refused("not-a-keeper");
  return recordMyself(home, known);
}

async function makePracticeRoom(home: Home): Promise<RoomMemory | null> {
  // The first of this person's local keys: it stays the same when the vault key is replaced.
  const oldest = olderLocalKeys(home.vault.state).at(-1);
  const secret = oldest ?? (await localKey(home.person.vaultKey.slice()));
  const room = practiceRoomId(secret);
  wipe(secret);
  const card = { kind: "practice" as const, title: "", family: null, familyName: "" };
  const made = await createRoom(home, { room, card, people: [meAsKeeper(home)] });
  return made.kind === "done" ? home.rooms.get(room) : null;
}

/** Whoever made the room is its first entry; a crash between the two is made good here. */
async function recordMyself(home: Home, practice: RoomMemory): Promise<Done<RoomMemory>> {
  const me = home.vault.state.identities.at(-1);
  if (me === undefined) return refused("locked");
  if (!hasSetUp(home) || staffOf(home, practice, home.person.account) !== null) return done(practice);
  const { account } = home.person;
  const { invitations, joined: others, staff } = familyStateOf(home, practice);
  const isInvited = (one: StaffPerson) =>
    [...invitations.values()].some(({ person }) => person === one.person);
  // Whoever is named, has not joined and was never invited is whoever made the room.
  const named = [...staff.values()].find((one) => !others.has(one.person) && !isInvited(one));
  const person = named?.person ?? makeId<PersonId>(home.ports.random);
  if (named === undefined) {
    const myself: StaffPerson = { person, name: home.vault.state.displayName, role: "therapist" };
    const posted = await home.outbox.post(practice.room, { kind: "staff", staff: myself });
    if (posted.kind === "refused") return posted;
  }
  const identity = identityHash(me.record);
  const joined = { kind: "person-joined", person, account, identity, verified: "in-person" } as const;
  const posted = await home.outbox.post(practice.room, joined);
  return posted.kind === "refused" ? posted : done(practice);
}
