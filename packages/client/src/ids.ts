import { parseId } from "@sotto/domain";
import type { FamilyId, RoomId } from "@sotto/domain";
import { ByteWriter, encodeUtf8, idFromBytes, sha256 } from "@sotto/vault";
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

/** An id that sorts by time (RFC 9562 version 7). */
export function makeTimedId<Id extends string>(random: Random, now: number): Id {
  const bytes = random(16);
  bytes.set(new ByteWriter().unsigned(now, 6).bytes());
  return toId<Id>(stamp(bytes, 7));
}

/**
 * The room that a family's structure calls for under this key. The same for every browser that computes it, so two of
 * them never make two rooms; random to whoever does not know the family's id, which the server does not.
 */
export function plannedRoomId({ family, key }: { readonly family: FamilyId; readonly key: string }): RoomId {
  const named = ByteWriter.labelled("fam/planned-room/1").id(family).block16(encodeUtf8(key)).bytes();
  return toId<RoomId>(stamp(sha256(named).slice(0, 16), 8));
}

/** Which of the 16 faces stands for an account, the same everywhere. */
export function faceOf(account: string): number {
  return (sha256(encodeUtf8(account))[0] ?? 0) % FACES;
}
