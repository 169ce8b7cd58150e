/** T23: `sotto custodian` as those meet it who make the sheets, and those who use them. */
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RoomId } from "@sotto/domain";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  inviteAndJoin,
  openHouse,
  openPractice,
  roomNow,
  roomWhere,
  until,
  untilSaid,
  valueOf,
  type FamilyMember,
  type House,
  type Someone,
} from "../support/clients.ts";
import { bringIn, CONTINUITY, untilSeated } from "../support/custodian.ts";
import { runSotto, type Ended } from "../support/operator.ts";

let house: House;
let ada: Someone;
let ben: FamilyMember;
let room: RoomId;
let ground: string;
let sheets: readonly string[];
let text: string;
let made: Ended;

const WORDS = "a <b>word</b> & another";

beforeAll(async () => {
  ground = await mkdtemp(join(tmpdir(), "sotto-sheets-"));
  made = await runSotto(["custodian", "make", join(ground, "made")]);
  text = await readFile(join(ground, "made", "custodian-public.txt"), "utf8");
  // Three people type what is printed, each into a file.
  sheets = await Promise.all(
    [2, 4, 5].map(async (number) => {
      const page = await readFile(join(ground, "made", `sheet-${String(number)}.html`), "utf8");
      const lines = [...page.matchAll(/<\/span>([0-9A-Z ]+)</g)].map(([, line = ""]) => line);
      const file = join(ground, `sheet-${String(number)}`);
      await writeFile(file, lines.join("\n"));
      return file;
    }),
  );
  house = await openHouse();
  ada = await openPractice(house, { name: "Ada", practiceName: "Elm Street" });
  const family = valueOf(await ada.client.actions.createFamily({ name: "Rivera" }));
  ben = await inviteAndJoin(house, ada, family, { name: "Ben" });
  ({ room } = await roomWhere(ben.client, (line) => line.kind === "family"));
  await bringIn(ada, { text, shares: [] });
  await untilSeated(ada);
  await until(ben.client, room, ({ readers }) => readers.some(({ name }) => name === CONTINUITY));
  valueOf(await ben.client.actions.send({ room, text: WORDS }));
  await untilSaid(ben.client, room, WORDS);
  const source = new Blob([new TextEncoder().encode("what the school wrote")]);
  valueOf(
    await ben.client.actions.sendFile({
      room,
      source,
      name: "../letter.txt",
      type: "text/plain",
      picture: null,
      durationMs: null,
      preview: null,
    }),
  );
  await until(ada.client, room, ({ entries }) =>
    entries.some((line) => line.kind === "file" && line.state.kind === "sent"),
  );
}, 120_000);

afterAll(async () => {
  await house.close();
  await rm(ground, { recursive: true, force: true });
});

const custodian = (...args: readonly string[]) =>
  runSotto(["custodian", ...args, "--address", house.origin, ...sheets.flatMap((file) => ["--share", file])]);
const openingsIn = (who: Someone, at: RoomId) =>
  (roomNow(who.client, at)?.entries ?? []).filter(({ kind }) => kind === "opened");

test("five sheets are made, and what is printed names neither practice nor family", async () => {
  expect(made).toMatchObject({ status: 0, told: "" });
  for (const name of await readdir(join(ground, "made"))) {
    const whole = await readFile(join(ground, "made", name), "utf8");
    for (const word of ["Elm Street", "Rivera", "Sotto", "therap"]) expect(whole).not.toContain(word);
  }
});

test("it lists its rooms without a trace in them", async () => {
  const listed = await custodian("rooms");
  expect(listed).toMatchObject({ status: 0, told: "" });
  expect(listed.said).toContain(room);
  expect(listed.said.trim().split("\n")).toHaveLength(3);
  expect(openingsIn(ben, room)).toEqual([]);
});

test("it opens the room that is named, and no other; everybody there sees it, and what was said is written down", async () => {
  const to = join(ground, "opened");
  const opened = await custodian("open", to, "--room", room, "--reason", "therapist-gone", "--yes");
  expect(opened).toMatchObject({ status: 0, told: "" });
  expect(opened.said).toContain("1 of 1 rooms");
  for (const who of [ada, ben]) {
    await until(who.client, room, ({ entries }) => entries.some(({ kind }) => kind === "opened"));
    expect(openingsIn(who, room)).toMatchObject([{ reason: "therapist-gone", by: { name: CONTINUITY } }]);
  }
  const own = await roomWhere(ben.client, (line) => line.kind === "private");
  expect(openingsIn(ben, own.room)).toEqual([]);
  const page = await readFile(join(to, room, "room.html"), "utf8");
  expect(page).toContain("a &lt;b&gt;word&lt;/b&gt; &amp; another");
  expect(page).not.toContain("<b>word");
  expect(page).toContain("Rivera · Whole family");
  expect(await readdir(join(to, room, "files"))).toEqual(["1-_letter.txt"]);
  expect(await readFile(join(to, room, "files", "1-_letter.txt"), "utf8")).toBe("what the school wrote");
  expect(await readFile(join(to, "index.html"), "utf8")).toContain(`${room}/room.html`);
});

test("it opens what an account keeps, and refuses a room that it does not read", async () => {
  const account = roomNow(ada.client, room)?.readers.find(({ isMe }) => isMe)?.account ?? "";
  const to = join(ground, "kept");
  const kept = await custodian(
    "open",
    to,
    "--kept-by",
    account,
    "--reason=law",
    "--allowed-by",
    account,
    "--yes",
  );
  expect(kept).toMatchObject({ status: 0, told: "" });
  expect((await readdir(to)).toSorted()).toHaveLength(4);
  const view = await until(ben.client, room, ({ entries }) =>
    entries.some((line) => line.kind === "opened" && line.reason === "law"),
  );
  expect(view.entries.at(-1)).toMatchObject({ kind: "opened", allowedBy: { name: "Ada" } });
  const other = crypto.randomUUID();
  const refused = await custodian("open", join(ground, "none"), "--room", other, "--reason", "law", "--yes");
  expect(refused.status).toBe(1);
  expect(refused.told).toContain("(no-such-room)");
  expect(await readdir(ground)).not.toContain("none");
});

test("without a yes nothing is opened", async () => {
  const before = openingsIn(ben, room).length;
  const asked = await custodian("open", join(ground, "unsaid"), "--room", room, "--reason", "law");
  expect(asked.status).toBe(1);
  expect(asked.told).toContain("(not-confirmed)");
  expect(openingsIn(ben, room)).toHaveLength(before);
  expect(await readdir(ground)).not.toContain("unsaid");
});
