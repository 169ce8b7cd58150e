import { fromBase64Url, idToBytes, parseFrameHeader } from "@sotto/vault/public";
import type { AnswerOf } from "@sotto/contract";
import { eraseFramesOf } from "../store/erasure.ts";
import { insertFrame, type FramePlace, type NewFrame } from "../store/frame.ts";
import { findItem, ownSeq, readPlace, readRoomState } from "../store/room.ts";
import { isTaken, type Reader } from "../store/store.ts";
import { done, refuse, type Outcome, type Session, type World } from "../steps/world.ts";

type Appended = AnswerOf<"appendFrame">;

/**
 * Appends a frame of the newest epoch. The first one under an id counts, whatever comes later under it: a client that lost the answer sends
 * again, perhaps sealed anew, and gets the same place. It has its place, and everybody is told, before the room's next item is looked at.
 * What it `erases` goes in the same transaction: there is no time between, in which its author could be taken out of the room. Under an id that is there already
 * nothing is erased: what was stored first may not name it.
 */
export async function appendFrame(
  world: World,
  session: Session,
  wish: { readonly room: string; readonly bytes: string; readonly erases?: readonly string[] | undefined },
): Promise<Outcome<Appended>> {
  const bytes = fromBase64Url(wish.bytes);
  const { id, room, author, epoch, head16 } = parseFrameHeader(bytes);
  const { erases = [] } = wish;
  if (room !== wish.room || author !== session.account || erases.includes(id)) return refuse("malformed");
  const { practice } = session;
  return world.turns.take({ practice, room, account: author }, async () => {
    const frame = { room, author, id, epoch, head16, bytes, at: world.now() };
    const taken = await (erases.length === 0
      ? store(world, practice, frame)
      : storeAlone(world, practice, { frame, erases }));
    if (taken === null) {
      const outcome = await findFirst(world, practice, frame);
      if (outcome.kind === "refused") world.turns.leave({ practice, room, account: author });
      return outcome;
    }
    const { seq, places } = taken;
    const { at } = frame;
    world.tell({ kind: "item", practice, room, seq, item: "frame", bytes: wish.bytes, at, to: places });
    const fromSeq = places.find((place) => place.account === author)?.fromSeq ?? seq;
    return done({ seq: ownSeq(seq, fromSeq), at });
  });
}

/** Together with frames of other rooms; what was left out there, or fell with the others, is tried alone. */
async function store(world: World, practice: string, frame: NewFrame): Promise<FramePlace | null> {
  const together = await world.turns.insertFrame(practice, frame).catch(() => null);
  if (together !== null) return together;
  return storeAlone(world, practice, { frame, erases: [] });
}

/** In a transaction of its own, with what it erases. Null when it cannot be appended now, or was before. */
async function storeAlone(
  world: World,
  practice: string,
  { erases, frame }: { readonly frame: NewFrame; readonly erases: readonly string[] },
): Promise<FramePlace | null> {
  const { author, head16, room } = frame;
  try {
    const stored = await world.store.write(practice, async (writer) => {
      const place = await insertFrame(writer, frame);
      if (place !== null) await eraseFramesOf(writer, { room, author, ids: erases });
      return place;
    });
    if (stored !== null) world.turns.note(practice, room, { head16, places: stored.places });
    return stored;
  } catch (error) {
    if (isTaken(error)) return null;
    throw error;
  }
}

/** The place of a frame that was appended before under this id, or why it cannot be appended now. */
function findFirst(world: World, practice: string, frame: NewFrame): Promise<Outcome<Appended>> {
  const { room, author } = frame;
  return world.store.read(practice, async (reader) => {
    const place = await readPlace(reader, room, author);
    if (place === null) return refuse("not-here");
    if (place.ended) return refuse("room-ended");
    const first = await findItem(reader, { room, author, id: idToBytes(frame.id) });
    if (first !== null) {
      // Whoever stored it may have ended before anybody was told.
      world.tell({ kind: "stored", practice, room, seq: first.seq });
      return done({ seq: ownSeq(first.seq, place.fromSeq), at: first.at });
    }
    return refuse(await whyNot(reader, room, author));
  });
}

async function whyNot(
  reader: Reader,
  room: string,
  account: string,
): Promise<"not-here" | "not-allowed" | "room-closed" | "stale-epoch"> {
  const found = await readRoomState(reader, room, "look");
  const member = found?.state.members.find((candidate) => candidate.account === account);
  if (member === undefined) return "not-here";
  if (member.role === "reader") return "not-allowed";
  return found?.state.closed === true ? "room-closed" : "stale-epoch";
}
