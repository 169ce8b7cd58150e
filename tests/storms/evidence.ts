/** What is there when a storm is over: in the database, on the devices, on the screens, in the vaults. Taken down once, to be judged. */
import type { RoomLineEntry } from "@sotto/client";
import type { RoomId } from "@sotto/domain";
import { verifyDatabase } from "@sotto/server/copy";
import { now, roomNow } from "../support/clients.ts";
import { copyServer, keysIn, type Copy, type Keys } from "../support/thief.ts";
import { statesOn, vaultNow } from "../support/vaults.ts";
import type { Camp } from "./camp.ts";
import type { Browser } from "./browser.ts";
import type { Ledger } from "./ledger.ts";
import type { Aftermath } from "./world.ts";

/** One row of a room's log. */
export interface Row {
  readonly room: string;
  readonly seq: number;
  readonly kind: string;
  readonly id: string;
  readonly author: string;
  readonly bytes: Buffer;
  readonly at: number;
}

/** A room as one browser shows it. */
export interface Screen {
  readonly browser: string;
  readonly account: string;
  readonly room: RoomId;
  readonly title: string;
  readonly readers: readonly string[];
  readonly closed: boolean;
  readonly entries: readonly RoomLineEntry[];
}

/** A file as one reader had it: all that is in it, or why they did not get it. */
export interface OpenedFile {
  readonly browser: string;
  readonly entry: string;
  readonly content: string;
}

export interface Evidence {
  /** Decides what is tried where not everything can be. */
  readonly seed: number;
  readonly ledger: Pick<Ledger, "said" | "placed" | "faults">;
  readonly rows: readonly Row[];
  readonly roster: readonly { readonly room: string; readonly account: string; readonly fromSeq: number }[];
  readonly closed: ReadonlySet<string>;
  readonly screens: readonly Screen[];
  readonly alarms: readonly string[];
  readonly devices: readonly {
    readonly browser: string;
    readonly account: string;
    readonly values: ReadonlyMap<string, Uint8Array>;
  }[];
  readonly copy: Copy;
  /** Who was in the camp, with all keys that their vault and their devices hold. */
  readonly people: readonly { readonly name: string; readonly account: string; readonly keys: Keys }[];
  readonly findings: readonly string[];
  /** One file that is there, drawn from all; null when there is none. */
  readonly openedFile: OpenedFile | null;
}

/** So often the evidence is taken anew because something moved meanwhile; after that it speaks for itself. */
const TAKES_MAX = 5;

/**
 * Taken down while nothing moves: somebody whose client tries again after a while may do something when everybody seems to have come to rest, and what is read one
 * after the other would not belong together (storm 21607).
 */
export async function takeEvidence(
  storm: Pick<Aftermath, "browsers" | "camp" | "filesFolder" | "ledger" | "rest" | "seed">,
): Promise<Evidence> {
  for (let takes = 1; ; takes += 1) {
    const before = await placesIn(storm.camp);
    const evidence = await takeOnce(storm);
    if (takes === TAKES_MAX || (await placesIn(storm.camp)) === before) return evidence;
    await storm.rest();
  }
}

/** What stands where in all logs. */
async function placesIn({ ask }: Camp): Promise<string> {
  return JSON.stringify(await ask("select room_id, seq, kind from room_item order by room_id, seq"));
}

async function takeOnce({
  browsers,
  camp,
  filesFolder,
  ledger,
  seed,
}: Pick<Aftermath, "browsers" | "camp" | "filesFolder" | "ledger" | "seed">): Promise<Evidence> {
  const house = { database: camp.ask, filesFolder };
  const rows = await camp.ask(
    "select room_id, seq, kind, item_id, author_id, bytes, at from room_item order by room_id, seq",
  );
  const roster = await camp.ask("select room_id, account_id, from_seq from room_member");
  const closed = await camp.ask("select room_id from room where closed");
  const { findings } = await verifyDatabase(camp.database.lookUrl, filesFolder);
  const people: Evidence["people"][number][] = [];
  for (const { account, name, opened } of camp.people) {
    const states = [await vaultNow(house, opened)];
    for (const browser of browsers.filter(({ person }) => person.account === account)) {
      states.push(...(await statesOn({ store: browser.store }, opened)));
    }
    people.push({ name, account, keys: keysIn(states) });
  }
  return {
    seed,
    openedFile: await openOneFile(browsers, ledger, seed),
    // Not a copy: an answer may still be on its way for what the rows already hold.
    ledger,
    rows: rows.map((row) => ({
      room: String(row["room_id"]),
      seq: Number(row["seq"]),
      kind: String(row["kind"]),
      id: asBuffer(row["item_id"]).toString("hex"),
      author: String(row["author_id"]),
      bytes: asBuffer(row["bytes"]),
      at: Number(row["at"]),
    })),
    roster: roster.map((row) => ({
      room: String(row["room_id"]),
      account: String(row["account_id"]),
      fromSeq: Number(row["from_seq"]),
    })),
    closed: new Set(closed.map((row) => String(row["room_id"]))),
    screens: browsers.flatMap(({ client, name, person }) => {
      if (client === null) return [];
      return now(client, "rooms").flatMap(({ room }) => {
        const view = roomNow(client, room);
        if (view === null) return [];
        const { closed, entries, readers, title } = view;
        const accounts = readers.map(({ account }) => account as string).toSorted();
        return [{ browser: name, account: person.account, room, title, readers: accounts, closed, entries }];
      });
    }),
    alarms: browsers.flatMap(({ client, name }) =>
      client === null ? [] : now(client, "alarms").map(({ kind, room }) => `${name}: ${kind} ${room ?? ""}`),
    ),
    devices: browsers.map(({ name, person, store }) => ({
      browser: name,
      account: person.account,
      values: new Map(store.values),
    })),
    copy: await copyServer(house),
    people,
    findings: findings.map(({ at, kind, why }) => `${kind} ${at} ${why}`),
  };
}

/** Somebody opens a file that they see, and that nobody asked to take away: rather another than who sent it, whose device may have kept it. */
async function openOneFile(
  browsers: readonly Browser[],
  ledger: Pick<Ledger, "said">,
  seed: number,
): Promise<OpenedFile | null> {
  const there = browsers.flatMap((browser) => {
    const { client } = browser;
    if (client === null) return [];
    return ledger.said.flatMap(({ account, content, deletion, entry, room }) => {
      const lines = content === null || deletion !== "no" ? [] : (roomNow(client, room)?.entries ?? []);
      const isThere = lines.some(
        (line) => line.kind === "file" && line.entry === entry && line.state.kind === "sent",
      );
      return isThere ? [{ browser, client, room, entry, isOwn: account === browser.person.account }] : [];
    });
  });
  const others = there.filter(({ isOwn }) => !isOwn);
  const all = others.length > 0 ? others : there;
  const drawn = all[seed % Math.max(1, all.length)];
  if (drawn === undefined) return null;
  const { browser, client, entry, room } = drawn;
  const opened = await client.actions.openFile({ room, entry });
  const content = opened.kind === "done" ? await opened.value.text() : opened.refusal;
  return { browser: browser.name, entry, content };
}

const asBuffer = (value: unknown): Buffer => (Buffer.isBuffer(value) ? value : Buffer.alloc(0));
