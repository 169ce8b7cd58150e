import {
  checkRoomEvent,
  equalBytes,
  fromBase64Url,
  memberOf,
  parseRoomEvent,
  toBase64Url,
  type Bytes,
  type RoomEvent,
  type RoomState,
} from "@sotto/vault/public";
import { LIMITS, type AnswerOf } from "@sotto/contract";
import { holdIdentities, identityLookup, readNewestIdentity } from "../store/account.ts";
import { insertOpening } from "../store/custody.ts";
import { emptyRoom, readEndingItems } from "../store/ending.ts";
import { findGranted, readHistoryPlace, writeHistoryPlace } from "../store/history.ts";
import { isTaken, type Writer } from "../store/store.ts";
import {
  findItem,
  ownSeq,
  readItems,
  readPlace,
  readPlaces,
  readRoomLines,
  readRoomState,
  writeEvent,
  type MemberPlace,
} from "../store/room.ts";
import { mayRead } from "../steps/may-read.ts";
import { removeMarkedFiles } from "../steps/remove-files.ts";
import { notHere } from "../steps/why-not-here.ts";
import { done, refuse, type Outcome, type Session, type World } from "../steps/world.ts";

type Appended = AnswerOf<"appendEvent">;

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
    const place = await readPlace(reader, wish.room, session.account);
    if (place === null || place.ended) return refuse(notHere(place));
    const { fromSeq } = place;
    if (!(await mayRead(reader, session, wish.room))) return refuse("not-allowed");
    const items = await readItems(reader, wish.room, wish.after + fromSeq - 1, LIMITS.itemsPerPageMax);
    return done(pageFrom(items, fromSeq));
  });
}

/** What a keeper let this account read from before it came in, counted from the first of it. Nothing for who was let read nothing. */
export async function readHistory(
  world: World,
  session: Session,
  wish: { readonly room: string; readonly after: number },
): Promise<Outcome<AnswerOf<"readHistory">>> {
  return world.store.read(session.practice, async (reader) => {
    const place = await readHistoryPlace(reader, wish.room, session.account);
    if (place === null || place.ended) return refuse(notHere(place));
    if (!(await mayRead(reader, session, wish.room))) return refuse("not-allowed");
    const { first, joined } = place;
    const after = wish.after + first - 1;
    const found = await readItems(reader, wish.room, after, LIMITS.itemsPerPageMax);
    const items = found.filter((item) => item.seq < joined);
    return done(pageFrom(items, first));
  });
}

/** What stays of a room that has ended, from the reader's own place in it on. */
export async function readEnding(
  world: World,
  session: Session,
  wish: { readonly room: string; readonly after: number },
): Promise<Outcome<AnswerOf<"readEnding">>> {
  return world.store.read(session.practice, async (reader) => {
    const place = await readPlace(reader, wish.room, session.account);
    if (place?.ended !== true) return refuse("not-here");
    const { fromSeq } = place;
    const items = await readEndingItems(reader, wish.room, wish.after + fromSeq - 1, LIMITS.itemsPerPageMax);
    return done(pageFrom(items, fromSeq));
  });
}

/** A page of a room, counted from the reader's own first place. */
function pageFrom<Item extends { readonly seq: number; readonly bytes: Bytes }>(
  items: readonly Item[],
  first: number,
) {
  return {
    items: items.map((item) => ({
      ...item,
      seq: ownSeq(item.seq, first),
      bytes: toBase64Url(item.bytes),
    })),
    more: items.length === LIMITS.itemsPerPageMax,
  };
}

type EventOutcome = {
  readonly appended: Appended;
  /** Whom to tell; for an event that was there already its place in the room, for nobody may have been told. */
  readonly news: News | number;
};

interface News {
  readonly places: readonly MemberPlace[];
  readonly seq: number;
  readonly left: readonly string[];
}

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
  if ((event.action === "opened") !== (session.standing === "custodian")) return refuse("not-allowed");
  const { practice, account } = session;
  return world.turns.take({ practice, account, room: wish.room }, async () => {
    // Somebody made this room in the same moment; looked at once more it is this very event, or another room that was first.
    const outcome = await storeEvent(world, session, event, bytes).catch((error: unknown) => {
      if (isTaken(error)) return storeEvent(world, session, event, bytes);
      throw error;
    });
    if (outcome.kind === "refused") return outcome;
    const { appended, news } = outcome.value;
    if (typeof news === "number") world.tell({ kind: "stored", practice, room: wish.room, seq: news });
    else tellOfEvent(world, practice, { ...wish, at: appended.at, ...news });
    // The bytes of its files go now where they can; what a crash or the disk leaves of them, the sweep takes.
    if (event.action === "ended") await removeMarkedFiles(world, practice).catch(() => undefined);
    return done(appended);
  });
}

function tellOfEvent(
  world: World,
  practice: string,
  event: { readonly room: string; readonly bytes: string; readonly at: number } & News,
): void {
  const { room, bytes, at, seq, places, left } = event;
  world.tell({ kind: "item", practice, room, seq, item: "event", bytes, at, to: places });
  const newcomers = places.filter((place) => place.fromSeq === seq).map((place) => place.account);
  world.tell({ kind: "rooms-changed", practice, to: [...newcomers, ...left] });
  for (const account of left) world.turns.leave({ practice, room, account });
}

function storeEvent(
  world: World,
  session: Session,
  event: RoomEvent,
  bytes: Bytes,
): Promise<Outcome<EventOutcome>> {
  return world.store.write(session.practice, async (writer) => {
    // Whoever is not in a room has their answer from this one look, and neither waits for who is in it nor holds them up.
    const own = await readPlace(writer, event.room, session.account);
    if (own === null && event.epoch > 0) return refuse("not-here");
    const before = await readRoomState(writer, event.room, "lock");
    const place = before?.places.find((member) => member.account === session.account);
    // A room that exists, seen by somebody who is not in it, is not there; creating it again meets the same answer.
    if (before === null ? event.epoch > 0 : place === undefined) return refuse("not-here");
    const isOver = before?.state.ended === true;
    if (isOver && event.action !== "ended") return refuse("room-ended");
    const again = await findItem(writer, { room: event.room, author: session.account, id: event.hash });
    if (again !== null)
      return done({
        appended: { seq: ownSeq(again.seq, place?.fromSeq ?? 1), at: again.at },
        news: again.seq,
      });
    if (isOver) return refuse("room-ended");
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
    if (!(await namesNewest(writer, event, before?.state ?? null))) return refuse("stale-identity");
    const granted = await openHistory(writer, event);
    if (granted === "refused") return refuse("event-refused");
    const at = world.now();
    const seq = await writeEvent(writer, { event, bytes, before, after: check.state, at }, world.random);
    if (check.state.ended) await emptyRoom(writer, { room: event.room, seq, at });
    if (granted !== null) await writeHistoryPlace(writer, granted);
    // Only now, and only for an event that is new: an old one that is sent again opens nothing.
    if (event.opening !== undefined) await insertOpening(writer, { ...session, room: event.room, at });
    const places = await readPlaces(writer, event.room);
    return done({
      appended: { seq: ownSeq(seq, place?.fromSeq ?? seq), at },
      news: { places, seq, left: leftOf(before?.state ?? null, check.state) },
    });
  });
}

/**
 * Whoever is new in a roster, or has other keys in it than before, stands there with the newest that they have published: what an older
 * one opened may be destroyed by now.
 */
async function namesNewest(writer: Writer, event: RoomEvent, before: RoomState | null): Promise<boolean> {
  const named = event.members.filter((member) => {
    const known = before === null ? null : memberOf(before, member.account);
    return known === null || !equalBytes(known.identity, member.identity);
  });
  if (named.length === 0) return true;
  await holdIdentities(
    writer,
    named.map(({ account }) => account),
  );
  for (const { account, identity } of named) {
    const newest = await readNewestIdentity(writer, account);
    if (newest === null || !equalBytes(newest.hash, identity)) return false;
  }
  return true;
}

/** What a grant opens to whom; null for other events. A keeper lets nobody read what the server would not give to them. */
async function openHistory(
  writer: Writer,
  event: RoomEvent,
): Promise<Parameters<typeof writeHistoryPlace>[1] | "refused" | null> {
  const { author, grant, room } = event;
  if (grant === undefined) return null;
  const found = await findGranted(writer, room, grant);
  const own = await readHistoryPlace(writer, room, author);
  if (found === null || own === null || own.first > found.seq) return "refused";
  return { room, account: grant.account, first: found.seq };
}

const leftOf = (before: RoomState | null, after: RoomState): readonly string[] =>
  (before?.members ?? [])
    .map((member) => member.account)
    .filter((account) => !after.members.some((member) => member.account === account));
