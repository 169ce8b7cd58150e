import { concatBytes, drawBytes, equalBytes, VaultFault } from "../codec/bytes.ts";
import type { Bytes, Random } from "../codec/bytes.ts";
import { ByteWriter } from "../codec/writer.ts";
import type { IdentityOf } from "../identity/record.ts";
import { identityHash } from "../identity/record.ts";
import type { IdentitySecret } from "../identity/secret.ts";
import { sha256 } from "../primitives/hash.ts";
import { openingFailsOneWay, openSalted, sealSalted } from "../primitives/salted-seal.ts";
import { signBytes, verifySignature } from "../primitives/sign.ts";
import { knownIdentity } from "../room/check.ts";
import type { EpochKeys } from "../room/epoch-keys.ts";
import { memberOf } from "../room/state.ts";
import type { RoomState } from "../room/state.ts";
import { decodeFrameContent, encodeFrameContent, frameMessage, padFrame } from "./content.ts";
import type { FrameContent } from "./content.ts";
import { encodeFrameHeader, FRAME_HEADER_BYTES, FRAME_LABEL, parseFrameHeader } from "./header.ts";

/** A frame that opened and whose author is certain. */
export type OpenedFrame = FrameContent & {
  readonly room: string;
  readonly epoch: number;
  readonly id: string;
  readonly author: string;
  /** SHA-256 of the whole frame: what later frames name it by. */
  readonly hash: Bytes;
};

const contentInfo = ByteWriter.labelled(`${FRAME_LABEL} content`).bytes();

/**
 * Seals one entry to everybody who holds the epoch, signed by its author. Throws `misuse` when the body is too long, or
 * the identity is not the author's place in the roster.
 */
export async function sealFrame(
  sealing: FrameContent & {
    /** The generation of my keys that the roster names. */
    readonly me: IdentitySecret;
    readonly keys: EpochKeys;
    readonly state: RoomState;
    /** The entry's id. */
    readonly id: string;
    readonly random: Random;
  },
): Promise<{ readonly bytes: Bytes; readonly hash: Bytes }> {
  const { me, keys, state, id, random } = sealing;
  const place = memberOf(state, me.account);
  const mayWrite =
    place !== null &&
    place.role !== "reader" &&
    !state.closed &&
    equalBytes(place.identity, identityHash(me.record));
  if (!mayWrite || !isSameEpoch(keys, state)) throw new VaultFault("misuse");
  const { room, epoch } = state;
  const salt = drawBytes(random, 16);
  const header = encodeFrameHeader({
    room,
    epoch,
    head16: state.head.slice(0, 16),
    id,
    author: me.account,
    salt,
  });
  const content = encodeFrameContent(sealing);
  const signature = await signBytes({ signSeed: me.signSeed, message: frameMessage(header, content) });
  const body = padFrame(content, signature);
  const sealed = await sealSalted({ key: keys.content, info: contentInfo, salt, aad: header, body });
  const bytes = concatBytes(header, sealed);
  return { bytes, hash: sha256(bytes) };
}

const isSameEpoch = (keys: EpochKeys, state: RoomState): boolean =>
  keys.room === state.room && keys.epoch === state.epoch && equalBytes(keys.head, state.head);

/**
 * Opens a frame of the epoch whose keys and roster are given, and proves its author: a keeper or member of that roster,
 * while the room was not closed. Throws `unopenable`, whatever the cause.
 */
export async function openFrame(opening: {
  readonly bytes: Bytes;
  readonly keys: EpochKeys;
  readonly state: RoomState;
  readonly identityOf: IdentityOf;
}): Promise<OpenedFrame> {
  return openingFailsOneWay(() => openChecked(opening));
}

const openChecked = async ({
  bytes,
  keys,
  state,
  identityOf,
}: Parameters<typeof openFrame>[0]): Promise<OpenedFrame> => {
  const header = parseFrameHeader(bytes);
  const fits =
    isSameEpoch(keys, state) &&
    header.room === state.room &&
    header.epoch === state.epoch &&
    equalBytes(header.head16, state.head.slice(0, 16));
  const author = memberOf(state, header.author);
  if (!fits || state.closed || author === null || author.role === "reader")
    throw new VaultFault("unopenable");
  const record = await knownIdentity(author, identityOf);
  if (record === null) throw new VaultFault("unopenable");
  const outer = bytes.slice(0, FRAME_HEADER_BYTES);
  const sealed = bytes.slice(FRAME_HEADER_BYTES);
  const padded = await openSalted({
    key: keys.content,
    info: contentInfo,
    salt: header.salt,
    aad: outer,
    sealed,
  });
  const { content, signed, signature } = decodeFrameContent(padded);
  const message = frameMessage(outer, signed);
  const holds = await verifySignature({ signPublic: record.signPublic, message, signature });
  if (!holds) throw new VaultFault("unopenable");
  const { room, epoch, id } = header;
  return { ...content, room, epoch, id, author: header.author, hash: sha256(bytes) };
};
