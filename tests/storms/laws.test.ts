/** Each law is held against a world that breaks it: a judge who cannot say no has said nothing. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { openCamp, type Camp } from "./camp.ts";
import { takeEvidence, type Evidence, type Screen } from "./evidence.ts";
import { epochsFor, judge, opensNoMoreThanTheirs } from "./judge.ts";
import { KINDS } from "./kinds.ts";
import { runStorm } from "./storm.ts";
import type { Aftermath } from "./world.ts";

/** A storm of this seed in which nothing at all goes wrong: people only say and do things. */
const SEED = 2;

let camp: Camp;
let calm: Aftermath;
let evidence: Evidence;

beforeAll(async () => {
  camp = await openCamp();
  calm = await runStorm(camp, { seed: SEED, without: KINDS });
  evidence = await takeEvidence(calm);
});

afterAll(async () => {
  await calm.close();
  await camp.close();
});

/** The names of the laws that are broken. */
const broken = async (changed: Partial<Evidence>): Promise<readonly string[]> => [
  ...new Set((await judge({ ...evidence, ...changed })).map((what) => what.split(":")[0] ?? "")),
];

const some = <Item>(items: readonly Item[], isIt: (item: Item) => boolean = () => true): Item => {
  const found = items.find(isIt);
  if (found === undefined) throw new Error("the story of this seed has changed: choose another");
  return found;
};

/** A message that is in the log as it was first said, that its author heard of, and that stands where they said it. */
const aMessage = () =>
  some(
    evidence.ledger.said,
    ({ deletion, device, entry, kind, texts, undo }) =>
      kind === "message" &&
      texts.size === 1 &&
      evidence.screens.some(
        ({ browser, entries }) =>
          browser === device &&
          entries.some(
            (line) => line.kind === "message" && line.entry === entry && line.state.kind === "sent",
          ),
      ) &&
      deletion === "no" &&
      undo === "no" &&
      evidence.rows.some(({ id }) => id === entry.replaceAll("-", "")) &&
      evidence.ledger.placed.some(({ id }) => id === entry.replaceAll("-", "")),
  );

const rowOf = (entry: string) => some(evidence.rows, ({ id }) => id === entry.replaceAll("-", ""));

test("a world in which nothing went wrong breaks no law", async () => {
  expect(evidence.ledger.said.length).toBeGreaterThan(0);
  expect(evidence.ledger.placed.length).toBeGreaterThan(0);
  expect(evidence.screens.length).toBeGreaterThan(0);
  expect(await broken({})).toEqual([]);
});

test("a write that is lost after it was answered for is found", async () => {
  const row = rowOf(aMessage().entry);
  const rows = evidence.rows.filter((one) => one !== row);
  expect(await broken({ rows })).toEqual(
    expect.arrayContaining(["keepsWhatItPlaced", "losesNothing", "devicesHoldTheLog"]),
  );
});

test("an answer that was forged is found: the item is not there, or from another moment", async () => {
  const { account: author, room } = aMessage();
  const never = { kind: "frame" as const, room, author, id: "00".repeat(16), at: 1 };
  const placed = [...evidence.ledger.placed, never];
  expect(await broken({ ledger: { ...evidence.ledger, placed } })).toEqual(["keepsWhatItPlaced"]);
  const [first, ...rest] = evidence.ledger.placed;
  if (first === undefined) throw new Error("something that was answered for");
  const later = [{ ...first, at: first.at + 1 }, ...rest];
  expect(await broken({ ledger: { ...evidence.ledger, placed: later } })).toEqual(["keepsWhatItPlaced"]);
});

test("an entry that stands twice is found, in the log and on a screen", async () => {
  const row = rowOf(aMessage().entry);
  const rows = [...evidence.rows, { ...row, seq: row.seq + 1000 }];
  expect(await broken({ rows })).toEqual(expect.arrayContaining(["keepsWhatItPlaced", "losesNothing"]));
  const shown = screenWith(aMessage().entry);
  const twice = { ...shown, entries: [...shown.entries, ...shown.entries] };
  const screens = evidence.screens.map((screen) => (screen === shown ? twice : screen));
  expect(await broken({ screens })).toEqual(expect.arrayContaining(["showsOnceAndTruly"]));
});

const screenWith = (entry: string) =>
  some(evidence.screens, ({ entries }) => entries.some((line) => "entry" in line && line.entry === entry));

test("words that nobody chose, and what was taken back, are found on a screen", async () => {
  const { entry } = aMessage();
  const screens = evidence.screens.map((screen) => ({
    ...screen,
    entries: screen.entries.map((line) =>
      line.kind === "message" && line.entry === entry ? { ...line, text: "never said" } : line,
    ),
  }));
  expect(await broken({ screens })).toEqual(["showsOnceAndTruly"]);
  for (const change of [{ undo: "told" }, { deletion: "told" }] as const) {
    const said = evidence.ledger.said.map((one) => (one.entry === entry ? { ...one, ...change } : one));
    expect(await broken({ ledger: { ...evidence.ledger, said } })).toContain("showsOnceAndTruly");
  }
});

test("what did not go out, and is not said to be refused, is found", async () => {
  const { account, device: by, entry } = aMessage();
  const row = rowOf(entry);
  const rows = evidence.rows.filter((one) => one !== row);
  const devices = evidence.devices.map((device) =>
    device.browser === by
      ? { ...device, values: new Map(device.values).set(`of/${account}/outbox/${entry}`, new Uint8Array(1)) }
      : device,
  );
  const found = await judge({ ...evidence, rows, devices });
  expect(found).toContainEqual(expect.stringContaining("is not said to be refused"));
});

test("a change that its author was told is safe, and that nobody sees, is found", async () => {
  const { device: by, entry } = aMessage();
  const changes = [{ text: "in other words", device: by }];
  const said = evidence.ledger.said.map((one) => (one.entry === entry ? { ...one, changes } : one));
  expect(await broken({ ledger: { ...evidence.ledger, said } })).toEqual(["losesNoChange"]);
});

test("a file that is not as it was sent is found", async () => {
  const { entry } = aMessage();
  const said = evidence.ledger.said.map((one) => (one.entry === entry ? { ...one, content: "whole" } : one));
  const openedFile = { browser: "Ada 1", entry, content: "hole" };
  expect(await broken({ openedFile, ledger: { ...evidence.ledger, said } })).toEqual(["opensWhatIsThere"]);
});

test("what somebody was given of the past ends where it was given", () => {
  const place = (account: string) => ({ account, identity: new Uint8Array(32), role: "member" as const });
  const [both, one] = [[place("ada"), place("ben")], [place("ada")]];
  const grant = { account: "ben", epoch: 1, head: new Uint8Array(32) };
  const events = [
    { members: one },
    { members: one },
    { members: both },
    { members: both, grant },
    { members: one },
  ];
  const numbered = events.map((event, epoch) => ({ epoch, ...event }));
  expect(epochsFor(numbered, "ben")).toEqual([1, 2, 3]);
});

test("two readers who see different things, another order, or too little, are found", async () => {
  const isMessage = (line: Screen["entries"][number]) =>
    line.kind === "message" && line.state.kind === "sent";
  const isTold = ({ entries }: Screen) => entries.filter(isMessage).length > 1;
  const one = some(evidence.screens, isTold);
  const isBeside = ({ account, browser, room }: Screen) =>
    room === one.room && browser !== one.browser && account !== one.account;
  const other = some(evidence.screens, (screen) => isBeside(screen) && isTold(screen));
  const first = some(other.entries, isMessage);
  for (const entries of [other.entries.toReversed(), other.entries.filter((line) => line !== first)]) {
    const screens = evidence.screens.map((screen) => (screen === other ? { ...screen, entries } : screen));
    expect(await broken({ screens })).toEqual(["readersAgree"]);
  }
  const without = evidence.screens.filter((screen) => screen !== other);
  expect(await broken({ screens: without })).toEqual(["readersAgree"]);
  const isPlace = ({ account, room }: { readonly account: string; readonly room: string }) =>
    room === other.room && account === other.account;
  const roster = evidence.roster.filter((place) => !isPlace(place));
  expect(await broken({ roster })).toEqual(expect.arrayContaining(["readersAgree", "devicesHoldTheLog"]));
});

test("a device that holds another byte, or less, or what is not its person's, is found", async () => {
  const [device] = evidence.devices;
  if (device === undefined) throw new Error("a device");
  const [key, bytes] = some([...device.values], ([name]) => name.includes("/room/"));
  const flipped = bytes.slice();
  flipped[flipped.length - 1] = (flipped.at(-1) ?? 0) ^ 1;
  const without = new Map(device.values);
  without.delete(key);
  const beside = new Map(device.values).set(key.replace(/room\/[^/]+/, `room/${crypto.randomUUID()}`), bytes);
  for (const values of [new Map(device.values).set(key, flipped), without, beside]) {
    const devices = evidence.devices.map((one) => (one === device ? { ...one, values } : one));
    expect(await broken({ devices })).toEqual(["devicesHoldTheLog"]);
  }
});

test("somebody who has a key too many is found", async () => {
  const every = opensNoMoreThanTheirs(Number.POSITIVE_INFINITY);
  expect(await every(evidence)).toEqual([]);
  const [keeper] = evidence.people;
  if (keeper === undefined) throw new Error("a keeper");
  const people = evidence.people.map((person) => ({ ...person, keys: keeper.keys }));
  expect((await every({ ...evidence, people })).length).toBeGreaterThan(0);
});

test("a byte that has changed in the database is found by what verifies it", async () => {
  const { room, seq } = rowOf(aMessage().entry);
  const change = (of: string) =>
    camp.ask(
      `update room_item set bytes = set_byte(bytes, length(bytes) - 1, get_byte(bytes, length(bytes) - 1) # 1) where room_id = $1 and ${of}`,
      [room, seq],
    );
  await camp.ask("set session_replication_role = replica");
  await change("seq = $2 or kind = 'event'");
  expect(await broken({ findings: (await takeEvidence(calm)).findings })).toEqual(["verifies"]);
  await change("seq = $2 or kind = 'event'");
  await camp.ask("set session_replication_role = origin");
  expect((await takeEvidence(calm)).findings).toEqual([]);
});

test("an alarm, a gap and an error that nobody caught are found", async () => {
  expect(await broken({ alarms: ["Ada 1: room-forked"] })).toEqual(["alarmsNobody"]);
  const notice = { kind: "notice" as const, seq: 1, notice: "gap" as const, at: 1 };
  const screens = evidence.screens.map((screen) => ({ ...screen, entries: [...screen.entries, notice] }));
  expect(await broken({ screens })).toEqual(["alarmsNobody"]);
  expect(await broken({ ledger: { ...evidence.ledger, faults: ["thrown"] } })).toEqual(["isSound"]);
});

// Found by storm 21607: half of the evidence was from before it, and half from after.
test("what somebody does while the evidence is taken is in all of it or in none", async () => {
  const { browser: name, room } = some(evidence.screens, ({ closed }) => !closed);
  const { client } = some(calm.browsers, (browser) => browser.name === name);
  let isSaid = false;
  const ask: Camp["ask"] = async (text, values) => {
    const rows = await camp.ask(text, values);
    if (isSaid || !text.includes("item_id")) return rows;
    isSaid = true;
    await client?.actions.send({ room, text: "one more thing" });
    const count = async () => (await camp.ask("select from room_item")).length;
    await expect.poll(count, { timeout: 30_000 }).toBe(evidence.rows.length + 1);
    return rows;
  };
  const taken = await takeEvidence({ ...calm, camp: { ...camp, ask } });
  expect(taken.rows.length).toBe(evidence.rows.length + 1);
  expect(await broken(taken)).toEqual([]);
});
