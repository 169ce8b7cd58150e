import {
  checkRoomEvent,
  fromBase64Url,
  parseFrameHeader,
  parseRoomEvent,
  toBase64Url,
  type Bytes,
  type RoomEvent,
  type RoomState,
} from "@sotto/vault/public";
import { LIMITS, type AnswerOf } from "@sotto/contract";
import { identityLookup } from "../store/account.ts";
import { isTaken } from "../store/store.ts";
import {
  findItem,
  frameItemId,
  insertItem,
  readItems,
  readPlace,
  readPlaces,
  readRoomLines,
  readRoomState,
  takeSeq,
  writeEvent,
  type MemberPlace,
} from "../store/room.ts";
import { done, refuse, type Outcome, type Session, type World } from "../steps/world.ts";

type Appended = AnswerOf<"appendFrame">;

export async function listRooms(world: World, session: Session): Promise<Outcome<AnswerOf<"listRooms">>> {
  const rooms = await world.store.read(session.practice, (reader) => readRoomLines(reader, session.account));
  return done({ rooms: [...rooms] });
}

/** Items after `after`, in the reader's own count. A room that is not theirs is not there. */
export async function readRoom(
  world: World,
  session: Session,
  wish: { readonly room: string; readonly after: number },
): Promise<Outcome<AnswerOf<"readRoom">>> {
  return world.store.read(session.practice, async (reader) => {
    const fromSeq = await readPlace(reader, wish.room, session.account);
    if (fromSeq === null) return refuse("not-here");
    const items = await readItems(reader, wish.room, wish.after + fromSeq - 1, LIMITS.itemsPerPageMax);
    return done({
      items: items.map((item) => ({
        ...item,
        seq: ownSeq(item.seq, fromSeq),
        bytes: toBase64Url(item.bytes),
      })),
      more: items.length === LIMITS.itemsPerPageMax,
    });
  });
}

/** An item's place in its reader's own count. 0: it is older than their joining; it is their own, from a time when they were in the room before. */
const ownSeq = (seq: number, fromSeq: number): number => Math.max(0, seq - fromSeq + 1);

type EventOutcome = {
  readonly appended: Appended;
  readonly news: {
    readonly places: readonly MemberPlace[];
    readonly seq: number;
    readonly left: readonly string[];
  } | null;
};

/** Appends a membership event after everything that a server can check about it (T5, T6). The same event again answers its place. */
export async function appendEvent(
  world: World,
  session: Session,
  wish: { readonly room: string; readonly bytes: string },
): Promise<Outcome<Appended>> {
  const bytes = fromBase64Url(wish.bytes);
  const event = parseRoomEvent(bytes);
  if (event.room !== wish.room || event.author !== session.account) return refuse("malformed");
  if (event.epoch === 0 && session.standing !== "practice") return refuse("not-allowed");
  // Somebody made this room in the same moment; looked at once more it is this very event, or another room that was first.
  const outcome = await storeEvent(world, session, event, bytes).catch((error: unknown) => {
    if (isTaken(error)) return storeEvent(world, session, event, bytes);
    throw error;
  });
  if (outcome.kind === "refused") return outcome;
  const { appended, news } = outcome.value;
  if (news !== null) {
    const { practice } = session;
    world.tell({
      kind: "item",
      practice,
      room: wish.room,
      seq: news.seq,
      item: "event",
      bytes: wish.bytes,
      at: appended.at,
      to: news.places,
    });
    const newcomers = news.places.filter((place) => place.fromSeq === news.seq).map((place) => place.account);
    world.tell({ kind: "rooms-changed", practice, to: [...newcomers, ...news.left] });
  }
  return done(appended);
}

function storeEvent(
  world: World,
  session: Session,
  event: RoomEvent,
  bytes: Bytes,
): Promise<Outcome<EventOutcome>> {
  return world.store.write(session.practice, async (writer) => {
    const before = await readRoomState(writer, event.room, "lock");
    const place = before?.places.find((member) => member.account === session.account);
    // A room that exists, seen by somebody who is not in it, is not there; creating it again meets the same answer.
    if (before === null ? event.epoch > 0 : place === undefined) return refuse("not-here");
    const again = await findItem(writer, { room: event.room, author: session.account, id: event.hash });
    if (again !== null)
      return done({ appended: { seq: ownSeq(again.seq, place?.fromSeq ?? 1), at: again.at }, news: null });
    if (before !== null && event.epoch !== before.state.epoch + 1) return refuse("stale-epoch");
    const check = await checkRoomEvent({
      event,
      previous: before?.state ?? null,
      identityOf: identityLookup(writer),
    });
    if (check.kind === "refused")
      return refuse(
        check.reason === "previous" || check.reason === "epoch" ? "stale-epoch" : "event-refused",
      );
    const at = world.now();
    const seq = await writeEvent(writer, { event, bytes, before, after: check.state, at }, world.random);
    const places = await readPlaces(writer, event.room);
    return done({
      appended: { seq: ownSeq(seq, place?.fromSeq ?? seq), at },
      news: { places, seq, left: leftOf(before?.state ?? null, check.state) },
    });
  });
}

const leftOf = (before: RoomState | null, after: RoomState): readonly string[] =>
  (before?.members ?? [])
    .map((member) => member.account)
    .filter((account) => !after.members.some((member) => member.account === account));

/**
 * Appends a frame of the newest epoch. The first one under an id counts, whatever comes later under it: a client that lost the answer sends
 * again, perhaps sealed anew, and gets the same place.
 */
export async function appendFrame(
  world: World,
  session: Session,
  wish: { readonly room: string; readonly bytes: string },
): Promise<Outcome<Appended>> {
  const bytes = fromBase64Url(wish.bytes);
  const header = parseFrameHeader(bytes);
  if (header.room !== wish.room || header.author !== session.account) return refuse("malformed");
  const frame = { room: wish.room, author: session.account, epoch: header.epoch, head16: header.head16 };
  const item = { room: wish.room, author: session.account, id: frameItemId(header.id) };
  const at = world.now();
  try {
    const taken = await world.store.write(session.practice, async (writer) => {
      const place = await takeSeq(writer, frame);
      if (place === null) return null;
      await insertItem(writer, { ...item, seq: place.seq, kind: "frame", bytes, at });
      return place;
    });
    if (taken === null) return await findFirst(world, session, item);
    const { seq, places } = taken;
    const { practice } = session;
    world.tell({
      kind: "item",
      practice,
      room: wish.room,
      seq,
      item: "frame",
      bytes: wish.bytes,
      at,
      to: places,
    });
    const fromSeq = places.find((place) => place.account === session.account)?.fromSeq ?? seq;
    return done({ seq: ownSeq(seq, fromSeq), at });
  } catch (error) {
    if (isTaken(error)) return findFirst(world, session, item);
    throw error;
  }
}

/** The place of a frame that was appended before under this id, or why it cannot be appended now. */
function findFirst(
  world: World,
  session: Session,
  item: { readonly room: string; readonly author: string; readonly id: Bytes },
): Promise<Outcome<Appended>> {
  return world.store.read(session.practice, async (reader) => {
    const fromSeq = await readPlace(reader, item.room, session.account);
    if (fromSeq === null) return refuse("not-here");
    const first = await findItem(reader, item);
    if (first !== null) return done({ seq: ownSeq(first.seq, fromSeq), at: first.at });
    return refuse(await whyNot(reader, item.room, session.account));
  });
}

async function whyNot(
  reader: Parameters<typeof readRoomState>[0],
  room: string,
  account: string,
): Promise<"not-here" | "not-allowed" | "stale-epoch"> {
  const found = await readRoomState(reader, room, "look");
  const member = found?.state.members.find((candidate) => candidate.account === account);
  if (member === undefined) return "not-here";
  return member.role === "reader" ? "not-allowed" : "stale-epoch";
}
