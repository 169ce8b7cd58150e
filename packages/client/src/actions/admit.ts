import type { AnswerOf } from "@sotto/contract";
import { familyOf, planRooms, roomsDue } from "@sotto/domain";
import type { AccountId, Invitation, PersonId } from "@sotto/domain";
import { fromBase64Url, memberOf, verifyAcceptance } from "@sotto/vault";
import { ClientFault } from "../done.ts";
import type { Done } from "../client.ts";
import type { Home } from "../home.ts";
import { faceOf, plannedRoomId, toId } from "../ids.ts";
import type { RoomMemory } from "../sync/room-memory.ts";
import { addMember, createRoom, keepersOf } from "./change-room.ts";
import type { Newcomer } from "./change-room.ts";

export type InvitationLines = AnswerOf<"listInvitations">["invitations"];

/**
 * Acts on accepted invitations: verifies who came, writes it into the team room, and lets the family's rooms grow. Every
 * step is done once however often it runs, and by whichever of the staff's browsers: after a crash the next run goes on.
 */
export async function admitAccepted(home: Home): Promise<InvitationLines> {
  if (home.person.standing !== "practice") return [];
  const answer = await home.call("listInvitations");
  if (answer.kind === "refused") throw new ClientFault("offline");
  for (const line of answer.value.invitations) {
    if (line.state !== "accepted" || line.acceptance === null) continue;
    for (const team of home.rooms.all) {
      const invitation = [...team.family.invitations.values()].find(
        (made) => made.invitation === line.invitation,
      );
      if (invitation === undefined || !isKeeperOf(home, team)) continue;
      if (await admitOne(home, team, invitation, line.acceptance)) {
        const { invitation: id } = line;
        must(await home.call("admitInvitation", { params: { invitation: id }, body: {} }));
      }
    }
  }
  return answer.value.invitations;
}

const isKeeperOf = (home: Home, memory: RoomMemory): boolean =>
  memory.card.kind === "team" && memberOf(memory.state, home.person.account)?.role === "keeper";

type Acceptance = NonNullable<InvitationLines[number]["acceptance"]>;

/** False when the proof is not of this invitation's secret: whoever came is not whom the link was given to. */
async function admitOne(
  home: Home,
  team: RoomMemory,
  invitation: Invitation,
  acceptance: Acceptance,
): Promise<boolean> {
  const identity = fromBase64Url(acceptance.identity);
  const account = toId<AccountId>(acceptance.account);
  const isProven = await verifyAcceptance({
    secret: new Uint8Array(invitation.secret),
    invitation: invitation.invitation,
    inviter: new Uint8Array(invitation.inviterIdentity),
    joiner: identity,
    proof: fromBase64Url(acceptance.proof),
  });
  const record = isProven ? await home.book.identityOf(identity) : null;
  if (record === null || record.account !== account) return false;
  pinContact(home, { account, identityHash: identity });
  const { person } = invitation;
  const known = team.family.joined.get(person);
  if (known !== undefined && known.account !== account) return false;
  if (known === undefined) {
    const body = { kind: "person-joined", person, account, identity, verified: "invitation" } as const;
    must(await home.outbox.post(team.room, body));
  }
  await growRooms(home, team, person);
  return true;
}

const pinContact = (
  home: Home,
  contact: { readonly account: AccountId; readonly identityHash: Newcomer["member"]["identity"] },
): void => {
  if (home.vault.state.contacts.some((known) => known.account === contact.account)) return;
  const pinned = { ...contact, verified: "invitation" as const, at: home.ports.now() };
  home.vault.change((state) => ({ ...state, contacts: [...state.contacts, pinned] }));
};

/** Makes the rooms that are due with this person in them, and adds the person to those that are there. */
async function growRooms(home: Home, team: RoomMemory, person: PersonId): Promise<void> {
  const family = familyOf(team.family);
  const newcomer = newcomerOf(team, person);
  if (family === null || newcomer === null) return;
  const due = roomsDue(planRooms(family), new Set(team.family.joined.keys()));
  for (const { people, room: planned } of due) {
    if (!people.includes(person)) continue;
    const room = plannedRoomId({ family: family.family, key: planned.key });
    const everybody = people.map((other) => newcomerOf(team, other)).filter((other) => other !== null);
    const card = {
      kind: planned.kind,
      title: planned.subgroup ?? "",
      family: family.family,
      familyName: family.name,
    };
    must(await createRoom(home, { room, card, people: [...keepersOf(team), ...everybody] }));
    must(await addMember(home, room, newcomer));
  }
}

/** A person of the family who has joined, as a member of a room; null before they have. */
export function newcomerOf(team: RoomMemory, person: PersonId): Newcomer | null {
  const joined = team.family.joined.get(person);
  const known = team.family.people.get(person);
  if (joined === undefined || known === undefined) return null;
  const { account } = joined;
  return {
    member: { account, role: "member", identity: new Uint8Array(joined.identity) },
    person: { account, name: known.name, role: known.role, face: faceOf(account) },
  };
}

/** A step that could not be taken now is taken again at the next run. */
const must = (step: Done<unknown>): void => {
  if (step.kind === "refused") throw new ClientFault("offline");
};
