import { drawBytes, equalBytes, VaultFault, wipe } from "../codec/bytes.ts";
import type { Bytes, Random } from "../codec/bytes.ts";
import { idToBytes } from "../codec/text.ts";
import { identityHash } from "../identity/record.ts";
import type { IdentityOf } from "../identity/record.ts";
import { identityFor } from "../identity/secret.ts";
import type { IdentitySecret } from "../identity/secret.ts";
import { sha256 } from "../primitives/hash.ts";
import { openWithKey, sealToKey } from "../primitives/hpke.ts";
import { signBytes } from "../primitives/sign.ts";
import { checkJoiningEvent, checkRoomEvent, knownIdentity } from "./check.ts";
import type { RoomCheck, RoomRefusal } from "./check.ts";
import { confirmEpoch, deriveEpochKeys, isConfirmed, openCard, sealCard, seedInfo } from "./epoch-keys.ts";
import type { DerivedKeys, EpochKeys } from "./epoch-keys.ts";
import {
  encodeRoomHeader,
  joinRoomEvent,
  parseRoomEvent,
  roomEventMessage,
  sortMembers,
  stateAfter,
} from "./event.ts";
import type { RoomEvent } from "./event.ts";
import { memberOf } from "./state.ts";
import { openPast, sealPast } from "./past.ts";
import type { RoomAction, RoomGrant, RoomMember, RoomOpening, RoomState } from "./state.ts";

export type RoomEventWish = {
  /** The generation of my keys that the roster before names; for `create`, the one that the new roster names. */
  readonly me: IdentitySecret;
  /** The state that this event follows; null for `create`. */
  readonly previous: RoomState | null;
  readonly room: string;
  readonly action: RoomAction;
  /** The whole roster after the event, in any order. */
  readonly members: readonly RoomMember[];
  /** The encoded room card. A member who re-keys passes the card of the epoch before. */
  readonly card: Bytes;
  readonly identityOf: IdentityOf;
  readonly random: Random;
  /** For `grant-history`: what is given, with the seeds of its epochs up to the one that this event ends, oldest first. */
  readonly past?: RoomGrant & { readonly seeds: readonly Bytes[] };
};

export type MadeRoomEvent = { readonly bytes: Bytes; readonly state: RoomState; readonly keys: EpochKeys };

export type RoomEventOpening = {
  /** All generations of my keys. */
  readonly mine: readonly IdentitySecret[];
  readonly event: Bytes;
  /** What opens an event of an epoch whose key of mine is destroyed. */
  readonly archived?: (epoch: number) => Bytes | null;
  /** The state before; null before the first event; `joining` when this is the first event I may see. */
  readonly previous: RoomState | null | "joining";
  /** The encoded card of the state before; null when there is none. */
  readonly previousCard: Bytes | null;
  readonly identityOf: IdentityOf;
};

export type OpenedRoomEvent =
  | {
      readonly kind: "opened";
      readonly state: RoomState;
      readonly keys: EpochKeys;
      readonly card: Bytes;
      /** What a keeper gives on to somebody who may read this epoch later. */
      readonly seed: Bytes;
    }
  | { readonly kind: "removed"; readonly state: RoomState }
  | { readonly kind: "ended"; readonly state: RoomState }
  | { readonly kind: "refused"; readonly reason: RoomRefusal };

/** All that a client needs of group cryptography. The room chain provides it; another protocol could. */
export type RoomCrypto = {
  readonly makeRoomEvent: (wish: RoomEventWish) => Promise<MadeRoomEvent>;
  readonly openRoomEvent: (opening: RoomEventOpening) => Promise<OpenedRoomEvent>;
};

/**
 * Makes the next event of a room: a fresh seed, sealed to every member of the new roster. Nothing is remembered, so an
 * event that the server refuses is simply forgotten. Throws `misuse` for an event that `checkRoomEvent` would refuse.
 */
export async function makeRoomEvent(wish: RoomEventWish): Promise<MadeRoomEvent> {
  return makeEvent(wish);
}

/**
 * Makes the event by which a reader says that it reads, from what anybody can see of the room: nothing is opened for it. Throws `misuse`
 * unless `me` is a reader of the room.
 */
export async function makeOpeningEvent(
  wish: Pick<RoomEventWish, "me" | "identityOf" | "random"> & {
    readonly previous: RoomState;
    readonly opening: RoomOpening;
  },
): Promise<MadeRoomEvent> {
  const { members, room } = wish.previous;
  return makeEvent({ ...wish, room, members, action: "opened", card: null });
}

/**
 * Makes the event by which a keeper ends a closed room. Nothing is sealed in it, and nothing continues it. Throws `misuse` unless `me` keeps
 * the room and it is closed.
 */
export async function makeEndingEvent(
  wish: Pick<RoomEventWish, "me" | "identityOf"> & { readonly previous: RoomState },
): Promise<Pick<MadeRoomEvent, "bytes" | "state">> {
  const { identityOf, me, previous } = wish;
  const { head, members, room } = previous;
  const header = encodeRoomHeader({
    room,
    epoch: previous.epoch + 1,
    previous: head,
    author: me.account,
    action: "ended",
    members,
    closed: true,
  });
  const parts = { sealedSeeds: [], sealedCard: null, confirm: null };
  const message = roomEventMessage({ headerHash: sha256(header), ...parts });
  const bytes = joinRoomEvent(header, parts, await signBytes({ signSeed: me.signSeed, message }));
  const check = await checkRoomEvent({ event: parseRoomEvent(bytes), previous, identityOf });
  if (check.kind !== "fits") throw new VaultFault("misuse");
  return { bytes, state: check.state };
}

type AnyEventWish = Omit<RoomEventWish, "card"> & {
  readonly card: Bytes | null;
  readonly opening?: RoomOpening;
};

const makeEvent = async (wish: AnyEventWish): Promise<MadeRoomEvent> => {
  const { me, opening, past, previous, identityOf } = wish;
  // It seals nothing: `makeEndingEvent` makes it.
  if (wish.action === "ended") throw new VaultFault("misuse");
  const header = encodeRoomHeader({
    room: wish.room,
    epoch: previous === null ? 0 : previous.epoch + 1,
    previous: previous?.head ?? null,
    author: me.account,
    action: wish.action,
    members: sortMembers(wish.members),
    closed: wish.action === "close" || (previous?.closed === true && wish.action !== "reopen"),
    ...(past === undefined ? {} : { grant: { account: past.account, epoch: past.epoch, head: past.head } }),
    ...(opening === undefined ? {} : { opening }),
  });
  const headerHash = sha256(header);
  const seed = drawBytes(wish.random, 32);
  const derived = await deriveEpochKeys(seed, headerHash);
  const sealedSeeds = await sealSeeds({ seed, headerHash, members: sortMembers(wish.members), identityOf });
  wipe(seed);
  const { card, random } = wish;
  const sealedCard = card === null ? null : await sealCard({ key: derived.card, headerHash, card, random });
  const sealedPast = past === undefined ? null : await sealPastFor(wish, past, headerHash);
  const parts = {
    sealedSeeds,
    sealedCard,
    confirm: await confirmEpoch(derived.confirm, headerHash),
    ...(sealedPast === null ? {} : { sealedPast }),
  };
  const signature = await signBytes({
    signSeed: me.signSeed,
    message: roomEventMessage({ headerHash, ...parts }),
  });
  const bytes = joinRoomEvent(header, parts, signature);
  const event = parseRoomEvent(bytes);
  const check = await checkRoomEvent({ event, previous, identityOf });
  if (check.kind !== "fits") throw new VaultFault("misuse");
  return { bytes, state: check.state, keys: keysOf(event, derived) };
};

const sealSeeds = async (sealing: {
  readonly seed: Bytes;
  readonly headerHash: Bytes;
  readonly members: readonly RoomMember[];
  readonly identityOf: IdentityOf;
}): Promise<readonly Bytes[]> => {
  const info = seedInfo(sealing.headerHash);
  const sealOne = async (member: RoomMember): Promise<Bytes> => {
    const record = await knownIdentity(member, sealing.identityOf);
    if (record === null) throw new VaultFault("misuse");
    return sealToKey({
      kemPublic: record.kemPublic,
      info,
      aad: idToBytes(member.account),
      body: sealing.seed,
    });
  };
  return Promise.all(sealing.members.map(sealOne));
};

const sealPastFor = async (
  wish: AnyEventWish,
  past: NonNullable<RoomEventWish["past"]>,
  headerHash: Bytes,
): Promise<Bytes> => {
  const member = wish.members.find(({ account }) => account === past.account);
  const record = member === undefined ? null : await knownIdentity(member, wish.identityOf);
  const epochs = (wish.previous?.epoch ?? -1) + 1 - past.epoch;
  if (record === null || past.seeds.length !== epochs) throw new VaultFault("misuse");
  const { account, seeds } = past;
  return sealPast({ seeds, headerHash, account, kemPublic: record.kemPublic });
};

const keysOf = (event: RoomEvent, derived: DerivedKeys): EpochKeys => {
  const { content, card, file } = derived;
  return { room: event.room, epoch: event.epoch, head: event.hash, content, card, file };
};

/**
 * Checks an event and opens my copy of its seed. `removed` says that the event is valid and takes me out, `ended` that it ends the room. A refusal is
 * either a lying server or a lying author; nothing of a refused event may be kept. Throws `malformed` for bytes that are
 * no event.
 */
export async function openRoomEvent(opening: RoomEventOpening): Promise<OpenedRoomEvent> {
  const event = parseRoomEvent(opening.event);
  const { previous, identityOf } = opening;
  const check: RoomCheck =
    previous === "joining"
      ? await checkJoiningEvent({ event, identityOf })
      : await checkRoomEvent({ event, previous, identityOf });
  if (check.kind === "refused") return check;
  if (check.state.ended) return { kind: "ended", state: check.state };
  const mine = myPlace(event, opening);
  if (mine === null) {
    const wasIn = previous !== null && previous !== "joining" && isAnyOfMine(previous, opening.mine);
    const isOut = !event.members.some((member) =>
      opening.mine.some((secret) => secret.account === member.account),
    );
    return wasIn && isOut ? { kind: "removed", state: check.state } : { kind: "refused", reason: "not-mine" };
  }
  // The key that it was sealed to is gone, and nothing was archived in its place.
  if (mine.kind === "archived" && mine.seed === null) return { kind: "refused", reason: "destroyed" };
  const opened = await openEpoch(event, mine, opening.previousCard);
  if (opened.kind === "refused") return opened;
  if (!mayCarryCard(event, opening, opened.card)) return { kind: "refused", reason: "card" };
  return { ...opened, state: check.state };
}

/**
 * The seeds that a `grant-history` gives me, oldest first; null when it is for somebody else, or does not open. The event
 * must have been opened before. One that was sealed to a key that is destroyed is answered from the archive, or not at all.
 */
export async function openGrantedPast(
  event: RoomEvent,
  mine: readonly IdentitySecret[],
  archived: (epoch: number) => Bytes | null = () => null,
): Promise<readonly Bytes[] | null> {
  const { grant, headerHash, sealedPast } = event;
  const place = grant === undefined ? null : memberOf(event, grant.account);
  const isMine = mine.some(({ account }) => account === grant?.account);
  if (grant === undefined || place === null || !isMine || sealedPast === undefined) return null;
  const kemPrivate = identityFor(mine, place.identity)?.kemPrivate ?? null;
  if (kemPrivate === null) return archivedPast(event.epoch, grant.epoch, archived);
  const { account } = grant;
  return openOrNull(() => openPast({ sealed: sealedPast, headerHash, account, kemPrivate }));
}

const archivedPast = (
  until: number,
  from: number,
  archived: (epoch: number) => Bytes | null,
): readonly Bytes[] | null => {
  const seeds: Bytes[] = [];
  for (let epoch = from; epoch < until; epoch++) {
    const seed = archived(epoch);
    if (seed === null) return null;
    seeds.push(seed);
  }
  return seeds;
};

/**
 * Checks and opens an event of the past by its granted seed. `previous` is the state before; a grant stands for the first
 * event, which it names by its hash. The event that I came in by then follows on the last of them, which binds them all.
 */
export async function openPastEvent(
  opening: Pick<RoomEventOpening, "event" | "previousCard" | "identityOf"> & {
    readonly seed: Bytes;
    readonly previous: RoomState | RoomGrant;
  },
): Promise<OpenedRoomEvent> {
  const event = parseRoomEvent(opening.event);
  const { identityOf, previous } = opening;
  const check =
    "members" in previous
      ? await checkRoomEvent({ event, previous, identityOf })
      : await checkFirstOfPast(event, previous, identityOf);
  if (check.kind === "refused") return check;
  const opened = await openBySeed(event, opening.seed, opening.previousCard);
  if (opened.kind === "refused") return opened;
  const before = "members" in previous ? previous : null;
  if (!mayCarryCard(event, { previous: before, previousCard: opening.previousCard }, opened.card)) {
    return { kind: "refused", reason: "card" };
  }
  return { ...opened, state: check.state };
}

/** What came before it is not known, but for a room's very first event; that it is this one, the granter has signed. */
const checkFirstOfPast = async (
  event: RoomEvent,
  grant: RoomGrant,
  identityOf: IdentityOf,
): Promise<RoomCheck> => {
  if (event.epoch !== grant.epoch) return { kind: "refused", reason: "epoch" };
  if (!equalBytes(event.hash, grant.head)) return { kind: "refused", reason: "previous" };
  if (event.epoch === 0) return checkRoomEvent({ event, previous: null, identityOf });
  return { kind: "fits", state: stateAfter(event) };
};

/** Where I stand in an event, with what opens my copy of its seed: my key of then, or, where that is destroyed, the archived seed. */
type MyPlace =
  | { readonly kind: "sealed"; readonly account: string; readonly kemPrivate: Bytes; readonly sealed: Bytes }
  | { readonly kind: "archived"; readonly seed: Bytes | null };

const myPlace = (
  event: RoomEvent,
  { archived, mine }: Pick<RoomEventOpening, "archived" | "mine">,
): MyPlace | null => {
  for (const [index, { account, identity }] of event.members.entries()) {
    const secret = identityFor(mine, identity);
    const sealed = event.sealedSeeds[index];
    if (secret !== null && secret.kemPrivate !== null && sealed !== undefined) {
      return { kind: "sealed", account, kemPrivate: secret.kemPrivate, sealed };
    }
    // Of generations long gone not even the record is kept: whose account it is says enough.
    const seed = mine.some((one) => one.account === account) ? (archived?.(event.epoch) ?? null) : null;
    if (secret !== null || seed !== null) return { kind: "archived", seed };
  }
  return null;
};

const isAnyOfMine = (state: RoomState, mine: readonly IdentitySecret[]): boolean =>
  mine.some((secret) => memberOf(state, secret.account) !== null);

type OpenedEpoch =
  | {
      readonly kind: "opened";
      readonly keys: EpochKeys;
      readonly card: Bytes;
      readonly seed: Bytes;
    }
  | { readonly kind: "refused"; readonly reason: RoomRefusal };

const openEpoch = async (
  event: RoomEvent,
  place: MyPlace,
  previousCard: Bytes | null,
): Promise<OpenedEpoch> => {
  const seed = place.kind === "archived" ? place.seed : await openOwnSeed(event, place);
  if (seed === null || seed.length !== 32) return { kind: "refused", reason: "sealed" };
  return openBySeed(event, seed, previousCard);
};

const openOwnSeed = (
  { headerHash }: RoomEvent,
  { account, kemPrivate, sealed }: MyPlace & { readonly kind: "sealed" },
): Promise<Bytes | null> =>
  openOrNull(() => openWithKey({ kemPrivate, info: seedInfo(headerHash), aad: idToBytes(account), sealed }));

const openBySeed = async (
  event: RoomEvent,
  seed: Bytes,
  previousCard: Bytes | null,
): Promise<OpenedEpoch> => {
  const { confirm: code, headerHash } = event;
  const derived = await deriveEpochKeys(seed, headerHash);
  const isRight = code !== null && (await isConfirmed({ confirm: derived.confirm, headerHash, code }));
  if (!isRight) return { kind: "refused", reason: "confirmation" };
  const { sealedCard: sealed } = event;
  const card =
    sealed === null
      ? previousCard
      : await openOrNull(() => openCard({ key: derived.card, headerHash, sealed }));
  if (card === null) return { kind: "refused", reason: "card" };
  return { kind: "opened", keys: keysOf(event, derived), card, seed };
};

const openOrNull = async <Value>(open: () => Promise<Value>): Promise<Value | null> => {
  try {
    return await open();
  } catch (error) {
    if (error instanceof VaultFault) return null;
    throw error;
  }
};

/** A keeper may change the card; a member who re-keys carries it forward unchanged. */
const mayCarryCard = (
  event: RoomEvent,
  opening: Pick<RoomEventOpening, "previous" | "previousCard">,
  card: Bytes,
): boolean => {
  const { previous, previousCard } = opening;
  if (previous === null || previous === "joining") return true;
  if (memberOf(previous, event.author)?.role === "keeper") return true;
  return previousCard !== null && equalBytes(previousCard, card);
};

/** The roster entry for one of my generations, in the role I am given. */
export function memberEntry(secret: IdentitySecret, role: RoomMember["role"]): RoomMember {
  return { account: secret.account, role, identity: identityHash(secret.record) };
}

/** The room chain behind the narrow interface. */
export const roomChain: RoomCrypto = { makeRoomEvent, openRoomEvent };
