/** A no is said when any other would be (decision 0054): never before its time, however it was asked for. What is answered with yes goes out at once. */
import { request } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { toBase64Url } from "@sotto/vault";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openLive } from "../support/live.ts";
import { call, enrol, invite, random, refusal, type Person } from "../support/people.ts";
import { openRealServer, type RealServer } from "../support/real-server.ts";
import { roomWithFrames } from "../support/rooms.ts";

/** So long that no machine is too slow for what comes before it. */
const REFUSE_AFTER_MS = 1_500;

let real: RealServer;
let host: Person;

beforeAll(async () => {
  real = await openRealServer({ refuseAfterMs: REFUSE_AFTER_MS });
  host = await enrol(real.origin, { code: await real.server.makeSetupCode() });
});

afterAll(() => real.close());

/** Whether an answer came while a no would still be held back. */
function isEarly(answer: Promise<unknown>): Promise<boolean> {
  return Promise.race([
    answer.then(
      () => true,
      () => true,
    ),
    pause(REFUSE_AFTER_MS / 2, false),
  ]);
}

const sheet = () => ({ lookup: toBase64Url(random(16)), proof: toBase64Url(random(32)) });

test("what is there is answered at once", async () => {
  expect(await isEarly(call(real.origin, "listRooms", { token: host.token }))).toBe(true);
});

test.each([
  {
    what: "a room that is not there",
    ask: () =>
      call(real.origin, "readRoom", {
        token: host.token,
        params: { room: crypto.randomUUID() },
        query: { after: "0" },
      }),
    says: 404,
  },
  {
    what: "a session that is none",
    ask: () => call(real.origin, "listRooms", { token: toBase64Url(random(32)) }),
    says: 401,
  },
  { what: "a sheet of nobody", ask: () => call(real.origin, "signInRecovery", { body: sheet() }), says: 401 },
])("a no comes in its time: $what", async ({ ask, says }) => {
  const answer = refusal(ask);
  expect(await isEarly(answer)).toBe(false);
  expect((await answer).status).toBe(says);
});

test("whoever sends the body when the time is over waits for it anew", async () => {
  const body = JSON.stringify(sheet());
  const path = `${real.origin}/v1/sign-in/recovery`;
  const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
  const going = request(path, { method: "POST", headers });
  const answer = new Promise<number | undefined>((resolve, reject) => {
    going.on("response", (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    going.on("error", reject);
  });
  going.flushHeaders();
  await pause(REFUSE_AFTER_MS + 200);
  going.end(body);
  expect(await isEarly(answer)).toBe(false);
  expect(await answer).toBe(401);
});

test("on a live connection too: a frame that is refused, and one that is not", async () => {
  const [guest, colleague] = [
    await enrol(real.origin, { host }),
    await enrol(real.origin, { link: await invite(real.origin, host, { standing: "practice" }) }),
  ];
  const { frames, room } = await roomWithFrames(real.origin, host, guest, 1, 64);
  const [bytes = ""] = frames;
  for (const { person, kind } of [
    { person: colleague, kind: "refused" },
    { person: guest, kind: "appended" },
  ]) {
    const live = await openLive(real.origin, person.token);
    live.send({ kind: "append", ref: 1, room, bytes });
    const answer = live.hear((message) => message.kind === kind);
    expect(await isEarly(answer)).toBe(kind === "appended");
    await answer;
    live.close();
  }
});
