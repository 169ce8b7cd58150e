import { LIMITS, type AnswerOf } from "@sotto/contract";
import { storedChunkBytes, storedChunkCount } from "@sotto/vault/public";
import {
  countUnfinished,
  deleteRemovedFile,
  findFile,
  findOwnFile,
  insertFile,
  lockOwnFile,
  makeFileWhole,
  markFileRemoved,
  mayReadFile,
  mayWriteIn,
  touchFile,
  type FileRow,
} from "../store/file.ts";
import { mayRead } from "../steps/may-read.ts";
import { whyNotHere } from "../steps/why-not-here.ts";
import { done, refuse, type Outcome, type Session, type World } from "../steps/world.ts";

interface FileWish {
  readonly room: string;
  readonly file: string;
}

interface ChunkWish extends FileWish {
  readonly chunk: number;
}

const REFUSALS = {
  no: "not-here",
  reader: "not-allowed",
  closed: "room-closed",
  ended: "room-ended",
} as const;

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
    if (may !== "yes") return refuse(REFUSALS[may]);
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
  const { account, practice } = session;
  const found = await world.store.read(practice, (reader) => findOwnFile(reader, { ...wish, account }));
  if (found === null) return refuse(await whyNotHere(world, session, wish.room));
  if (storedChunkBytes(found.bytes, wish.chunk) !== wish.bytes.length) return refuse("malformed");
  if (found.state === "whole") return NOTHING;
  await world.blobs.put({ practice, file: wish.file }, wish.chunk, wish.bytes);
  const after = await world.store.read(practice, (reader) => findFile(reader, wish.file, "look"));
  // It was taken away meanwhile: nothing of it stays behind.
  if (after === null || after.state === "removed") {
    await world.blobs.remove({ practice, file: wish.file });
    return refuse(await whyNotHere(world, session, wish.room));
  }
  return NOTHING;
}

/** Makes a file whole once every chunk is there. Done again, it is read by those who are in the room then. */
export async function finishFile(
  world: World,
  session: Session,
  wish: FileWish,
): Promise<Outcome<AnswerOf<"finishFile">>> {
  const { account, practice } = session;
  // Only its author's asking makes the server look at its folder: the time of a no must not tell whether there is one.
  const own = await world.store.read(practice, (reader) => findOwnFile(reader, { ...wish, account }));
  if (own === null) return refuse(await whyNotHere(world, session, wish.room));
  const there = await world.blobs.chunksOf({ practice, file: wish.file });
  const outcome = await world.store.write(practice, async (writer) => {
    const found = await findOwnFile(writer, { ...wish, account });
    if (found === null) return null;
    if (there.length !== storedChunkCount(found.bytes)) return refuse("chunks-missing");
    await makeFileWhole(writer, wish.file);
    return NOTHING;
  });
  return outcome ?? refuse(await whyNotHere(world, session, wish.room));
}

/** One chunk of a whole file. Not there, not yours, and from before you came in are one answer. */
export async function readChunk(
  world: World,
  session: Session,
  wish: ChunkWish,
): Promise<Outcome<AnswerOf<"readChunk">>> {
  const { account, practice } = session;
  const may = await world.store.read(
    practice,
    async (reader) =>
      (await mayReadFile(reader, { ...wish, account })) && (await mayRead(reader, session, wish.room)),
  );
  const bytes = may ? await world.blobs.get({ practice, file: wish.file }, wish.chunk) : null;
  return bytes === null ? refuse(await whyNotHere(world, session, wish.room)) : done(bytes);
}

/**
 * Takes a file away with its bytes, for its author, in a closed room too: the server does not know whether a whole file was ever said, and nobody but its author could
 * take away one that was not. Whoever is no longer in the room can take back what they had not finished, and nothing that was said there.
 */
export async function removeFile(
  world: World,
  session: Session,
  wish: FileWish,
): Promise<Outcome<AnswerOf<"removeFile">>> {
  const { account, practice } = session;
  const mayRemove = await world.store.write(practice, async (writer) => {
    if ((await mayWriteIn(writer, wish.room, account)) === "ended") return false;
    const file = await lockOwnFile(writer, { ...wish, account });
    if (file === null) return false;
    if (file.state === "whole" && (await findOwnFile(writer, { ...wish, account })) === null) return false;
    await markFileRemoved(writer, wish.file);
    return true;
  });
  if (!mayRemove) return refuse(await whyNotHere(world, session, wish.room));
  await world.blobs.remove({ practice, file: wish.file });
  await world.store.write(practice, (writer) => deleteRemovedFile(writer, wish.file));
  return NOTHING;
}

const isOwn = (file: FileRow, session: Session, wish: FileWish): boolean =>
  file.author === session.account && file.room === wish.room;
