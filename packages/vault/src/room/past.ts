import { concatBytes, VaultFault, wipe } from "../codec/bytes.ts";
import type { Bytes } from "../codec/bytes.ts";
import { idToBytes } from "../codec/text.ts";
import { ByteWriter, encodeUtf8 } from "../codec/writer.ts";
import { openWithKey, sealToKey } from "../primitives/hpke.ts";

/**
 * What a grant gives of the past: the seeds of every epoch from the granted one to the one before the grant, oldest
 * first, sealed to one person. Each seed proves itself by the confirmation of its event, so nothing here is believed.
 */
const SEED_BYTES = 32;

const pastInfo = (headerHash: Bytes): Bytes =>
  concatBytes(ByteWriter.labelled("fam/room/3").block8(encodeUtf8("past")).bytes(), headerHash);

/** The seeds, for one person and one event. */
export async function sealPast(sealing: {
  readonly seeds: readonly Bytes[];
  readonly headerHash: Bytes;
  readonly account: string;
  readonly kemPublic: Bytes;
}): Promise<Bytes> {
  const body = concatBytes(...sealing.seeds);
  const { account, headerHash, kemPublic } = sealing;
  const sealed = await sealToKey({ kemPublic, info: pastInfo(headerHash), aad: idToBytes(account), body });
  wipe(body);
  return sealed;
}

/** The seeds, oldest first; throws `unopenable`. */
export async function openPast(opening: {
  readonly sealed: Bytes;
  readonly headerHash: Bytes;
  readonly account: string;
  readonly kemPrivate: Bytes;
}): Promise<readonly Bytes[]> {
  const { account, headerHash, kemPrivate, sealed } = opening;
  const body = await openWithKey({
    kemPrivate,
    info: pastInfo(headerHash),
    aad: idToBytes(account),
    sealed,
  });
  if (body.length % SEED_BYTES !== 0) throw new VaultFault("unopenable");
  const seeds: Bytes[] = [];
  for (let offset = 0; offset < body.length; offset += SEED_BYTES) {
    seeds.push(body.slice(offset, offset + SEED_BYTES));
  }
  wipe(body);
  return seeds;
}
