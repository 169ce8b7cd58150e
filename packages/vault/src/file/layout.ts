import { VaultFault } from "../codec/bytes.ts";

/**
 * How large a sealed file is, and where its chunks lie: docs/formats/file.md. Public, because whoever stores sealed files checks their sizes. A
 * size is rounded up before it is sealed, so that between 64 KiB and 100 MiB there are about 70 sizes that anybody ever sees.
 */
export const FILE_BYTES_MAX = 100 * 1024 * 1024;
export const FILE_CHUNK_BYTES = 1024 * 1024;
/** Each chunk carries the tag of AES-GCM. */
const FILE_CHUNK_TAG_BYTES = 16;
/** The longest that one sealed chunk can be. */
export const STORED_CHUNK_BYTES_MAX = FILE_CHUNK_BYTES + FILE_CHUNK_TAG_BYTES;
const STEP_BYTES_MIN = 64 * 1024;

/** An eighth of the largest power of two not above the size, and at least 64 KiB. */
const stepOf = (size: number): number => Math.max(STEP_BYTES_MIN, 2 ** (31 - Math.clz32(size) - 3));

/** A size rounded up to the sizes that are sealed; throws `misuse` beyond the limit. */
export function paddedFileBytes(size: number): number {
  if (!Number.isSafeInteger(size) || size < 0 || size > FILE_BYTES_MAX) throw new VaultFault("misuse");
  const step = stepOf(Math.max(1, size));
  return Math.max(STEP_BYTES_MIN, Math.ceil(size / step) * step);
}

/** How many chunks a file of this size is sealed in. */
export function fileChunkCount(size: number): number {
  return Math.ceil(paddedFileBytes(size) / FILE_CHUNK_BYTES);
}

/** How many bytes all sealed chunks of a file of this size are together. */
export function storedFileBytes(size: number): number {
  return paddedFileBytes(size) + fileChunkCount(size) * FILE_CHUNK_TAG_BYTES;
}

/** The largest that a sealed file can be. */
export const STORED_FILE_BYTES_MAX = storedFileBytes(FILE_BYTES_MAX);

/** How many chunks so many sealed bytes are; null when no file is sealed to this size. */
export function storedChunkCount(storedBytes: number): number | null {
  if (!Number.isSafeInteger(storedBytes) || storedBytes < 1 || storedBytes > STORED_FILE_BYTES_MAX)
    return null;
  const count = Math.ceil(storedBytes / STORED_CHUNK_BYTES_MAX);
  const padded = storedBytes - count * FILE_CHUNK_TAG_BYTES;
  const isOurs = padded % STEP_BYTES_MIN === 0 && padded % stepOf(Math.max(1, padded)) === 0 && padded > 0;
  return isOurs && Math.ceil(padded / FILE_CHUNK_BYTES) === count ? count : null;
}

/** How long one sealed chunk is, in a file of so many sealed bytes; null when there is no such chunk. */
export function storedChunkBytes(storedBytes: number, index: number): number | null {
  const count = storedChunkCount(storedBytes);
  if (count === null || !Number.isSafeInteger(index) || index < 0 || index >= count) return null;
  return Math.min(STORED_CHUNK_BYTES_MAX, storedBytes - index * STORED_CHUNK_BYTES_MAX);
}
