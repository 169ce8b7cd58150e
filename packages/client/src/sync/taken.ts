import { isDeletable, mayDelete } from "@sotto/domain";
import type { AccountId, EntryBody, EntryId, EntryKind, FileId, TakenFrame } from "@sotto/domain";
import { encodeFrameStub, equalBytes, fromBase64Url, gapOf, judgeGap, toBase64Url } from "@sotto/vault";
import type { FrameStub, FrameVoucher, OpenedFrame, StreamGap, StreamNotice } from "@sotto/vault";
import type { LogLine, RawItem, RoomMemory } from "./room-memory.ts";

/**
 * What authors take away, and what the server says was taken away. The two are told apart here: a stub is the server's word and hides
 * nothing by itself; only a deletion that the frame's own author signed, naming that very frame, accounts for it (threat T7).
 */

/** A frame that stands in the log, as everybody knows it by its number. */
export interface KnownFrame {
  readonly seq: number;
  readonly author: AccountId;
  readonly kind: EntryKind;
  readonly at: number;
  readonly stream: string;
  readonly sequence: number;
  readonly epoch: number;
  readonly previousEpoch: number | null;
  /** Base64url: a room has many, and a text takes less memory. */
  readonly hash: string;
  /** The entry that an edit is about. */
  readonly target: EntryId | null;
  /** The file that an entry brings. */
  readonly file: FileId | null;
}

/** The server says that a frame was here and was taken away, and nobody has vouched for that yet. */
interface Unvouched {
  readonly stub: FrameStub;
  readonly line: LogLine;
}

interface OpenGap {
  readonly gap: StreamGap;
  readonly line: LogLine;
}

/** What a room's memory holds of frames that were taken away. Grows in place, with the memory. */
export interface Taken {
  /** Entries that are deleted for everyone. */
  readonly deleted: Set<EntryId>;
  /** Frames whose bytes are to be nowhere any more. */
  readonly frames: Set<EntryId>;
  readonly unvouched: Map<EntryId, Unvouched>;
  readonly vouchers: Map<string, FrameVoucher>;
  gaps: readonly OpenGap[];
}

export const nothingTaken = (): Taken => ({
  deleted: new Set(),
  frames: new Set(),
  unvouched: new Map(),
  vouchers: new Map(),
  gaps: [],
});

type Deletion = EntryBody & { readonly kind: "deletion" };

/** A frame in hand with the item that brought it. */
export interface Arrival {
  readonly frame: OpenedFrame;
  readonly item: RawItem;
}

/** Takes in a stub. False when it cannot be one of this room's. */
export function takeStub(memory: RoomMemory, stub: FrameStub, item: RawItem): boolean {
  // The vault has checked that it is an id.
  const entry = stub.id as EntryId;
  const isKnown = memory.entries.has(entry) || memory.taken.unvouched.has(entry);
  if (stub.room !== memory.room || isKnown) return false;
  const line: LogLine = { kind: "notice", seq: item.seq, notice: "gap", at: item.at };
  memory.lines.push(line);
  memory.taken.unvouched.set(entry, { stub, line });
  return true;
}

/** What a deletion takes away. */
export interface TakenAway {
  /** The items that make way for stubs on this device too. */
  readonly erased: readonly { readonly entry: EntryId; readonly item: RawItem }[];
  /** What this device has met as stubs only: its author says now that it was there, and is gone. */
  readonly vouched: readonly EntryId[];
}

/**
 * Takes in an author's word that entries of theirs are gone. What is not theirs, what cannot be deleted, and what is named wrongly is left as it is.
 */
export function takeDeletion(memory: RoomMemory, body: Deletion, { frame, item }: Arrival): TakenAway {
  const { taken } = memory;
  const vouched: EntryId[] = [];
  const erased = body.frames.flatMap((named) => {
    if (taken.frames.has(named.entry)) return [];
    const known = memory.entries.get(named.entry);
    if (known === undefined) {
      if (vouch(memory, named, { frame, item, target: body.target })) vouched.push(named.entry);
      return [];
    }
    if (!isTheirs(known, named, body.target, frame.author)) return [];
    taken.frames.add(named.entry);
    const stub = { ...named, id: named.entry, room: memory.room, author: frame.author };
    const bytes = encodeFrameStub({ ...stub, hash: new Uint8Array(named.hash) });
    return [{ entry: named.entry, item: { seq: known.seq, kind: "erased" as const, bytes, at: known.at } }];
  });
  const target = memory.entries.get(body.target);
  if (target !== undefined && mayDelete(target, frame.author)) {
    const { at, author, seq } = target;
    const line = lineOf(memory, body.target);
    markDeleted(memory, { entry: body.target, author, seq, at }, { at: item.at, line });
  }
  if (taken.vouchers.size > 0) settleGaps(memory);
  return { erased, vouched };
}

/** Whether the frame is the author's own, named as it is, and either what is deleted or a change of it. */
const isTheirs = (known: KnownFrame, named: TakenFrame, target: EntryId, author: string): boolean =>
  known.author === author &&
  known.hash === toBase64Url(new Uint8Array(named.hash)) &&
  (named.entry === target ? isDeletable(known.kind) : known.target === target);

/** Whether frames of a stream, from this number on, are known here by their author's word alone: they were deleted before they were read. */
export const isTakenFrom = ({ taken }: RoomMemory, stream: string, sequence: number): boolean =>
  [...taken.vouchers.values()].some((voucher) => voucher.stream === stream && voucher.sequence >= sequence);

/** True when a stub that is here is the frame that its author names. */
const vouch = (
  memory: RoomMemory,
  named: TakenFrame,
  { frame, item, target }: Arrival & { readonly target: EntryId },
): boolean => {
  const { taken } = memory;
  const hidden = taken.unvouched.get(named.entry);
  const hash = new Uint8Array(named.hash);
  const isSame =
    hidden?.stub.author === frame.author &&
    hidden.stub.epoch === named.epoch &&
    equalBytes(hidden.stub.hash, hash);
  if (hidden === undefined || !isSame) return false;
  taken.unvouched.delete(named.entry);
  taken.frames.add(named.entry);
  const { previousEpoch, sequence, stream } = named;
  taken.vouchers.set(`${stream}/${sequence}`, { stream, sequence, previousEpoch, hash });
  if (named.entry !== target) {
    removeLine(memory, hidden.line);
    return true;
  }
  // The stub has been checked to hold ids; the vault gives them as text.
  const author = frame.author as AccountId;
  const { at, seq } = hidden.line;
  markDeleted(memory, { entry: named.entry, author, seq, at }, { at: item.at, line: hidden.line });
  return true;
};

/** Where the entry stood, it says that something was deleted; by whom and when, and nothing of what it was. */
const markDeleted = (
  memory: RoomMemory,
  gone: { readonly entry: EntryId; readonly author: AccountId; readonly seq: number; readonly at: number },
  deletion: { readonly at: number; readonly line: LogLine | null },
): void => {
  const { deleted } = memory.taken;
  if (deleted.has(gone.entry)) return;
  deleted.add(gone.entry);
  replaceLine(memory, { kind: "deleted", ...gone, deletedAt: deletion.at }, (line) => line === deletion.line);
};

/** What vouchers leave of a gap that was just noticed; null when they account for all of it. */
export function judgeNotice(
  memory: RoomMemory,
  notice: StreamNotice,
  frame: OpenedFrame,
): { readonly kind: StreamNotice["kind"]; readonly gap: StreamGap | null } | null {
  const gap = gapOf(notice, frame);
  // An older frame that was not here comes late: it is shown, and the order is another than its author's.
  const isLate = notice.kind === "replay" && !memory.entries.has(frame.id as EntryId);
  if (gap === null) return { kind: isLate ? "fork" : notice.kind, gap };
  const judged = judge(memory, gap);
  if (judged === "fork") return { kind: "fork", gap: null };
  return judged === "explained" ? null : { kind: "gap", gap };
}

/** A deletion that comes later may account for it. */
export function keepGap(memory: RoomMemory, gap: StreamGap, line: LogLine): void {
  const { taken } = memory;
  const isKnown = taken.gaps.some(
    (open) =>
      open.line === line &&
      open.gap.stream === gap.stream &&
      open.gap.last === gap.last &&
      equalBytes(open.gap.lastHash, gap.lastHash),
  );
  if (!isKnown) taken.gaps = [...taken.gaps, { gap, line }];
}

const judge = (memory: RoomMemory, gap: StreamGap): ReturnType<typeof judgeGap> =>
  judgeGap({
    gap,
    joinedEpoch: memory.joinedEpoch,
    voucherOf: (stream, sequence) => memory.taken.vouchers.get(`${stream}/${sequence}`) ?? null,
  });

/** A deletion may account for gaps that were noticed before it was read: it stands later in the log than what it is about. */
const settleGaps = (memory: RoomMemory): void => {
  const judged = memory.taken.gaps.map((open) => ({ ...open, judged: judge(memory, open.gap) }));
  const open = judged.filter((gap) => gap.judged === "open");
  memory.taken.gaps = open.map(({ gap, line }) => ({ gap, line }));
  for (const { judged: verdict, line } of judged) {
    if (verdict === "open") continue;
    if (verdict === "fork") {
      const { at, seq } = line;
      replaceLine(memory, { kind: "notice", seq, notice: "fork", at }, (known) => known === line);
    } else if (!open.some((other) => other.line === line)) forgetNotice(memory, line);
  }
};

/** What was noticed is accounted for. Should the same be missing again, that is news. */
const forgetNotice = (memory: RoomMemory, line: LogLine): void => {
  removeLine(memory, line);
  for (const [name, noticed] of memory.noticed) if (noticed === line) memory.noticed.delete(name);
};

/** The place of the first line of an item. Lines stand in the order of the log. */
const placeOf = (lines: readonly LogLine[], seq: number): number => {
  let [low, high] = [0, lines.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((lines[middle]?.seq ?? Infinity) < seq) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** Puts a line in the place of the one of this item that is meant. */
export function replaceLine(
  memory: RoomMemory,
  line: LogLine,
  isMeant: (candidate: LogLine) => boolean,
): void {
  const { lines } = memory;
  for (let index = placeOf(lines, line.seq); lines[index]?.seq === line.seq; index++) {
    const candidate = lines[index];
    if (candidate === undefined || !isMeant(candidate)) continue;
    lines[index] = line;
    memory.changes += 1;
    return;
  }
}

const removeLine = (memory: RoomMemory, line: LogLine): void => {
  const { lines } = memory;
  for (let index = placeOf(lines, line.seq); lines[index]?.seq === line.seq; index++) {
    if (lines[index] !== line) continue;
    lines.splice(index, 1);
    memory.changes += 1;
    return;
  }
};

/** The line where an entry stands; null when it is not here. */
export function lineOf(memory: RoomMemory, entry: EntryId): LogLine | null {
  const known = memory.entries.get(entry);
  if (known === undefined) return null;
  for (let index = placeOf(memory.lines, known.seq); memory.lines[index]?.seq === known.seq; index++) {
    const line = memory.lines[index];
    if (line !== undefined && "entry" in line && line.entry === entry) return line;
  }
  return null;
}

/** The frames that a deletion of this entry takes away: its own, and those of all its changes. None when nothing is left of it. */
export function framesToTake(memory: RoomMemory, target: EntryId): readonly TakenFrame[] {
  return [target, ...(memory.edits.get(target) ?? [])].flatMap((entry) => {
    const known = memory.entries.get(entry);
    if (known === undefined || memory.taken.frames.has(entry)) return [];
    const { epoch, hash, previousEpoch, sequence, stream } = known;
    return [{ entry, stream, sequence, epoch, previousEpoch, hash: fromBase64Url(hash) }];
  });
}
