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
import { encodeRoomHeader, joinRoomEvent, parseRoomEvent, roomEventMessage, sortMembers } from "./event.ts";
import type { RoomEvent } from "./event.ts";
import { memberOf } from "./state.ts";
import type { RoomAction, RoomMember, RoomState } from "./state.ts";

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
};

export type MadeRoomEvent = { readonly bytes: Bytes; readonly state: RoomState; readonly keys: EpochKeys };

export type RoomEventOpening = {
  /** All generations of my keys. */
  readonly mine: readonly IdentitySecret[];
  readonly event: Bytes;
  /** The state before; null before the first event; `joining` when this is the first event I may see. */
  readonly previous: RoomState | null | "joining";
  /** The encoded card of the state before; null when there is none. */
  readonly previousCard: Bytes | null;
  readonly identityOf: IdentityOf;
};

export type OpenedRoomEvent =
  | { readonly kind: "opened"; readonly state: RoomState; readonly keys: EpochKeys; readonly card: Bytes }
  | { readonly kind: "removed"; readonly state: RoomState }
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
  const { me, previous, identityOf } = wish;
  const header = encodeRoomHeader({
    room: wish.room,
    epoch: previous === null ? 0 : previous.epoch + 1,
    previous: previous?.head ?? null,
    author: me.account,
    action: wish.action,
    members: sortMembers(wish.members),
    closed: wish.action === "close" || (previous?.closed === true && wish.action !== "reopen"),
  });
  const headerHash = sha256(header);
  const seed = drawBytes(wish.random, 32);
  const derived = await deriveEpochKeys(seed, headerHash);
  const sealedSeeds = await sealSeeds({ seed, headerHash, members: sortMembers(wish.members), identityOf });
  wipe(seed);
  const sealedCard = await sealCard({ key: derived.card, headerHash, card: wish.card, random: wish.random });
  const parts = { sealedSeeds, sealedCard, confirm: await confirmEpoch(derived.confirm, headerHash) };
  const signature = await signBytes({
    signSeed: me.signSeed,
    message: roomEventMessage({ headerHash, ...parts }),
  });
  const bytes = joinRoomEvent(header, parts, signature);
  const event = parseRoomEvent(bytes);
  const check = await checkRoomEvent({ event, previous, identityOf });
  if (check.kind !== "fits") throw new VaultFault("misuse");
  return { bytes, state: check.state, keys: keysOf(event, derived) };
}

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

const keysOf = (event: RoomEvent, derived: DerivedKeys): EpochKeys => {
  const { content, card, file } = derived;
  return { room: event.room, epoch: event.epoch, head: event.hash, content, card, file };
};

/**
 * Checks an event and opens my copy of its seed. `removed` says that the event is valid and takes me out. A refusal is
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
  const mine = myPlace(event, opening.mine);
  if (mine === null) {
    const wasIn = previous !== null && previous !== "joining" && isAnyOfMine(previous, opening.mine);
    const isOut = !event.members.some((member) =>
      opening.mine.some((secret) => secret.account === member.account),
    );
    return wasIn && isOut ? { kind: "removed", state: check.state } : { kind: "refused", reason: "not-mine" };
  }
  const opened = await openEpoch(event, mine);
  if (opened.kind === "refused") return opened;
  if (!mayCarryCard(event, opening, opened.card)) return { kind: "refused", reason: "card" };
  return { kind: "opened", state: check.state, keys: opened.keys, card: opened.card };
}

type MyPlace = { readonly secret: IdentitySecret; readonly sealed: Bytes };

const myPlace = (event: RoomEvent, mine: readonly IdentitySecret[]): MyPlace | null => {
  for (const [index, member] of event.members.entries()) {
    const secret = identityFor(mine, member.identity);
    const sealed = event.sealedSeeds[index];
    if (secret !== null && sealed !== undefined) return { secret, sealed };
  }
  return null;
};

const isAnyOfMine = (state: RoomState, mine: readonly IdentitySecret[]): boolean =>
  mine.some((secret) => memberOf(state, secret.account) !== null);

type OpenedEpoch =
  | { readonly kind: "opened"; readonly keys: EpochKeys; readonly card: Bytes }
  | { readonly kind: "refused"; readonly reason: RoomRefusal };

const openEpoch = async (event: RoomEvent, { secret, sealed }: MyPlace): Promise<OpenedEpoch> => {
  const { headerHash } = event;
  const seed = await openOrNull(() =>
    openWithKey({
      kemPrivate: secret.kemPrivate,
      info: seedInfo(headerHash),
      aad: idToBytes(secret.account),
      sealed,
    }),
  );
  if (seed === null || seed.length !== 32) return { kind: "refused", reason: "sealed" };
  const derived = await deriveEpochKeys(seed, headerHash);
  wipe(seed);
  if (!(await isConfirmed({ confirm: derived.confirm, headerHash, code: event.confirm }))) {
    return { kind: "refused", reason: "confirmation" };
  }
  const card = await openOrNull(() => openCard({ key: derived.card, headerHash, sealed: event.sealedCard }));
  if (card === null) return { kind: "refused", reason: "card" };
  return { kind: "opened", keys: keysOf(event, derived), card };
};

const openOrNull = async (open: () => Promise<Bytes>): Promise<Bytes | null> => {
  try {
    return await open();
  } catch (error) {
    if (error instanceof VaultFault) return null;
    throw error;
  }
};

/** A keeper may change the card; a member who re-keys carries it forward unchanged. */
const mayCarryCard = (event: RoomEvent, opening: RoomEventOpening, card: Bytes): boolean => {
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
