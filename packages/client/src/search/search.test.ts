import { parseId } from "@sotto/domain";
import type { FileId } from "@sotto/domain";
import { expect, test } from "vitest";
import { wordsOf } from "../queries/said.ts";
import { partsAround } from "./hit.ts";
import { Search } from "./search.ts";
import type { Searched } from "./search.ts";

const idOf = <Id extends string>(number: number): Id => {
  const id = parseId<Id>(`00000000-0000-4000-8000-${String(number).padStart(12, "0")}`);
  if (id === null) throw new Error("an id");
  return id;
};

type Room = { -readonly [Key in keyof Searched]: Searched[Key] };

/** A room in which these were said, one a second from `since` on. */
const roomOf = (number: number, since: number, texts: readonly string[]): Room => ({
  room: idOf(number),
  changes: 0,
  lines: texts.map((text, index) => ({
    kind: "message",
    seq: index + 1,
    entry: idOf(number * 1000 + index),
    author: idOf(1),
    text,
    to: null,
    at: since + index,
    editedAt: null,
  })),
});

type Page = Awaited<ReturnType<Search<Room>["find"]>>;

const textsOf = (page: Page) => page?.found.map(({ line }) => wordsOf(line));
const firstOf = (page: Page) => textsOf(page)?.[0];
const lastOf = (page: Page) => textsOf(page)?.at(-1);

const textsIn = async (search: Search<Room>, query: string, countMax = 10) => {
  const page = await search.find({ query, after: null, countMax, isHidden: () => false });
  return textsOf(page);
};

test("what holds every word is found over all rooms, the newest first", async () => {
  const rooms = [roomOf(1, 10, ["old plan", "no"]), roomOf(2, 20, ["a new plan", "plans"])];
  const search = new Search(() => rooms);
  expect(await textsIn(search, "plan")).toEqual(["plans", "a new plan", "old plan"]);
  expect(await textsIn(search, "new plan")).toEqual(["a new plan"]);
  expect(await textsIn(search, "")).toEqual([]);
});

test("pages follow each other without a hole or a repeat, also when something was said in between", async () => {
  const rooms = [
    roomOf(
      1,
      0,
      Array.from({ length: 25 }, (_, index) => `word ${index}`),
    ),
  ];
  const search = new Search(() => rooms);
  const wish = { query: "word", countMax: 10, isHidden: () => false };
  const first = await search.find({ ...wish, after: null });
  expect([first?.found.length, first?.more]).toEqual([10, true]);
  rooms.push(roomOf(2, 100, ["a newer word"]));
  const second = await search.find({ ...wish, after: first?.found.at(-1)?.line.entry ?? null });
  const third = await search.find({ ...wish, after: second?.found.at(-1)?.line.entry ?? null });
  expect(firstOf(second)).toBe("word 14");
  expect([lastOf(third), third?.more]).toEqual(["word 0", false]);
});

test("what was changed, deleted or hidden is not found any more", async () => {
  const room = roomOf(1, 0, ["the secret", "the letter"]);
  const search = new Search(() => [room]);
  expect(await textsIn(search, "the")).toEqual(["the letter", "the secret"]);
  const [secret] = room.lines;
  if (secret?.kind !== "message") throw new Error("a message");
  room.lines[0] = { ...secret, text: "something else" };
  room.changes += 1;
  expect(await textsIn(search, "secret")).toEqual([]);
  const { at, author, entry, seq } = secret;
  room.lines[0] = { kind: "deleted", seq, entry, author, at, deletedAt: 9 };
  room.changes += 1;
  expect(await textsIn(search, "something")).toEqual([]);
  const hidden = await search.find({ query: "letter", after: null, countMax: 10, isHidden: () => true });
  expect(hidden).toEqual({ found: [], more: false });
});

test("a file is found by its name, among what was said", async () => {
  const room = roomOf(1, 0, ["the letter"]);
  const [said] = room.lines;
  if (said?.kind !== "message") throw new Error("a message");
  const { author } = said;
  const file = {
    kind: "file" as const,
    file: idOf<FileId>(7),
    key: new Uint8Array(32),
    hash: new Uint8Array(32),
    size: 1,
    name: "the letter to the court.pdf",
    type: "application/pdf",
    picture: null,
    durationMs: null,
    preview: null,
  };
  room.lines.push({ kind: "file", seq: 2, entry: idOf(2), author, file, at: 5 });
  const search = new Search(() => [room]);
  expect(await textsIn(search, "letter")).toEqual(["the letter to the court.pdf", "the letter"]);
  expect(await textsIn(search, "court")).toEqual(["the letter to the court.pdf"]);
});

test("a room that was opened anew is looked through anew, also when it has as many lines", async () => {
  const rooms = [roomOf(1, 0, ["from before"])];
  const search = new Search(() => rooms);
  expect(await textsIn(search, "before")).toEqual(["from before"]);
  rooms[0] = roomOf(1, 0, ["from later"]);
  expect(await textsIn(search, "before")).toEqual([]);
  expect(await textsIn(search, "later")).toEqual(["from later"]);
});

test("a newer question ends an older one", async () => {
  const rooms = [
    roomOf(
      1,
      0,
      Array.from({ length: 60_000 }, (_, index) => `é ${index}`),
    ),
  ];
  const search = new Search(() => rooms);
  const older = search.find({ query: "nothing", after: null, countMax: 10, isHidden: () => false });
  const newer = search.find({ query: "59999", after: null, countMax: 1, isHidden: () => false });
  expect(await older).toBeNull();
  expect((await newer)?.found).toHaveLength(1);
});

test("a hit shows the words around what was found, and says which they are", () => {
  const text = `${"Before that there was a long story. ".repeat(5)}Then we met on Friday at last.`;
  const parts = partsAround(text, ["friday"]);
  expect(parts[0]).toEqual({ text: "…", isFound: false });
  expect(parts.filter(({ isFound }) => isFound)).toEqual([{ text: "Friday", isFound: true }]);
  expect(parts.map((part) => part.text).join("")).toContain("Then we met on Friday at last.");
  expect(partsAround("short", ["s"]).map((part) => part.text)).toEqual(["s", "hort"]);
});
