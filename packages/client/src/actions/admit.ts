import { LIMITS } from "@sotto/contract";
import type { AnswerOf } from "@sotto/contract";
import { familyOf, planRooms, roomsDue } from "@sotto/domain";
import type { AccountId, Family, Invitation, PersonId } from "@sotto/domain";
import { equalBytes, fromBase64Url, identityHash, memberOf, verifyAcceptance } from "@sotto/vault";
import type { Bytes } from "@sotto/vault";
import { ClientFault, needed } from "../done.ts";
import type { Home } from "../home.ts";
import { plannedRoomId, toId } from "../ids.ts";
import { familyStateOf } from "../queries/family-state.ts";
import { hasEnded } from "../sync/ending.ts";
import { isWhole } from "../sync/room-memory.ts";
import type { RoomMemory } from "../sync/room-memory.ts";
import { addMember, createRoom, keepersOf, newcomerOf } from "./change-room.ts";
import { certify } from "./carry-out.ts";
import { roomsForCustodian, seatCustodian } from "./custodian.ts";
import { colleagueOf, practiceRoomOf } from "./practice-room.ts";
import { isLost, restoreRooms, shutLost } from "./readmit.ts";
import { restateFor, tendFamily, tendPractice } from "./tend.ts";

export type InvitationLines = AnswerOf<"listInvitations">["invitations"];
type Acceptance = NonNullable<InvitationLines[number]["acceptance"]>;

/**
 * How long a colleague's invitation is left to the colleague who made it. Whoever comes in knows that person, and would be warned of rosters that
 * somebody else signed first (decision 0039).
 */
const COLLEAGUE_FIRST_MS = 15_000;

/**
 * Acts on accepted invitations: verifies who came, writes it into the team room, and lets the family's rooms grow. Every
 * step is done once however often it runs, and by whichever of the staff's browsers: after a crash the next run goes on.
 * One invitation's or family's trouble stops no other; it is thrown at the end, for another run.
 */
export async function admitAccepted(home: Home): Promise<InvitationLines> {
  if (home.person.standing !== "practice") return [];
  const invitations = await linesOf(home);
  const practice = practiceRoomOf(home);
  const steps = [
    ...(practice === null ? [] : [() => tendPractice(home, practice), () => certify(home, practice)]),
    ...invitations.map((line) => () => admitLine(home, line)),
    ...teamsKeptBy(home).flatMap((team) => [() => tendFamily(home, team), () => makeRoomsDue(home, team)]),
    ...teamsKeptBy(home).map((team) => () => shutLost(home, team)),
    ...roomsForCustodian(home).map((room) => () => seatCustodian(home, room)),
  ];
  let trouble: ClientFault | null = null;
  for (const step of steps) {
    try {
      await step();
    } catch (error) {
      if (!(error instanceof ClientFault) || error.code === "closed") throw error;
      trouble = error;
    }
  }
  if (trouble !== null) throw trouble;
  return invitations;
}

/** What the server says of the invitations that this person's records hold. */
async function linesOf(home: Home): Promise<InvitationLines> {
  const ids = recordsKeptBy(home).flatMap((record) =>
    [...familyStateOf(home, record).invitations.values()].flatMap(({ invitation, revoked }) =>
      revoked ? [] : [invitation],
    ),
  );
  const lines: InvitationLines = [];
  for (let start = 0; start < ids.length; start += LIMITS.lookupsPerRequestMax) {
    const body = { invitations: ids.slice(start, start + LIMITS.lookupsPerRequestMax) };
    lines.push(...needed(await home.call("listInvitations", { body })).invitations);
  }
  return lines;
}

/** The practice's own room, too, where this person keeps it. */
const recordsKeptBy = (home: Home): readonly RoomMemory[] => {
  const practice = practiceRoomOf(home);
  const isKept = practice !== null && memberOf(practice.state, home.person.account)?.role === "keeper";
  return [...teamsKeptBy(home), ...(isKept ? [practice] : [])];
};

const teamsKeptBy = (home: Home): readonly RoomMemory[] =>
  home.rooms.all.filter(
    ({ card, state }) => card.kind === "team" && memberOf(state, home.person.account)?.role === "keeper",
  );

async function admitLine(home: Home, line: InvitationLines[number]): Promise<void> {
  if (line.state !== "accepted" || line.acceptance === null) return;
  for (const team of recordsKeptBy(home)) {
    const invitation = familyStateOf(home, team).invitations.get(toId(line.invitation));
    // A link that was revoked, if only on this device so far, lets nobody in, whatever the server says of it.
    if (invitation === undefined || invitation.revoked || team.family.left.has(invitation.person)) continue;
    // Whoever came by a link just before the family was closed waits until it is opened again.
    if (team.family.closed) continue;
    // Looked at again soon.
    if (isLeftToColleague(home, invitation)) throw new ClientFault("offline");
    if (await admitOne(home, team, invitation, line.acceptance)) {
      const { invitation: id } = line;
      needed(await home.call("admitInvitation", { params: { invitation: id }, body: {} }));
    }
  }
}

function isLeftToColleague(home: Home, { invitation, inviterIdentity }: Invitation): boolean {
  const isMine = home.vault.state.identities.some(({ record }) =>
    equalBytes(identityHash(record), copyOf(inviterIdentity)),
  );
  if (isMine) return false;
  const now = home.ports.now();
  const first = home.colleaguesMet.get(invitation) ?? now;
  home.colleaguesMet.set(invitation, first);
  return Math.abs(now - first) < COLLEAGUE_FIRST_MS;
}

/** True when whoever came held the secret of this invitation. */
export async function isProven(invitation: Invitation, acceptance: Acceptance): Promise<boolean> {
  return verifyAcceptance({
    secret: copyOf(invitation.secret),
    invitation: invitation.invitation,
    inviter: copyOf(invitation.inviterIdentity),
    joiner: fromBase64Url(acceptance.identity),
    proof: fromBase64Url(acceptance.proof),
  });
}

/** False when the proof is not of this invitation's secret: whoever came is not whom the link was given to. */
async function admitOne(
  home: Home,
  team: RoomMemory,
  invitation: Invitation,
  acceptance: Acceptance,
): Promise<boolean> {
  const identity = fromBase64Url(acceptance.identity);
  const account = toId<AccountId>(acceptance.account);
  // It was let in, and lost since: it never comes back.
  if (isLost(team, account)) return true;
  const isHolder = await isProven(invitation, acceptance);
  const record = isHolder ? await home.book.identityOf(identity) : null;
  if (record === null || record.account !== account) return false;
  const { person } = invitation;
  const known = team.family.joined.get(person);
  if (known !== undefined && known.account !== account) return false;
  pinContact(home, { account, identityHash: identity });
  if (known === undefined) {
    const body = { kind: "person-joined", person, account, identity, verified: "invitation" } as const;
    needed(await home.outbox.post(team.room, body));
  }
  if (team.card.kind === "practice") {
    await letStaffIn(home, team, person);
    return true;
  }
  await growRooms(home, team, person);
  await restoreRooms(home, team, { person, account, identity });
  return true;
}

const pinContact = (
  home: Home,
  contact: { readonly account: AccountId; readonly identityHash: Bytes },
): void => {
  if (home.vault.state.contacts.some((known) => known.account === contact.account)) return;
  const pinned = { ...contact, verified: "invitation" as const, at: home.ports.now() };
  home.vault.change((state) => ({ ...state, contacts: [...state.contacts, pinned] }));
};

async function letStaffIn(home: Home, practice: RoomMemory, person: PersonId): Promise<void> {
  const colleague = colleagueOf(practice, person);
  if (colleague === null) return;
  needed(await addMember(home, practice.room, colleague));
  await restateFor(home, practice);
}

/**
 * The rooms that a family is due. Whoever joined and left still counts in the plan, so that no second room grows for those
 * who stay; nothing is due to them. A closed family is due nothing.
 */
export const dueIn = ({ family: state }: RoomMemory, family: Family) => {
  if (state.closed) return [];
  const isOfPlan = ({ person }: Family["people"][number]) =>
    !state.left.has(person) || state.joined.has(person) || state.lost.has(person);
  const people = [...state.people.values()].filter(isOfPlan);
  const here = [...state.joined.keys()].filter((person) => !state.left.has(person));
  return roomsDue(planRooms({ ...family, people }), new Set(here));
};
type Due = ReturnType<typeof dueIn>[number];

/** Makes the rooms that are due with this person in them, and adds the person to those that are there. */
async function growRooms(home: Home, team: RoomMemory, person: PersonId): Promise<void> {
  const family = familyOf(team.family);
  const newcomer = newcomerOf(home, team, person);
  if (family === null || newcomer === null) return;
  for (const due of dueIn(team, family)) {
    if (!due.people.includes(person)) continue;
    await makeDue(home, team, { family, due });
    const room = plannedRoomId({ family: family.family, key: due.room.key });
    if (home.rooms.get(room) !== null) needed(await addMember(home, room, newcomer));
  }
}

/**
 * Makes the rooms that became due without anybody joining: a relation was recorded later. Rooms that are there stay as
 * they are, for a therapist may have taken somebody out of one.
 */
async function makeRoomsDue(home: Home, team: RoomMemory): Promise<void> {
  const family = familyOf(team.family);
  if (family === null || !isWhole(team)) return;
  for (const due of dueIn(team, family)) {
    const room = plannedRoomId({ family: family.family, key: due.room.key });
    if (home.rooms.get(room) === null) await makeDue(home, team, { family, due });
  }
}

/** Makes a room that is due. One that a colleague keeps without this person is left to them. */
async function makeDue(
  home: Home,
  team: RoomMemory,
  { due, family }: { readonly due: Due; readonly family: Family },
): Promise<void> {
  const everybody = due.people
    .map((person) => newcomerOf(home, team, person))
    .filter((other) => other !== null);
  const room = plannedRoomId({ family: family.family, key: due.room.key });
  // What has ended is never made again.
  if (home.elsewhere.has(room) || hasEnded(home.vault.state, room)) return;
  const { kind, subgroup } = due.room;
  const card = { kind, title: subgroup ?? "", family: family.family, familyName: family.name };
  const made = await createRoom(home, { room, card, people: [...keepersOf(team), ...everybody] });
  if (made.kind === "refused" && made.refusal === "not-here") home.elsewhere.add(room);
  else needed(made);
}

/** A copy that owns its buffer, as WebCrypto wants it. */
export function copyOf(bytes: Uint8Array): Bytes {
  return new Uint8Array(bytes);
}
