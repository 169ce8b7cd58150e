import { concatBytes, equalBytes, VaultFault } from "../codec/bytes.ts";
import type { Bytes } from "../codec/bytes.ts";
import { ByteReader } from "../codec/reader.ts";
import { ByteWriter } from "../codec/writer.ts";
import { sha256 } from "../primitives/hash.ts";
import { OPENING_REASONS, ROOM_ACTIONS, ROOM_MEMBERS_MAX, ROOM_ROLES } from "./state.ts";
import type { RoomAction, RoomGrant, RoomMember, RoomOpening, RoomState } from "./state.ts";

/**
 * One event of a room's chain, `fam/room/1`: header, the epoch seed sealed to each member in the header's order, the room
 * card, the confirmation MAC, the author's signature over all of it. One sealed copy per member follows from the shape.
 */
export const ROOM_LABEL = "fam/room/1";
/**
 * The header of an event that version 1 cannot say: one that closes or reopens a room, or that happens in a closed one. It states at its end whether
 * the room is closed. Everything derived from the header keeps version 1's labels; the header's hash, with its label, stands in all of them.
 */
const CLOSING_LABEL = "fam/room/2";
/** A grant of the past: the header of version 2 with whom and from where behind it. Only for the action `grant-history`. */
const GRANT_LABEL = "fam/room/3";
/** A reader says that it reads: the header of version 2 with why behind it, and no card. Only for the action `opened`. */
const OPENING_LABEL = "fam/room/4";
/** A keeper ends a closed room: the header of version 2 and a signature, and nothing that is sealed. Only for the action `ended`. */
const ENDING_LABEL = "fam/room/5";
const LABELS = {
  1: ROOM_LABEL,
  2: CLOSING_LABEL,
  3: GRANT_LABEL,
  4: OPENING_LABEL,
  5: ENDING_LABEL,
} as const;
type RoomVersion = keyof typeof LABELS;
const ACTIONS_OF_VERSION_1 = ["create", "add", "remove", "re-key", "role"] as const;
/** The only suite: X-Wing, HKDF-SHA512, AES-256-GCM. It stands in the signed header, so it cannot be talked down (T18). */
export const ROOM_SUITE = { kem: 0x647a, kdf: 0x0003, aead: 0x0002 } as const;
export const SEALED_SEED_BYTES = 1168;
/** How many epochs one grant gives at most. */
export const ROOM_PAST_EPOCHS_MAX = 2000;
/** The seeds of so many epochs, 32 bytes each, sealed to one person. */
const sealedPastBytes = (epochs: number): number => SEALED_SEED_BYTES + 32 * (epochs - 1);
export const ROOM_CARD_SEALED_BYTES_MAX = 64 * 1024 + 32;
export const ROOM_EVENT_BYTES_MAX = 200 * 1024;
const NO_PREVIOUS = new Uint8Array(32);

export type RoomHeader = {
  readonly room: string;
  readonly epoch: number;
  /** Hash of the event before; null for the first. */
  readonly previous: Bytes | null;
  readonly author: string;
  readonly action: RoomAction;
  /** Sorted by account, without doubles. */
  readonly members: readonly RoomMember[];
  /** Whether nobody may write after the event. */
  readonly closed: boolean;
  /** There exactly in a `grant-history`. */
  readonly grant?: RoomGrant;
  /** There exactly in an `opened`. */
  readonly opening?: RoomOpening;
};

/** A parsed event. Nothing in it is believed before `checkRoomEvent`. */
export type RoomEvent = RoomHeader & {
  readonly headerHash: Bytes;
  /** One per member, in the order of `members`; none in an `ended`. */
  readonly sealedSeeds: readonly Bytes[];
  /** The seeds of the epochs from the grant's to the one before this event, for the person it names. */
  readonly sealedPast?: Bytes;
  /** Null in an `opened`, whose author cannot read the card yet, so that the one before goes on; and in an `ended`. */
  readonly sealedCard: Bytes | null;
  /** Null exactly in an `ended`, which starts no epoch that anybody could read. */
  readonly confirm: Bytes | null;
  readonly signature: Bytes;
  /** SHA-256 of the whole event: the head of the room after it. */
  readonly hash: Bytes;
};

const isSortedUnique = (members: readonly RoomMember[]): boolean =>
  members.every((member, index) => index === 0 || (members[index - 1]?.account ?? "") < member.account);

/** Orders members as the header wants them. UUID text sorts as its bytes do. */
export function sortMembers(members: readonly RoomMember[]): readonly RoomMember[] {
  return members.toSorted((a, b) => (a.account < b.account ? -1 : a.account > b.account ? 1 : 0));
}

/** The bytes of a header; throws `misuse` for a roster that is empty, too long, unsorted or has doubles. */
export function encodeRoomHeader(header: RoomHeader): Bytes {
  if (header.members.length === 0 || !isSortedUnique(header.members)) throw new VaultFault("misuse");
  if ((header.epoch === 0) !== (header.previous === null)) throw new VaultFault("misuse");
  const { grant, opening } = header;
  if ((header.action === "grant-history") !== (grant !== undefined)) throw new VaultFault("misuse");
  if ((header.action === "opened") !== (opening !== undefined)) throw new VaultFault("misuse");
  if (header.action === "ended" && !header.closed) throw new VaultFault("misuse");
  const version = versionFor(header);
  const writer = ByteWriter.labelled(LABELS[version])
    .unsigned(ROOM_SUITE.kem, 2)
    .unsigned(ROOM_SUITE.kdf, 2)
    .unsigned(ROOM_SUITE.aead, 2)
    .id(header.room)
    .unsigned(header.epoch, 4)
    .fixed(header.previous ?? NO_PREVIOUS, 32)
    .id(header.author)
    .unsigned(ROOM_ACTIONS.indexOf(header.action), 1);
  writer.list(header.members, ROOM_MEMBERS_MAX, (member) =>
    writer.id(member.account).unsigned(ROOM_ROLES.indexOf(member.role), 1).fixed(member.identity, 32),
  );
  if (version !== 1) writer.unsigned(header.closed ? 1 : 0, 1);
  if (grant !== undefined) writer.id(grant.account).unsigned(grant.epoch, 4).fixed(grant.head, 32);
  if (opening !== undefined) {
    writer.unsigned(OPENING_REASONS.indexOf(opening.reason), 1);
    writer.optional(opening.allowedBy, (account) => writer.id(account));
  }
  return writer.bytes();
}

/** Each event has one form: the oldest that can say it. */
const versionFor = ({ action, closed }: Pick<RoomHeader, "action" | "closed">): RoomVersion => {
  if (action === "grant-history") return 3;
  if (action === "opened") return 4;
  if (action === "ended") return 5;
  return closed || action === "close" || action === "reopen" ? 2 : 1;
};

const readHeader = (reader: ByteReader, version: RoomVersion): RoomHeader => {
  const suite = [reader.unsigned(2), reader.unsigned(2), reader.unsigned(2)];
  const allowed = [ROOM_SUITE.kem, ROOM_SUITE.kdf, ROOM_SUITE.aead];
  if (suite.some((part, index) => part !== allowed[index])) throw new VaultFault("malformed");
  const room = reader.id();
  const epoch = reader.unsigned(4);
  const previousField = reader.fixed(32);
  const hasPrevious = previousField.some((byte) => byte !== 0);
  if (hasPrevious === (epoch === 0)) throw new VaultFault("malformed");
  const author = reader.id();
  const action = reader.choice(version === 1 ? ACTIONS_OF_VERSION_1 : ROOM_ACTIONS);
  const members = reader.list(ROOM_MEMBERS_MAX, () => ({
    account: reader.id(),
    role: reader.choice(ROOM_ROLES),
    identity: reader.fixed(32),
  }));
  if (members.length === 0 || !isSortedUnique(members)) throw new VaultFault("malformed");
  const closed = version !== 1 && reader.choice(["open", "closed"]) === "closed";
  const isMisplaced = versionFor({ action, closed }) !== version || (action === "ended" && !closed);
  if (isMisplaced) throw new VaultFault("malformed");
  const header = {
    room,
    epoch,
    previous: hasPrevious ? previousField : null,
    author,
    action,
    members,
    closed,
  };
  if (version === 3) return { ...header, grant: readGrant(reader, epoch) };
  return version === 4 ? { ...header, opening: readOpening(reader) } : header;
};

const readOpening = (reader: ByteReader): RoomOpening => ({
  reason: reader.choice(OPENING_REASONS),
  allowedBy: reader.optional(() => reader.id()),
});

const readGrant = (reader: ByteReader, epoch: number): RoomGrant => {
  const grant = { account: reader.id(), epoch: reader.unsigned(4), head: reader.fixed(32) };
  if (grant.epoch >= epoch || epoch - grant.epoch > ROOM_PAST_EPOCHS_MAX) throw new VaultFault("malformed");
  return grant;
};

const hasLabel = (bytes: Bytes, label: string): boolean => {
  const start = ByteWriter.labelled(label).bytes();
  return equalBytes(bytes.subarray(0, start.length), start);
};

const versionOf = (bytes: Bytes): RoomVersion => {
  if (isGrantEvent(bytes)) return 3;
  if (isEndingEvent(bytes)) return 5;
  return hasLabel(bytes, OPENING_LABEL) ? 4 : hasLabel(bytes, CLOSING_LABEL) ? 2 : 1;
};

/** Whether an event gives somebody the past, by its label alone: reading it whole tells the rest. */
export function isGrantEvent(bytes: Bytes): boolean {
  return hasLabel(bytes, GRANT_LABEL);
}

/** Whether an event ends its room, by its label alone: reading it whole tells whether it may. */
export function isEndingEvent(bytes: Bytes): boolean {
  return hasLabel(bytes, ENDING_LABEL);
}

/** Reads the header at the beginning of an event, which may go on behind it; throws `malformed`. `bytes` is the header alone. */
export function readRoomHeader(bytes: Bytes): { readonly header: RoomHeader; readonly bytes: Bytes } {
  const version = versionOf(bytes);
  const reader = ByteReader.labelled(bytes, LABELS[version], ROOM_EVENT_BYTES_MAX);
  const header = readHeader(reader, version);
  return { header, bytes: bytes.slice(0, reader.offset) };
}

/** Reads an event of exactly this format; throws `malformed`. */
export function parseRoomEvent(bytes: Bytes): RoomEvent {
  const { bytes: headerBytes, header } = readRoomHeader(bytes);
  const headerHash = sha256(headerBytes);
  const reader = new ByteReader(bytes.subarray(headerBytes.length));
  if (header.action === "ended") {
    const signature = reader.fixed(64);
    reader.end();
    return {
      ...header,
      headerHash,
      sealedSeeds: [],
      sealedCard: null,
      confirm: null,
      signature,
      hash: sha256(bytes),
    };
  }
  const sealedSeeds = header.members.map(() => reader.fixed(SEALED_SEED_BYTES));
  const { grant } = header;
  const sealedPast = grant === undefined ? null : reader.fixed(sealedPastBytes(header.epoch - grant.epoch));
  const isOpening = header.action === "opened";
  const sealedCard = isOpening ? null : reader.block32(ROOM_CARD_SEALED_BYTES_MAX);
  const confirm = reader.fixed(32);
  const signature = reader.fixed(64);
  reader.end();
  const event = { ...header, headerHash, sealedSeeds, sealedCard, confirm, signature, hash: sha256(bytes) };
  return sealedPast === null ? event : { ...event, sealedPast };
}

type SignedParts = Pick<RoomEvent, "headerHash" | "sealedSeeds" | "sealedPast" | "sealedCard" | "confirm">;

/** What an author signs of an event: its header, by its hash, and the digests of what was sealed in it. An `ended` has the header alone. */
export type SignedDigests = {
  readonly headerHash: Bytes;
  /** Of all sealed seeds together; null exactly in an `ended`. */
  readonly seeds: Bytes | null;
  /** Null in everything but a `grant-history`. */
  readonly past: Bytes | null;
  /** Null in an `opened` and an `ended`. */
  readonly card: Bytes | null;
  /** Null exactly in an `ended`. */
  readonly confirm: Bytes | null;
};

export function digestsOf(parts: SignedParts): SignedDigests {
  const { confirm, headerHash, sealedCard, sealedPast, sealedSeeds } = parts;
  return {
    headerHash,
    seeds: confirm === null ? null : sha256(...sealedSeeds),
    past: sealedPast === undefined ? null : sha256(sealedPast),
    card: sealedCard === null ? null : sha256(sealedCard),
    confirm,
  };
}

/** The bytes that the author of an event signs. */
export function signedMessage({ card, confirm, headerHash, past, seeds }: SignedDigests): Bytes {
  const label =
    seeds === null ? ENDING_LABEL : card === null ? OPENING_LABEL : past === null ? ROOM_LABEL : GRANT_LABEL;
  const writer = ByteWriter.labelled(`${label} event`).fixed(headerHash, 32);
  for (const digest of [seeds, past, card, confirm]) if (digest !== null) writer.fixed(digest, 32);
  return writer.bytes();
}

/** The same, from the parts of an event that is being made. */
export function roomEventMessage(parts: SignedParts): Bytes {
  return signedMessage(digestsOf(parts));
}

/** Joins the parts of an event as `parseRoomEvent` reads them. */
export function joinRoomEvent(
  header: Bytes,
  parts: Omit<SignedParts, "headerHash">,
  signature: Bytes,
): Bytes {
  const none = new Uint8Array(0);
  const card =
    parts.sealedCard === null
      ? none
      : new ByteWriter().block32(parts.sealedCard, ROOM_CARD_SEALED_BYTES_MAX).bytes();
  const { confirm, sealedPast } = parts;
  return concatBytes(header, ...parts.sealedSeeds, sealedPast ?? none, card, confirm ?? none, signature);
}

/** The state of the room after this event. */
export function stateAfter(event: RoomHeader & Pick<RoomEvent, "hash">): RoomState {
  const { room, epoch, members, closed } = event;
  return { room, epoch, head: event.hash, members, closed, ended: event.action === "ended" };
}
