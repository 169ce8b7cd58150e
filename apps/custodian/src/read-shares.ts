import { readFile } from "node:fs/promises";
import {
  CUSTODIAN_SHARES_NEEDED,
  custodianIdentity,
  joinCustodianShares,
  parseShare,
  wipe,
  type CustodianShare,
  type WholeIdentity,
} from "@sotto/vault";
import { ToolFault, type Terminal } from "./terminal.ts";

const LINES = 5;

/** Three sheets, from files and then from whoever types, as the custodian's identity. Their key does not outlive this. */
export async function identityFromSheets(
  files: readonly string[],
  terminal: Terminal,
): Promise<WholeIdentity> {
  const shares: CustodianShare[] = [];
  for (const file of files) shares.push(await shareInFile(file));
  while (shares.length < CUSTODIAN_SHARES_NEEDED) {
    const share = await askShare(shares.length + 1, terminal);
    if (shares.some(({ number }) => number === share.number))
      terminal.tell(`Sheet ${String(share.number)} is here already. Take another one.`);
    else shares.push(share);
    terminal.clear();
  }
  const joined = await joinCustodianShares(shares);
  for (const { share } of shares) wipe(share);
  if (joined.kind === "refused") throw refusedShares(joined.problem);
  const identity = await custodianIdentity(joined.key);
  wipe(joined.key);
  return identity;
}

const refusedShares = (problem: "too-few" | "of-two-keys" | "damaged"): ToolFault => {
  switch (problem) {
    case "too-few":
      return new ToolFault(
        "sheets-too-few",
        "These are fewer than three different sheets.",
        "Bring a third one.",
      );
    case "of-two-keys":
      return new ToolFault(
        "sheets-of-two-keys",
        "These sheets do not belong together: they were not made at the same time.",
        "The first line is the same on all five that do. Look for those.",
      );
    case "damaged":
      return new ToolFault(
        "sheets-damaged",
        "These sheets do not give their key back, though each can be read.",
        "One of them is not as it was printed. Take others.",
      );
  }
};

async function shareInFile(file: string): Promise<CustodianShare> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch {
    throw new ToolFault(
      "sheet-unreadable",
      "A file that was named for a sheet cannot be read.",
      "Look at its name.",
    );
  }
  const parsed = parseShare(text);
  if (parsed.kind === "share") return parsed.share;
  const where = parsed.line === null ? "It has not five lines of five groups." : inLine(parsed.line);
  throw new ToolFault(
    "sheet-wrong",
    `A file that was named for a sheet is none. ${where}`,
    "Type it once more.",
  );
}

const inLine = (line: number): string => `Line ${String(line)} is not as it was printed.`;

/** Asks for one sheet, and again for the line that is wrong, until it is right. */
async function askShare(which: number, terminal: Terminal): Promise<CustodianShare> {
  terminal.tell(`Sheet ${String(which)} of ${String(CUSTODIAN_SHARES_NEEDED)}: type its five lines.`);
  const lines: string[] = [];
  for (let line = 1; line <= LINES; line++) lines.push(await askLine(line, terminal));
  for (;;) {
    const parsed = parseShare(lines.join("\n"));
    if (parsed.kind === "share") return parsed.share;
    if (parsed.line === null) {
      terminal.tell("A line is too short or too long. Each has five groups of four. Type all of them again.");
      for (let line = 1; line <= LINES; line++) lines[line - 1] = await askLine(line, terminal);
    } else {
      terminal.tell(`${inLine(parsed.line)} Type that line once more.`);
      lines[parsed.line - 1] = await askLine(parsed.line, terminal);
    }
  }
}

async function askLine(line: number, terminal: Terminal): Promise<string> {
  for (;;) {
    const typed = await terminal.ask(`  line ${String(line)}: `);
    if (typed === null)
      throw new ToolFault("sheets-too-few", "There was nothing more to read.", "Three sheets are needed.");
    if (typed.trim() !== "") return typed;
  }
}
