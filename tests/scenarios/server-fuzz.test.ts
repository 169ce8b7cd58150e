/**
 * Every endpoint and the live door, asked what nobody means. The server answers what it says or one of its own refusals, never a fault of ours, and its log says
 * nothing of what was sent. `npm run fuzz -- --runs N` asks N times for each.
 */
import {
  ClientMessage,
  ENDPOINTS,
  LIMITS,
  RefusalBody,
  ServerMessage,
  type EndpointName,
} from "@sotto/contract";
import { storedFileBytes, toBase64Url } from "@sotto/vault";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { oddMessages, oddRequestsOf, type OddRequest, type Pool } from "../support/odd-requests.ts";
import { call, enrol, invite, prepareEnrolment, type Person } from "../support/people.ts";
import { openRealServer, type RealServer } from "../support/real-server.ts";
import { appendNext, makeFrame, place } from "../support/rooms.ts";

const asked = Number(process.env["SOTTO_TEST_RUNS"] ?? "0");
const RUNS = asked > 0 ? asked : 24;
const WITHIN_MS = asked > 0 ? 24 * 60 * 60 * 1000 : 120_000;
/** Requests that are under way at once. */
const TOGETHER = 8;
/** After so many somebody new asks: an account that holds as much as one may is told no before anything is looked at. */
const REQUESTS_EACH = 12 * TOGETHER;

const LINE = /^(GET|POST|PUT|DELETE|HEAD|OPTIONS|PATCH) (-|\/[a-zA-Z0-9/:*-]*) \d{3} [\d.]+ms [0-9a-f-]{36}$/;

let real: RealServer;
let pool: Pool;
let me: Person;
const lines: string[] = [];

beforeAll(async () => {
  real = await openRealServer({ log: (line) => lines.push(line) });
  me = await enrol(real.origin, { code: await real.server.makeSetupCode() });
  pool = await fillPool();
});

afterAll(() => real.close());

/** Somebody with a room, a frame, an invitation and a file: what odd requests may hit. */
async function fillPool(): Promise<Pool> {
  const { origin } = real;
  const guest = await enrol(origin, { host: me });
  const room = crypto.randomUUID();
  const members = [place(me, "keeper"), place(guest, "member")].toSorted((a, b) =>
    a.account < b.account ? -1 : 1,
  );
  const created = await appendNext(origin, me, { previous: null, room, action: "create", members });
  const entry = crypto.randomUUID();
  const frame = await makeFrame(me, created, entry);
  await call(origin, "appendFrame", { token: me.token, params: { room }, body: { bytes: frame } });
  const file = crypto.randomUUID();
  await call(origin, "beginFile", {
    token: me.token,
    params: { room, file },
    body: { bytes: storedFileBytes(300) },
  });
  const { invitation } = await invite(origin, me, { expiresAt: Date.now() + 86_400_000 });
  const { factors } = await call(origin, "listFactors", { token: me.token });
  const { sessions } = await call(origin, "listSessions", { token: me.token });
  const { body } = await prepareEnrolment(origin, { host: me });
  return {
    ids: [
      me.account,
      guest.account,
      room,
      entry,
      file,
      invitation,
      ...factors.map(({ factor }) => factor),
      ...sessions.map(({ session }) => session),
    ],
    bytes: [
      toBase64Url(created.bytes),
      frame,
      toBase64Url(me.identity),
      body.identity,
      body.vault,
      body.factor.wrap,
      toBase64Url(new Uint8Array(32)),
    ],
  };
}

/** Odd requests sign people out and end their accounts: then somebody new goes on. */
async function comeBack(): Promise<void> {
  const { token } = me;
  const answer = await fetch(`${real.origin}/v1/rooms`, { headers: { authorization: `Bearer ${token}` } });
  await answer.arrayBuffer();
  if (answer.status === 401 && me.token === token)
    me = await enrol(real.origin, { code: await real.server.makeSetupCode() });
}

async function send(odd: OddRequest): Promise<{ readonly status: number; readonly text: string }> {
  const { body, headers, method, path } = odd;
  const answer = await fetch(`${real.origin}${path}`, {
    method,
    headers: { ...headers },
    ...(body === null ? {} : { body }),
  });
  return { status: answer.status, text: await answer.text() };
}

/** What an odd request may be answered: what the endpoint says, or a refusal of the contract with its status. */
function isOfContract({ status, text }: { readonly status: number; readonly text: string }): boolean {
  if (status === 200) return true;
  if (status < 400 || status >= 500) return false;
  return RefusalBody.safeParse(JSON.parse(text)).success;
}

/** No line since the last look says anything but a route, a status, a time and a random number; and none says that we were at fault. */
function expectQuietLog(): void {
  const loud = lines.splice(0).filter((line) => !LINE.test(line));
  expect(loud).toEqual([]);
}

// Found by the tests below: PostgreSQL takes no text with this character.
test("a character that the database would not take is refused as malformed", async () => {
  await comeBack();
  const [factor, name, wrap] = [crypto.randomUUID(), "ab-cd-12", ""];
  const record = "\0";
  const words = { kind: "passphrase", factor, name, record, stretching: "argon2id-64MiB-t3-p4", wrap };
  const asks = [
    { path: ENDPOINTS.addFactor.path, body: words },
    { path: ENDPOINTS.keepPushReminder.path, body: { endpoint: "https://push.example/\0" } },
  ];
  const headers = { "content-type": "application/json", authorization: `Bearer ${me.token}` };
  for (const { body, path } of asks) {
    const answer = await send({
      method: "POST",
      path,
      headers,
      body: JSON.stringify(body),
      isSignedIn: true,
    });
    expect(answer).toMatchObject({ status: 400, text: expect.stringContaining("malformed") });
  }
  expectQuietLog();
});

// The names are the keys of this very table.
test.each(Object.keys(ENDPOINTS) as EndpointName[])(
  "%s answers by the contract, whatever it is asked",
  async (name) => {
    const requests = oddRequestsOf(name, { pool, token: () => me.token });
    let tried = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(requests, { minLength: TOGETHER, maxLength: TOGETHER }), async (odds) => {
        tried += odds.length;
        if (tried % REQUESTS_EACH === 0)
          me = await enrol(real.origin, { code: await real.server.makeSetupCode() });
        const answers = await Promise.all(odds.map(send));
        expect(answers.filter((answer) => !isOfContract(answer))).toEqual([]);
        expectQuietLog();
        if (answers.some(({ status }, index) => status === 401 && odds[index]?.isSignedIn === true))
          await comeBack();
      }),
      { numRuns: Math.ceil(RUNS / TOGETHER), endOnFailure: true },
    );
    expect(tried).toBeGreaterThanOrEqual(RUNS);
  },
  WITHIN_MS,
);

test(
  "the live door answers by the contract or ends the connection, whatever it is told",
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(oddMessages(ClientMessage, pool), { maxLength: 6 }), async (messages) => {
        await comeBack();
        const heard = await tell([JSON.stringify({ kind: "hello", token: me.token }), ...messages]);
        for (const text of heard) expect(ServerMessage.safeParse(JSON.parse(text)).success).toBe(true);
        const early = await tell(messages);
        for (const text of early) expect(ServerMessage.safeParse(JSON.parse(text)).success).toBe(true);
      }),
      { numRuns: Math.ceil(RUNS / 4) },
    );
    expectQuietLog();
    expect((await call(real.origin, "health", {})).ok).toBe(true);
  },
  WITHIN_MS,
);

/** Says all of these on a new connection, and then something that ends it; answers what came back. */
function tell(messages: readonly (string | Uint8Array<ArrayBuffer>)[]): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    const heard: string[] = [];
    const isTooLong = messages.some((message) => Buffer.byteLength(message) > LIMITS.realtimeMessageBytesMax);
    const socket = new WebSocket(`${real.origin.replace("http", "ws")}/v1/live`);
    socket.addEventListener("message", ({ data }) => heard.push(String(data)));
    socket.addEventListener("close", () => resolve(heard));
    // Whoever is cut off in the middle of something too long may not hear why any more.
    socket.addEventListener("error", () =>
      heard.length > 0 || isTooLong ? resolve(heard) : reject(new Error("no answer")),
    );
    socket.addEventListener("open", () => {
      for (const message of messages) socket.send(message);
      socket.send("the end");
    });
  });
}
