import { familyOf, mayUseContact } from "@sotto/domain";
import type { FamilyId, Invitation, InvitationId, Person, PersonId, RoomId, RoomKind } from "@sotto/domain";
import { encodeUtf8, identityHash, makeFragment, makeInvitation, memberOf, toBase64Url } from "@sotto/vault";
import type { InvitedRole, InvitationWords } from "@sotto/vault";
import { LIMITS } from "@sotto/contract";
import type { Actions, Done } from "../client.ts";
import { DONE, done, refused } from "../done.ts";
import type { Home } from "../home.ts";
import { makeId, plannedRoomId, toId } from "../ids.ts";
import type { RoomMemory } from "../sync/room-memory.ts";
import { isEncodable } from "../entry/codec.ts";
import { custodianNow } from "../queries/custodian.ts";
import { familyStateOf } from "../queries/family-state.ts";
import { copyOf, isProven } from "./admit.ts";
import {
  addMember,
  createRoom,
  grantPast,
  keepersOf,
  meAsKeeper,
  newcomerOf,
  removeMember,
} from "./change-room.ts";
import { cardRoleOf, myStaffRole } from "./practice-room.ts";
import { isLost, readmit } from "./readmit.ts";
import { unlocked } from "./unlocked.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
/** As long as a room card has room for. */
const TITLE_BYTES_MAX = 200;

/** Rooms whose people follow from what they are: nobody is put in or taken out by hand. */
const IS_GIVEN: readonly RoomKind[] = ["private", "team", "practice", "agreement"];

type FamilyActions = Pick<
  Actions,
  | "createFamily"
  | "savePerson"
  | "invite"
  | "showInvitation"
  | "revokeInvitation"
  | "openRoom"
  | "addToRoom"
  | "removeFromRoom"
  | "readmit"
>;

/** The team room of a family, for one of its keepers; null for everybody else. */
export function teamRoomOf(home: Home, family: FamilyId): RoomMemory | null {
  const memory = home.rooms.get(plannedRoomId({ family, key: "team" }));
  const place = memory === null ? null : memberOf(memory.state, home.person.account);
  return place?.role === "keeper" ? memory : null;
}

/** What staff do about families. `home` answers null while locked. */
export function makeFamilyActions(home: () => Home | null): FamilyActions {
  const inFamily = <Value>(
    family: FamilyId,
    act: (home: Home, team: RoomMemory) => Promise<Done<Value>>,
  ): Promise<Done<Value>> =>
    unlocked(home, async (open) => {
      const team = teamRoomOf(open, family);
      return team === null ? refused("not-here") : act(open, team);
    });
  return {
    createFamily: ({ name }) => unlocked(home, (open) => createFamily(open, name.trim())),
    savePerson: ({ family, person }) => inFamily(family, (open, team) => savePerson(open, team, person)),
    invite: ({ days, family, person }) => inFamily(family, (open, team) => invite(open, team, person, days)),
    showInvitation: ({ family, person }) =>
      inFamily(family, (open, team) => showInvitation(open, team, person)),
    revokeInvitation: ({ family, person }) =>
      inFamily(family, (open, team) => revokeInvitations(open, team, person)),
    openRoom: ({ family, people, title }) =>
      inFamily(family, (open, team) => openFreeRoom(open, team, { family, people, title })),
    addToRoom: ({ from, person, room }) =>
      unlocked(home, (open) => addToRoom(open, room, { person, from: from ?? null })),
    readmit: ({ family, person }) => inFamily(family, (open, team) => readmit(open, team, person)),
    removeFromRoom: ({ account, room }) =>
      unlocked(home, async (open) => {
        // A private room is its person's: taken out once, they could not be let in again.
        const kind = open.rooms.get(room)?.card.kind;
        // A professional leaves the team's and the practice's room as they leave the family or the practice: with all that hangs on it.
        if (kind !== undefined && IS_GIVEN.includes(kind)) return refused("not-allowed");
        // The practice's continuity is in every room or in none: it is ended for the whole practice.
        if (custodianNow(open)?.account === account) return refused("not-allowed");
        return removeMember(open, room, account);
      }),
  };
}

async function addToRoom(
  home: Home,
  room: RoomId,
  { from, person }: { readonly person: PersonId; readonly from: number | null },
): Promise<Done> {
  const card = home.rooms.get(room)?.card;
  if (card === undefined || card.family === null) return refused("not-here");
  // One person's room with the therapists, and the therapists' own, are these or they are nothing.
  if (IS_GIVEN.includes(card.kind)) return refused("not-allowed");
  const team = home.rooms.all.find((memory) => memory.family.family === card.family);
  const newcomer = team === undefined ? null : newcomerOf(home, team, person);
  if (newcomer === null) return refused("not-here");
  const added = await addMember(home, room, newcomer);
  if (added.kind === "refused" || from === null) return added;
  return grantPast(home, room, { account: toId(newcomer.member.account), from });
}

async function createFamily(home: Home, name: string): Promise<Done<FamilyId>> {
  if (myStaffRole(home) !== "therapist") return refused("not-allowed");
  if (name === "") return refused("empty");
  if (!isEncodable({ kind: "family-profile", family: makeId(home.ports.random), name })) {
    return refused("too-long");
  }
  const family = makeId<FamilyId>(home.ports.random);
  const [team, shared] = [plannedRoomId({ family, key: "team" }), plannedRoomId({ family, key: "family" })];
  const people = [meAsKeeper(home)];
  const card = { family, familyName: name, title: "" };
  const made = await createRoom(home, { room: team, card: { ...card, kind: "team" }, people });
  if (made.kind === "refused") return made;
  const posted = await home.outbox.post(team, { kind: "family-profile", family, name });
  if (posted.kind === "refused") return posted;
  const both = await createRoom(home, { room: shared, card: { ...card, kind: "family" }, people });
  return both.kind === "refused" ? both : done(family);
}

async function savePerson(home: Home, team: RoomMemory, person: Person): Promise<Done> {
  if (person.name.trim() === "") return refused("empty");
  if (!isEncodable({ kind: "person", person })) return refused("too-long");
  if (person.safeContact !== null) {
    const everybody = home.rooms.all.flatMap((memory) => familyOf(familyStateOf(home, memory))?.people ?? []);
    const taken = mayUseContact(everybody, { person: person.person, contact: person.safeContact });
    if (taken !== null) return refused(taken.byMinor ? "contact-taken-by-minor" : "contact-taken");
  }
  await home.outbox.add(team.room, { kind: "person", person });
  return DONE;
}

interface Invitee {
  readonly name: string;
  readonly role: InvitedRole;
  readonly standing: "practice" | "family";
}

/** Somebody whom a record names: a person of the family, or in the practice's room one of the staff. */
const inviteeIn = (home: Home, record: RoomMemory, person: PersonId): Invitee | null => {
  const { left, people, staff } = familyStateOf(home, record);
  const [member, professional] = [people.get(person), staff.get(person)];
  if (left.has(person)) return null;
  if (member !== undefined) return { name: member.name, role: member.role, standing: "family" };
  if (professional === undefined) return null;
  return { name: professional.name, role: cardRoleOf(professional.role), standing: "practice" };
};

const wordsFor = (home: Home, { name, role }: Invitee): InvitationWords => ({
  practiceName: home.vault.state.practiceName,
  inviterName: home.vault.state.displayName,
  inviteeName: name,
  role,
});

const linkOf = (home: Home, fragment: string): string => `${home.ports.origin}/#${fragment}`;

type Shown = Done<{ readonly link: string; readonly expiresAt: number }>;

/** A fresh invitation for somebody whom this record names, of a family or of the practice. */
export async function invite(home: Home, team: RoomMemory, personId: PersonId, days: number): Promise<Shown> {
  const state = familyStateOf(home, team);
  const person = inviteeIn(home, team, personId);
  const me = home.vault.state.identities.at(-1);
  if (person === null || me === undefined) return refused("not-here");
  if (state.closed) return refused("room-closed");
  if (state.joined.has(personId)) return refused("invitation-used");
  // One link at a time leads in: the earlier ones become worthless first.
  const revoked = await revokeInvitations(home, team, personId);
  if (revoked.kind === "refused") return revoked;
  const inviter = identityHash(me.record);
  const id = makeId<InvitationId>(home.ports.random);
  const made = await makeInvitation({
    id,
    inviter,
    words: wordsFor(home, person),
    random: home.ports.random,
  });
  const daysUsed = Math.min(Math.max(1, Math.floor(days)), LIMITS.invitationAgeDaysMax);
  // A minute less than the limit, so that two clocks may differ.
  const expiresAt = home.ports.now() + daysUsed * DAY_MS - 60_000;
  const body = {
    invitation: id,
    tokenHash: toBase64Url(made.tokenHash),
    standing: person.standing,
    inviter: toBase64Url(inviter),
    expiresAt,
  };
  // The secret first: an invitation that nobody could admit must not exist.
  const { secret } = made;
  const entry = { invitation: id, person: personId, secret, inviterIdentity: inviter, expiresAt };
  const posted = await home.outbox.post(team.room, { kind: "invitation-made", ...entry });
  if (posted.kind === "refused") return posted;
  const answer = await home.call("makeInvitation", { body });
  if (answer.kind === "refused") {
    // Nobody has the link: an invitation that looks open would be one that leads nowhere.
    await home.outbox.add(team.room, { kind: "invitation-revoked", invitation: id });
    return answer;
  }
  return done({ link: linkOf(home, made.fragment), expiresAt });
}

const openInvitationsOf = (home: Home, team: RoomMemory, person: PersonId) =>
  [...familyStateOf(home, team).invitations.values()].filter(
    (invitation) =>
      invitation.person === person && !invitation.revoked && invitation.expiresAt > home.ports.now(),
  );

/** The link of an open invitation, made again from the record. */
export async function showInvitation(home: Home, team: RoomMemory, personId: PersonId): Promise<Shown> {
  const person = inviteeIn(home, team, personId);
  const invitation = openInvitationsOf(home, team, personId).at(-1);
  if (person === null || invitation === undefined || team.family.joined.has(personId)) {
    return refused("not-here");
  }
  const { expiresAt, invitation: id, inviterIdentity: inviter, secret } = invitation;
  const words = wordsFor(home, person);
  const fragment = await makeFragment({
    id,
    inviter: copyOf(inviter),
    secret: copyOf(secret),
    words,
    random: home.ports.random,
  });
  return done({ link: linkOf(home, fragment), expiresAt });
}

/** Makes every open invitation of a person worthless. */
export async function revokeInvitations(home: Home, team: RoomMemory, person: PersonId): Promise<Done> {
  for (const open of openInvitationsOf(home, team, person)) {
    const { invitation } = open;
    const answer = await home.call("revokeInvitation", { params: { invitation }, body: {} });
    // `not-here`: it was never registered, or has been swept.
    if (answer.kind === "refused" && answer.refusal !== "not-here") {
      if (answer.refusal !== "invitation-used" || !(await isSpentInVain(home, team, open))) return answer;
    }
    await home.outbox.add(team.room, { kind: "invitation-revoked", invitation });
  }
  return DONE;
}

/** The same for somebody who goes: whoever has come in has no open one. */
export async function revokeUnused(home: Home, record: RoomMemory, person: PersonId): Promise<Done> {
  return record.family.joined.has(person) ? DONE : revokeInvitations(home, record, person);
}

/**
 * True when whoever used it is not let in any more: the account was lost since, or somebody without the link's secret is said
 * to have used it, who never is.
 */
async function isSpentInVain(home: Home, team: RoomMemory, open: Invitation): Promise<boolean> {
  const answer = await home.call("listInvitations", { body: { invitations: [open.invitation] } });
  if (answer.kind === "refused") return false;
  const line = answer.value.invitations.find(({ invitation }) => invitation === open.invitation);
  const acceptance = line?.acceptance ?? null;
  if (acceptance === null) return false;
  return isLost(team, acceptance.account) || !(await isProven(open, acceptance));
}

async function openFreeRoom(
  home: Home,
  team: RoomMemory,
  wish: { readonly family: FamilyId; readonly people: readonly PersonId[]; readonly title: string },
): Promise<Done<RoomId>> {
  const title = wish.title.trim();
  if (team.family.closed) return refused("room-closed");
  if (title === "" || wish.people.length === 0) return refused("empty");
  if (encodeUtf8(title.toWellFormed()).length > TITLE_BYTES_MAX) return refused("too-long");
  const newcomers = wish.people.map((person) => newcomerOf(home, team, person));
  const people = newcomers.filter((newcomer) => newcomer !== null);
  if (people.length < newcomers.length) return refused("not-here");
  const room = makeId<RoomId>(home.ports.random);
  const card = { kind: "subgroup" as const, title, family: wish.family, familyName: team.family.name };
  const made = await createRoom(home, { room, card, people: [...keepersOf(team), ...people] });
  return made.kind === "refused" ? made : done(room);
}
