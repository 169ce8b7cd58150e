import {
  equalBytes,
  isOfBuilder,
  toHex,
  VaultFault,
  verifySignedBuild,
  type BuildFile,
  type Bytes,
  type SignedBuild,
} from "@sotto/vault/public";
import { answerWith, load, loadFile } from "./answers.ts";
import {
  changeNotes,
  isKept,
  readFile,
  readNotes,
  readOffer,
  readPin,
  throwOldAway,
  writeFile,
  writeOffer,
  writePin,
  type Pinned,
} from "./kept.ts";
import { refuse, tellPages } from "./refuse.ts";

/**
 * Looks at what the server gives for the page. Nothing of it is used: it is compared with what is pinned, or, when it is a newer build of the same
 * builder, laid ready beside it.
 */
const SIGNED = "/build.signed";
const PAGE = "/index.html";
const COMPARE_ALL_EVERY_MS = 24 * 60 * 60_000;

/** The script of a guard: the browser fetches it by itself, and no other way is asked. */
export const GUARD = /^\/guard-[0-9a-f]{16}\.js$/;

/** Large, of no use without a network, or the browser's own affair: hashed when it is asked for. */
const isOnDemand = ({ path }: BuildFile): boolean =>
  path.includes("pdf") || path === "/sw.js" || GUARD.test(path);

/**
 * What whoever comes for the first time would run: the page, and every script, since each runs beside the keys sooner or later, and how they are cut
 * into files says nothing. The browser has them, so that the server answers with "not modified".
 */
const isProgram = ({ path }: BuildFile): boolean => path === PAGE || /^\/assets\/.*\.m?js$/.test(path);

/** Whether the browser will run the very bytes that were fetched, when it is told to run that script: it keeps them, and does not ask again. */
const keepsScript = (headers: Headers): boolean =>
  /\bimmutable\b/.test(headers.get("cache-control") ?? "") &&
  ["", "accept-encoding"].includes((headers.get("vary") ?? "").toLowerCase());

/** A first visit: whatever the server gives is taken, if it is signed and whole. Rejects otherwise. */
export async function meet(): Promise<void> {
  if ((await readPin()) !== null) return;
  const offered = await load(SIGNED, "no-cache");
  if (offered === null) throw new Error("nothing signed");
  const signed = await verifySignedBuild(offered.bytes);
  // The page that asked for it has most of the files already.
  if ((await layReady(signed, "default")) !== "whole") throw new Error("not whole");
  await writePin(offered.bytes);
}

let looking: Promise<void> | null = null;
let following: Promise<void> | null = null;

/**
 * One look at a time. One that is under way may have passed what was changed since it began: whoever asks then gets the next, which all who ask meanwhile
 * share. A look that fails in a way of its own is made again at the next start.
 */
export function look(): Promise<void> {
  if (looking === null) {
    looking = lookOnce().finally(() => {
      looking = null;
    });
    return looking;
  }
  following ??= looking
    .catch(() => undefined)
    .then(() => {
      following = null;
      return look();
    });
  return following;
}

async function lookOnce(): Promise<void> {
  const pin = await readPin();
  // The browser threw away what it kept, and left the guard: it comes for the first time.
  if (pin === null) return meet();
  const offered = await load(SIGNED, "no-cache");
  if (offered === null) return;
  await throwOldAway();
  const { bytes } = offered;
  const wrong = equalBytes(bytes, pin.bytes) ? await compare(pin) : await judge(pin, bytes);
  if (wrong === null) return;
  // A build that is being put in place is half there for a moment: its list comes last.
  const again = await load(SIGNED, "no-cache");
  if (again !== null && equalBytes(again.bytes, bytes)) await refuse(...wrong);
}

type Wrong = Parameters<typeof refuse>;

/** Compares the files of the pinned build with what the server gives for them. */
async function compare(pin: Pinned): Promise<Wrong | null> {
  const { comparedAt, refused } = await readNotes();
  const now = Date.now();
  const all = Math.abs(now - comparedAt) > COMPARE_ALL_EVERY_MS;
  for (const file of pin.manifest.files) {
    if (isOnDemand(file) || !(all || isProgram(file))) continue;
    const loaded = await loadFile(file, "no-cache");
    if (loaded.kind === "changed") return ["changed-file", file.path];
    if (loaded.kind === "away") return null;
  }
  if (!all) return null;
  await changeNotes((notes) => ({
    ...notes,
    comparedAt: now,
    refused: notes.refused === null ? null : { ...notes.refused, isOver: true },
  }));
  if (refused !== null && !refused.isOver) await tellPages();
  return null;
}

/** What a list is that is not the pinned one. A newer build of the same builder is laid ready. */
async function judge(pin: Pinned, bytes: Bytes): Promise<Wrong | null> {
  const signed = await openSigned(bytes);
  const what = toHex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
  if (signed === null) return ["not-signed", what];
  if (!(await isOfBuilder(pin.builder, signed))) return ["other-key", what];
  if (signed.manifest.number <= pin.manifest.number) return ["older", what];
  const offer = await readOffer();
  if (offer !== null && equalBytes(offer.bytes, bytes)) return null;
  const laid = await layReady(signed, "no-cache");
  if (laid === "whole") {
    await writeOffer(bytes);
    await tellPages();
  }
  return laid === "whole" || laid === "away" ? null : ["changed-file", laid.changed];
}

async function openSigned(bytes: Bytes): Promise<SignedBuild | null> {
  try {
    return await verifySignedBuild(bytes);
  } catch (error) {
    if (error instanceof VaultFault) return null;
    throw error;
  }
}

/** Fetches what a build consists of, and keeps each file that is what the builder signed. */
async function layReady(
  { manifest }: SignedBuild,
  cache: RequestCache,
): Promise<"whole" | "away" | { readonly changed: string }> {
  const code = toHex(manifest.code);
  for (const file of manifest.files) {
    // The browser, not this guard, fetches the script of the next guard.
    if (GUARD.test(file.path) && file.path !== location.pathname) {
      const script = await loadFile(file, "reload");
      if (script.kind === "changed") return { changed: file.path };
      if (script.kind === "away" || !keepsScript(script.headers)) return "away";
    }
    if (isOnDemand(file) || (await readFile(code, file.path)) !== null) continue;
    const loaded = await loadFile(file, cache);
    if (loaded.kind === "changed") return { changed: file.path };
    if (loaded.kind === "away") return "away";
    await writeFile(code, file.path, answerWith(file.path, loaded.bytes));
  }
  return "whole";
}

/** A file of the pinned build that is not kept here, from the server. Null when the server gives none, or another one, which is refused. */
export async function fetchFile(pin: Pinned, file: BuildFile): Promise<Response | null> {
  const loaded = await loadFile(file, "default");
  if (loaded.kind === "changed") {
    await refuse("changed-file", file.path);
    return null;
  }
  if (loaded.kind === "away") return null;
  const answer = answerWith(file.path, loaded.bytes);
  if (await isKept(pin.code)) await writeFile(pin.code, file.path, answer.clone());
  return answer;
}
