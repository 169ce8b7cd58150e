/**
 * Limits that cannot be turned against a family (decision 0042): an attacker at one address, its owner at another and at the same, on a real server whose clock the
 * test moves. Addresses come from a proxy that the server was told of, as in a practice.
 */
import { setTimeout } from "node:timers/promises";
import { client as opaque, ready } from "@serenity-kit/opaque";
import { createClient, type Client } from "@sotto/client";
import { ENDPOINTS, type BodyOf, type EndpointName } from "@sotto/contract";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import {
  makeWords,
  openHouse,
  openPractice,
  refusalOf,
  valueOf,
  type House,
  type Someone,
  wordsOf,
} from "../support/clients.ts";
import { openLive } from "../support/live.ts";
import type { Device } from "../support/node-ports.ts";
import { makePhone } from "../support/software-passkey.ts";

const MINUTE_MS = 60_000;
const HOME = "198.51.100.7";
const ELSEWHERE = "203.0.113.40";
const TOO_SOON = '{"refusal":"too-many-requests"}';

let house: House;
/** The server's clock stands still unless a test moves it. */
const start = Date.now();
let ahead = 0;
let ada: Someone;

beforeAll(async () => {
  await ready;
  house = await openHouse({
    wayKind: "passphrase",
    now: () => start + ahead,
    limits: { proxies: ["127.0.0.1"], times: 1 },
  });
  ada = await openPractice(house, { device: deviceAt(HOME) });
});

afterAll(() => house.close());

// Whatever was counted is forgotten within a minute, and what is allowed at once is there again after five.
beforeEach(() => {
  ahead += 10 * MINUTE_MS;
});

/** A device whose requests come from this address, as the practice's proxy says. */
function deviceAt(address: string, wish: Parameters<House["newDevice"]>[0] = {}): Device {
  const device = house.newDevice(wish);
  const ports = { ...device.ports, fetch: from(address, device.ports.fetch) };
  return {
    ...device,
    ports,
    open: async () => {
      const client = createClient(ports);
      await client.start();
      return client;
    },
  };
}

const from =
  (address: string, ask: Device["ports"]["fetch"]): Device["ports"]["fetch"] =>
  (url, init) =>
    ask(url, { ...init, headers: { ...headersOf(init), "x-forwarded-for": address } });

const headersOf = ({ headers }: RequestInit): Record<string, string> =>
  Object.fromEntries(new Headers(headers).entries());

interface Answered {
  readonly status: number;
  readonly body: string;
  readonly after: string | null;
}

async function ask<Name extends EndpointName>(
  name: Name,
  address: string,
  wish: { readonly body?: BodyOf<Name>; readonly headers?: Record<string, string> } = {},
): Promise<Answered> {
  const { method, path } = ENDPOINTS[name];
  const answer = await fetch(`${house.origin}${path}`, {
    method,
    headers: {
      "x-forwarded-for": address,
      ...(wish.body === undefined ? {} : { "content-type": "application/json" }),
      ...wish.headers,
    },
    ...(wish.body === undefined ? {} : { body: JSON.stringify(wish.body) }),
  });
  return {
    status: answer.status,
    body: await answer.text(),
    after: answer.headers.get("retry-after"),
  };
}

/** Somebody tries this name, and is told how it goes on. */
function guess(name: string, address: string, headers: Record<string, string> = {}): Promise<Answered> {
  const { startLoginRequest: request } = opaque.startLogin({ password: "not these words" });
  return ask("signInPassphraseStart", address, { body: { name, request }, headers });
}

async function guessOften(name: string, address: string, times = 12): Promise<readonly Answered[]> {
  const answers: Answered[] = [];
  for (let time = 0; time < times; time += 1) answers.push(await guess(name, address));
  return answers;
}

const statuses = (answers: readonly Answered[]): readonly number[] => answers.map(({ status }) => status);

const newClientAt = (address: string): Promise<Client> => house.open(deviceAt(address));

test("an attacker who knows a sign-in name waits; its owner comes in meanwhile, from elsewhere and from the same address", async () => {
  const client = await newClientAt(ELSEWHERE);
  const attack = await guessOften(wordsOf(ada).name, HOME);
  expect(statuses(attack)).toEqual([...Array.from({ length: 10 }, () => 200), 429, 429]);
  expect(attack.at(-1)).toEqual({ status: 429, body: TOO_SOON, after: "15" });
  // From another network: as if nothing had been.
  valueOf(await client.actions.signIn(ada.way));
  // From the attacker's own network, on the device that signed in before.
  await ada.client.actions.lock();
  valueOf(await ada.client.actions.signIn(ada.way));
  expect(statuses(await guessOften(wordsOf(ada).name, HOME, 2))).toEqual([429, 429]);
});

test("a new device beside the attacker is told to wait a minute, and then comes in", async () => {
  const client = await newClientAt(HOME);
  await guessOften(wordsOf(ada).name, HOME);
  expect(refusalOf(await client.actions.signIn(ada.way))).toBe("too-many-requests");
  ahead += MINUTE_MS;
  valueOf(await client.actions.signIn(ada.way));
});

test("a name that nobody has is limited like one that somebody has", async () => {
  const shape = ({ after, body, status }: Answered) => ({ after, status, size: body.length });
  const known = await guessOften(wordsOf(ada).name, ELSEWHERE);
  const unknown = await guessOften("nobody-here-42", ELSEWHERE);
  expect(unknown.map(shape)).toEqual(known.map(shape));
});

test("coming in makes up for words that were mistyped before", async () => {
  const client = await newClientAt(ELSEWHERE);
  for (let round = 0; round < 3; round += 1) {
    await guessOften(wordsOf(ada).name, ELSEWHERE, 6);
    expect(refusalOf(await client.actions.signIn(ada.way))).toBeNull();
    await client.actions.lock();
  }
});

test("nobody changes their address by saying so, unless a proxy says it", async () => {
  const answers: Answered[] = [];
  for (let time = 0; time < 12; time += 1)
    answers.push(await guess(wordsOf(ada).name, `192.0.2.${String(time)}, 198.51.100.99`));
  expect(statuses(answers).slice(-2)).toEqual([429, 429]);
});

test("a mark speaks for its own account alone, and a forged one for nobody", async () => {
  const way = wordsOf(ada);
  const other = await openPractice(house, { name: "Eve", device: deviceAt(ELSEWHERE) });
  const mark = Buffer.from(other.device.store.values.get("mark") ?? []).toString();
  expect(mark).toContain(".");
  await guessOften(way.name, HOME);
  const owner = Buffer.from(ada.device.store.values.get("mark") ?? []).toString();
  for (const said of [mark, `${owner.slice(0, -1)}_`, "x"])
    expect((await guess(way.name, HOME, { "sotto-device": said })).status).toBe(429);
  expect((await guess(way.name, HOME, { "sotto-device": owner })).status).toBe(200);
});

test("the mark goes along only when somebody comes in as the last one did", async () => {
  const device = deviceAt(HOME, { passkeys: makePhone("http://localhost") });
  const sent: (string | null)[] = [];
  const ports = {
    ...device.ports,
    fetch: (url: string, init: RequestInit) => {
      if (url.includes("/sign-in/")) sent.push(new Headers(init.headers).get("sotto-device"));
      return device.ports.fetch(url, init);
    },
  };
  const client = createClient(ports);
  await client.start();
  valueOf(await client.actions.signIn(ada.way));
  await client.actions.lock();
  await client.actions.signIn({ ...wordsOf(ada), name: "some-other-11" });
  await client.actions.signIn({ kind: "passkey" });
  expect(sent).toEqual([null, null, null, null]);
  valueOf(await client.actions.signIn(ada.way));
  expect(sent.slice(-2).every((mark) => mark !== null)).toBe(true);
  // Whose a passkey is, is known only once it has been used.
  valueOf(await client.actions.addFactor({ kind: "passkey" }));
  for (let time = 0; time < 2; time += 1) {
    await client.actions.lock();
    valueOf(await client.actions.signIn({ kind: "passkey" }));
    expect(sent.slice(-2)).toEqual([null, null]);
  }
  await client.close();
});

test("guessing codes, sheets and invitations makes one network wait, and nobody else's enrolment", async () => {
  const wrong = [
    () => ask("checkSetupCode", HOME, { body: { code: "AAAAA-AAAAA-AAAAA-AAAAA" } }),
    () => ask("signInRecovery", HOME, { body: { lookup: "AAAA", proof: "A".repeat(43) } }),
  ];
  const answers: Answered[] = [];
  for (let time = 0; time < 40; time += 1) answers.push(await (wrong[time % 2] ?? guessNothing)());
  const waiting = answers.findIndex(({ status }) => status === 429);
  expect(waiting).toBe(30);
  expect(Number(answers.at(-1)?.after)).toBeLessThanOrEqual(60);
  // Whoever is in goes on, in the same network; who comes from elsewhere comes in.
  expect(refusalOf(await ada.client.actions.createFamily({ name: "Rivera" }))).toBeNull();
  await openPractice(house, { name: "Tom", device: deviceAt(ELSEWHERE) });
  // And a device that came in by its passkey or words before comes in again beside the attacker.
  await ada.client.actions.lock();
  valueOf(await ada.client.actions.signIn(ada.way));
});

const guessNothing = (): Promise<Answered> => Promise.reject(new Error("unreachable"));

test("a school of sixty behind one address comes in at once", async () => {
  const names = Array.from({ length: 60 }, (_, index) => `pupil-pupil-${String(10 + index)}`);
  const answers = await Promise.all(names.map((name) => guess(name, "192.0.2.200")));
  expect(new Set(statuses(answers))).toEqual(new Set([200]));
});

test("a family of five behind one router is set up, comes in, locks and comes in again", async () => {
  const router = "192.0.2.77";
  for (let person = 0; person < 5; person += 1) {
    const client = await house.open(deviceAt(router));
    const way = makeWords(client);
    const code = await house.setupCode();
    const setUp = { code, practiceName: "Elm Street", myName: `P${String(person)}`, factor: way };
    valueOf(await client.actions.setUp(setUp));
    await client.actions.lock();
    expect(refusalOf(await client.actions.signIn(way))).toBeNull();
  }
});

test("made-up sessions make their network wait, and not who is signed in there", async () => {
  const flood: Answered[] = [];
  for (let time = 0; time < 62; time += 1) {
    const headers = { authorization: `Bearer ${"x".repeat(40)}${String(time)}` };
    flood.push(await ask("listRooms", HOME, { headers }));
  }
  expect(statuses(flood).slice(0, 60)).toEqual(Array.from({ length: 60 }, () => 401));
  expect(statuses(flood).slice(60)).toEqual([429, 429]);
  expect(refusalOf(await ada.client.actions.createFamily({ name: "Okafor" }))).toBeNull();
});

test("who comes in while somebody of their network makes sessions up goes on at once", async () => {
  await ada.client.actions.lock();
  let isOver = false;
  const flood = async (): Promise<number> => {
    let made = 0;
    for (; !isOver; made += 1)
      await ask("listRooms", HOME, { headers: { authorization: `Bearer ${"y".repeat(40)}${String(made)}` } });
    return made;
  };
  const floods = [flood(), flood()];
  // Until nothing is left of what the network may try.
  while (
    (await ask("listRooms", HOME, { headers: { authorization: `Bearer ${"z".repeat(40)}` } })).status === 401
  );
  valueOf(await ada.client.actions.signIn(ada.way));
  expect(refusalOf(await ada.client.actions.createFamily({ name: "Haddad" }))).toBeNull();
  const token = await sessionOf(ada);
  const headers = { authorization: `Bearer ${token}` };
  expect((await ask("listRooms", HOME, { headers })).status).toBe(200);
  isOver = true;
  await Promise.all(floods);
});

test("one session cannot take the server for itself; its own client waits and goes on, others notice nothing", async () => {
  const token = await sessionOf(ada);
  const headers = { authorization: `Bearer ${token}` };
  const live = await openLive(house.origin, token);
  const answers = await Promise.all(
    Array.from({ length: 1_040 }, () => ask("listFactors", HOME, { headers })),
  );
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused.length).toBe(40);
  expect(new Set(refused.map(({ after }) => after))).toEqual(new Set(["1"]));
  expect(refusalOf(await ada.client.actions.createFamily({ name: "Silva" }))).toBeNull();
  // Over the live door it waits too, whatever it says.
  live.send({ kind: "here" });
  live.send({ kind: "ping" });
  const pong = live.hear(({ kind }) => kind === "pong");
  expect(await Promise.race([pong, setTimeout(300, "waits")])).toBe("waits");
  ahead += MINUTE_MS;
  await pong;
  live.close();
});

/** A session of somebody, beside the one that their client has. */
async function sessionOf(who: Someone): Promise<string> {
  const way = wordsOf(who);
  const { clientLoginState, startLoginRequest: request } = opaque.startLogin({ password: way.words });
  const started = JSON.parse(
    (await ask("signInPassphraseStart", ELSEWHERE, { body: { name: way.name, request } })).body,
  ) as { attempt: string; response: string };
  const finished = opaque.finishLogin({
    password: way.words,
    clientLoginState,
    loginResponse: started.response,
    keyStretching: "memory-constrained",
  });
  if (finished === undefined) throw new Error("the words should be right");
  const body = { attempt: started.attempt, request: finished.finishLoginRequest };
  const { token } = JSON.parse((await ask("signInPassphrase", ELSEWHERE, { body })).body) as {
    token: string;
  };
  return token;
}

test("connections that say nothing are let go, the oldest first, and whoever says who they are is heard", async () => {
  const url = `${house.origin.replace("http", "ws")}/v1/live`;
  // Node.js takes headers here; the types are those of browsers, which do not.
  const said = { headers: { "x-forwarded-for": HOME } } as unknown as string[];
  const open = () =>
    new Promise<WebSocket>((resolve, reject) => {
      const socket = new WebSocket(url, said);
      socket.addEventListener("open", () => resolve(socket));
      socket.addEventListener("error", () => reject(new Error("no connection")));
    });
  const silent: WebSocket[] = [];
  for (let count = 0; count < 100; count += 1) silent.push(await open());
  const [oldest] = silent;
  const gone = new Promise((resolve) => oldest?.addEventListener("close", resolve));
  const speaking = await open();
  await gone;
  // What happens meanwhile may be told before it.
  const welcomed = new Promise<void>((resolve) =>
    speaking.addEventListener("message", ({ data }) => {
      if (data === '{"kind":"welcome"}') resolve();
    }),
  );
  speaking.send(JSON.stringify({ kind: "hello", token: await sessionOf(ada) }));
  await welcomed;
  // Only as many went as there were too many.
  expect(silent.slice(1).every(({ readyState }) => readyState === WebSocket.OPEN)).toBe(true);
  for (const socket of [...silent, speaking]) socket.close();
});
