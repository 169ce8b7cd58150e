import { LIMITS, type AnswerOf } from "@sotto/contract";
import { storedChunkBytes, storedChunkCount } from "@sotto/vault/public";
import {
  countUnfinished,
  deleteRemovedFile,
  findFile,
  insertFile,
  makeFileWhole,
  markFileRemoved,
  mayReadFile,
  mayWriteIn,
  touchFile,
  type FileRow,
} from "../store/file.ts";
import type { Reader } from "../store/store.ts";
import { done, refuse, type Outcome, type Session, type World } from "../steps/world.ts";

interface FileWish {
  readonly room: string;
  readonly file: string;
}

interface ChunkWish extends FileWish {
  readonly chunk: number;
}

const NOTHING: Outcome<Record<string, never>> = done({});

/** Begins a file, or goes on with one. Somebody else's, and one that was taken away, are not here. */
export async function beginFile(
  world: World,
  session: Session,
  wish: FileWish & { readonly bytes: number },
): Promise<Outcome<AnswerOf<"beginFile">>> {
  if (storedChunkCount(wish.bytes) === null) return refuse("malformed");
  const { account, practice } = session;
  const outcome = await world.store.write(practice, async (writer): Promise<Outcome<FileRow["state"]>> => {
    const may = await mayWriteIn(writer, wish.room, account);
    if (may !== "yes") return refuse(may === "no" ? "not-here" : "not-allowed");
    const known = await findFile(writer, wish.file, "lock");
    if (known !== null) {
      const isTheSame = isOwn(known, session, wish) && known.bytes === wish.bytes;
      if (!isTheSame || known.state === "removed") return refuse("not-here");
      await touchFile(writer, wish.file, world.now());
      return done(known.state);
    }
    const unfinished = await countUnfinished(writer, account);
    const isTooMuch =
      unfinished.files >= LIMITS.unfinishedFilesPerAccountMax ||
      unfinished.bytes + wish.bytes > LIMITS.unfinishedFileBytesPerAccountMax;
    if (isTooMuch) return refuse("too-many");
    const isNew = await insertFile(writer, { ...wish, author: account, at: world.now() });
    return isNew ? done("begun") : refuse("not-here");
  });
  if (outcome.kind === "refused") return outcome;
  const state = outcome.value === "whole" ? "whole" : "begun";
  return done({ state, chunks: [...(await world.blobs.chunksOf({ practice, file: wish.file }))] });
}

/** Stores a chunk. One of a file that is whole already changes nothing: what others may have read stays as it is. */
export async function putChunk(
  world: World,
  session: Session,
  wish: ChunkWish & { readonly bytes: Uint8Array },
): Promise<Outcome<AnswerOf<"putChunk">>> {
  const { practice } = session;
  const look = () => world.store.read(practice, (reader) => findOwn(reader, session, wish));
  const found = await look();
  if (found.kind === "refused") return found;
  if (storedChunkBytes(found.value.bytes, wish.chunk) !== wish.bytes.length) return refuse("malformed");
  if (found.value.state === "whole") return NOTHING;
  await world.blobs.put({ practice, file: wish.file }, wish.chunk, wish.bytes);
  // It may have been taken away meanwhile; then nothing of it stays behind.
  const after = await look();
  if (after.kind === "refused") await world.blobs.remove({ practice, file: wish.file });
  return after.kind === "refused" ? after : NOTHING;
}

/** Makes a file whole once every chunk is there. Done again, it is read by those who are in the room then. */
export async function finishFile(
  world: World,
  session: Session,
  wish: FileWish,
): Promise<Outcome<AnswerOf<"finishFile">>> {
  const { practice } = session;
  const there = await world.blobs.chunksOf({ practice, file: wish.file });
  return world.store.write(practice, async (writer) => {
    const found = await findOwn(writer, session, wish);
    if (found.kind === "refused") return found;
    if (there.length !== storedChunkCount(found.value.bytes)) return refuse("chunks-missing");
    await makeFileWhole(writer, wish.file);
    return NOTHING;
  });
}

/** One chunk of a whole file. Not there, not yours, and from before you came in are one answer. */
export async function readChunk(
  world: World,
  session: Session,
  wish: ChunkWish,
): Promise<Outcome<AnswerOf<"readChunk">>> {
  const { account, practice } = session;
  const may = await world.store.read(practice, (reader) => mayReadFile(reader, { ...wish, account }));
  const bytes = may ? await world.blobs.get({ practice, file: wish.file }, wish.chunk) : null;
  return bytes === null ? refuse("not-here") : done(bytes);
}

/**
 * Takes a file away with its bytes, for its author. Whoever is no longer in the room can take back what they had not finished, and nothing that was
 * said there.
 */
export async function removeFile(
  world: World,
  session: Session,
  wish: FileWish,
): Promise<Outcome<AnswerOf<"removeFile">>> {
  const { account, practice } = session;
  const mayRemove = await world.store.write(practice, async (writer) => {
    const file = await findFile(writer, wish.file, "lock");
    if (file === null || !isOwn(file, session, wish)) return false;
    if (file.state === "whole" && (await mayWriteIn(writer, wish.room, account)) !== "yes") return false;
    await markFileRemoved(writer, wish.file);
    return true;
  });
  if (!mayRemove) return refuse("not-here");
  await world.blobs.remove({ practice, file: wish.file });
  await world.store.write(practice, (writer) => deleteRemovedFile(writer, wish.file));
  return NOTHING;
}

const isOwn = (file: FileRow, session: Session, wish: FileWish): boolean =>
  file.author === session.account && file.room === wish.room;

/** This account's own file, in a room where it may still write. */
async function findOwn(reader: Reader, session: Session, wish: FileWish): Promise<Outcome<FileRow>> {
  const file = await findFile(reader, wish.file, "look");
  if (file === null || file.state === "removed" || !isOwn(file, session, wish)) return refuse("not-here");
  return (await mayWriteIn(reader, wish.room, session.account)) === "yes" ? done(file) : refuse("not-here");
}
