import { equalBytes, VaultFault } from "../codec/bytes.ts";
import type { Bytes } from "../codec/bytes.ts";
import { ByteReader } from "../codec/reader.ts";
import { ByteWriter } from "../codec/writer.ts";
import { verifySignature } from "../primitives/sign.ts";
import { BUILD_MANIFEST_BYTES_MAX, parseBuildManifest } from "./manifest.ts";
import type { BuildManifest } from "./manifest.ts";

/**
 * A manifest with its builder's signature (docs/formats/build.md). Anybody can sign a build with some key: what counts is whether the key is the one
 * that was met first, or one that it signed over to, hand by hand.
 */
const SIGNED_LABEL = "fam/bs/1";
const HAND_OVER_LABEL = "fam/bh/1";

/** How many hands a builder's key may have passed through. */
export const HAND_OVERS_MAX = 16;

/** The largest signed manifest that is read. */
export const SIGNED_BUILD_BYTES_MAX = BUILD_MANIFEST_BYTES_MAX + HAND_OVERS_MAX * 128 + 200;

/** A builder's word that another key speaks for it from now on. */
export type HandOver = { readonly from: Bytes; readonly to: Bytes; readonly signature: Bytes };

export type SignedBuild = {
  /** The public key that signed. */
  readonly builder: Bytes;
  readonly handOvers: readonly HandOver[];
  readonly manifest: BuildManifest;
};

/** What a hand-over signs. */
export function handOverText(pair: { readonly from: Bytes; readonly to: Bytes }): Bytes {
  return ByteWriter.labelled(HAND_OVER_LABEL).fixed(pair.from, 32).fixed(pair.to, 32).bytes();
}

export function encodeSignedBuild(signed: {
  readonly builder: Bytes;
  readonly handOvers: readonly HandOver[];
  readonly manifest: Bytes;
  readonly signature: Bytes;
}): Bytes {
  const writer = ByteWriter.labelled(SIGNED_LABEL);
  writer.list(signed.handOvers, HAND_OVERS_MAX, ({ from, signature, to }) =>
    writer.fixed(from, 32).fixed(to, 32).fixed(signature, 64),
  );
  return writer
    .fixed(signed.builder, 32)
    .block32(signed.manifest, BUILD_MANIFEST_BYTES_MAX)
    .fixed(signed.signature, 64)
    .bytes();
}

/** Reads a signed manifest and checks its signature. Throws `malformed`, or `unverified` when the key in it did not sign it. */
export async function verifySignedBuild(bytes: Bytes): Promise<SignedBuild> {
  const reader = ByteReader.labelled(bytes, SIGNED_LABEL, SIGNED_BUILD_BYTES_MAX);
  const handOvers = reader.list(HAND_OVERS_MAX, () => ({
    from: reader.fixed(32),
    to: reader.fixed(32),
    signature: reader.fixed(64),
  }));
  const builder = reader.fixed(32);
  const manifest = reader.block32(BUILD_MANIFEST_BYTES_MAX);
  const signature = reader.fixed(64);
  reader.end();
  if (!(await verifySignature({ signPublic: builder, message: manifest, signature })))
    throw new VaultFault("unverified");
  return { builder, handOvers, manifest: parseBuildManifest(manifest) };
}

/** True when the build is signed by `known`, or by a key to which it was handed over. Each step goes to a key that was not met before. */
export async function isOfBuilder(known: Bytes, { builder, handOvers }: SignedBuild): Promise<boolean> {
  const met = [known];
  for (let holder = known; !equalBytes(holder, builder);) {
    const step = handOvers.find(
      ({ from, to }) => equalBytes(from, holder) && !met.some((key) => equalBytes(key, to)),
    );
    if (step === undefined) return false;
    const { from, signature, to } = step;
    if (!(await verifySignature({ signPublic: from, message: handOverText({ from, to }), signature })))
      return false;
    met.push(to);
    holder = to;
  }
  return true;
}
