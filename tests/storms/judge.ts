/** What must hold when a storm is over. Each law answers what breaks it; nothing is good. */
import type { RoomLineEntry } from "@sotto/client";
import { ByteReader, parseRoomEvent } from "@sotto/vault";
import { breakInto, type Tried } from "../support/thief.ts";
import type { Evidence, Row, Screen } from "./evidence.ts";
import type { SaidEntry } from "./ledger.ts";

export type Law = (evidence: Evidence) => readonly string[] | Promise<readonly string[]>;

const hexOf = (id: string): string => id.replaceAll("-", "");

/** What the server has answered for has its place, once, from the moment it said. */
const keepsWhatItPlaced: Law = ({ ledger, rows }) => {
  const counted = countBy(rows, ({ author, id, room }) => `${room} ${author} ${id}`);
  return ledger.placed.flatMap((placed) => {
    const { at, author, id, kind, room } = placed;
    const found = counted.get(`${room} ${author} ${id}`) ?? [];
    if (found.length !== 1) return [`a ${kind} that was answered for is there ${String(found.length)} times`];
    return found[0]?.at === at ? [] : [`a ${kind} that was answered for has another moment`];
  });
};

/** What an author was told is safe is in the room's log once, or their device still holds it and says that it was refused. */
const losesNothing: Law = ({ devices, ledger, rows, screens }) => {
  const counted = countBy(rows, ({ author, id }) => `${author} ${id}`);
  return ledger.said.flatMap((said) => {
    const { account, browser: by, entry } = { ...said, browser: said.device };
    const inLog = counted.get(`${account} ${hexOf(entry)}`)?.length ?? 0;
    if (inLog > 1) return [`${by}: an entry is in the log ${String(inLog)} times`];
    if (said.undo === "told") return inLog === 0 ? [] : [`${by}: what was taken back is in the log`];
    const held = devices.some(({ account: of, browser, values }) => {
      const names = ["outbox", "upload"].map((place) => `of/${of}/${place}/${entry}`);
      return browser === by && of === account && names.some((name) => values.has(name));
    });
    const mayBeGone = said.undo !== "no" || said.deletion !== "no";
    if (inLog === 1 || mayBeGone) return [];
    if (!held) return [`${by}: an entry that was acknowledged is lost`];
    const screen = screens.find(({ browser, room }) => browser === by && room === said.room);
    const line = screen === undefined ? null : lineOn(screen, entry);
    const isSaid = line === null || line?.state.kind === "refused";
    return isSaid ? [] : [`${by}: an entry that did not go out is not said to be refused`];
  });
};

/** The last words that an author was told are safe are there for everybody, or others that they chose later; or their device says that a change was refused. */
const losesNoChange: Law = ({ ledger, screens }) =>
  ledger.said.flatMap(({ changes, deletion, device: by, entry, room, texts, undo }) => {
    if (changes.length === 0 || deletion !== "no" || undo !== "no") return [];
    const [first] = texts;
    const shown = screens
      .filter((screen) => screen.room === room)
      .map((screen) => ({ screen, line: lineOn(screen, entry) }));
    const isOld = shown.some(({ line }) => line?.kind === "message" && line.text === first);
    // Whoever made the change may be out of the room by now, and see nothing of it.
    const isSaid = changes.every(({ device }) => {
      const line = shown.find(({ screen }) => screen.browser === device)?.line;
      return line === undefined || (line?.kind === "message" && line.pending !== null);
    });
    return isOld && !isSaid ? [`${by}: a change that was acknowledged is lost`] : [];
  });

/** The line of something that was said, as a screen shows it; undefined when it does not. */
const lineOn = ({ entries }: Screen, entry: string) =>
  entries.find(
    (line): line is RoomLineEntry & { readonly kind: "message" | "file" } =>
      (line.kind === "message" || line.kind === "file") && line.entry === entry,
  );

/** A file is whole for whoever reads it. */
const opensWhatIsThere: Law = ({ ledger, openedFile }) => {
  const said = ledger.said.find(({ entry }) => entry === openedFile?.entry);
  return openedFile === null || said?.content === openedFile.content
    ? []
    : [`${openedFile.browser} does not have a file as it was sent`];
};

/** Nobody sees anything twice, or in words that its author never chose, or once it is gone. */
const showsOnceAndTruly: Law = ({ ledger, screens, closed, roster }) =>
  screens.flatMap((screen) => {
    const lines = screen.entries.filter((line) => "entry" in line);
    const twice = [...countBy(lines, ({ entry }) => entry).values()].filter((all) => all.length > 1);
    const own = ledger.said.filter(({ room }) => room === screen.room);
    const wrong = lines.flatMap((line) => {
      const said = own.find(({ entry }) => entry === line.entry);
      if (said === undefined || line.kind === "deleted") return [];
      const text = line.kind === "message" ? line.text : line.kind === "file" ? line.file.name : "";
      return said.texts.has(text) && !isGone(said, { closed, roster, lines, screens })
        ? []
        : [`${screen.browser} sees what ${said.device} did not leave there`];
    });
    return [...twice.map(() => `${screen.browser} sees an entry twice`), ...wrong];
  });

/**
 * Whether something must not be read any more. A deletion that the room refused, as it does when it is closed or its author is out, has done nothing: their devices say so, or do not show
 * what is from before they were let in again.
 */
const isGone = (
  said: SaidEntry,
  {
    closed,
    lines,
    roster,
    screens,
  }: Pick<Evidence, "closed" | "roster" | "screens"> & { readonly lines: readonly RoomLineEntry[] },
): boolean => {
  if (said.undo === "told") return true;
  if (said.deletion !== "told" || closed.has(said.room)) return false;
  const isIn = roster.some(({ account, room }) => account === said.account && room === said.room);
  const line = lines.find((one) => "entry" in one && one.entry === said.entry);
  const own = screens
    .filter(({ account, room }) => account === said.account && room === said.room)
    .map(({ entries }) => entries.find((one) => "entry" in one && one.entry === said.entry));
  const isKept = own.some(isRefused) || own.every((one) => one === undefined);
  return isIn && line !== undefined && !isRefused(line) && !isKept;
};

const isRefused = (line: RoomLineEntry | undefined): boolean =>
  (line?.kind === "message" || line?.kind === "file") && line.state.kind === "refused";

/** The rooms on somebody's screens are those that they are in, and everybody in a room sees the same of it, in the same order. */
const readersAgree: Law = ({ devices, roster, rows, screens }) => {
  const missing = roster.flatMap(({ account, room }) =>
    devices
      .filter((device) => device.account === account)
      .filter(({ browser }) => !screens.some((one) => one.browser === browser && one.room === room))
      .map(({ browser }) => `${browser} does not see a room that they are in`),
  );
  const astray = screens
    .filter(({ account, room }) => !roster.some((one) => one.account === account && one.room === room))
    .map(({ browser }) => `${browser} sees a room that they are not in`);
  const apart = [...countBy(screens, ({ room }) => room as string).values()].flatMap((all) => {
    const longest = all.reduce((a, b) => (saidOn(b).length > saidOn(a).length ? b : a));
    return all.flatMap((screen) => {
      const other = whatDiffers(longest, screen, sinceTheyCame(screen, { roster, rows }));
      return other === null
        ? []
        : [`${longest.browser} and ${screen.browser} do not see the same (${other})`];
    });
  });
  const rosters = screens.flatMap(({ browser, readers, room }) => {
    const there = roster.filter((one) => one.room === room).map(({ account }) => account);
    return there.toSorted().join() === readers.join()
      ? []
      : [`${browser} names other readers than there are`];
  });
  return [...missing, ...astray, ...apart, ...rosters];
};

interface Seen {
  readonly entry: string;
  readonly author: string;
  readonly at: number;
  /** Null where this person has changed it, and the room does not know. */
  readonly words: string | null;
}

const saidOn = ({ entries }: Screen): readonly Seen[] =>
  entries.flatMap((line) => {
    if (line.kind === "deleted")
      return [
        {
          entry: line.entry,
          author: line.author.account,
          at: line.at,
          words: line.deletedAt === null ? null : "",
        },
      ];
    if (line.kind !== "message" && line.kind !== "file") return [];
    // What waits, or was refused, may be only a wish about what is there.
    const isThere = line.state.kind === "sent" || line.wish !== null;
    if (!isThere) return [];
    const words = line.kind === "file" ? line.file.name : line.pending === null ? line.text : null;
    return [{ entry: line.entry, author: line.author.account, at: line.at, words }];
  });

/** What was said in a room since somebody came in, as the ids of rows. */
function sinceTheyCame(
  { account, room }: Screen,
  { roster, rows }: Pick<Evidence, "roster" | "rows">,
): ReadonlySet<string> {
  const place = roster.find((one) => one.account === account && one.room === room);
  const theirs = rows.filter((row) => row.room === room && row.seq >= (place?.fromSeq ?? 0));
  return new Set(theirs.map(({ id }) => id));
}

/** Whoever came in later sees the end of what the others see, and all that was said since. Null when it is so. */
function whatDiffers(long: Screen, short: Screen, since: ReadonlySet<string>): string | null {
  if (long.closed !== short.closed) return "whether it is closed";
  if (long.title !== short.title) return "its title";
  const [all, end] = [saidOn(long), saidOn(short)];
  const from = all.length - end.length;
  if (all.slice(0, from).some(({ entry }) => since.has(hexOf(entry))))
    return `${String(all.length)} entries and ${String(end.length)}`;
  for (const [index, line] of end.entries()) {
    const other = all[from + index];
    const at = `entry ${String(index + 1)} of the last ${String(end.length)}`;
    if (line.entry !== other?.entry) return `${at} is another`;
    if (line.author !== other.author || line.at !== other.at) return `${at}: by whom, or when`;
    if (line.words !== null && other.words !== null && line.words !== other.words) return `${at}: its words`;
  }
  return null;
}

/** What stands on a device under the name of a room, and goes with it. What waits to be sent stays, to be shown as refused. */
const KEPT_OF_A_ROOM: ReadonlySet<string> = new Set(["room", "history", "draft", "reply", "read"]);

/** A device holds of each room what the server has, byte for byte and place by place, and nothing of a room that its person is not in. */
const devicesHoldTheLog: Law = ({ devices, roster, rows }) =>
  devices.flatMap(({ account, browser, values }) => {
    const mine = roster.filter((one) => one.account === account);
    const prefix = `of/${account}/room/`;
    const held = [...values].filter(([key]) => key.startsWith(prefix));
    const astray = [...values.keys()].flatMap((key) => {
      const [, of, kind = "", room = ""] = key.split("/");
      const isOfRoom = of === account && KEPT_OF_A_ROOM.has(kind);
      return isOfRoom && !mine.some((place) => place.room === room) ? [kind] : [];
    });
    const wrong = mine.flatMap(({ fromSeq, room }) => {
      const there = rows.filter((row) => row.room === room && row.seq >= fromSeq);
      const here = held.filter(([key]) => key.startsWith(`${prefix}${room}/`));
      if (here.length !== there.length)
        return [`${browser} holds ${String(here.length)} items of a room that has ${String(there.length)}`];
      return there
        .filter(
          (row) =>
            !holds(values.get(`${prefix}${room}/${String(row.seq - fromSeq + 1).padStart(12, "0")}`), row),
        )
        .map(({ kind }) => `${browser} holds another ${kind} than the server`);
    });
    return [...astray.map((kind) => `${browser} holds a ${kind} of a room that they are not in`), ...wrong];
  });

/** Whether what a device keeps is this row (docs/formats/local.md). */
function holds(kept: Uint8Array | undefined, row: Row): boolean {
  if (kept === undefined) return false;
  const bytes = new Uint8Array(kept);
  const label = row.kind === "erased" ? "fam/local-erased/1" : "fam/local-item/1";
  try {
    const reader = ByteReader.labelled(bytes, label, bytes.length);
    if (row.kind !== "erased" && reader.choice(["event", "frame"]) !== row.kind) return false;
    const at = reader.unsigned(6);
    const body = row.kind === "erased" ? reader.block16(bytes.length) : reader.block32(bytes.length);
    return at === row.at && Buffer.compare(body, row.bytes) === 0;
  } catch {
    return false;
  }
}

type EpochMaker = Pick<ReturnType<typeof parseRoomEvent>, "epoch" | "members" | "grant">;

/** The epochs of a room that somebody may read: those in which they were there, and what they were given. A grant gives what was before it, and nothing that comes after (docs/formats/room.md). */
export function epochsFor(events: readonly EpochMaker[], account: string): readonly number[] {
  const granted = events.flatMap(({ epoch: to, grant }) =>
    grant?.account === account ? [{ from: grant.epoch, to }] : [],
  );
  return events
    .filter(
      ({ epoch, members }) =>
        granted.some(({ from, to }) => epoch >= from && epoch < to) ||
        members.some((member) => member.account === account),
    )
    .map(({ epoch }) => epoch);
}

/** Nobody opens with all the keys they hold what was said while they were not in the room, and what nobody gave them. */
export function opensNoMoreThanTheirs(most: number): Law {
  // Every storm begins with the events of the same camp.
  const tried: Tried = new Map();
  return async ({ copy, people, rows, seed }) => {
    const rooms = [
      ...countBy(
        rows.filter(({ kind }) => kind === "event"),
        ({ room }) => room,
      ),
    ];
    const tries = rooms.flatMap(([room, events]) => {
      const parsed = events.map(({ bytes }) => parseRoomEvent(new Uint8Array(bytes)));
      return people.flatMap((person) => {
        const theirs = epochsFor(parsed, person.account);
        return theirs.length === parsed.length ? [] : [{ room, person, theirs, events: parsed.length }];
      });
    });
    // Where somebody came or went there is most to get wrong.
    const cameOrWent = tries.filter(({ theirs }) => theirs.length > 0);
    const first = [...turned(cameOrWent, seed), ...turned(tries, seed)];
    const broken: string[] = [];
    for (const { person, room, theirs } of first.slice(0, most)) {
      const alone = { ...copy, items: copy.items.filter((item) => item.room === room) };
      const { epochs } = await breakInto(alone, room, person.keys, tried);
      const beyond = epochs.filter((epoch) => !theirs.includes(epoch));
      if (beyond.length > 0)
        broken.push(`${person.name} opens what is not theirs: epochs ${beyond.join(" ")}`);
    }
    return broken;
  };
}

/** The same, beginning at another place. */
const turned = <Item>(items: readonly Item[], by: number): readonly Item[] => {
  const at = by % Math.max(1, items.length);
  return [...items.slice(at), ...items.slice(0, at)];
};

/** What can be checked without keys is as it must be. */
const verifies: Law = ({ findings }) => findings;

/** No weather looks like an attack: nobody is warned of anything, and no place in a log is called wrong. */
const alarmsNobody: Law = ({ alarms, screens }) => [
  ...alarms,
  ...screens.flatMap(({ browser, entries }) =>
    entries.flatMap((line) => (line.kind === "notice" ? [`${browser} is told of a ${line.notice}`] : [])),
  ),
];

/** Nothing was thrown that nobody caught, and everybody came to rest. */
const isSound: Law = ({ ledger }) => ledger.faults;

/** So many pairs of somebody and a room that is not all theirs are tried after each storm. */
const PAIRS_MAX = 1;

export const LAWS: Readonly<Record<string, Law>> = {
  keepsWhatItPlaced,
  losesNothing,
  losesNoChange,
  opensWhatIsThere,
  showsOnceAndTruly,
  readersAgree,
  devicesHoldTheLog,
  opensNoMoreThanTheirs: opensNoMoreThanTheirs(PAIRS_MAX),
  verifies,
  alarmsNobody,
  isSound,
};

/** All that is not as it must be, each with the name of its law. */
export async function judge(evidence: Evidence): Promise<readonly string[]> {
  const found: string[] = [];
  for (const [name, law] of Object.entries(LAWS)) {
    for (const what of await law(evidence)) found.push(`${name}: ${what}`);
  }
  return found;
}

function countBy<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key) ?? [];
    group.push(item);
    groups.set(key, group);
  }
  return groups;
}
