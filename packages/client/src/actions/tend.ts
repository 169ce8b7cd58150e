import { isMinorRole, restate } from "@sotto/domain";
import type { AccountId, EntryBody, PersonId } from "@sotto/domain";
import { memberOf, toHex } from "@sotto/vault";
import type { RoomMember } from "@sotto/vault";
import { needed } from "../done.ts";
import type { Home } from "../home.ts";
import { plannedRoomId } from "../ids.ts";
import { isWhole } from "../sync/room-memory.ts";
import type { RoomMemory } from "../sync/room-memory.ts";
import { piecesOf } from "../sync/template-log.ts";
import { tendAgreement } from "./agreement/tend.ts";
import { carryOut } from "./carry-out.ts";
import { nameOnCard, removeMember, setClosed } from "./change-room.ts";

/**
 * Brings a family's rooms to what its team room says: who asked to leave is taken out, who is no longer of the team keeps none of its rooms, closed
 * rooms are closed, what two people have agreed to end is ended. Every step is done once however often it runs, and by whichever keeper's client comes to it; each does what its person may.
 */
export async function tendFamily(home: Home, { room }: RoomMemory): Promise<void> {
  const steps = [
    restateFor,
    nameAsRecorded,
    noteWhoLeaves,
    takeOutWhoLeft,
    takeOutColleagues,
    tendAgreement,
    closeOrReopen,
    carryOut,
  ];
  for (const step of steps) {
    // A room may have been opened anew since: what was held of it before knows nothing new.
    const team = home.rooms.get(room);
    // Whoever has just come in has not been told all of the record: what it does not say to them may well be so.
    if (team === null || !isWhole(team)) return;
    // Nobody writes in a record that is about to end.
    if (team.state.closed && step !== carryOut) continue;
    await step(home, team);
  }
}

/** What the server has of a record now; as it is known when it is not there any more, which the next step finds out. */
async function newest(home: Home, team: RoomMemory): Promise<RoomMemory> {
  await home.rooms.pull(team.room);
  return home.rooms.get(team.room) ?? team;
}

/** Who is recorded under another name or role is called so in every room. */
async function nameAsRecorded(home: Home, team: RoomMemory): Promise<void> {
  const recorded = new Map(
    [...team.family.joined.values()].flatMap(({ account, person }) => {
      const known = team.family.people.get(person);
      return known === undefined
        ? []
        : [[account as string, { name: known.name, role: known.role }] as const];
    }),
  );
  for (const room of keptRoomsOf(home, team)) {
    if (!room.state.closed) needed(await nameOnCard(home, room, recorded));
  }
}

async function closeOrReopen(home: Home, known: RoomMemory): Promise<void> {
  const isOver = (team: RoomMemory, room: RoomMemory) =>
    team.family.closed || isOfSomebodyWhoLeft(team, room);
  const isOff = (team: RoomMemory) => (room: RoomMemory) => room.state.closed !== isOver(team, room);
  if (!keptRoomsOf(home, known).some(isOff(known))) return;
  // The record is written first, and may be heard of last: a room that a colleague has just closed must not be opened again.
  const team = await newest(home, known);
  for (const room of keptRoomsOf(home, team).filter(isOff(team))) {
    needed(await setClosed(home, room.room, isOver(team, room)));
  }
}

/** The same for the practice's own room. */
export async function tendPractice(home: Home, practice: RoomMemory): Promise<void> {
  if (!isKeptBy(home, practice)) return;
  await restateFor(home, practice);
  for (const person of practice.family.left) {
    const account = practice.family.joined.get(person)?.account;
    if (account !== undefined) await takeOut(home, practice, account);
  }
}

const isKeptBy = (home: Home, { state }: RoomMemory): boolean =>
  memberOf(state, home.person.account)?.role === "keeper";

/** The rooms of the family beside its team room that this person keeps. */
export function keptRoomsOf(home: Home, team: RoomMemory): readonly RoomMemory[] {
  return home.rooms.all.filter(
    (room) => room.room !== team.room && room.card.family === team.card.family && isKeptBy(home, room),
  );
}

/** The account's person in the family's record; null when it is nobody's. */
export function personOf(team: RoomMemory, account: string): PersonId | null {
  const found = [...team.family.joined.values()].find((joined) => joined.account === account);
  return found?.person ?? null;
}

/** Whoever came into the record's room last knows nothing of before: who let them in says it all again, or, when gone, another keeper. */
export async function restateFor(home: Home, record: RoomMemory): Promise<void> {
  const { lastAdded } = record;
  if (lastAdded === null || record.restatedEpoch >= lastAdded.epoch) return;
  const isByMe = lastAdded.by === home.person.account;
  const isLeft = memberOf(record.state, lastAdded.by)?.role !== "keeper";
  if (!isWhole(record) || (!isByMe && !isLeft)) return;
  const entries = [...piecesOfAll(record), ...restate(record.family, home.ports.now())];
  const last = entries.at(-1);
  // What therapists said about an agreement for each other proves itself, whoever carries it.
  for (const { statement } of record.agreement.said)
    await home.outbox.add(record.room, { kind: "agreement-said", statement: statement.bytes });
  // One room's entries go out in their order: when the last has arrived, all have.
  for (const entry of entries.slice(0, -1)) await home.outbox.add(record.room, entry);
  if (last !== undefined) needed(await home.outbox.post(record.room, last));
}

/** The files of the practice's templates: before what names them, so that nothing is named that is not there. */
const piecesOfAll = ({ family, templates }: RoomMemory): readonly EntryBody[] => {
  const named = [...family.templates.values()].flatMap(({ saves }) => saves.map(({ about }) => toHex(about)));
  return [...new Set(named)].flatMap((file) => {
    const template = templates.files.get(file);
    return template === undefined ? [] : piecesOf(template).pieces;
  });
};

/** A request in somebody's private room becomes part of the record. A minor's guardians decide for them, with the therapist. */
async function noteWhoLeaves(home: Home, team: RoomMemory): Promise<void> {
  for (const room of keptRoomsOf(home, team)) {
    if (room.card.kind !== "private") continue;
    for (const account of room.leaving) {
      const person = personOf(team, account);
      const known = person === null ? undefined : team.family.people.get(person);
      if (person === null || known === undefined || isMinorRole(known.role)) continue;
      if (team.family.left.has(person)) continue;
      needed(await home.outbox.post(team.room, { kind: "person-left", person }));
    }
  }
}

async function takeOutWhoLeft(home: Home, team: RoomMemory): Promise<void> {
  for (const person of team.family.left) {
    const account = team.family.joined.get(person)?.account;
    if (account === undefined) continue;
    for (const room of keptRoomsOf(home, team)) await takeOut(home, room, account);
  }
}

/** A professional who asked, or whom a colleague has taken out of the team: first out of the other rooms, then out of the team's. */
async function takeOutColleagues(home: Home, known: RoomMemory): Promise<void> {
  const isOut =
    (team: RoomMemory) =>
    ({ account, role }: RoomMember) =>
      role === "keeper" && (team.leaving.has(account) || memberOf(team.state, account) === null);
  const isAnyOut = keptRoomsOf(home, known).some(({ state }) => state.members.some(isOut(known)));
  // Rooms come in one by one: somebody who has just been added to the team may be seen in another room first.
  const team = isAnyOut ? await newest(home, known) : known;
  if (!isKeptBy(home, team)) return;
  for (const room of keptRoomsOf(home, team)) {
    for (const { account } of room.state.members.filter(isOut(team))) await takeOut(home, room, account);
  }
  for (const account of team.leaving) await takeOut(home, team, account);
}

/** Nobody takes themselves out: this client's own person is left to the others. */
async function takeOut(home: Home, room: RoomMemory, account: string): Promise<void> {
  if (account === home.person.account || memberOf(room.state, account) === null) return;
  // Rosters hold ids; the vault gives them as text.
  needed(await removeMember(home, room.room, account as AccountId));
}

/** The private room of somebody who left is kept, to be read by the therapists alone. */
const isOfSomebodyWhoLeft = ({ family: { family, left } }: RoomMemory, { room }: RoomMemory): boolean =>
  family !== null && [...left].some((person) => plannedRoomId({ family, key: `private:${person}` }) === room);
