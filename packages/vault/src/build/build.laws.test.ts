import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { faultOf } from "../../testing/damage.ts";
import { unsafeSeededRandom } from "../../testing/people.ts";
import type { Bytes } from "../codec/bytes.ts";
import { sha256 } from "../primitives/hash.ts";
import { signPublicOf } from "../primitives/sign.ts";
import { buildLeaf, encodeBuildContents, encodeBuildManifest, parseBuildManifest } from "./manifest.ts";
import type { BuildFile } from "./manifest.ts";
import { signBuild, signHandOver } from "./sign-build.ts";
import { isOfBuilder, verifySignedBuild } from "./signed.ts";
import type { HandOver } from "./signed.ts";

const random = unsafeSeededRandom("build");
const seeds = [random(32), random(32), random(32)] as const;
const keys = await Promise.all(seeds.map(signPublicOf));
const [first, second, third] = keys as [Bytes, Bytes, Bytes];
const file = (path: string): BuildFile => ({ path, size: path.length, hash: sha256(random(8)) });
const files = ["/index.html", "/assets/a-1.js", "/looks/notes/icon.svg"].map(file);

const paths = fc.uniqueArray(fc.stringMatching(/^(?:\/[a-z0-9_-][a-z0-9._-]{0,8}){1,3}$/), {
  minLength: 1,
  maxLength: 12,
});

const signed = (wish: { readonly seed: Bytes; readonly handOvers?: readonly HandOver[] }): Promise<Bytes> =>
  signBuild({ number: 7, release: "0.1.0", files, handOvers: wish.handOvers ?? [], signSeed: wish.seed });

describe("a build manifest", () => {
  it("says the same of the same files, in whatever order they come", () => {
    fc.assert(
      fc.property(paths, fc.nat(), (names, number) => {
        const some = names.map(file);
        const bytes = encodeBuildManifest({ number, release: "0.1.0", files: some });
        expect(encodeBuildManifest({ number, release: "0.1.0", files: some.toReversed() })).toEqual(bytes);
        const read = parseBuildManifest(bytes);
        expect(encodeBuildManifest(read)).toEqual(bytes);
        expect(read.code).toEqual(sha256(encodeBuildContents(some)));
        expect(read.files.map(({ path }) => path)).toEqual(names.toSorted());
      }),
    );
  });

  it("has one code whatever its number and release", () => {
    const codes = [1, 2].map(
      (number) =>
        parseBuildManifest(encodeBuildManifest({ number, release: `0.${String(number)}`, files })).code,
    );
    expect(codes[0]).toEqual(codes[1]);
  });

  it("cannot name a path twice, or one that is no plain one", async () => {
    const bad = ["index.html", "/", "/a//b", "/../a", "/a/..", "/.git", "/a b", "/ä", "/a/", "/a?b"];
    for (const path of bad)
      expect(await faultOf((async () => encodeBuildContents([file(path)]))())).toBe("misuse");
    const twice = [file("/a"), file("/a")];
    expect(await faultOf((async () => encodeBuildContents(twice))())).toBe("misuse");
  });
});

describe("a signed build", () => {
  it("T1: opens as it was signed, and with one changed byte not at all", async () => {
    const bytes = await signed({ seed: seeds[0] });
    const opened = await verifySignedBuild(bytes);
    expect([opened.builder, opened.manifest.number]).toEqual([first, 7]);
    const places = Array.from({ length: 40 }, (_, index) => Math.floor((index * bytes.length) / 40));
    for (const place of [...places, bytes.length - 1]) {
      const changed = bytes.slice();
      changed[place] = (changed[place] ?? 0) ^ 1;
      expect(["malformed", "unverified"]).toContain(await faultOf(verifySignedBuild(changed)));
    }
    for (const cut of [0, 5, bytes.length - 1])
      expect(await faultOf(verifySignedBuild(bytes.slice(0, cut)))).toBe("malformed");
    expect(await faultOf(verifySignedBuild(new Uint8Array([...bytes, 0])))).toBe("malformed");
  });

  it("T1: is of the builder who signed it, and of nobody else", async () => {
    const opened = await verifySignedBuild(await signed({ seed: seeds[1] }));
    expect(await isOfBuilder(second, opened)).toBe(true);
    expect(await isOfBuilder(first, opened)).toBe(false);
  });

  it("T1: is of a builder who handed their key over, hand by hand", async () => {
    const one = await signHandOver({ signSeed: seeds[0], to: second });
    const two = await signHandOver({ signSeed: seeds[1], to: third });
    const opened = await verifySignedBuild(await signed({ seed: seeds[2], handOvers: [one, two] }));
    expect(await Promise.all(keys.map((key) => isOfBuilder(key, opened)))).toEqual([true, true, true]);
    const missing = await verifySignedBuild(await signed({ seed: seeds[2], handOvers: [two] }));
    expect(await isOfBuilder(first, missing)).toBe(false);
  });

  it("T1: is of nobody by a hand-over that somebody else wrote, or that goes round in circles", async () => {
    const theft = { ...(await signHandOver({ signSeed: seeds[2], to: third })), from: first };
    const stolen = await verifySignedBuild(await signed({ seed: seeds[2], handOvers: [theft] }));
    expect(await isOfBuilder(first, stolen)).toBe(false);
    const there = await signHandOver({ signSeed: seeds[0], to: second });
    const back = await signHandOver({ signSeed: seeds[1], to: first });
    const round = await verifySignedBuild(await signed({ seed: seeds[2], handOvers: [there, back] }));
    expect(await isOfBuilder(first, round)).toBe(false);
  });

  it("stands in the key log by its builder and its manifest", () => {
    const [manifest, other] = [sha256(random(4)), sha256(random(4))];
    const leaf = buildLeaf({ builder: first, manifest });
    expect(buildLeaf({ builder: second, manifest })).not.toEqual(leaf);
    expect(buildLeaf({ builder: first, manifest: other })).not.toEqual(leaf);
  });
});
