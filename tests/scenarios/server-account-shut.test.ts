/** An account that is shut in the very moment in which its person does something with it: what comes after that does nothing. */
import { makeRecoveryCode, recoveryKeys, rotateIdentity, toBase64Url } from "@sotto/vault";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { lookInto } from "../support/database.ts";
import { inTurn } from "../support/held-account.ts";
import { call, enrol, makeSheet, random, Refused, type Person } from "../support/people.ts";
import { openRealServer, type RealServer } from "../support/real-server.ts";
import { NEVER_QUIET } from "../support/reminder-house.ts";
import { appendNext, place } from "../support/rooms.ts";

let real: RealServer;
let origin: string;
let keeper: Person;
let person: Person;
const code = makeRecoveryCode(random);

beforeAll(async () => {
  real = await openRealServer();
  ({ origin } = real);
  keeper = await enrol(origin, { code: await real.server.makeSetupCode() });
}, 60_000);

beforeEach(async () => {
  person = await enrol(origin, { host: keeper });
  const room: string = crypto.randomUUID();
  const members = [place(keeper, "keeper"), place(person, "member")];
  await appendNext(origin, keeper, { previous: null, room, action: "create", members });
});

afterAll(() => real.close());

const close = () =>
  call(origin, "closeAccount", { token: keeper.token, params: { account: person.account }, body: {} });

/** What the server still has of the account: ways in, sessions, reminders. */
const leftOf = async ({ account }: Person) => {
  const count = async (from: string) =>
    (await lookInto(real.database, `select 1 from ${from} and account_id = $1`, [account])).length;
  return [
    await count("factor where true"),
    await count("session where ended_at is null"),
    await count("reminder_channel where true"),
  ];
};

/** What a request answers that comes when the account is being shut. */
async function answerAfterClosing(request: () => Promise<unknown>): Promise<unknown> {
  const [closing, late] = await inTurn(real.database, person.account, [close, request]);
  expect(closing?.status).toBe("fulfilled");
  if (late?.status !== "rejected") return "done";
  const { reason } = late;
  return reason instanceof Refused ? [reason.status, reason.body] : reason;
}

const NOT_SIGNED_IN = [401, '{"refusal":"not-signed-in"}'];
const NOTHING = [0, 0, 0];

test("a further way in does not come", async () => {
  const body = await makeSheet(person.account);
  expect(await answerAfterClosing(() => call(origin, "addFactor", { token: person.token, body }))).toEqual(
    NOT_SIGNED_IN,
  );
  expect(await leftOf(person)).toEqual(NOTHING);
});

test("nobody takes a way out of it", async () => {
  const { factors } = await call(origin, "listFactors", { token: person.token });
  const params = { factor: factors[0]?.factor ?? "" };
  const remove = () => call(origin, "removeFactor", { token: person.token, params });
  expect(await answerAfterClosing(remove)).toEqual(NOT_SIGNED_IN);
});

test("beginning anew gives no way back into it", async () => {
  const next = await rotateIdentity({ secret: person.me, reason: "device-lost", random });
  const body = {
    vault: { version: 2, bytes: toBase64Url(random(64)) },
    identity: toBase64Url(next.record),
    wraps: [],
    sheet: await makeSheet(person.account),
  };
  const secure = () => call(origin, "secureAccount", { token: person.token, body });
  expect(await answerAfterClosing(secure)).toEqual(NOT_SIGNED_IN);
  expect(await leftOf(person)).toEqual(NOTHING);
});

test("no device is reminded of it", async () => {
  const body = {
    channel: crypto.randomUUID(),
    endpoint: "https://fcm.googleapis.com/fcm/send/a",
    quiet: NEVER_QUIET,
  };
  const add = () => call(origin, "addPushReminder", { token: person.token, body });
  expect(await answerAfterClosing(add)).toEqual(NOT_SIGNED_IN);
  expect(await leftOf(person)).toEqual(NOTHING);
});

test("nobody signs in to it, although what they show was found while it was there", async () => {
  const sheet = await makeSheet(person.account, undefined, code);
  await call(origin, "addFactor", { token: person.token, body: sheet });
  const { lookup, proof } = await recoveryKeys(code);
  const body = { lookup: toBase64Url(lookup), proof: toBase64Url(proof) };
  const signIn = () => call(origin, "signInRecovery", { body });
  expect(await answerAfterClosing(signIn)).toEqual([401, '{"refusal":"sign-in-failed"}']);
  expect(await leftOf(person)).toEqual(NOTHING);
});

test("what comes before it is shut is done, and goes with it", async () => {
  const body = await makeSheet(person.account);
  const add = () => call(origin, "addFactor", { token: person.token, body });
  const ends = await inTurn(real.database, person.account, [add, close]);
  expect(ends.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled"]);
  expect(await leftOf(person)).toEqual(NOTHING);
});
