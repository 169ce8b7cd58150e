/** Answers that are none: malformed, with markup in them, or out of any order. What a person sees stands in tests/support/lies/rows.ts. */
import type { RoomId } from "@sotto/domain";
import { afterAll, beforeAll, expect } from "vitest";
import { now, roomNow, seen, textsOf, until as untilView } from "../support/clients.ts";
import { attack } from "../support/lies/attack.ts";
import {
  elsewhere,
  exchange,
  isWholeAfter,
  openCrowd,
  openRoomFor,
  say,
  type Crowd,
} from "../support/lies/crowd.ts";
import { changed, tell, type Lie } from "../support/lies/lie.ts";
import { hidden, type Shown } from "../support/lies/rooms.ts";

let crowd: Crowd;
let room: RoomId;

beforeAll(async () => {
  crowd = await openCrowd();
  const { ada, ben } = crowd;
  room = await openRoomFor(crowd, "answers", [ben]);
  await say(ben, room, "one", [ada]);
  await say(ada, room, "two", [ben]);
}, 120_000);

afterAll(() => crowd.house.close());

const MARKUP = "<img src=x onerror=\"alert('read')\">";
const page = (body: string, status = 200, type = "text/html") =>
  Promise.resolve(new Response(body, { status, headers: { "content-type": type } }));

/** A browser of Ben that is at the door, and is answered so when it comes in. */
async function comesInUnder(path: RegExp, answer: () => Promise<Response>): Promise<unknown> {
  const device = crowd.house.newDevice({ passkeys: crowd.ben.phone });
  device.meddle(path, answer);
  const client = await crowd.house.open(device);
  const thrown = await client.actions.signIn({ kind: "passkey" }).then(
    () => null,
    (error: unknown) => error,
  );
  expect(now(client, "session").state).toBe("signed-out");
  device.meddle(path, null);
  expect(await client.actions.signIn({ kind: "passkey" })).toMatchObject({ kind: "done" });
  return thrown;
}

attack("page-for-an-answer", async ({ words }) => {
  const thrown = await comesInUnder(/\/sign-in\/passkey$/, () => page(`<html>${MARKUP}</html>`));
  // What screens make of a fault has no word of the server's in it.
  words("fault", thrown instanceof Error && !thrown.message.includes("<"));
});

attack("markup-for-a-reason", async ({ words }) => {
  const body = JSON.stringify({ refusal: MARKUP });
  const thrown = await comesInUnder(/\/sign-in\/passkey$/, () => page(body, 403, "application/json"));
  words("fault", thrown instanceof Error && !thrown.message.includes("<"));
});

attack("markup-for-a-kind", async ({ words }) => {
  const { ben, house } = crowd;
  const browser = await elsewhere(house, ben);
  const end = tell(
    browser.device,
    changed<{ readonly channels: readonly unknown[] }>(/\/v1\/reminders$/, (answer) => ({
      ...answer,
      channels: [
        { channel: crypto.randomUUID(), kind: "script", address: MARKUP, state: "on", withLink: false },
      ],
    })),
  );
  const thrown = await browser.client.actions.readReminders().then(
    () => null,
    (error: unknown) => error,
  );
  words("fault", thrown instanceof Error && !thrown.message.includes("<"));
  expect(now(browser.client, "reminders")).toBeNull();
  end();
});

const log = (of: RoomId) => new RegExp(`/rooms/${of}/log$`);
const items = (change: (all: readonly Shown[]) => readonly unknown[]): Lie =>
  changed<{ readonly items: readonly Shown[]; readonly more: boolean }>(log(room), (answer) => ({
    ...answer,
    items: change(answer.items) as readonly Shown[],
  }));

/** One room's answers are none. The others are there, and this one too when it has answers again. */
async function answersOf(lie: Lie, see: (browser: Awaited<ReturnType<typeof elsewhere>>) => Promise<void>) {
  const { ben, house } = crowd;
  const device = house.newDevice({ passkeys: ben.phone });
  const end = tell(device, lie);
  const client = await house.open(device);
  await client.actions.signIn({ kind: "passkey" });
  const browser = { ...ben, device, client };
  await see(browser);
  await untilView(client, crowd.room, () => true);
  end();
  await isWholeAfter(browser, { room, said: ["one", "two"] });
  await client.close();
}

attack("numbers-out-of-order", async ({ alarm }) => {
  await answersOf(
    items((all) => all.map((item) => ({ ...item, seq: item.seq + 7 }))),
    async ({ client }) => {
      await alarm(client, "room-unreadable");
      expect(textsOf(roomNow(client, room))).toEqual([]);
    },
  );
});

attack("items-malformed", async ({ alarm }) => {
  await answersOf(
    items((all) => all.map((item) => ({ ...item, bytes: "not base64!", more: { of: MARKUP } }))),
    ({ client }) => alarm(client, "room-unreadable"),
  );
});

attack("events-of-noise", async ({ alarm }) => {
  await answersOf(
    items((all) => all.map((item) => ({ ...item, bytes: item.bytes.slice(0, 40) }))),
    ({ client }) => alarm(client, "room-forked"),
  );
});

attack("live-noise", async ({ words }) => {
  const { ada, ben, house } = crowd;
  const browser = await elsewhere(house, ben);
  await seen(browser.client, "session", ({ online }) => online);
  // What is no message of the contract ends the connection; nothing of it is taken in.
  browser.device.mishear((message) => [{ ...message, kind: MARKUP } as never]);
  await say(ada, crowd.room, "are you there?");
  const { online } = await seen(browser.client, "session", (session) => !session.online);
  words("offline", !online);
  browser.device.mishear(null);
  await untilView(browser.client, crowd.room, (view) => textsOf(view).includes("are you there?"));
  await browser.client.close();
});

attack("room-hidden", async () => {
  const { ben, house } = crowd;
  const browser = await elsewhere(house, ben);
  await untilView(browser.client, room, (view) => textsOf(view).length === 2);
  const end = tell(browser.device, hidden(room));
  await exchange(browser);
  await seen(browser.client, "rooms", (lines) => lines.every((line) => line.room !== room));
  end();
  await isWholeAfter(browser, { room, said: ["one", "two"] });
  await browser.client.close();
});

attack("everything-held-back", async () => {
  const { ada, ben, house } = crowd;
  const stalled = await openRoomFor(crowd, "stalled", [ben]);
  const browser = await elsewhere(house, ben);
  await untilView(browser.client, stalled, () => true);
  browser.device.mishear((message) => (message.kind === "item" ? [] : [message]));
  await say(ada, stalled, "held back", [ben]);
  expect(textsOf(roomNow(browser.client, stalled))).toEqual([]);
  expect(now(browser.client, "alarms")).toEqual([]);
  browser.device.mishear(null);
  await isWholeAfter(browser, { room: stalled, said: ["held back"] });
  await browser.client.close();
});
