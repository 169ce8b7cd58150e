import type {
  AccountId,
  Family,
  FamilyId,
  FamilyState,
  PersonId,
  RoomId,
  SubgroupKind,
  Verification,
} from "@sotto/domain";
import { familyOf, parseId } from "@sotto/domain";
import { memberOf } from "@sotto/vault";
import type {
  FamilyLineView,
  FamilyPersonView,
  FamilyView,
  Reader,
  RoomLineEntry,
  RoomLineView,
  RoomView,
} from "../client.ts";
import { dueIn } from "../actions/admit.ts";
import type { InvitationLines } from "../actions/admit.ts";
import { teamRoomOf } from "../actions/families.ts";
import { mayLeave } from "../actions/leave.ts";
import { privateRoomIn, whyReadOnly } from "../actions/read-only.ts";
import { understoodIn } from "../actions/trust.ts";
import type { Home } from "../home.ts";
import { faceOf, plannedRoomId } from "../ids.ts";
import { familyStateOf } from "./family-state.ts";
import type { LogLine, RoomMemory } from "../sync/room-memory.ts";

const SUBGROUPS: readonly SubgroupKind[] = ["couple", "guardians", "siblings"];

/** What the views are computed from, while unlocked. */
export interface Scene {
  readonly home: Home;
  readonly invitations: InvitationLines;
}

/** One person of a room, as its cards name them; somebody who has left keeps their name. */
export function readerOf(scene: Scene, memory: RoomMemory, named: AccountId): Reader {
  const account = nowOf(memory, named);
  const person = memory.people.get(account) ?? memory.people.get(named);
  const isMe = account === scene.home.person.account;
  const role = memberOf(memory.state, account)?.role;
  return {
    account,
    name: person?.name ?? "",
    role: person?.role ?? "",
    face: faceOf(account),
    isMe,
    canWrite: role !== undefined && role !== "reader",
    verified: isMe ? "in-person" : verificationOf(scene, account),
    keysChanged: !isMe && hasNewKeys(scene, memory, account),
  };
}

/** Who lost everything and came back is the same person: what they wrote before is theirs. */
const nowOf = (memory: RoomMemory, account: AccountId): AccountId => {
  let now = account;
  for (let step = 0; step < memory.returned.size; step++) now = memory.returned.get(now) ?? now;
  return now;
};

/** New keys, vouched for by a keeper and not compared by this person, who admitted nobody themselves either. */
const hasNewKeys = (scene: Scene, memory: RoomMemory, account: AccountId): boolean =>
  [...memory.returned.values()].includes(account) && verificationOf(scene, account) === "introduced";

/** How this person came to trust an account: by their own check, or by a keeper's word alone. */
export const verificationOf = (scene: Scene, account: AccountId): Verification =>
  scene.home.vault.state.contacts.find((contact) => contact.account === account)?.verified ?? "introduced";

/** Everything of a room but what was said in it. */
export function roomLine(scene: Scene, memory: RoomMemory): RoomLineView {
  const { card, room } = memory;
  const last = memory.lines.findLast((line) => line.kind === "message");
  const subgroup = SUBGROUPS.find((kind) => card.kind === "subgroup" && kind === card.title) ?? null;
  return {
    room,
    kind: card.kind,
    subgroup,
    title: subgroup === null ? card.title || nameOfWhoLeft(scene, memory) : "",
    family: card.family === null ? null : parseId<FamilyId>(card.family),
    familyName: card.familyName,
    readers: readersOf(scene, memory),
    closed: memory.state.closed,
    readOnly: whyReadOnly(scene.home, memory),
    lastText: last?.kind === "message" ? last.text : "",
    lastAt: last?.at ?? null,
    unread: unreadIn(scene, memory),
  };
}

/** A private room whose person has left is called by their name, as the family's record has it. */
const nameOfWhoLeft = ({ home }: Scene, { card, room, state }: RoomMemory): string => {
  if (card.kind !== "private" || card.family === null) return "";
  if (state.members.some(({ role }) => role !== "keeper")) return "";
  // A room's family stands on its card as text.
  const family = card.family as FamilyId;
  const record = teamRoomOf(home, family)?.family;
  const left = [...(record?.left ?? [])].find(
    (person) => plannedRoomId({ family, key: `private:${person}` }) === room,
  );
  return left === undefined ? "" : (record?.people.get(left)?.name ?? "");
};

const readersOf = (scene: Scene, memory: RoomMemory): readonly Reader[] =>
  memory.state.members.map((member) => {
    // Rosters hold ids; the vault gives them as text.
    return readerOf(scene, memory, member.account as AccountId);
  });

const unreadIn = (scene: Scene, memory: RoomMemory): number => {
  const read = scene.home.desk.readSeqOf(memory.room);
  let unread = 0;
  for (let index = memory.lines.length - 1; index >= 0; index--) {
    const line = memory.lines[index];
    if (line === undefined || line.seq <= read) break;
    if (line.kind === "message" && line.author !== scene.home.person.account) unread++;
  }
  return unread;
};

/** The rooms, the one with the newest word first. */
export function roomLines(scene: Scene): readonly RoomLineView[] {
  const lines = scene.home.rooms.all.map((memory) => roomLine(scene, memory));
  return lines.toSorted((a, b) => (b.lastAt ?? 0) - (a.lastAt ?? 0) || (a.room < b.room ? -1 : 1));
}

/** A whole room with what waits to be sent at the end; null when it is not here. */
export function roomView(scene: Scene, room: RoomId): RoomView | null {
  const memory = scene.home.rooms.get(room);
  if (memory === null) return waitingOnly(scene, room);
  const me = memberOf(memory.state, scene.home.person.account);
  const readers = new Map<AccountId, Reader>();
  const authorOf = (account: AccountId): Reader => {
    const known = readers.get(account) ?? readerOf(scene, memory, account);
    readers.set(account, known);
    return known;
  };
  const said = memory.lines.map((line) => lineView(line, authorOf));
  const line = roomLine(scene, memory);
  return {
    ...line,
    entries: [...said, ...waitingLines(scene, room, authorOf(scene.home.person.account))],
    mayWrite: line.readOnly === null,
    mayLeaveFamily: mayLeaveFamily(scene, memory),
    mayChangeReaders: me?.role === "keeper",
    warnings: readersOf(scene, memory).filter(
      (reader) => reader.keysChanged && !understoodIn(scene.home.vault.state).includes(reader.account),
    ),
    draft: scene.home.desk.draftOf(room),
  };
}

const lineView = (line: LogLine, authorOf: (account: AccountId) => Reader): RoomLineEntry => {
  switch (line.kind) {
    case "audience":
    case "notice":
      return line;
    case "granted":
      return { ...line, by: authorOf(line.by), to: authorOf(line.to) };
    case "returned": {
      const { account, ...rest } = line;
      return { ...rest, by: authorOf(line.by), person: authorOf(account) };
    }
    case "message": {
      const { at, author, entry, text } = line;
      return { kind: "message", entry, author: authorOf(author), text, at, state: { kind: "sent" } };
    }
  }
};

const waitingLines = (scene: Scene, room: RoomId, author: Reader): readonly RoomLineEntry[] =>
  scene.home.outbox
    .of(room)
    .flatMap(({ at, body, entry, state }) =>
      body.kind === "message"
        ? [{ kind: "message", entry, author, text: body.text, at, state } as const]
        : [],
    );

/** A room that this person is no longer in shows what they wrote and could not send, until they discard it. */
const waitingOnly = (scene: Scene, room: RoomId): RoomView | null => {
  const { account } = scene.home.person;
  const name = scene.home.vault.state.displayName;
  const face = faceOf(account);
  const me: Reader = {
    account,
    name,
    role: "",
    face,
    isMe: true,
    canWrite: false,
    verified: "in-person",
    keysChanged: false,
  };
  const entries = waitingLines(scene, room, me);
  if (entries.length === 0) return null;
  return {
    room,
    kind: "subgroup",
    subgroup: null,
    title: "",
    family: null,
    familyName: "",
    readers: [],
    closed: false,
    readOnly: null,
    lastText: "",
    lastAt: null,
    unread: 0,
    entries,
    mayWrite: false,
    mayLeaveFamily: false,
    mayChangeReaders: false,
    warnings: [],
    draft: "",
  };
};

/** The families whose team rooms this person keeps. */
export function familyLines(scene: Scene): readonly FamilyLineView[] {
  return scene.home.rooms.all.flatMap((memory) => {
    const state = familyStateOf(scene.home, memory);
    const family = familyOf(state);
    if (family === null) return [];
    const joined = family.people.filter(({ person }) => state.joined.has(person)).length;
    const { closed } = state;
    return [{ family: family.family, name: family.name, people: family.people.length, joined, closed }];
  });
}

/** One family as its keepers see it; null for everybody else. */
export function familyView(scene: Scene, id: FamilyId): FamilyView | null {
  const team = teamRoomOf(scene.home, id);
  const state = team === null ? null : familyStateOf(scene.home, team);
  const family = state === null ? null : familyOf(state);
  if (team === null || state === null || family === null) return null;
  const people = family.people.map((person): FamilyPersonView => {
    const joined = state.joined.get(person.person);
    return {
      person,
      account: joined?.account ?? null,
      verified: joined === undefined ? null : joined.verified,
      hasLost: joined === undefined && state.lost.has(person.person),
      invitation: invitationOf(scene, state, person.person),
    };
  });
  return {
    family: id,
    name: family.name,
    people,
    left: [...state.left].flatMap((person) => state.people.get(person)?.name ?? []),
    closed: state.closed,
    professionals: team.state.members.map(({ account }) => ({
      // Rosters hold ids; the vault gives them as text.
      ...readerOf(scene, team, account as AccountId),
      isLeaving: team.leaving.has(account),
    })),
    rooms: roomLines(scene).filter((line) => line.family === id),
    outOfReach: outOfReach(scene, team, family),
  };
}

/** Rooms that the structure has made, as far as is known, and that are not here: a colleague keeps them without this person. */
const outOfReach = (scene: Scene, team: RoomMemory, family: Family): FamilyView["outOfReach"] =>
  dueIn(team, family).flatMap(({ people, room: { key, kind, subgroup } }) => {
    const room = plannedRoomId({ family: family.family, key });
    if (scene.home.rooms.get(room) !== null || !scene.home.elsewhere.has(room)) return [];
    const names = people.map((person) => team.family.people.get(person)?.name ?? "");
    return [{ room, kind, subgroup, names }];
  });

const mayLeaveFamily = ({ home }: Scene, { card }: RoomMemory): boolean => {
  // A room's family stands on its card as text.
  const own = card.family === null ? null : privateRoomIn(home, card.family as FamilyId);
  return own !== null && mayLeave(home, own);
};

export const invitationOf = (
  scene: Scene,
  state: FamilyState,
  person: PersonId,
): FamilyPersonView["invitation"] => {
  const latest = [...state.invitations.values()].findLast((made) => made.person === person);
  if (latest === undefined) return null;
  const { expiresAt, invitation } = latest;
  const line = scene.invitations.find((known) => known.invitation === invitation);
  const lost = state.lost.get(person) ?? [];
  // It led to an account that was shut since.
  if (lost.some(({ account }) => account === line?.acceptance?.account)) return null;
  const isAccepted = state.joined.has(person) || line?.state === "accepted" || line?.state === "admitted";
  const isExpired = expiresAt <= scene.home.ports.now();
  const isRevoked = latest.revoked || line?.state === "revoked";
  const stands = isAccepted ? "accepted" : isRevoked ? "revoked" : isExpired ? "expired" : "open";
  return { invitation, state: stands, expiresAt };
};
