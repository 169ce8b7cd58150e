import { hasChangedSince, mayEndNow, openDisposals, roomsLeft } from "@sotto/domain";
import type { Disposal, FamilyId, RoomId } from "@sotto/domain";
import { memberOf } from "@sotto/vault";
import { needed } from "../done.ts";
import type { Home } from "../home.ts";
import { isIncomplete, roomsToEnd } from "../queries/rooms-to-end.ts";
import { hasEnded } from "../sync/ending.ts";
import { isWhole } from "../sync/room-memory.ts";
import type { RoomMemory } from "../sync/room-memory.ts";
import { setClosed } from "./change-room.ts";
import { endRoom } from "./end-room.ts";
import { practiceRoomOf } from "./practice-room.ts";

/*
 * What two people have agreed to end is ended by whichever keeper's client comes to it. Nothing here trusts what was agreed: before each room both records are
 * read anew, and the domain says once more whether anything stands in the way.
 */

/** Ends what of a family this person keeps and may be ended now, its team room last, and writes it into the certificate. */
export async function carryOut(home: Home, known: RoomMemory): Promise<void> {
  for (const disposal of openOf(home, known)) {
    const isOver = isMissingOne(home, known, disposal) || (await isSomethingElse(home, known, disposal));
    if (isOver) await takeBack(home, disposal);
    else if (disposal.confirmed !== null) await carryOutOne(home, known, disposal.disposal);
  }
  // It was closed to be ended, and something has come between.
  const team = home.rooms.get(known.room);
  if (team?.state.closed === true && isKept(home, team.room)) {
    needed(await setClosed(home, team.room, false));
  }
}

const openOf = (home: Home, { card }: RoomMemory): readonly Disposal[] => {
  const practice = practiceRoomOf(home);
  if (practice === null || card.family === null) return [];
  // A room's family stands on its card as text.
  return openDisposals(practice.family.keptHere, card.family as FamilyId);
};

/** A room that whoever proposed it did not know: with the record would go what tells what that room is. */
const isMissingOne = (home: Home, team: RoomMemory, { record, rooms }: Disposal): boolean =>
  record !== null &&
  roomsToEnd(home, team).some(({ isElsewhere, room }) => !isElsewhere && !rooms.includes(room));

/** What was agreed to, or asked for, is not what it was: it has to be asked for anew. By what the server has of both records now. */
async function isSomethingElse(home: Home, team: RoomMemory, disposal: Disposal): Promise<boolean> {
  const isSo = (): boolean => {
    const [practice, record] = [practiceRoomOf(home), home.rooms.get(team.room)];
    if (practice === null || record === null || !isSound(practice) || !isSound(record)) return false;
    return hasChangedSince(record.family.kept, practice.family.keptHere.rule, disposal);
  };
  if (!isSo()) return false;
  const practice = practiceRoomOf(home);
  if (practice !== null) await home.rooms.pull(practice.room);
  await home.rooms.pull(team.room);
  return isSo();
}

async function takeBack(home: Home, { disposal }: Disposal): Promise<void> {
  const practice = practiceRoomOf(home);
  if (practice === null || !isKept(home, practice.room)) return;
  needed(await home.outbox.post(practice.room, { kind: "disposal-withdrawn", disposal }));
}

/** All rooms with the family first; the record when the certificate says that they have ended. */
async function carryOutOne(home: Home, known: RoomMemory, id: Disposal["disposal"]): Promise<void> {
  const next = async (): Promise<RoomId | undefined> =>
    (await mayEndOf(home, known, id)).find((room) => isKept(home, room));
  let room = await next();
  while (room !== undefined && room !== known.room) {
    needed(await endRoom(home, room));
    room = await next();
  }
  await certifyNow(home);
  if ((await next()) !== known.room) return;
  // Nobody can write a hold into it any more; what was written until then is looked at once more.
  needed(await setClosed(home, known.room, true));
  if ((await next()) !== known.room) return;
  needed(await endRoom(home, known.room));
  await certifyNow(home);
}

async function certifyNow(home: Home): Promise<void> {
  const practice = practiceRoomOf(home);
  if (practice !== null) await certify(home, practice);
}

const isKept = (home: Home, room: RoomId): boolean => {
  const memory = home.rooms.get(room);
  return memory !== null && memberOf(memory.state, home.person.account)?.role === "keeper";
};

/** What of a disposal may be ended at this moment, by what the server has of both records now. */
async function mayEndOf(home: Home, known: RoomMemory, id: Disposal["disposal"]): Promise<readonly RoomId[]> {
  const before = practiceRoomOf(home);
  if (before === null) return [];
  await home.rooms.pull(before.room);
  await home.rooms.pull(known.room);
  const [practice, team] = [home.rooms.get(before.room), home.rooms.get(known.room)];
  if (practice === null || team === null || !isSound(practice) || !isSound(team)) return [];
  const disposal = practice.family.keptHere.disposals.get(id);
  // Whoever asked for it looks after the family, or did.
  if (disposal === undefined || !team.people.has(disposal.proposed.by)) return [];
  if (isBeingStopped(home, { team: team.room, practice: practice.room, id })) return [];
  const rooms = mayEndNow({
    kept: team.family.kept,
    practice: practice.family.keptHere,
    staffed: practice.family,
    disposal,
    team: team.room,
    isOfFamily: (room) => home.rooms.get(room)?.card.family === team.card.family,
    now: home.ports.now(),
  });
  return rooms.filter((room) => !hasEnded(home.vault.state, room));
}

/** This person has written what stops it, and it is still on its way from this device. */
const isBeingStopped = (
  { outbox }: Home,
  at: { readonly team: RoomId; readonly practice: RoomId; readonly id: Disposal["disposal"] },
): boolean => {
  const said = [...outbox.of(at.team), ...outbox.of(at.practice)].filter(
    ({ state }) => state.kind !== "refused",
  );
  return said.some(
    ({ body }) =>
      body.kind === "legal-hold" ||
      body.kind === "family-closed" ||
      (body.kind === "disposal-withdrawn" && body.disposal === at.id),
  );
};

/** Nothing is ended by a record with a hole, or by somebody who has not been told all of it. */
const isSound = (record: RoomMemory): boolean => isWhole(record) && !isIncomplete(record);

/**
 * Writes into the certificate which rooms of a disposal this person has ended, or somebody who is gone since: also after a crash between the two, and when the
 * record that told of them is gone.
 */
export async function certify(home: Home, practice: RoomMemory): Promise<void> {
  if (!isKept(home, practice.room) || !isWhole(practice)) return;
  const isMine = (by: string): boolean => by === home.person.account || memberOf(practice.state, by) === null;
  const ended = new Set(home.vault.state.ended.filter(({ by }) => isMine(by)).map(({ room }) => room));
  const { keptHere } = home.rooms.get(practice.room)?.family ?? practice.family;
  for (const disposal of keptHere.disposals.values()) {
    if (disposal.confirmed === null) continue;
    const rooms = roomsLeft(disposal).filter((room) => ended.has(room));
    if (rooms.length === 0) continue;
    needed(
      await home.outbox.post(practice.room, { kind: "rooms-ended", disposal: disposal.disposal, rooms }),
    );
  }
}
