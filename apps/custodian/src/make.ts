import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import {
  CUSTODIAN_KEY_BYTES,
  CUSTODIAN_SHARES,
  CUSTODIAN_SHARES_NEEDED,
  custodianIdentity,
  equalBytes,
  joinCustodianShares,
  parseShare,
  readCustodianText,
  splitCustodianKey,
  wipe,
  writeCustodianText,
  writeShare,
  type CustodianShare,
} from "@sotto/vault";
import { folderIn, type Options } from "./options.ts";
import { codeOnPage, sheetPage } from "./sheet-page.ts";
import { ToolFault, type Terminal } from "./terminal.ts";

const PUBLIC_FILE = "custodian-public.txt";
const sheetFile = (number: number): string => `sheet-${String(number)}.html`;

/**
 * Makes a custodian: five pages to print, and the text that is brought into the practice. Needs no server and no network. The key is on the pages
 * alone; before this answers, all ten ways to take three of the pages have given it back.
 */
export async function makeSheets(options: Options, terminal: Terminal): Promise<void> {
  const folder = resolve(folderIn(options));
  await makeFolder(folder);
  const key = crypto.getRandomValues(new Uint8Array(CUSTODIAN_KEY_BYTES));
  try {
    const { kemPrivate, record, signSeed } = await custodianIdentity(key);
    wipe(kemPrivate, signSeed);
    await writeFile(join(folder, PUBLIC_FILE), writeCustodianText(record), { flag: "wx", mode: 0o600 });
    for (const share of await splitCustodianKey(key)) {
      const sheet = {
        number: share.number,
        of: CUSTODIAN_SHARES,
        needed: CUSTODIAN_SHARES_NEEDED,
        lines: writeShare(share),
      };
      await writeFile(join(folder, sheetFile(share.number)), sheetPage(sheet), { flag: "wx", mode: 0o600 });
      wipe(share.share);
    }
  } finally {
    wipe(key);
  }
  await rehearse(folder);
  terminal.say(`Five sheets and ${PUBLIC_FILE} are in ${folder}.`);
  terminal.say("Any three of the five give the key back: all ten ways were tried.");
  terminal.say(
    "Now: 1. Print the five pages on a printer that keeps nothing, and give each to another person.",
  );
  terminal.say(`     2. Bring ${PUBLIC_FILE} in on the practice's page. It is no secret.`);
  terminal.say("     3. Then delete the five pages from this computer. The key is nowhere else.");
}

/** A folder for its owner alone. One that is there is never written into. */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { mode: 0o700 });
  } catch (error) {
    const isThere = error instanceof Error && "code" in error && error.code === "EEXIST";
    throw new ToolFault(
      isThere ? "folder-there" : "folder-unwritable",
      isThere ? "This folder is there already." : "This folder cannot be made.",
      isThere
        ? "Nothing is ever overwritten: name a new one."
        : "Look at the folder above it, and at who may write there.",
    );
  }
}

/** Reads the pages back from the disk, as somebody would type them. */
async function rehearse(folder: string): Promise<void> {
  const shares: CustodianShare[] = [];
  for (let number = 1; number <= CUSTODIAN_SHARES; number++) {
    const page = await readFile(join(folder, sheetFile(number)), "utf8");
    const parsed = parseShare(codeOnPage(page));
    if (parsed.kind === "share" && parsed.share.number === number) shares.push(parsed.share);
  }
  const made = await readCustodianText(await readFile(join(folder, PUBLIC_FILE), "utf8"));
  let ways = 0;
  for (const three of threesOf(shares)) {
    const joined = await joinCustodianShares(three);
    const again = joined.kind === "key" ? await custodianIdentity(joined.key) : null;
    if (joined.kind === "key") wipe(joined.key);
    if (again === null || made === null || !equalBytes(again.record, made.bytes)) break;
    wipe(again.kemPrivate, again.signSeed);
    ways++;
  }
  for (const { share } of shares) wipe(share);
  if (ways < WAYS)
    throw new ToolFault(
      "rehearsal-failed",
      "The sheets were written and do not give the key back.",
      "Do not use them: delete the folder, look at the disk, and make new ones.",
    );
}

const WAYS = 10;

const threesOf = (shares: readonly CustodianShare[]): readonly (readonly CustodianShare[])[] =>
  shares.flatMap((a, first) =>
    shares.slice(first + 1).flatMap((b, second) => shares.slice(first + second + 2).map((c) => [a, b, c])),
  );
