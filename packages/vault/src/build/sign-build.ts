import type { Bytes } from "../codec/bytes.ts";
import { signBytes, signPublicOf } from "../primitives/sign.ts";
import { encodeBuildManifest } from "./manifest.ts";
import type { BuildFile } from "./manifest.ts";
import { encodeSignedBuild, handOverText } from "./signed.ts";
import type { HandOver } from "./signed.ts";

/** Signs a build of the page with a builder's key. Throws `misuse` for what a manifest cannot say. */
export async function signBuild(build: {
  readonly number: number;
  readonly release: string;
  readonly files: readonly BuildFile[];
  readonly handOvers: readonly HandOver[];
  readonly signSeed: Bytes;
}): Promise<Bytes> {
  const { handOvers, signSeed } = build;
  const manifest = encodeBuildManifest(build);
  const signature = await signBytes({ signSeed, message: manifest });
  return encodeSignedBuild({ builder: await signPublicOf(signSeed), handOvers, manifest, signature });
}

/** Hands a builder's key over to the next one. */
export async function signHandOver(wish: {
  readonly signSeed: Bytes;
  readonly to: Bytes;
}): Promise<HandOver> {
  const from = await signPublicOf(wish.signSeed);
  const signature = await signBytes({
    signSeed: wish.signSeed,
    message: handOverText({ from, to: wish.to }),
  });
  return { from, to: wish.to, signature };
}
