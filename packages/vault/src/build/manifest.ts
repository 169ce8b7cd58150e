import { VaultFault } from "../codec/bytes.ts";
import type { Bytes } from "../codec/bytes.ts";
import { ByteReader } from "../codec/reader.ts";
import { ByteWriter } from "../codec/writer.ts";
import { sha256 } from "../primitives/hash.ts";

/**
 * What a build of the page consists of (docs/formats/build.md). The contents say which bytes, and nothing of when or by whom: whoever builds the same
 * source gets the same contents. The manifest gives them a number that only rises.
 */
const CONTENTS_LABEL = "fam/bc/1";
const MANIFEST_LABEL = "fam/bm/1";
const LEAF_LABEL = "fam/bl/1";
const FILES_MAX = 1_000;
const PATH_BYTES_MAX = 200;
const RELEASE_BYTES_MAX = 60;
const CONTENTS_BYTES_MAX = 300_000;

/** The largest manifest that is read. */
export const BUILD_MANIFEST_BYTES_MAX = CONTENTS_BYTES_MAX + 1_000;

// Plain names under folders; no part of them may start with a dot.
const PATH = /^(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*)+$/;

/** One file of a build, by its path on the server. */
export type BuildFile = { readonly path: string; readonly size: number; readonly hash: Bytes };

export type BuildManifest = {
  /** Higher in every newer build of one builder. */
  readonly number: number;
  /** What people call this version. */
  readonly release: string;
  /** Sorted by path; no path twice. */
  readonly files: readonly BuildFile[];
  /** SHA-256 of the contents: the same for everybody who builds the same source. */
  readonly code: Bytes;
  /** SHA-256 of the whole manifest. */
  readonly hash: Bytes;
};

/** The contents of a build: its files in the order of their paths. Throws `misuse` for a path that is no plain one, or that comes twice. */
export function encodeBuildContents(files: readonly BuildFile[]): Bytes {
  const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  if (!areInOrder(sorted)) throw new VaultFault("misuse");
  const writer = ByteWriter.labelled(CONTENTS_LABEL);
  writer.list(sorted, FILES_MAX, ({ hash, path, size }) =>
    writer.text(path, PATH_BYTES_MAX).unsigned(size, 4).fixed(hash, 32),
  );
  return writer.bytes();
}

export function encodeBuildManifest(build: {
  readonly number: number;
  readonly release: string;
  readonly files: readonly BuildFile[];
}): Bytes {
  return ByteWriter.labelled(MANIFEST_LABEL)
    .unsigned(build.number, 8)
    .text(build.release, RELEASE_BYTES_MAX)
    .block32(encodeBuildContents(build.files), CONTENTS_BYTES_MAX)
    .bytes();
}

/** Reads a manifest. Throws `malformed` for anything else. */
export function parseBuildManifest(bytes: Bytes): BuildManifest {
  const reader = ByteReader.labelled(bytes, MANIFEST_LABEL, BUILD_MANIFEST_BYTES_MAX);
  const number = reader.unsigned(8);
  const release = reader.text(RELEASE_BYTES_MAX);
  const contents = reader.block32(CONTENTS_BYTES_MAX);
  reader.end();
  return { number, release, files: parseContents(contents), code: sha256(contents), hash: sha256(bytes) };
}

function parseContents(bytes: Bytes): readonly BuildFile[] {
  const reader = ByteReader.labelled(bytes, CONTENTS_LABEL, CONTENTS_BYTES_MAX);
  const files = reader.list(FILES_MAX, () => ({
    path: reader.text(PATH_BYTES_MAX),
    size: reader.unsigned(4),
    hash: reader.fixed(32),
  }));
  reader.end();
  if (!areInOrder(files)) throw new VaultFault("malformed");
  return files;
}

const areInOrder = (files: readonly BuildFile[]): boolean =>
  files.every(({ path }, index) => PATH.test(path) && (index === 0 || (files[index - 1]?.path ?? "") < path));

/** Leaf of a build in the key log: which manifest, by whose key. */
export function buildLeaf(build: { readonly builder: Bytes; readonly manifest: Bytes }): Bytes {
  return ByteWriter.labelled(LEAF_LABEL).fixed(build.builder, 32).fixed(build.manifest, 32).bytes();
}
