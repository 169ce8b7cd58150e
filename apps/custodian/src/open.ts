import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import {
  Custody,
  CustodyFault,
  type AcceptedOpening,
  type RecordedLine,
  type RoomRecord,
} from "@sotto/client/custodian";
import { memoryPorts } from "@sotto/client/memory";
import { fileName, parseId, type RoomId } from "@sotto/domain";
import {
  OPENING_REASONS,
  wipe,
  type IdentitySecret,
  type OpeningReason,
  type RoomOpening,
  type RoomState,
} from "@sotto/vault";
import { makeFolder } from "./make.ts";
import { folderIn, valueIn, type Options } from "./options.ts";
import { identityFromSheets } from "./read-shares.ts";
import { page, roomPage, titleOf, escaped } from "./room-page.ts";
import { ToolFault, type Terminal } from "./terminal.ts";
import { REASONS } from "./words.ts";

/** Lists the rooms that the sheets could open, as the server knows them: ids, and who keeps them. Opens nothing, and leaves no event. */
export async function listRooms(options: Options, terminal: Terminal): Promise<void> {
  const me = await identityFromSheets(options.values.get("share") ?? [], terminal);
  const custody = await enter(options, me);
  try {
    const rooms = await custody.rooms();
    for (const state of rooms) terminal.say(describe(state));
    if (rooms.length === 0) terminal.tell("It is in no room. Has it been brought in on the practice's page?");
  } finally {
    await custody.leave();
    wipe(me.kemPrivate, me.signSeed);
  }
}

const describe = ({ closed, members, room }: RoomState): string => {
  const keepers = members.filter(({ role }) => role === "keeper").map(({ account }) => account);
  const people = `${String(members.length - 1)} people`;
  return `${room}  ${people}${closed ? ", closed" : ""}  kept by ${keepers.join(" ")}`;
};

/**
 * Opens rooms and writes down what they hold. In each room the opening stands, for everybody to see, before anything of it is read; that is how the
 * client does it, and there is no other way through here. Answers how many could not be opened.
 */
export async function openRooms(options: Options, terminal: Terminal): Promise<number> {
  const folder = resolve(folderIn(options));
  const wish = await readWish(options, terminal);
  const me = await identityFromSheets(options.values.get("share") ?? [], terminal);
  const custody = await enter(options, me);
  try {
    const rooms = chosen(await custody.rooms(), options);
    await confirm(rooms.length, wish, options, terminal);
    await makeFolder(folder);
    return await openEach(custody, rooms, { folder, wish, terminal });
  } finally {
    await custody.leave();
    wipe(me.kemPrivate, me.signSeed);
  }
}

async function openEach(
  custody: Custody,
  rooms: readonly RoomState[],
  at: { readonly folder: string; readonly wish: RoomOpening; readonly terminal: Terminal },
): Promise<number> {
  const lines: string[] = [];
  let failed = 0;
  for (const state of rooms) {
    // The vault has read it as an id.
    const room = state.room as RoomId;
    try {
      const opening = await custody.open(room, at.wish);
      const record = await custody.read(opening);
      await writeRoom(custody, opening, record, join(at.folder, room));
      lines.push(`<li><a href="${room}/room.html">${escaped(titleOf(record))}</a></li>`);
      at.terminal.say(`${room}  opened and written`);
      if (!record.agreesWithLog) at.terminal.tell(`${room}  ${ANOTHER_LOG}`);
    } catch (error) {
      if (!(error instanceof CustodyFault)) throw error;
      failed++;
      at.terminal.tell(`${room}  ${sayFault(error)}`);
    }
  }
  const index = page("Rooms that were opened", `<ul>\n${lines.join("\n")}\n</ul>`);
  await writeFile(join(at.folder, "index.html"), index, { flag: "wx", mode: 0o600 });
  at.terminal.say(`${String(lines.length)} of ${String(rooms.length)} rooms are in ${at.folder}.`);
  return failed;
}

const ANOTHER_LOG =
  "the server shows another key log than the people of this room have seen. Not all of them may see that it was opened: tell them.";

/** What kept a room from being read, in words. */
export function sayFault({ code, refusal }: CustodyFault): string {
  switch (code) {
    case "refused":
      return refusal === "offline"
        ? "the server cannot be reached. Nothing was read."
        : `the server refused (${refusal ?? "no reason"}). Nothing was read.`;
    case "not-in-room":
      return "the server said yes, and the opening does not stand in the room. Nothing was read. Look at this server before you go on.";
    case "not-in-log":
      return "the server said yes, and its key log does not hold the opening. Nothing was read. Look at this server before you go on.";
    case "no-reader":
      return "these sheets are no reader of this room.";
    case "damaged":
      return "a file of this room is not as it was sent.";
    case "not-accepted":
      return "this room was not opened. Nothing was read.";
  }
}

async function writeRoom(
  custody: Custody,
  opening: AcceptedOpening,
  record: RoomRecord,
  folder: string,
): Promise<void> {
  await mkdir(join(folder, "files"), { recursive: true, mode: 0o700 });
  const files = new Map<RecordedLine, { readonly name: string; readonly path: string | null }>();
  for (const line of record.lines) {
    if (line.kind !== "file") continue;
    const name = fileName(line.file.name);
    const path = `files/${String(files.size + 1)}${name === "" ? "" : `-${name}`}`;
    const isThere = await writeFileOf(custody, opening, line, join(folder, path));
    files.set(line, { name: name === "" ? "a file" : name, path: isThere ? path : null });
  }
  await writeFile(join(folder, "room.html"), roomPage(record, files), { flag: "wx", mode: 0o600 });
}

/** False when the file's bytes are not there any more: its author took them away, or it came before this record reads. */
async function writeFileOf(
  custody: Custody,
  opening: AcceptedOpening,
  { file }: RecordedLine & { readonly kind: "file" },
  path: string,
): Promise<boolean> {
  try {
    const chunks = await custody.readFile(opening, file);
    await writeFile(path, Buffer.concat(chunks), { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    if (error instanceof CustodyFault && (error.refusal === "not-here" || error.code === "damaged"))
      return false;
    throw error;
  }
}

const wrongCall = (message: string): ToolFault =>
  new ToolFault("called-wrongly", message, "sotto custodian --help says more.");

async function enter(options: Options, me: IdentitySecret): Promise<Custody> {
  const { SOTTO_ORIGIN, SOTTO_PORT = "8420" } = process.env;
  const address = valueIn(options, "address") ?? SOTTO_ORIGIN ?? `http://localhost:${SOTTO_PORT}`;
  const origin = URL.canParse(address) ? new URL(address).origin : null;
  if (origin === null || !/^https?:/.test(origin)) throw wrongCall("--address is no address of a server.");
  try {
    return await Custody.enter(memoryPorts(origin), me);
  } catch (error) {
    if (!(error instanceof CustodyFault)) throw error;
    const isUnknown = error.refusal === "sign-in-failed";
    throw new ToolFault(
      isUnknown ? "custodian-unknown" : "server-refused",
      isUnknown
        ? "This server knows no custodian with these sheets."
        : `Nothing was opened: ${sayFault(error)}`,
      isUnknown
        ? "Bring its public text in on the practice's page first."
        : "Look at --address, and whether Sotto runs.",
    );
  }
}

function chosen(rooms: readonly RoomState[], { switches, values }: Options): readonly RoomState[] {
  const ids = values.get("room") ?? [];
  const keepers = values.get("kept-by") ?? [];
  if (!switches.has("all") && ids.length === 0 && keepers.length === 0)
    throw wrongCall("Say which rooms: --room, --kept-by or --all.");
  const isKeptBy = ({ members }: RoomState): boolean =>
    members.some(({ account, role }) => role === "keeper" && keepers.includes(account));
  const found = rooms.filter((state) => switches.has("all") || ids.includes(state.room) || isKeptBy(state));
  const unknown = ids.find((id) => !rooms.some(({ room }) => room === id));
  if (unknown !== undefined || found.length === 0)
    throw new ToolFault(
      "no-such-room",
      "These sheets read in no room like that.",
      "sotto custodian rooms lists those that they read in.",
    );
  return found;
}

async function readWish(options: Options, terminal: Terminal): Promise<RoomOpening> {
  const allowed = valueIn(options, "allowed-by");
  if (allowed !== null && parseId(allowed) === null) throw wrongCall("--allowed-by is no account's number.");
  const given = valueIn(options, "reason") ?? (await askReason(terminal));
  const reason = OPENING_REASONS.find((one) => one === given);
  if (reason === undefined) throw wrongCall(`--reason is one of: ${OPENING_REASONS.join(", ")}.`);
  return { reason, allowedBy: allowed };
}

async function askReason(terminal: Terminal): Promise<OpeningReason | null> {
  terminal.tell("Why are the rooms opened? Everybody in them will read it.");
  for (const [index, reason] of OPENING_REASONS.entries())
    terminal.tell(`  ${String(index + 1)}  ${REASONS[reason]}`);
  const typed = await terminal.ask("Number: ");
  return OPENING_REASONS[Number(typed?.trim() ?? "") - 1] ?? null;
}

async function confirm(
  count: number,
  { reason }: RoomOpening,
  { switches }: Options,
  terminal: Terminal,
): Promise<void> {
  if (switches.has("yes")) return;
  terminal.tell(
    `${count === 1 ? "1 room" : `${String(count)} rooms`} will be opened: ${REASONS[reason]}. Everybody in them will see it, and it cannot be taken back.`,
  );
  const typed = await terminal.ask("Type yes to go on: ");
  if (typed?.trim().toLowerCase() === "yes") return;
  throw new ToolFault("not-confirmed", "Nothing was opened.", "Call it again when it is to be done.");
}
