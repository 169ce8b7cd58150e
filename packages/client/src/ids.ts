import { parseId } from "@sotto/domain";
import type { FamilyId, RoomId } from "@sotto/domain";
import { ByteWriter, encodeUtf8, fromHex, idFromBytes, sha256, toHex } from "@sotto/vault";
import type { Bytes, Random } from "@sotto/vault";
import { ClientFault } from "./done.ts";

const FACES = 16;

/** Gives a text its brand; throws `bad-answer` when it is no id. */
export function toId<Id extends string>(text: string): Id {
  const id = parseId<Id>(text);
  if (id === null) throw new ClientFault("bad-answer");
  return id;
}

const stamp = (bytes: Bytes, version: number): string => {
  const stamped = new Uint8Array(bytes);
  stamped[6] = ((stamped[6] ?? 0) & 0x0f) | (version << 4);
  stamped[8] = ((stamped[8] ?? 0) & 0x3f) | 0x80;
  return idFromBytes(stamped);
};

/** A random id (RFC 9562 version 4). */
export function makeId<Id extends string>(random: Random): Id {
  return toId<Id>(stamp(random(16), 4));
}

/**
 * An id that sorts by time (RFC 9562 version 7), and always after the one given: within one millisecond, and when the
 * clock has gone backwards, that one is counted up by a random step (RFC 9562 section 6.2, method 2).
 */
export function makeTimedId<Id extends string>(wish: {
  readonly random: Random;
  readonly now: number;
  readonly after: Id | null;
}): Id {
  const { after, now, random } = wish;
  const bytes = random(16);
  bytes.set(new ByteWriter().unsigned(now, 6).bytes());
  const id = toId<Id>(stamp(bytes, 7));
  return after === null || id > after ? id : countUp(after, random);
}

/** The time that a timed id was made at, by the clock of whoever made it. */
export function timeOf(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}

// Of the 128 bits, 48 are the time, 12 and 62 are counted, 4 and 2 say the version and variant.
const LOW = 62n;
const MIDDLE = 12n;

const countUp = <Id extends string>(id: Id, random: Random): Id => {
  const bits = BigInt(`0x${id.replaceAll("-", "")}`);
  const low = bits & ((1n << LOW) - 1n);
  const middle = (bits >> 64n) & ((1n << MIDDLE) - 1n);
  const step = BigInt(`0x${toHex(random(4))}`) + 1n;
  const count = (((bits >> 80n) << (LOW + MIDDLE)) | (middle << LOW) | low) + step;
  const [time, rest] = [count >> (LOW + MIDDLE), count & ((1n << (LOW + MIDDLE)) - 1n)];
  const next =
    (time << 80n) | (7n << 76n) | ((rest >> LOW) << 64n) | (2n << LOW) | (rest & ((1n << LOW) - 1n));
  return toId<Id>(stamp(fromHex(next.toString(16).padStart(32, "0")), 7));
};

/**
 * The room that a family's structure calls for under this key. The same for every browser that computes it, so two of
 * them never make two rooms; random to whoever does not know the family's id, which the server does not.
 */
export function plannedRoomId({ family, key }: { readonly family: FamilyId; readonly key: string }): RoomId {
  const named = ByteWriter.labelled("fam/planned-room/1").id(family).block16(encodeUtf8(key)).bytes();
  return toId<RoomId>(stamp(sha256(named).slice(0, 16), 8));
}

/**
 * The room of a practice, as every browser of whoever set the practice up computes it, so that two of them never make two. `secret` is theirs
 * alone: to the server the id is random, as every room's.
 */
export function practiceRoomId(secret: Bytes): RoomId {
  const named = ByteWriter.labelled("fam/practice-room/1").fixed(secret, 32).bytes();
  return toId<RoomId>(stamp(sha256(named).slice(0, 16), 8));
}

/** Which of the 16 faces stands for an account, the same everywhere. */
export function faceOf(account: string): number {
  return (sha256(encodeUtf8(account))[0] ?? 0) % FACES;
}
