/** Somebody looks around: starts the demo, in which all stands as its story has it, is two of its people at once, comes back to it later. */
import { createClient, type Client } from "@sotto/client";
import { memoryPorts } from "@sotto/client/memory";
import { readDemo, type MadeDemo } from "@sotto/demo/folder";
import { actorOf } from "@sotto/demo/lines";
import { practice } from "@sotto/demo/story";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, FrameLocator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checkAccessible, newPerson, openBrowser, type Person } from "../support/browser.ts";
import { now, roomNow, seen, valueOf } from "../support/clients.ts";
import { expectedRooms, roomNameOf, ROOMS, seenRooms } from "../support/demo-story.ts";
import { freeRow, runDemo, startDemo, type StartedDemo } from "../support/demo.ts";
import { makeGround } from "../support/operator.ts";

const PEOPLE = 19;
const SECRET =
  "With you, and only what you choose. Shall we take ten minutes before the next session to plan it?";
/** A limit for a busy machine, nothing that is measured. */
const waiting = { timeout: 60_000 };
const pictures = process.env["SOTTO_PICTURES"];

let ground: Awaited<ReturnType<typeof makeGround>>;
let args: readonly string[];
let frontPort: number;
let cast: MadeDemo["cast"];
const clients: Client[] = [];
let demo: StartedDemo;
let browser: Browser;
let visitor: Person;

beforeAll(async () => {
  ground = await makeGround();
  frontPort = await freeRow(PEOPLE + 1);
  args = [`--data=${ground.at("demo")}`, `--port=${String(frontPort)}`];
  demo = await startDemo(args);
  const made = await readDemo(ground.at("demo"));
  if (typeof made !== "object") throw new Error("a story that was played whole");
  cast = made.cast;
  browser = await openBrowser();
  visitor = await newPerson(browser, { viewport: "desktop" });
}, 900_000);

afterAll(async () => {
  for (const client of clients) await client.close();
  await browser?.close();
  await demo?.stop();
  await ground?.remove();
});

type CastMember = MadeDemo["cast"][number];

const screenOf = (page: Page, name: string): FrameLocator =>
  page.frameLocator(`iframe[title="What ${name} sees"]`);

/** The front page is not the product, and says what it is; it must be usable by everybody all the same. */
async function look(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready.then(() => null));
  if (pictures !== undefined) {
    await mkdir(pictures, { recursive: true });
    await page.screenshot({ path: join(pictures, `demo-${name}.png`) });
  }
  await checkAccessible(page);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(over).toBeLessThanOrEqual(0);
}

const nameOf = (key: string): string => cast.find((member) => member.key === key)?.name ?? "";

/** Somebody on a device that knows nothing, in step: by their own door, as their browser comes. */
async function comeIn({ way }: CastMember, port: number): Promise<Client> {
  const client = createClient(memoryPorts(`http://localhost:${String(port)}`));
  clients.push(client);
  await client.start();
  valueOf(await client.actions.signIn(way));
  await seen(client, "session", ({ inStep, online }) => inStep && online);
  return client;
}

test("the story has everybody whom it promises, and everybody who acts is in the room they act in", () => {
  expect(cast).toHaveLength(3 + 4 + 3 + 4 + 2 + 3);
  const groups = [{ key: "practice", scenes: practice.scenes }, ...practice.families];
  for (const { key, scenes } of groups)
    for (const { lines, room } of scenes)
      for (const line of lines) expect(new Map(ROOMS[key]).get(roomNameOf(room))).toContain(actorOf(line));
});

test("everybody comes in by their own way, and sees their rooms, all that was said in them, and nothing of others", async () => {
  for (const [index, member] of cast.entries()) {
    const client = await comeIn(member, frontPort + 1 + index);
    const expected = expectedRooms(member.key, nameOf);
    await seen(client, "rooms", (rooms) => rooms.length === expected.length);
    expect({ who: member.key, rooms: seenRooms(client) }).toEqual({ who: member.key, rooms: expected });
  }
}, 300_000);

test("what was taken back is nowhere, and what was changed stands as it was changed", async () => {
  const all = clients.flatMap(seenRooms).join("\n");
  const lines = [...practice.families.flatMap(({ scenes }) => scenes), ...practice.scenes].flatMap(
    (scene) => scene.lines,
  );
  const gone = lines.flatMap((line) =>
    "kind" in line && (line.kind === "delete" || line.kind === "change") ? [line.of] : [],
  );
  expect(gone.length).toBeGreaterThanOrEqual(2);
  for (const text of gone) expect(all).not.toContain(text);
});

test("the files of the story open on a device that has not seen them, as what they are", async () => {
  const starts: Readonly<Record<string, string>> = {
    "image/jpeg": "ffd8ffe0",
    "audio/wav": "52494646",
    "application/pdf": "25504446",
  };
  let opened = 0;
  for (const client of clients) {
    for (const { room } of now(client, "rooms"))
      for (const line of roomNow(client, room)?.entries ?? []) {
        if (line.kind !== "file") continue;
        const blob = valueOf(await client.actions.openFile({ room, entry: line.entry }));
        const bytes = new Uint8Array(await blob.arrayBuffer());
        expect(Buffer.from(bytes.subarray(0, 4)).toString("hex")).toBe(starts[line.file.type]);
        expect(line.file.hasPreview).toBe(line.file.type === "image/jpeg");
        opened++;
      }
  }
  // Five files, for everybody who reads them.
  expect(opened).toBe(6 + 5 + 2 + 4 + 3);
});

test("the front page says what it is, and shows everybody", async () => {
  const { page } = visitor;
  await page.goto(demo.address);
  await page.getByRole("button", { name: "Mia Teenager" }).waitFor();
  await page.getByText("Never put anything real in here").waitFor();
  expect(await page.locator("button.person").count()).toBe(PEOPLE);
  await look(page, "front-desktop");
});

test("one click each: a girl and her mother stand side by side, signed in, each with what is theirs", async () => {
  const { page } = visitor;
  await page.getByRole("button", { name: "Mia Teenager" }).click();
  await page.getByRole("button", { name: "Ana Adult" }).click();
  const [mia, ana] = [screenOf(page, "Mia"), screenOf(page, "Ana")];
  await mia
    .getByRole("link", { name: /Private/ })
    .first()
    .click();
  await mia.getByRole("log").getByText(SECRET).waitFor();
  await ana
    .getByRole("link", { name: /Whole family/ })
    .first()
    .click();
  await ana.getByRole("log").getByText("It leans. That is something else.").waitFor();
  expect(await ana.getByText(SECRET).count()).toBe(0);
  await look(page, "side-by-side-desktop");
});

test("what one writes, the other reads", async () => {
  const { page } = visitor;
  const [mia, ana] = [screenOf(page, "Mia"), screenOf(page, "Ana")];
  await mia.getByRole("link", { name: "All rooms" }).click();
  await mia
    .getByRole("link", { name: /Whole family/ })
    .first()
    .click();
  await ana.getByRole("textbox", { name: "Message" }).fill("Written by a visitor");
  await ana.getByRole("button", { name: "Send", exact: true }).click();
  await mia.getByRole("log").getByText("Written by a visitor").waitFor();
  expect(await mia.getByRole("log").getByText("Written by a visitor").count()).toBe(1);
});

test("a photo, a paper and a recording of the story open in the page as what they are", async () => {
  const { page } = visitor;
  await page.setViewportSize({ width: 1600, height: 900 });
  await page.goto(`${demo.address}/#saga+leo+daniel`);
  const [saga, leo, daniel] = [screenOf(page, "Saga"), screenOf(page, "Leo"), screenOf(page, "Daniel")];
  await saga
    .getByRole("link", { name: /Whole family/ })
    .first()
    .click();
  await saga.getByRole("button", { name: "Open my week.jpg" }).click();
  const photo = saga.getByRole("dialog").getByRole("img", { name: "my week.jpg" });
  await expect
    .poll(() => photo.evaluate((image) => (image as HTMLImageElement).naturalWidth), waiting)
    .toBe(640);
  await daniel
    .getByRole("link", { name: /Whole family/ })
    .first()
    .click();
  await daniel.getByRole("button", { name: "Open what we agreed.pdf" }).click();
  await daniel.getByText("We look at it again in four weeks.").waitFor({ state: "attached" });
  await leo
    .getByRole("link", { name: /Private/ })
    .first()
    .click();
  await leo.getByRole("button", { name: /^(Listen|Play).*guitar/ }).click();
  const sound = leo.locator("audio");
  await expect
    .poll(() => sound.evaluate((audio) => Math.round((audio as HTMLAudioElement).duration * 10)), waiting)
    .toBe(84);
  if (pictures !== undefined) await page.screenshot({ path: join(pictures, "demo-files-desktop.png") });
  for (const name of ["Saga", "Leo", "Daniel"])
    await page.getByRole("button", { name: `Close ${name}` }).click();
});

test("whoever locks is locked; their form is filled in, and is sent by hand", async () => {
  const { page } = visitor;
  await page.getByRole("button", { name: "Ana Adult" }).click();
  await page.getByRole("button", { name: "Mia Teenager" }).click();
  const mia = screenOf(page, "Mia");
  await mia.getByRole("button", { name: /^Lock/ }).click();
  await mia.getByRole("button", { name: "Sign in" }).waitFor();
  expect(await mia.getByRole("link", { name: /Whole family/ }).count()).toBe(0);
  await mia.getByRole("button", { name: "Sign in" }).click();
  await mia
    .getByRole("link", { name: /Whole family/ })
    .first()
    .waitFor();
});

test("a browser that knows an earlier story forgets it, and comes in to this one", async () => {
  const { page } = visitor;
  const place = await page.locator('iframe[title="What Mia sees"]').elementHandle();
  const frame = await place?.contentFrame();
  if (frame === undefined || frame === null) throw new Error("a frame that is on the page");
  await frame.evaluate(() => {
    localStorage.setItem("demo-story", "an earlier one");
    localStorage.setItem("kept", "from before");
  });
  await page.getByRole("button", { name: "Start again as Mia" }).click();
  await expect
    .poll(() => frame.evaluate(() => localStorage.getItem("kept")).catch(() => ""), waiting)
    .toBeNull();
  await screenOf(page, "Mia")
    .getByRole("link", { name: /Private/ })
    .first()
    .waitFor();
});

test("on a phone the frames are below the people, one beside the other to swipe to", async () => {
  const { page } = visitor;
  await page.setViewportSize({ width: 360, height: 740 });
  await look(page, "side-by-side-phone");
  await page.getByRole("button", { name: "Close Mia" }).click();
  await page.getByRole("button", { name: "Close Ana" }).click();
  await page.getByRole("heading", { name: "Or begin with these" }).waitFor();
  await look(page, "front-phone");
  expect(visitor.troubles).toEqual([]);
});

test("a second demo on the same folder is refused; after a stop it starts again with all that was written", async () => {
  expect(await runDemo(args)).toMatchObject({ status: 1, told: expect.stringContaining("(demo-runs)") });
  expect(await demo.stop()).toMatchObject({ status: 0, told: "" });
  demo = await startDemo(args);
  expect(demo.said()).toContain("there from the last time");
  const again = await newPerson(browser, { viewport: "desktop" });
  await again.page.goto(`${demo.address}/#tom`);
  const tom = screenOf(again.page, "Tom");
  await tom
    .getByRole("link", { name: /Whole family/ })
    .first()
    .click();
  await tom.getByRole("log").getByText("Written by a visitor").waitFor();
  expect(again.troubles).toEqual([]);
  await again.close();
});
