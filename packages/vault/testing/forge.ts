import type { Bytes } from "../src/codec/bytes.ts";
import { idToBytes } from "../src/codec/text.ts";
import type { IdentityOf } from "../src/identity/record.ts";
import type { IdentitySecret } from "../src/identity/secret.ts";
import { sha256 } from "../src/primitives/hash.ts";
import { sealToKey } from "../src/primitives/hpke.ts";
import { signBytes } from "../src/primitives/sign.ts";
import { knownIdentity } from "../src/room/check.ts";
import { confirmEpoch, deriveEpochKeys, sealCard, seedInfo } from "../src/room/epoch-keys.ts";
import { encodeRoomHeader, joinRoomEvent, roomEventMessage } from "../src/room/event.ts";
import type { RoomHeader } from "../src/room/event.ts";
import { unsafeSeededRandom } from "./people.ts";

/**
 * An event as a malicious author would make it: well signed, and checked by nobody. `seedFor` lets the author give
 * different people different seeds; the confirmation is of the seed for `""`.
 */
export async function forgeEvent(forgery: {
  readonly signer: IdentitySecret;
  readonly header: RoomHeader;
  readonly card: Bytes;
  readonly identityOf: IdentityOf;
  readonly seedFor?: (account: string) => Bytes;
}): Promise<Bytes> {
  const { signer, header, card, identityOf } = forgery;
  const seedFor = forgery.seedFor ?? (() => new Uint8Array(32).fill(1));
  const headerBytes = encodeRoomHeader(header);
  const headerHash = sha256(headerBytes);
  if (header.action === "ended") return forgeEnding(signer, headerBytes, headerHash);
  const derived = await deriveEpochKeys(seedFor(""), headerHash);
  const sealedSeeds = await Promise.all(
    header.members.map(async (member) => {
      const record = await knownIdentity(member, identityOf);
      const aad = idToBytes(member.account);
      const body = seedFor(member.account);
      // Somebody whom the author does not know gets noise.
      if (record === null) return new Uint8Array(1168);
      return sealToKey({ kemPublic: record.kemPublic, info: seedInfo(headerHash), aad, body });
    }),
  );
  const random = unsafeSeededRandom("forged card");
  const isOpening = header.action === "opened";
  const sealedCard = isOpening ? null : await sealCard({ key: derived.card, headerHash, card, random });
  const confirm = await confirmEpoch(derived.confirm, headerHash);
  // Nobody but the receiver can tell noise from what a grant gives.
  const epochs = header.grant === undefined ? 0 : header.epoch - header.grant.epoch;
  const past = epochs === 0 ? {} : { sealedPast: new Uint8Array(1136 + 32 * epochs) };
  const parts = { sealedSeeds, sealedCard, confirm, ...past };
  const signature = await signBytes({
    signSeed: signer.signSeed,
    message: roomEventMessage({ headerHash, ...parts }),
  });
  return joinRoomEvent(headerBytes, parts, signature);
}

const forgeEnding = async (signer: IdentitySecret, header: Bytes, headerHash: Bytes): Promise<Bytes> => {
  const parts = { sealedSeeds: [], sealedCard: null, confirm: null };
  const message = roomEventMessage({ headerHash, ...parts });
  return joinRoomEvent(header, parts, await signBytes({ signSeed: signer.signSeed, message }));
};
