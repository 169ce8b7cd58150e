/**
 * Where the demo keeps what it made. A folder is the demo's when it bears the demo's mark, and nothing without the mark is ever touched: not filled, not emptied, not
 * served. The mark is written before anything else, and says that the story is whole only when it is.
 */
import { chmod, mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DemoFault } from "./demo-fault.ts";
import type { CastMember } from "./play/play.ts";

/** A story that was played to its end. */
export interface MadeDemo {
  /** Another one each time that it is played: browsers forget the one before by it. */
  readonly story: string;
  readonly cast: readonly CastMember[];
}

const MARK = "demo.json";
/** Counted up when the story or its mark changes. */
const VERSION = 1;

interface Mark {
  readonly version: number;
  /** Null while it is being played. */
  readonly made: MadeDemo | null;
}

/** What is in a folder: `nothing`, a story that was cut `short`, or one that is whole. Throws `DemoFault` for a folder that is not a demo's. */
export async function readDemo(folder: string): Promise<"nothing" | "short" | MadeDemo> {
  if ((await ourNamesIn(folder)).length === 0) return "nothing";
  const mark = parseMark(await readFile(join(folder, MARK), "utf8"));
  if (mark === null || mark.version !== VERSION)
    throw new DemoFault(
      "demo-unreadable",
      `The demo in ${folder} was made by another version of Sotto.`,
      "npm run demo -- --fresh throws it away and plays the story anew.",
    );
  return mark.made ?? "short";
}

/** Marks an empty folder as the demo's, which is about to be filled. */
export async function beginDemo(folder: string): Promise<void> {
  const fresh = await mkdir(folder, { recursive: true, mode: 0o700 });
  // As for every data folder: under root the database runs as somebody else, who must pass through.
  if (fresh !== undefined && process.getuid?.() === 0) await chmod(folder, 0o711);
  await writeMark(folder, { version: VERSION, made: null });
}

export const finishDemo = (folder: string, made: MadeDemo): Promise<void> =>
  writeMark(folder, { version: VERSION, made });

/** Empties a demo's folder. Throws `DemoFault` for any other. */
export async function emptyDemo(folder: string): Promise<void> {
  const names = await ourNamesIn(folder);
  // The mark goes last: whatever is left by a cut stays recognisable.
  for (const name of names.filter((one) => one !== MARK))
    await rm(join(folder, name), { recursive: true, force: true, maxRetries: 5 });
  await rm(join(folder, MARK), { force: true });
}

/** Whether a database that nobody stopped may still run in a demo's folder. */
export async function hasDatabaseLeft(folder: string): Promise<boolean> {
  const names = await ourNamesIn(folder);
  return names.includes("postgres") && (await namesIn(join(folder, "postgres"))).includes("postmaster.pid");
}

/** What is in a demo's folder; nothing where it is still to be made. Throws `DemoFault` for a folder that is not a demo's. */
export async function ourNamesIn(folder: string): Promise<readonly string[]> {
  const names = await namesIn(folder);
  if (names.length > 0 && !names.includes(MARK)) throw notOurs(folder);
  return names;
}

function notOurs(folder: string): DemoFault {
  return new DemoFault(
    "not-a-demo",
    `The folder ${folder} holds something that no demo made. It may be real data.`,
    "Name an empty folder in --data, or leave it out. Nothing was touched.",
  );
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : null;
    if (code === "ENOENT") return [];
    if (code === "ENOTDIR") throw notOurs(folder);
    throw error;
  }
}

async function writeMark(folder: string, mark: Mark): Promise<void> {
  const place = join(folder, MARK);
  await writeFile(`${place}.new`, JSON.stringify(mark), { mode: 0o600 });
  await rename(`${place}.new`, place);
}

/** Null when it is not a mark that a demo wrote. */
function parseMark(text: string): Mark | null {
  try {
    const mark: unknown = JSON.parse(text);
    const isMark = typeof mark === "object" && mark !== null && "version" in mark && "made" in mark;
    // Nobody but this file writes a mark of this name, and the version says in which shape.
    return isMark ? (mark as Mark) : null;
  } catch {
    return null;
  }
}
