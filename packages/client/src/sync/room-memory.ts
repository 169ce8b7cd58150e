import { applyToFamily, EMPTY_FAMILY, isContactChanged, mayEdit } from "@sotto/domain";
import type {
  AccountId,
  AgreementEntry,
  EntryBody,
  EntryId,
  FamilyState,
  FileEntry,
  PersonId,
  RoomId,
} from "@sotto/domain";
import {
  decodeRoomCard,
  equalBytes,
  followStreams,
  memberOf,
  openFrame,
  openPastEvent,
  openRoomEvent,
  parseFrameHeader,
  parseFrameStub,
  parseRoomEvent,
  toBase64Url,
} from "@sotto/vault";
import type {
  Bytes,
  CardPerson,
  EpochKeys,
  IdentityOf,
  IdentitySecret,
  OpenedFrame,
  RoomCard,
  OpenedRoomEvent,
  OpeningReason,
  RoomEvent,
  RoomGrant,
  RoomState,
  StreamHead,
  StreamNotice,
} from "@sotto/vault";
import { decodeEntry } from "../entry/codec.ts";
import { timeOf } from "../ids.ts";
import { openOrNull, readOrNull } from "../unreadable.ts";
import { emptyAgreementLog, heardStatement, takeAgreement } from "./agreement-log.ts";
import type { AgreementLog, Carried, Signed } from "./agreement-log.ts";
import { emptyTemplateLog, takeTemplatePiece } from "./template-log.ts";
import type { TemplateLog } from "./template-log.ts";
import { judgeNotice, keepGap, lineOf, nothingTaken, replaceLine, takeDeletion, takeStub } from "./taken.ts";
import type { KnownFrame, Taken } from "./taken.ts";

/** One thing in a room's log, as the server gave it. What lies before this person came in counts down from 0. */
export interface RawItem {
  readonly seq: number;
  /** `erased`: a frame that its author took away; `bytes` is its stub. */
  readonly kind: "event" | "frame" | "erased";
  readonly bytes: Bytes;
  readonly at: number;
}

export type AudienceChange =
  | "created"
  | "added"
  | "removed"
  | "re-keyed"
  | "renewed"
  | "joined-here"
  | "joined-with-past"
  | "continuity-added"
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
      /** The entry that this one answers. */
      readonly to: EntryId | null;
      readonly at: number;
      readonly editedAt: number | null;
    }
  | {
      readonly kind: "deleted";
      readonly seq: number;
      readonly entry: EntryId;
      readonly author: AccountId;
      readonly at: number;
      readonly deletedAt: number;
    }
  | {
      readonly kind: "file";
      readonly seq: number;
      readonly entry: EntryId;
      readonly author: AccountId;
      readonly file: FileEntry;
      readonly at: number;
    }
  | {
      readonly kind: "audience";
      readonly seq: number;
      readonly change: AudienceChange;
      readonly names: readonly string[];
      readonly at: number;
    }
  | {
      readonly kind: "granted";
      readonly seq: number;
      readonly by: AccountId;
      readonly to: AccountId;
      /** When the epoch began that they read from; null when this person does not know it. */
      readonly from: number | null;
      readonly isAll: boolean;
      readonly at: number;
    }
  | {
      readonly kind: "returned";
      readonly seq: number;
      readonly by: AccountId;
      readonly account: AccountId;
      readonly at: number;
    }
  | {
      readonly kind: "opened";
      readonly seq: number;
      readonly by: AccountId;
      readonly reason: OpeningReason;
      readonly allowedBy: AccountId | null;
      readonly at: number;
    }
  | { readonly kind: "notice"; readonly seq: number; readonly notice: LogNotice; readonly at: number };

interface Epoch {
  readonly keys: EpochKeys;
  readonly state: RoomState;
  /** What a keeper gives on. */
  readonly seed: Bytes;
  /** It begins with an opening, which has no card. */
  readonly isOpening: boolean;
  /** The event that made it: its place, and when it came. */
  readonly seq: number;
  readonly at: number;
}

/** What a keeper gave this person of the time before they came in. */
export interface Past {
  readonly grant: RoomGrant;
  /** Of the grant's epoch and those after it. */
  readonly seeds: readonly Bytes[];
  /** How many items it has on this device. */
  readonly length: number;
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
  first: Bytes;
  /** The past that it was opened with. */
  readonly past: Past | null;
  /** The widest grant to this person that stands in the log. */
  granted: RoomGrant | null;
  /** From which epoch each account reads, as far as this person can tell. */
  readonly readsFrom: Map<string, number>;
  /** The keepers who signed a roster with somebody in it, or wrote something to it: who let them in, or kept them in. */
  readonly introducers: Map<string, Set<string>>;
  /** Counts what stands in `introducers`. */
  introductions: number;
  /** Who lost everything and came back: the account they had, and the one that a keeper says is theirs now. */
  readonly returned: Map<string, AccountId>;
  /** An event did not fit, or a frame is of an epoch that is not known: what follows may not open. */
  isBroken: boolean;
  readonly epochs: Map<number, Epoch>;
  streams: readonly StreamHead[];
  readonly lines: LogLine[];
  /** Everybody whom a card of this room has named. */
  readonly people: Map<string, CardPerson>;
  readonly entries: Map<EntryId, KnownFrame>;
  /** The changes of each entry, by its own author, in the order of the log; also those that came too late to stand. */
  readonly edits: Map<EntryId, readonly EntryId[]>;
  readonly taken: Taken;
  /** Counts changes of lines that stand already. */
  changes: number;
  /** More of the log is on its way in: what seems to be missing may yet be accounted for. */
  isReading: boolean;
  /** What the streams' notices were about: each is shown once. */
  readonly noticed: Map<string, LogLine>;
  family: FamilyState;
  /** When this record changed how somebody is reached, as far as this device has seen it before and after. */
  readonly contactChanges: { readonly person: PersonId; readonly at: number }[];
  readonly agreement: AgreementLog;
  /** In the practice's room: the files of its templates. */
  readonly templates: TemplateLog;
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
  | {
      readonly kind: "frame";
      readonly frame: OpenedFrame;
      /** What its author takes away by it, as it stands on this device from now on. */
      readonly erased: readonly { readonly entry: EntryId; readonly item: RawItem }[];
      /** Entries of its author's that this device has met as stubs only: they were there. */
      readonly vouched: readonly EntryId[];
      /** An entry that is deleted, of which its author's frame has come in since. */
      readonly left: EntryId | null;
    }
  | { readonly kind: "erased" }
  | { readonly kind: "unreadable" }
  | { readonly kind: "removed" }
  | { readonly kind: "refused" };

interface Opening {
  readonly mine: readonly IdentitySecret[];
  /** The seed of an epoch that was sealed to a key of mine which is destroyed; null when it is not archived. */
  readonly archived: (epoch: number) => Bytes | null;
  readonly identityOf: IdentityOf;
}

/**
 * Opens a room by its first item, or by the first of the past. Null when it does not open: a lying server or author. `destroyed` when the key
 * that it was sealed to is, and nothing was archived: a client of this person has found that they are no longer in this room, or not as then.
 */
export async function openRoom(
  item: RawItem,
  room: RoomId,
  opening: Opening & { readonly past?: Past },
): Promise<{ readonly memory: RoomMemory; readonly event: RoomEvent } | "destroyed" | null> {
  const event = item.kind === "event" ? readOrNull(() => parseRoomEvent(item.bytes)) : null;
  if (event === null || event.room !== room) return null;
  const opened = await openFirst(item, event, opening);
  if (opened.kind === "refused" && opened.reason === "destroyed") return "destroyed";
  if (opened.kind !== "opened") return null;
  const card = readOrNull(() => decodeRoomCard(opened.card));
  if (card === null) return null;
  const names = card.people.map((person) => person.name);
  const change = event.epoch === 0 ? "created" : "joined-here";
  const { keys, seed, state } = opened;
  const memory: RoomMemory = {
    room,
    seq: item.seq,
    state,
    cardBytes: opened.card,
    card,
    joinedEpoch: event.epoch,
    first: event.hash,
    past: opening.past ?? null,
    granted: null,
    readsFrom: new Map(state.members.map((member) => [member.account, event.epoch])),
    introducers: new Map(),
    introductions: 0,
    returned: new Map(),
    isBroken: false,
    epochs: new Map([[event.epoch, { keys, state, seed, isOpening: false, seq: item.seq, at: item.at }]]),
    streams: [],
    lines:
      event.epoch > 0 && opening.past !== undefined
        ? []
        : [{ kind: "audience", seq: item.seq, change, names, at: item.at }],
    people: new Map(card.people.map((person) => [person.account, person])),
    entries: new Map(),
    edits: new Map(),
    taken: nothingTaken(),
    changes: 0,
    isReading: false,
    noticed: new Map(),
    family: EMPTY_FAMILY,
    contactChanges: [],
    agreement: emptyAgreementLog(),
    templates: emptyTemplateLog(),
    leaving: new Set(),
    lastAdded: null,
    restatedEpoch: -1,
  };
  noteIntroducer(memory, event, state);
  return { memory, event };
}

/** Only a keeper's signature says who belongs here: of the roster before, or of their own where the room begins for this person. */
const noteIntroducer = (
  memory: RoomMemory,
  { author, members }: Pick<RoomEvent, "author" | "members">,
  before: RoomState,
): void => {
  if (memberOf(before, author)?.role !== "keeper") return;
  for (const { account } of members) {
    const by = memory.introducers.get(account) ?? new Set();
    if (!by.has(author)) memory.introductions++;
    memory.introducers.set(account, by.add(author));
  }
};

const SAID: readonly EntryBody["kind"][] = ["message", "reply", "file"];

/**
 * A frame is signed over the head of its epoch: a keeper who says something says it to that very roster, which stood before them, with a warning where
 * they knew nobody in it. What clients record by themselves vouches for nobody, and nobody vouches for others to themselves.
 */
const noteVouching = (
  memory: RoomMemory,
  { body, frame }: { readonly body: EntryBody; readonly frame: OpenedFrame },
  { state, mine }: { readonly state: RoomState; readonly mine: Opening["mine"] },
): void => {
  const isMine = mine.some(({ account }) => account === frame.author);
  if (isMine || !SAID.includes(body.kind)) return;
  noteIntroducer(memory, { author: frame.author, members: state.members }, state);
};

/** How many of a room's notices are looked into again at a time. */
const DOUBTS_MAX = 4;

/** The places of the last notices among these lines: where something was missing or did not open, something else may stand by now. */
export function doubtsIn(lines: readonly LogLine[], isMeant: (line: LogLine) => boolean): readonly number[] {
  const noticed = lines.filter((line) => line.kind === "notice" && isMeant(line));
  return [...new Set(noticed.slice(-DOUBTS_MAX).map(({ seq }) => seq))];
}

/** Whether two items are one, as far as that can be told: what its author took away has other bytes. */
export function isSameItem(
  before: Pick<RawItem, "kind" | "bytes"> | null,
  now: Pick<RawItem, "kind" | "bytes">,
): boolean {
  if (before === null) return false;
  return before.kind === "erased" || now.kind === "erased" || equalBytes(before.bytes, now.bytes);
}

/** Who was in the room in an epoch: those to whom what was said then may be said again. Empty for an epoch that is not known. */
export function membersIn(memory: RoomMemory, epoch: number): readonly string[] {
  return (memory.epochs.get(epoch)?.state.members ?? []).map((member) => member.account);
}
const openFirst = (
  item: RawItem,
  event: RoomEvent,
  { archived, identityOf, mine, past }: Opening & { readonly past?: Past },
): Promise<OpenedRoomEvent> => {
  const [seed] = past?.seeds ?? [];
  if (past !== undefined && seed !== undefined) {
    const { grant: previous } = past;
    return openPastEvent({ event: item.bytes, previous, previousCard: null, seed, identityOf });
  }
  const previous = event.epoch === 0 ? null : "joining";
  return openRoomEvent({ mine, archived, identityOf, event: item.bytes, previous, previousCard: null });
};

/** True for the item that this memory was opened with. */
export function isFirstItem(memory: RoomMemory, item: RawItem): boolean {
  const event = item.kind === "event" ? readOrNull(() => parseRoomEvent(item.bytes)) : null;
  return event !== null && equalBytes(event.hash, memory.first);
}

/** Takes in the next item. Whatever the item is, the room goes on: what does not open leaves a notice. */
export async function takeItem(memory: RoomMemory, item: RawItem, opening: Opening): Promise<ItemEffect> {
  const effect = await takeByKind(memory, item, opening);
  if (effect.kind === "unreadable" || effect.kind === "refused") {
    memory.lines.push({ kind: "notice", seq: item.seq, notice: "unreadable", at: item.at });
  }
  if (effect.kind === "refused") memory.isBroken = true;
  memory.seq = item.seq;
  return effect;
}

const takeByKind = (memory: RoomMemory, item: RawItem, opening: Opening): Promise<ItemEffect> => {
  switch (item.kind) {
    case "event":
      return takeEvent(memory, item, opening);
    case "frame":
      return takeFrame(memory, item, opening);
    case "erased": {
      const stub = readOrNull(() => parseFrameStub(item.bytes));
      const isTaken = stub !== null && takeStub(memory, stub, item);
      return Promise.resolve({ kind: isTaken ? "erased" : "unreadable" });
    }
  }
};

const takeEvent = async (memory: RoomMemory, item: RawItem, opening: Opening): Promise<ItemEffect> => {
  const event = readOrNull(() => parseRoomEvent(item.bytes));
  if (event === null) return { kind: "refused" };
  const opened = await openNext(memory, { item, event }, opening);
  if (opened.kind === "removed") return { kind: "removed" };
  // That a room has ended is not taken in as one item among others (`sync/ending.ts`).
  if (opened.kind !== "opened") return { kind: "refused" };
  const card = readOrNull(() => decodeRoomCard(opened.card));
  if (card === null) return { kind: "refused" };
  const before = memory.state;
  const { keys, seed, state } = opened;
  memory.state = state;
  const isOpening = event.opening !== undefined;
  memory.epochs.set(event.epoch, { keys, state, seed, isOpening, seq: item.seq, at: item.at });
  memory.card = card;
  memory.cardBytes = opened.card;
  for (const person of card.people) memory.people.set(person.account, person);
  if (item.seq === 1) memory.first = event.hash;
  noteReaders(memory, event, before);
  noteIntroducer(memory, event, before);
  memory.lines.push(lineOfEvent(memory, { item, event, before }));
  noteComers(memory, { item, event, before });
  const { grant } = event;
  const isMine = opening.mine.some(({ account }) => account === grant?.account);
  // What was given in an earlier membership ended with it.
  if (grant !== undefined && isMine && item.seq > 0) {
    if (memory.granted === null || grant.epoch < memory.granted.epoch) memory.granted = grant;
  }
  return { kind: "event", event };
};

type Arrived = { readonly item: RawItem; readonly event: RoomEvent };

const openNext = async (
  memory: RoomMemory,
  { event, item }: Arrived,
  opening: Opening,
): Promise<OpenedRoomEvent> => {
  const { cardBytes: previousCard, past, state: previous } = memory;
  if (item.seq > 0) return openRoomEvent({ ...opening, event: item.bytes, previous, previousCard });
  const seed = past?.seeds[event.epoch - past.grant.epoch];
  if (seed === undefined) return { kind: "refused", reason: "epoch" };
  const { identityOf } = opening;
  return openPastEvent({ event: item.bytes, previous, previousCard, seed, identityOf });
};

const noteReaders = (memory: RoomMemory, event: RoomEvent, before: RoomState): void => {
  for (const { account } of event.members) {
    if (memberOf(before, account) === null) memory.readsFrom.set(account, event.epoch);
  }
  for (const { account } of before.members) {
    if (memberOf(event, account) === null) memory.readsFrom.delete(account);
  }
  if (event.grant === undefined) return;
  const { account, epoch } = event.grant;
  memory.readsFrom.set(account, Math.min(memory.readsFrom.get(account) ?? epoch, epoch));
};

/** Who goes has nothing more to ask; who comes in may have to be told what was recorded before, except for this person. */
const noteComers = (
  memory: RoomMemory,
  { before, event, item }: Arrived & { readonly before: RoomState },
): void => {
  for (const { account } of before.members) {
    if (memberOf(event, account) === null) memory.leaving.delete(account);
  }
  const isAnyNew = event.members.some(({ account }) => memberOf(before, account) === null);
  if (isAnyNew) memory.lastAdded = item.seq === 1 ? null : { epoch: event.epoch, by: event.author };
};

const lineOfEvent = (
  memory: RoomMemory,
  { before, event, item }: Arrived & { readonly before: RoomState },
): LogLine => {
  const { at, seq } = item;
  const { grant, opening } = event;
  if (opening !== undefined) {
    const { allowedBy, reason } = opening;
    // The vault has read both as ids.
    const [by, allowed] = [event.author as AccountId, allowedBy as AccountId | null];
    return { kind: "opened", seq, by, reason, allowedBy: allowed, at };
  }
  if (grant !== undefined) {
    const from = memory.epochs.get(grant.epoch)?.at ?? null;
    // The vault has read both as ids.
    const [by, to] = [event.author as AccountId, grant.account as AccountId];
    return { kind: "granted", seq, by, to, from, isAll: grant.epoch === 0, at };
  }
  const added = event.members.filter((member) => memberOf(before, member.account) === null);
  const gone = before.members.filter((member) => memberOf(event, member.account) === null);
  const renewed = event.members.filter(({ account, identity }) => {
    const known = memberOf(before, account);
    return known !== null && !equalBytes(known.identity, identity);
  });
  const names = [...added, ...gone, ...renewed].map(({ account }) => memory.people.get(account)?.name ?? "");
  const isContinuity = added.some(({ account }) => memory.people.get(account)?.role === "custodian");
  if (isContinuity && seq !== 1) return { kind: "audience", seq, change: "continuity-added", names, at };
  const counts = { added: added.length, gone: gone.length, renewed: renewed.length };
  const change = seq === 1 ? "joined-with-past" : changeOf(event, counts);
  return { kind: "audience", seq, change, names, at };
};

const changeOf = (
  { action }: RoomEvent,
  counts: { readonly added: number; readonly gone: number; readonly renewed: number },
): AudienceChange => {
  if (action === "close") return "closed";
  if (action === "reopen") return "reopened";
  if (counts.added > 0) return "added";
  if (counts.gone > 0) return "removed";
  return counts.renewed > 0 ? "renewed" : "re-keyed";
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
  const body = readOrNull(() => decodeEntry(frame));
  // What has to be asked for comes first, and may fail. From there on nothing is waited for: the item is taken in whole, or is still to come.
  const signed =
    body?.kind === "agreement-said"
      ? await heardStatement(
          new Uint8Array(body.statement),
          { account: frame.author, carried: carriedBy(memory, frame) },
          opening.identityOf,
        )
      : null;
  const followed = followStreams({ streams: memory.streams, frame, joinedEpoch: memory.joinedEpoch });
  memory.streams = followed.streams;
  noteStreams(memory, followed.notices, { frame, item });
  if (body === null || (body.kind === "agreement-said" && signed === null)) return { kind: "unreadable" };
  noteVouching(memory, { body, frame }, { state: epoch.state, mine: opening.mine });
  return { kind: "frame", frame, ...keepEntry(memory, { frame, body, item, signed }) };
};

const carriedBy = (memory: RoomMemory, frame: OpenedFrame): Carried => {
  if (memory.card.kind === "team") return "everything";
  return memory.card.kind === "agreement" && roleThen(memory, frame) === "keeper" ? "names" : "nothing";
};

interface Arrival {
  readonly frame: OpenedFrame;
  readonly item: RawItem;
}

/** A gap that lasts is noticed by every frame after it; a person is told once. */
const noteStreams = (
  memory: RoomMemory,
  notices: readonly StreamNotice[],
  { frame, item }: Arrival,
): void => {
  const told = new Map<LogNotice, LogLine>();
  for (const notice of notices) {
    const found = judgeNotice(memory, notice, frame);
    if (found === null) continue;
    const { gap, kind } = found;
    const name = nameOfNotice({ ...notice, kind });
    const known = memory.noticed.get(name) ?? told.get(kind);
    const line = known ?? { kind: "notice", seq: item.seq, notice: kind, at: item.at };
    if (known === undefined) {
      memory.lines.push(line);
      told.set(kind, line);
    }
    memory.noticed.set(name, line);
    if (gap !== null) keepGap(memory, gap, line);
  }
};

const nameOfNotice = ({ kind, sequence, stream }: StreamNotice): string => `${kind} ${stream} ${sequence}`;

type Kept = Pick<ItemEffect & { readonly kind: "frame" }, "erased" | "left" | "vouched">;
const NOTHING_MORE: Kept = { erased: [], vouched: [], left: null };

/** An entry counts once, whatever the server repeats. */
const keepEntry = (
  memory: RoomMemory,
  { frame, body, item, signed }: Arrival & { readonly body: EntryBody; readonly signed: Signed | null },
): Kept => {
  // The header has been checked to hold ids; the vault gives them as text.
  const [entry, author] = [frame.id as EntryId, frame.author as AccountId];
  if (memory.entries.has(entry)) return NOTHING_MORE;
  memory.entries.set(entry, knownFrame(frame, body, item));
  const { at, seq } = item;
  switch (body.kind) {
    case "message":
    case "reply": {
      const to = body.kind === "reply" ? body.to : null;
      memory.lines.push({ kind: "message", seq, entry, author, text: body.text, to, at, editedAt: null });
      return NOTHING_MORE;
    }
    case "file":
      memory.lines.push({ kind: "file", seq, entry, author, file: body, at });
      return NOTHING_MORE;
    case "edit":
      return { ...NOTHING_MORE, left: takeEdit(memory, body, { frame, item }) };
    case "deletion":
      return {
        ...takeDeletion(memory, body, { frame, item }),
        left: hasChangesLeft(memory, body.target) ? body.target : null,
      };
    case "leave-asked":
      if (memberOf(memory.state, author) !== null) memory.leaving.add(author);
      return NOTHING_MORE;
    case "agreement-piece":
    case "agreement-said":
    case "agreement-progress":
    case "agreement-question":
    case "agreement-answer":
    case "agreement-note": {
      const isByKeeper = roleThen(memory, frame) === "keeper";
      const where = { entry, author, isByKeeper, epoch: frame.epoch, at, signed };
      takeAgreement(memory.agreement, body, where);
      return NOTHING_MORE;
    }
    case "template-piece": {
      const isHere = memory.card.kind === "practice" && roleThen(memory, frame) === "keeper";
      if (isHere) takeTemplatePiece(memory.templates, body, author);
      return NOTHING_MORE;
    }
    default:
      takeRecord(memory, body, { frame, item });
      return NOTHING_MORE;
  }
};

/** Whether an entry is gone and changes of it are not: its author deleted it on a device that had not read them. */
const hasChangesLeft = ({ edits, taken }: RoomMemory, target: EntryId): boolean =>
  taken.deleted.has(target) && (edits.get(target) ?? []).some((entry) => !taken.frames.has(entry));

type Recorded = Exclude<
  EntryBody,
  {
    readonly kind:
      | "message"
      | "reply"
      | "file"
      | "edit"
      | "deletion"
      | "leave-asked"
      | "template-piece"
      | Exclude<AgreementEntry["kind"], "life-event">;
  }
>;

/** What an author was in the room when they said something. */
const roleThen = (memory: RoomMemory, { author, epoch }: OpenedFrame) =>
  memberOf(memory.epochs.get(epoch)?.state ?? memory.state, author)?.role;

/** Whether this person knows a record from its beginning, or has been told it again since they came in. */
export function isWhole(record: RoomMemory): boolean {
  return record.joinedEpoch === 0 || record.restatedEpoch >= 0;
}

/** Only a keeper's word counts about the family, about the practice, and about who is who. */
const takeRecord = (memory: RoomMemory, body: Recorded, { frame, item }: Arrival): void => {
  if (roleThen(memory, frame) !== "keeper") return;
  // Two keepers may say it at once: it is news once.
  if (body.kind === "person-returned" && memory.returned.get(body.lost) !== body.account) {
    memory.returned.set(body.lost, body.account);
    // The header has been checked to hold ids; the vault gives them as text.
    const by = frame.author as AccountId;
    memory.lines.push({ kind: "returned", seq: item.seq, by, account: body.account, at: item.at });
  }
  if (memory.card.kind !== "team" && memory.card.kind !== "practice") return;
  if (body.kind === "person") {
    const { person, safeContact } = body.person;
    const before = memory.family.people.get(person)?.safeContact ?? null;
    if (isContactChanged(before, safeContact)) memory.contactChanges.push({ person, at: item.at });
  }
  memory.family = applyToFamily(memory.family, body, {
    // The header has been checked to hold ids; the vault gives them as text.
    by: frame.author as AccountId,
    at: item.at,
    writtenAt: timeOf(frame.id),
    isKnownWhole: isWhole(memory),
  });
  if (body.kind === "record-restated") memory.restatedEpoch = frame.epoch;
};

const knownFrame = (frame: OpenedFrame, body: EntryBody, item: RawItem): KnownFrame => ({
  seq: item.seq,
  // The header has been checked to hold ids; the vault gives them as text.
  author: frame.author as AccountId,
  kind: body.kind,
  at: item.at,
  stream: frame.stream,
  sequence: frame.sequence,
  epoch: frame.epoch,
  previousEpoch: frame.previous?.epoch ?? null,
  hash: toBase64Url(frame.hash),
  target: body.kind === "edit" ? body.target : null,
  file: body.kind === "file" ? body.file : null,
});

/**
 * New words for something said: by its own author, within the time, of what is still there; else they are left out, by everybody alike.
 * Answers the entry when it is deleted already: then this frame is one more to take away.
 */
const takeEdit = (
  memory: RoomMemory,
  body: EntryBody & { readonly kind: "edit" },
  { frame, item }: Arrival,
): EntryId | null => {
  const { target, text } = body;
  const known = memory.entries.get(target);
  if (known?.author !== frame.author) return null;
  memory.edits.set(target, [...(memory.edits.get(target) ?? []), frame.id as EntryId]);
  if (memory.taken.deleted.has(target)) return target;
  const line = lineOf(memory, target);
  const may = mayEdit({ entry: target, ...known }, { author: frame.author, at: item.at });
  if (may && line?.kind === "message") {
    replaceLine(memory, { ...line, text, editedAt: item.at }, (known) => known === line);
  }
  return null;
};
