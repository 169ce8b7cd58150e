import fc from "fast-check";
import { expect, test } from "vitest";
import { VaultFault } from "../codec/bytes.ts";
import type { Bytes } from "../codec/bytes.ts";
import { ByteWriter } from "../codec/writer.ts";
import { fileCipher, fileContentBytes, fileHash, makeFileKey, openFileChunk, sealFileChunk } from "./file.ts";
import type { FilePlace } from "./file.ts";
import {
  FILE_BYTES_MAX,
  FILE_CHUNK_BYTES,
  fileChunkCount,
  paddedFileBytes,
  STORED_FILE_BYTES_MAX,
  storedChunkBytes,
  storedChunkCount,
  storedFileBytes,
} from "./layout.ts";

const random = (count: number): Bytes => crypto.getRandomValues(new Uint8Array(count));
const sizes = fc.oneof(fc.nat({ max: 200_000 }), fc.nat({ max: FILE_BYTES_MAX }));

test("a size is rounded up by an eighth at most, always to the same few sizes", () => {
  fc.assert(
    fc.property(sizes, (size) => {
      const padded = paddedFileBytes(size);
      expect(padded).toBeGreaterThanOrEqual(size);
      expect(padded).toBeLessThanOrEqual(Math.max(64 * 1024, size * 1.125 + 64 * 1024));
      expect(padded % (64 * 1024)).toBe(0);
      expect(padded > FILE_BYTES_MAX || paddedFileBytes(padded) === padded).toBe(true);
    }),
  );
  const seen = new Set<number>();
  for (let size = 0; size <= FILE_BYTES_MAX; size += 16 * 1024) seen.add(paddedFileBytes(size));
  expect(seen.size).toBe(69);
});

test("whoever stores a file finds every chunk's length from the whole, and knows a length that is no file's", () => {
  fc.assert(
    fc.property(sizes, (size) => {
      const stored = storedFileBytes(size);
      const count = storedChunkCount(stored);
      expect(count).toBe(fileChunkCount(size));
      let sum = 0;
      for (let index = 0; index < (count ?? 0); index++) sum += storedChunkBytes(stored, index) ?? 0;
      expect(sum).toBe(stored);
      expect(storedChunkBytes(stored, count ?? 0)).toBeNull();
    }),
  );
  for (const wrong of [0, -1, 1.5, 1, 65_536, 65_553, STORED_FILE_BYTES_MAX + 1]) {
    expect(storedChunkCount(wrong)).toBeNull();
  }
  expect(() => paddedFileBytes(FILE_BYTES_MAX + 1)).toThrow(VaultFault);
});

/** A file of a few chunks, with its content and sealed chunks. */
const sealWhole = async (size: number) => {
  const place: FilePlace = { file: crypto.randomUUID(), size, key: makeFileKey(random) };
  const cipher = await fileCipher(place);
  const contents: Bytes[] = [];
  const sealed: Bytes[] = [];
  const hashes: Bytes[] = [];
  for (let index = 0; index < cipher.chunks; index++) {
    const content = new Uint8Array(fileContentBytes(size, index)).fill(index + 1);
    const chunk = await sealFileChunk(cipher, index, content);
    contents.push(content);
    sealed.push(chunk.sealed);
    hashes.push(chunk.hash);
  }
  return { place, cipher, contents, sealed, hashes };
};

const opens = async (place: FilePlace, index: number, sealed: Bytes): Promise<boolean> => {
  try {
    await openFileChunk(await fileCipher(place), index, sealed);
    return true;
  } catch (error) {
    if (error instanceof VaultFault && error.code === "unopenable") return false;
    throw error;
  }
};

test("what was sealed opens to the same bytes and hashes, chunk by chunk", async () => {
  for (const size of [0, 1, 65_536, FILE_CHUNK_BYTES, FILE_CHUNK_BYTES + 1, 3 * FILE_CHUNK_BYTES - 5]) {
    const { cipher, contents, hashes, place, sealed } = await sealWhole(size);
    for (const [index, chunk] of sealed.entries()) {
      const opened = await openFileChunk(cipher, index, chunk);
      expect(opened.content).toEqual(contents[index]);
      expect(opened.hash).toEqual(hashes[index]);
      expect(chunk.length).toBe(storedChunkBytes(storedFileBytes(size), index));
    }
    expect(fileHash(place, hashes)).toHaveLength(32);
    expect(() => fileHash(place, hashes.slice(1))).toThrow(VaultFault);
  }
});

test("a chunk opens in its own place of its own file alone", async () => {
  const { place, sealed } = await sealWhole(3 * FILE_CHUNK_BYTES);
  const [first, , last] = sealed;
  if (first === undefined || last === undefined) throw new Error("three chunks");
  expect(await opens(place, 0, first)).toBe(true);
  // Reordered, or put where the file does not reach.
  expect(await opens(place, 1, first)).toBe(false);
  expect(await opens(place, 3, last)).toBe(false);
  // Taken for a file that ends sooner, goes on longer, or is another.
  expect(await opens({ ...place, size: FILE_CHUNK_BYTES }, 0, first)).toBe(false);
  expect(await opens({ ...place, size: 4 * FILE_CHUNK_BYTES }, 2, last)).toBe(false);
  expect(await opens({ ...place, file: crypto.randomUUID() }, 0, first)).toBe(false);
  expect(await opens({ ...place, key: makeFileKey(random) }, 0, first)).toBe(false);
  // Cut short, or longer.
  expect(await opens(place, 0, first.slice(0, -1))).toBe(false);
  expect(await opens(place, 0, new Uint8Array([...first, 0]))).toBe(false);
});

test("any changed bit of a chunk is noticed", async () => {
  const { place, sealed } = await sealWhole(10);
  const [only] = sealed;
  if (only === undefined) throw new Error("one chunk");
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: only.length - 1 }), fc.nat({ max: 7 }), async (at, bit) => {
      const changed = only.slice();
      changed[at] = (changed[at] ?? 0) ^ (1 << bit);
      expect(await opens(place, 0, changed)).toBe(false);
    }),
    { numRuns: 50 },
  );
});

test("padding that is not zero is refused, though it is sealed as it should be", async () => {
  const place = { file: crypto.randomUUID(), size: 10, key: makeFileKey(random) };
  const cipher = await fileCipher(place);
  const sealPlain = async (plain: Bytes): Promise<Bytes> => {
    const additionalData = ByteWriter.labelled("fam/file/1 chunk").id(place.file).unsigned(10, 8).bytes();
    const iv = new Uint8Array([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
    return new Uint8Array(
      await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData }, cipher.aes, plain),
    );
  };
  const plain = new Uint8Array(65_536);
  expect(await opens(place, 0, await sealPlain(plain))).toBe(true);
  plain[10] = 1;
  expect(await opens(place, 0, await sealPlain(plain))).toBe(false);
});

test("what the format cannot say is misuse", async () => {
  const key = makeFileKey(random);
  const cipher = await fileCipher({ file: crypto.randomUUID(), size: 5, key });
  await expect(sealFileChunk(cipher, 0, new Uint8Array(4))).rejects.toThrow("misuse");
  await expect(sealFileChunk(cipher, 1, new Uint8Array(0))).rejects.toThrow("misuse");
  await expect(fileCipher({ file: crypto.randomUUID(), size: 5, key: key.slice(1) })).rejects.toThrow(
    "misuse",
  );
});
