import { applyToFamily, EMPTY_FAMILY } from "@sotto/domain";
import type { AccountId, EntryBody, EntryId, FamilyState, RoomId } from "@sotto/domain";
import {
  decodeRoomCard,
  equalBytes,
  followStreams,
  memberOf,
  openFrame,
  openRoomEvent,
  parseFrameHeader,
  parseRoomEvent,
} from "@sotto/vault";
import type {
  Bytes,
  CardPerson,
  EpochKeys,
  IdentityOf,
  IdentitySecret,
  OpenedFrame,
  RoomCard,
  RoomEvent,
  RoomState,
  StreamHead,
  StreamNotice,
} from "@sotto/vault";
import { decodeEntry } from "../entry/codec.ts";
import { openOrNull, readOrNull } from "../unreadable.ts";

/** One thing in a room's log, as the server gave it. */
export interface RawItem {
  readonly seq: number;
  readonly kind: "event" | "frame";
  readonly bytes: Bytes;
  readonly at: number;
}

export type AudienceChange =
  | "created"
  | "added"
  | "removed"
  | "re-keyed"
  | "joined-here"
  | "closed"
  | "reopened";
export type LogNotice = "gap" | "replay" | "fork" | "unreadable";

/** What a room's log says, item by item, as far as a person sees it. */
export type LogLine =
  | {
      readonly kind: "message";
      readonly seq: number;
      readonly entry: EntryId;
      readonly author: AccountId;
      readonly text: string;
      readonly at: number;
    }
  | {
      readonly kind: "audience";
      readonly seq: number;
      readonly change: AudienceChange;
      readonly names: readonly string[];
      readonly at: number;
    }
  | { readonly kind: "notice"; readonly seq: number; readonly notice: LogNotice; readonly at: number };

interface Epoch {
  readonly keys: EpochKeys;
  readonly state: RoomState;
}

/** A room as this client knows it, after `seq` items. Grows in place: one owner, the room's line of work. */
export interface RoomMemory {
  readonly room: RoomId;
  seq: number;
  state: RoomState;
  cardBytes: Bytes;
  card: RoomCard;
  readonly joinedEpoch: number;
  /** The hash of the first event, by which the room is known again. */
  readonly first: Bytes;
  /** An event did not fit, or a frame is of an epoch that is not known: what follows may not open. */
  isBroken: boolean;
  readonly epochs: Map<number, Epoch>;
  streams: readonly StreamHead[];
  readonly lines: LogLine[];
  /** Everybody whom a card of this room has named. */
  readonly people: Map<string, CardPerson>;
  readonly entries: Set<string>;
  /** What the streams' notices were about: each is shown once. */
  readonly noticed: Set<string>;
  family: FamilyState;
  /** Members who have asked to be taken out and are still in. */
  readonly leaving: Set<string>;
  /** Who let the last newcomer in, and when; null when nobody has come in since this person is here. */
  lastAdded: { readonly epoch: number; readonly by: string } | null;
  /** The epoch in which the record was last written again as a whole; -1 when it never was. */
  restatedEpoch: number;
}

/** What an item did, beyond the memory. */
export type ItemEffect =
  | { readonly kind: "event"; readonly event: RoomEvent }
  | { readonly kind: "frame"; readonly frame: OpenedFrame }
  | { readonly kind: "unreadable" }
  | { readonly kind: "removed" }
  | { readonly kind: "refused" };

interface Opening {
  readonly mine: readonly IdentitySecret[];
  readonly identityOf: IdentityOf;
}

/** Opens a room by its first item. Null when it does not open: a lying server or author. */
export async function openRoom(
  item: RawItem,
  room: RoomId,
  opening: Opening,
): Promise<{ readonly memory: RoomMemory; readonly event: RoomEvent } | null> {
  const event = item.kind === "event" ? readOrNull(() => parseRoomEvent(item.bytes)) : null;
  if (event === null || event.room !== room) return null;
  const previous = event.epoch === 0 ? null : "joining";
  const opened = await openRoomEvent({ ...opening, event: item.bytes, previous, previousCard: null });
  if (opened.kind !== "opened") return null;
  const card = readOrNull(() => decodeRoomCard(opened.card));
  if (card === null) return null;
  const names = card.people.map((person) => person.name);
  const change = event.epoch === 0 ? "created" : "joined-here";
  const memory: RoomMemory = {
    room,
    seq: item.seq,
    state: opened.state,
    cardBytes: opened.card,
    card,
    joinedEpoch: event.epoch,
    first: event.hash,
    isBroken: false,
    epochs: new Map([[event.epoch, { keys: opened.keys, state: opened.state }]]),
    streams: [],
    lines: [{ kind: "audience", seq: item.seq, change, names, at: item.at }],
    people: new Map(card.people.map((person) => [person.account, person])),
    entries: new Set(),
    noticed: new Set(),
    family: EMPTY_FAMILY,
    leaving: new Set(),
    lastAdded: null,
    restatedEpoch: -1,
  };
  return { memory, event };
}

/** True for the item that this memory was opened with. */
export function isFirstItem(memory: RoomMemory, item: RawItem): boolean {
  const event = item.kind === "event" ? readOrNull(() => parseRoomEvent(item.bytes)) : null;
  return event !== null && equalBytes(event.hash, memory.first);
}

/** Takes in the next item. Whatever the item is, the room goes on: what does not open leaves a notice. */
export async function takeItem(memory: RoomMemory, item: RawItem, opening: Opening): Promise<ItemEffect> {
  const effect =
    item.kind === "event" ? await takeEvent(memory, item, opening) : await takeFrame(memory, item, opening);
  if (effect.kind === "unreadable" || effect.kind === "refused") {
    memory.lines.push({ kind: "notice", seq: item.seq, notice: "unreadable", at: item.at });
  }
  if (effect.kind === "refused") memory.isBroken = true;
  memory.seq = item.seq;
  return effect;
}

const takeEvent = async (memory: RoomMemory, item: RawItem, opening: Opening): Promise<ItemEffect> => {
  const event = readOrNull(() => parseRoomEvent(item.bytes));
  if (event === null) return { kind: "refused" };
  const { cardBytes: previousCard, state: previous } = memory;
  const opened = await openRoomEvent({ ...opening, event: item.bytes, previous, previousCard });
  if (opened.kind === "removed") return { kind: "removed" };
  const card = opened.kind === "opened" ? readOrNull(() => decodeRoomCard(opened.card)) : null;
  if (opened.kind === "refused" || card === null) return { kind: "refused" };
  const before = memory.state;
  memory.state = opened.state;
  memory.epochs.set(event.epoch, { keys: opened.keys, state: opened.state });
  memory.card = card;
  memory.cardBytes = opened.card;
  for (const person of card.people) memory.people.set(person.account, person);
  const added = opened.state.members.filter((member) => memberOf(before, member.account) === null);
  const gone = before.members.filter((member) => memberOf(opened.state, member.account) === null);
  const names = [...added, ...gone].map((member) => memory.people.get(member.account)?.name ?? "");
  const change = changeOf(event, { added: added.length, gone: gone.length });
  memory.lines.push({ kind: "audience", seq: item.seq, change, names, at: item.at });
  for (const member of gone) memory.leaving.delete(member.account);
  if (added.length > 0) memory.lastAdded = { epoch: event.epoch, by: event.author };
  return { kind: "event", event };
};

const changeOf = (
  { action }: RoomEvent,
  { added, gone }: { readonly added: number; readonly gone: number },
): AudienceChange => {
  if (action === "close") return "closed";
  if (action === "reopen") return "reopened";
  return added > 0 ? "added" : gone > 0 ? "removed" : "re-keyed";
};

const takeFrame = async (memory: RoomMemory, item: RawItem, opening: Opening): Promise<ItemEffect> => {
  const header = readOrNull(() => parseFrameHeader(item.bytes));
  const epoch = header === null ? undefined : memory.epochs.get(header.epoch);
  if (epoch === undefined) {
    memory.isBroken = true;
    return { kind: "unreadable" };
  }
  // Whatever epoch it is of: an honest server takes none while the room is closed.
  if (memory.state.closed) return { kind: "unreadable" };
  const frame = await openOrNull(() =>
    openFrame({ bytes: item.bytes, ...epoch, identityOf: opening.identityOf }),
  );
  if (frame === null) return { kind: "unreadable" };
  const followed = followStreams({ streams: memory.streams, frame, joinedEpoch: memory.joinedEpoch });
  memory.streams = followed.streams;
  noteStreams(memory, followed.notices, item);
  const body = readOrNull(() => decodeEntry(frame));
  if (body === null) return { kind: "unreadable" };
  keepEntry(memory, { frame, body, item });
  return { kind: "frame", frame };
};

/** A gap that lasts is noticed by every frame after it; a person is told once. */
const noteStreams = (memory: RoomMemory, notices: readonly StreamNotice[], item: RawItem): void => {
  const fresh = notices.filter((notice) => !memory.noticed.has(nameOfNotice(notice)));
  for (const notice of fresh) memory.noticed.add(nameOfNotice(notice));
  const [first] = fresh;
  if (first !== undefined) {
    memory.lines.push({ kind: "notice", seq: item.seq, notice: first.kind, at: item.at });
  }
};

const nameOfNotice = ({ kind, sequence, stream }: StreamNotice): string => `${kind} ${stream} ${sequence}`;

/** An entry counts once, whatever the server repeats. */
const keepEntry = (
  memory: RoomMemory,
  { frame, body, item }: { readonly frame: OpenedFrame; readonly body: EntryBody; readonly item: RawItem },
): void => {
  if (memory.entries.has(frame.id)) return;
  memory.entries.add(frame.id);
  if (body.kind === "leave-asked") {
    if (memberOf(memory.state, frame.author) !== null) memory.leaving.add(frame.author);
    return;
  }
  if (body.kind !== "message") {
    // Only a keeper's word counts about the family, or about the practice.
    const role = memberOf(memory.epochs.get(frame.epoch)?.state ?? memory.state, frame.author)?.role;
    const isRecord = memory.card.kind === "team" || memory.card.kind === "practice";
    if (!isRecord || role !== "keeper") return;
    memory.family = applyToFamily(memory.family, body);
    if (body.kind === "record-restated") memory.restatedEpoch = frame.epoch;
    return;
  }
  // The header has been checked to hold ids; the vault gives them as text.
  const [entry, author] = [frame.id as EntryId, frame.author as AccountId];
  memory.lines.push({ kind: "message", seq: item.seq, entry, author, text: body.text, at: item.at });
};
