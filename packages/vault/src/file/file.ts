import { concatBytes, drawBytes, VaultFault, wipe } from "../codec/bytes.ts";
import type { Bytes, Random } from "../codec/bytes.ts";
import { ByteWriter } from "../codec/writer.ts";
import { deriveBytes } from "../primitives/derive.ts";
import { digestOf, sha256 } from "../primitives/hash.ts";
import {
  FILE_CHUNK_BYTES,
  fileChunkCount,
  paddedFileBytes,
  storedChunkBytes,
  storedFileBytes,
} from "./layout.ts";

/**
 * A file, sealed chunk by chunk under a key of its own in the manner of STREAM (Hoang, Reyhanitabar, Rogaway and Vizár, 2015): the nonce says which
 * chunk it is and whether it is the last, and the key says of which file and of what size. So a chunk opens in its own place alone; what
 * was cut off, added, moved or taken from another file does not open.
 *
 * The nonce is a counter. That is safe because the key serves one file once: whoever seals a chunk keeps the sealed bytes, and never seals other content
 * under the same key and index. `fileHash` covers every sealed byte, so that one key can never stand for two contents (AES-GCM alone does not promise that).
 */
const LABEL = "fam/file/1";
const KEY_BYTES = 32;

/** Which file, how large it is before sealing, and the key that seals it and nothing else. */
export type FilePlace = { readonly file: string; readonly size: number; readonly key: Bytes };

/** A file's key made ready for all its chunks. Holds a secret for as long as it lives. */
export type FileCipher = {
  readonly file: string;
  readonly size: number;
  readonly chunks: number;
  readonly aes: CryptoKey;
};

/** A fresh key for one file. */
export function makeFileKey(random: Random): Bytes {
  return drawBytes(random, KEY_BYTES);
}

const bound = (
  purpose: string,
  { file, size }: { readonly file: string; readonly size: number },
): ByteWriter => ByteWriter.labelled(`${LABEL} ${purpose}`).id(file).unsigned(size, 8);

/** Throws `misuse` for a size beyond the limit or a key of another length. */
export async function fileCipher({ file, key, size }: FilePlace): Promise<FileCipher> {
  if (key.length !== KEY_BYTES) throw new VaultFault("misuse");
  const chunks = fileChunkCount(size);
  const secret = await deriveBytes({ secret: key, info: bound("key", { file, size }).bytes() });
  const aes = await crypto.subtle.importKey("raw", secret, "AES-GCM", false, ["encrypt", "decrypt"]);
  wipe(secret);
  return { file, size, chunks, aes };
}

const algorithmFor = (cipher: FileCipher, index: number) => {
  const isLast = index === cipher.chunks - 1;
  const iv = new ByteWriter()
    .fixed(new Uint8Array(7), 7)
    .unsigned(index, 4)
    .unsigned(isLast ? 1 : 0, 1)
    .bytes();
  return { name: "AES-GCM", iv, additionalData: bound("chunk", cipher).bytes() };
};

/** How much of a chunk is the file's own; the rest of it is padding. */
export function fileContentBytes(size: number, index: number): number {
  return Math.max(0, Math.min(FILE_CHUNK_BYTES, size - index * FILE_CHUNK_BYTES));
}

const plainBytesOf = ({ chunks, size }: FileCipher, index: number): number =>
  index === chunks - 1 ? paddedFileBytes(size) - index * FILE_CHUNK_BYTES : FILE_CHUNK_BYTES;

/** Seals one chunk, filled up with zero bytes. Throws `misuse` unless `content` is exactly what belongs there. */
export async function sealFileChunk(
  cipher: FileCipher,
  index: number,
  content: Bytes,
): Promise<{ readonly sealed: Bytes; readonly hash: Bytes }> {
  const isThere = Number.isSafeInteger(index) && index >= 0 && index < cipher.chunks;
  if (!isThere || content.length !== fileContentBytes(cipher.size, index)) throw new VaultFault("misuse");
  const plainBytes = plainBytesOf(cipher, index);
  let plain = content;
  if (plain.length < plainBytes) {
    plain = new Uint8Array(plainBytes);
    plain.set(content);
  }
  const sealed = new Uint8Array(await crypto.subtle.encrypt(algorithmFor(cipher, index), cipher.aes, plain));
  return { sealed, hash: await digestOf(sealed) };
}

/** The content of one chunk, without its padding. Throws `unopenable`, whatever the cause. */
export async function openFileChunk(
  cipher: FileCipher,
  index: number,
  sealed: Bytes,
): Promise<{ readonly content: Bytes; readonly hash: Bytes }> {
  if (storedChunkBytes(storedFileBytes(cipher.size), index) !== sealed.length)
    throw new VaultFault("unopenable");
  const [plain, hash] = await Promise.all([
    crypto.subtle.decrypt(algorithmFor(cipher, index), cipher.aes, sealed).catch(() => null),
    digestOf(sealed),
  ]);
  if (plain === null) throw new VaultFault("unopenable");
  const length = fileContentBytes(cipher.size, index);
  if (!isZero(new Uint8Array(plain, length))) throw new VaultFault("unopenable");
  return { content: new Uint8Array(plain, 0, length), hash };
}

// A counted loop: padding may be megabytes, and `some` takes many times as long.
const isZero = (bytes: Uint8Array): boolean => {
  for (let index = 0; index < bytes.length; index++) if (bytes[index] !== 0) return false;
  return true;
};

/** What an entry says of a file's sealed bytes: the hash of the hashes of all its chunks. Throws `misuse` for another count. */
export function fileHash(
  file: { readonly file: string; readonly size: number },
  chunkHashes: readonly Bytes[],
): Bytes {
  if (chunkHashes.length !== fileChunkCount(file.size)) throw new VaultFault("misuse");
  return sha256(bound("chunks", file).bytes(), concatBytes(...chunkHashes));
}
