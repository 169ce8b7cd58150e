import type { AccountId, Family, FamilyId, FamilyState, PersonId, RoomId, SubgroupKind } from "@sotto/domain";
import { familyOf, fileName, parseId } from "@sotto/domain";
import { memberOf } from "@sotto/vault";
import type {
  FamilyLineView,
  FamilyPersonView,
  FamilyView,
  Reader,
  RoomLineView,
  RoomSpan,
  RoomView,
} from "../client.ts";
import { dueIn } from "../actions/admit.ts";
import type { InvitationLines } from "../actions/admit.ts";
import { teamRoomOf } from "../actions/families.ts";
import { mayLeave } from "../actions/leave.ts";
import { cardRoleOf, practiceRoomOf, staffOf } from "../actions/practice-room.ts";
import { privateRoomIn, whyReadOnly } from "../actions/read-only.ts";
import { understoodIn } from "../actions/trust.ts";
import type { Home } from "../home.ts";
import { faceOf, plannedRoomId } from "../ids.ts";
import { ruleChanges, sentenceOf } from "./agreement-view.ts";
import { familyStateOf } from "./family-state.ts";
import { checkedAs, trustIn } from "./introduced.ts";
import { uploadLines } from "./file-lines.ts";
import { familyRetentionView } from "./retention-view.ts";
import { goingOf, waitingLines, withWaiting } from "./pending.ts";
import { accountNow } from "./returned.ts";
import { lineView, quoteOf } from "./said.ts";
import type { Look } from "./said.ts";
import { lineOf } from "../sync/taken.ts";
import type { LogLine, RoomMemory } from "../sync/room-memory.ts";

const SUBGROUPS: readonly SubgroupKind[] = ["couple", "guardians", "siblings"];

/** What the views are computed from, while unlocked. */
export interface Scene {
  readonly home: Home;
  readonly invitations: InvitationLines;
}

/** One person of a room, as its cards name them; somebody who has left keeps their name. */
export function readerOf(home: Home, memory: RoomMemory, named: AccountId): Reader {
  const account = accountNow(memory, named);
  const person = memory.people.get(account) ?? memory.people.get(named) ?? staffCalled(home, account);
  const isMe = account === home.person.account;
  const role = memberOf(memory.state, account)?.role;
  return {
    account,
    name: person?.name ?? "",
    role: person?.role ?? "",
    face: faceOf(account),
    isMe,
    canWrite: role !== undefined && role !== "reader",
    verified: isMe ? "in-person" : trustIn(home, account, memory),
    keysChanged: !isMe && hasNewKeys(home, memory, account),
  };
}

/** Somebody of the staff whom no card of the room names, as the practice's record has them: its staff alone can tell. */
const staffCalled = (
  home: Home,
  account: AccountId,
): { readonly name: string; readonly role: string } | null => {
  const practice = practiceRoomOf(home);
  const staff = practice === null ? null : staffOf(home, practice, account);
  return staff === null ? null : { name: staff.name, role: cardRoleOf(staff.role) };
};

/** New keys, vouched for by a keeper and not compared by this person, who admitted nobody themselves either. */
const hasNewKeys = (home: Home, memory: RoomMemory, account: AccountId): boolean =>
  [...memory.returned.values()].includes(account) &&
  (checkedAs(home, account) ?? "introduced") === "introduced";

/** True for a room of messages; the one in which a family signs is shown by what is signed in it. */
const isForWriting = ({ card }: RoomMemory): boolean => card.kind !== "agreement";

/** Everything of a room but what was said in it. */
export function roomLine(scene: Scene, memory: RoomMemory): RoomLineView {
  const { card, room } = memory;
  // Nobody is led into the other kind as into a room.
  const kind = card.kind === "agreement" ? "subgroup" : card.kind;
  const { looks } = scene.home;
  if (looks.isHidden(room)) {
    const { lastAt, unread } = { lastAt: memory.lines.at(-1)?.at ?? null, unread: unreadIn(scene, memory) };
    return { ...hiddenLine(room), lastAt, unread };
  }
  const going = goingOf(scene.home.outbox.of(room));
  const last = memory.lines.findLast(
    (line) => (line.kind === "message" || line.kind === "file") && !going.has(line.entry),
  );
  const subgroup = SUBGROUPS.find((kind) => card.kind === "subgroup" && kind === card.title) ?? null;
  return {
    room,
    secondLook: looks.isMarked(room) ? "open" : "none",
    kind,
    subgroup,
    title: subgroup === null ? card.title || nameOfWhoLeft(scene, memory) : "",
    family: card.family === null ? null : parseId<FamilyId>(card.family),
    familyName: card.familyName,
    readers: readersOf(scene, memory),
    closed: memory.state.closed,
    readOnly: whyReadOnly(scene.home, memory),
    lastText: last?.kind === "message" ? last.text : last?.kind === "file" ? fileName(last.file.name) : "",
    lastAt: last?.at ?? null,
    unread: unreadIn(scene, memory),
  };
}

/** A room of which no more is shown than that it is there. Not its kind either, which with the family would name it. */
const hiddenLine = (room: RoomId): RoomLineView => ({
  room,
  secondLook: "hidden",
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
});

/** A private room whose person has left is called by their name, as the family's record has it. */
const nameOfWhoLeft = ({ home }: Scene, { card, room, state }: RoomMemory): string => {
  if (card.kind !== "private" || card.family === null) return "";
  if (state.members.some(({ role }) => role === "member")) return "";
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
    return readerOf(scene.home, memory, member.account as AccountId);
  });

const unreadIn = (scene: Scene, memory: RoomMemory): number => {
  const read = scene.home.desk.readSeqOf(memory.room);
  let unread = 0;
  for (let index = memory.lines.length - 1; index >= 0; index--) {
    const line = memory.lines[index];
    if (line === undefined || line.seq <= read) break;
    const isSaid = line.kind === "message" || line.kind === "file";
    // That a custodian has opened the room is news to everybody in it.
    if (line.kind === "opened" || (isSaid && line.author !== scene.home.person.account)) unread++;
  }
  return unread;
};

/** The rooms, the one with the newest word first. */
export function roomLines(scene: Scene): readonly RoomLineView[] {
  const lines = scene.home.rooms.all.filter(isForWriting).map((memory) => roomLine(scene, memory));
  return lines.toSorted((a, b) => (b.lastAt ?? 0) - (a.lastAt ?? 0) || (a.room < b.room ? -1 : 1));
}

/** A room with what waits to be sent at the end; null when it is not here. */
export function roomView(scene: Scene, room: RoomId, span: RoomSpan | null = null): RoomView | null {
  const memory = scene.home.rooms.get(room);
  if (scene.home.looks.isHidden(room)) {
    const line = memory === null ? hiddenLine(room) : roomLine(scene, memory);
    return {
      ...line,
      entries: [],
      earlier: 0,
      mayWrite: false,
      mayLeaveFamily: false,
      mayChangeReaders: false,
      warnings: [],
      strangers: [],
      opened: null,
      sentence: null,
      draft: "",
      draftQuote: null,
    };
  }
  if (memory === null) return waitingOnly(scene, room);
  const place = memberOf(memory.state, scene.home.person.account);
  const readers = new Map<AccountId, Reader>();
  const authorOf = (account: AccountId): Reader => {
    const known = readers.get(account) ?? readerOf(scene.home, memory, account);
    readers.set(account, known);
    return known;
  };
  const me = scene.home.person.account;
  const waiting = scene.home.outbox.of(room);
  const mayWrite = whyReadOnly(scene.home, memory) === null;
  const look = { memory, me, authorOf, mayWrite, going: goingOf(waiting) };
  const lines = visibleLines(memory);
  const earlier = span === null ? 0 : startOf(lines, span, memory);
  const changeAt = ruleChanges(scene.home, memory);
  const said = lines.slice(earlier).flatMap((line) => {
    const change = changeAt(line);
    return change === null ? [lineView(line, look)] : [change, lineView(line, look)];
  });
  const to = scene.home.desk.replyOf(room);
  const draftQuote = to === null ? null : quoteOf(to, look);
  const line = roomLine(scene, memory);
  const understood = understoodIn(scene.home.vault.state);
  const notUnderstood = readersOf(scene, memory).filter(({ account: of }) => !understood.includes(of));
  return {
    ...line,
    entries: [
      ...withWaiting(said, waiting),
      ...waitingLines(waiting, look),
      ...uploadLines(scene, room, authorOf(me)),
    ],
    earlier,
    mayWrite,
    mayLeaveFamily: mayLeaveFamily(scene, memory),
    mayChangeReaders: place?.role === "keeper",
    warnings: notUnderstood.filter(({ keysChanged }) => keysChanged),
    strangers: notUnderstood.filter(({ verified }) => verified === "unknown"),
    opened: lastOpening(memory, look),
    sentence: sentenceOf(scene.home, memory),
    draft: scene.home.desk.draftOf(room),
    draftQuote: draftQuote?.kind === "shown" ? draftQuote : null,
  };
}

const lastOpening = ({ lines }: RoomMemory, look: Look): RoomView["opened"] => {
  const line = lines.findLast(({ kind }) => kind === "opened");
  const seen = line === undefined ? null : lineView(line, look);
  return seen?.kind === "opened" ? seen : null;
};

const LINES_BEFORE = 10;

/** Where a span begins; with a few lines before the entry that it reaches back to, to see it among what was said around it. */
const startOf = (lines: readonly LogLine[], { from, last }: RoomSpan, memory: RoomMemory): number => {
  const line = from === null ? null : lineOf(memory, from);
  const place = line === null ? lines.length : lines.lastIndexOf(line) - LINES_BEFORE;
  return Math.max(0, Math.min(lines.length - last, place));
};

/** While more of a log is on its way in, nothing is called missing that may yet be accounted for. */
const visibleLines = ({ isReading, lines, taken }: RoomMemory): readonly LogLine[] =>
  isReading && taken.unvouched.size > 0
    ? lines.filter((line) => line.kind !== "notice" || line.notice !== "gap")
    : lines;

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
  const waiting = scene.home.outbox.of(room);
  const look = { memory: null, me: account, authorOf: () => me, mayWrite: false, going: goingOf(waiting) };
  const entries = waitingLines(waiting, look);
  if (entries.length === 0) return null;
  return {
    ...hiddenLine(room),
    secondLook: "none",
    entries,
    earlier: 0,
    mayWrite: false,
    mayLeaveFamily: false,
    mayChangeReaders: false,
    warnings: [],
    strangers: [],
    opened: null,
    sentence: null,
    draft: "",
    draftQuote: null,
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
    professionals: team.state.members
      // What keeps the practice going reads along, and looks after nobody.
      .filter(({ role }) => role !== "reader")
      .map(({ account }) => ({
        // Rosters hold ids; the vault gives them as text.
        ...readerOf(scene.home, team, account as AccountId),
        isLeaving: team.leaving.has(account),
      })),
    rooms: roomLines(scene).filter((line) => line.family === id),
    retention: familyRetentionView(scene.home, team),
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
