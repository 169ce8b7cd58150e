import { LIMITS } from "@sotto/contract";
import { rotateIdentity, toBase64Url } from "@sotto/vault";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { lookInto } from "../support/database.ts";
import { textOf } from "../support/mailbox.ts";
import {
  call,
  enrol,
  invite,
  makeSheet,
  prepareEnrolment,
  random,
  refusal,
  type Person,
} from "../support/people.ts";
import { openRealServer } from "../support/real-server.ts";
import {
  A_LOOK_MS,
  channelsOf,
  MINUTE_MS,
  NEVER_QUIET,
  openReminderHouse,
  quietFrom,
  remindByMail,
  remindByPush,
  type ReminderHouse,
} from "../support/reminder-house.ts";
import { appendNext, place } from "../support/rooms.ts";

let house: ReminderHouse;
let origin: string;
let ana: Person;
let ben: Person;

beforeAll(async () => {
  house = await openReminderHouse();
  ({ origin } = house);
});

// Each story happens in a practice of its own, with two people.
beforeEach(async () => {
  ana = await enrol(origin, { code: await house.server.makeSetupCode() });
  ben = await enrol(origin, { link: await invite(origin, ana, { expiresAt: house.now() + MINUTE_MS }) });
});

afterAll(() => house.close());

const said = async (run: () => Promise<unknown>): Promise<unknown> =>
  JSON.parse((await refusal(run)).body) as unknown;

const no = (kind: string) => ({ refusal: kind });

const startMailReminder = ({ token }: Person, address: string) =>
  call(origin, "startMailReminder", { token, body: { address } });

const addMailReminder = ({ token }: Person, wish: { readonly proof: string; readonly code: string }) =>
  call(origin, "addMailReminder", {
    token,
    body: { ...wish, channel: crypto.randomUUID(), withLink: false, quiet: NEVER_QUIET },
  });

/** Another code than this one. */
const otherThan = (code: string): string => (code === "111111" ? "222222" : "111111");

test("an address counts when the code that was mailed there comes back, and not after five wrong ones", async () => {
  const { proof } = await startMailReminder(ana, "five@example.org");
  const code = house.mailbox.codeFor("five@example.org");
  expect(code).toMatch(/^[0-9]{6}$/);
  for (let tries = 0; tries < LIMITS.mailCodeTriesMax; tries += 1)
    expect(await said(() => addMailReminder(ana, { proof, code: otherThan(code) }))).toEqual(
      no("code-wrong"),
    );
  expect(await said(() => addMailReminder(ana, { proof, code }))).toEqual(no("attempt-expired"));
  expect(await channelsOf(house, ana)).toEqual([]);
  const again = await startMailReminder(ana, "five@example.org");
  await addMailReminder(ana, { ...again, code: house.mailbox.codeFor("five@example.org") });
  expect(await channelsOf(house, ana)).toMatchObject([
    { kind: "mail", address: "five@example.org", state: "on" },
  ]);
});

test("a code runs out, belongs to one person and one address, and works once", async () => {
  const first = await startMailReminder(ana, "first@example.org");
  const firstCode = house.mailbox.codeFor("first@example.org");
  expect(await said(() => addMailReminder(ben, { ...first, code: firstCode }))).toEqual(
    no("attempt-expired"),
  );
  const second = await startMailReminder(ana, "second@example.org");
  expect(await said(() => addMailReminder(ana, { ...first, code: firstCode }))).toEqual(
    no("attempt-expired"),
  );
  await house.pass(LIMITS.mailCodeAgeMs);
  const code = house.mailbox.codeFor("second@example.org");
  expect(await said(() => addMailReminder(ana, { ...second, code }))).toEqual(no("attempt-expired"));
  const third = await startMailReminder(ana, "second@example.org");
  const thirdCode = house.mailbox.codeFor("second@example.org");
  await addMailReminder(ana, { ...third, code: thirdCode });
  expect(await said(() => addMailReminder(ana, { ...third, code: thirdCode }))).toEqual(
    no("attempt-expired"),
  );
});

test("two people never share a mailbox; only who holds it learns that somebody uses it", async () => {
  await remindByMail(house, ana, "shared@example.org");
  const { proof, ...rest } = await startMailReminder(ben, "Shared+mine@Example.org");
  expect(rest).toEqual({});
  const code = house.mailbox.codeFor("Shared+mine@Example.org");
  expect(await said(() => addMailReminder(ben, { proof, code: otherThan(code) }))).toEqual(no("code-wrong"));
  expect(await said(() => addMailReminder(ben, { proof, code }))).toEqual(no("address-taken"));
  expect(await channelsOf(house, ben)).toEqual([]);
  // Its owner may prove it again, and stays reminded once.
  await remindByMail(house, ana, "shared@example.org");
  expect(await channelsOf(house, ana)).toHaveLength(1);
  // In another practice it is free.
  const stranger = await enrol(origin, { code: await house.server.makeSetupCode() });
  await remindByMail(house, stranger, "shared@example.org");
  expect(await channelsOf(house, stranger)).toHaveLength(1);
});

test("an account that is shut is reminded of nothing, and its mailbox is free for the person who comes back", async () => {
  await remindByMail(house, ben, "back@example.org");
  await remindByPush(house, ben);
  const room: string = crypto.randomUUID();
  const members = [place(ana, "keeper"), place(ben, "member")];
  await appendNext(origin, ana, { previous: null, room, action: "create", members });
  await call(origin, "closeAccount", { token: ana.token, params: { account: ben.account }, body: {} });
  const link = await invite(origin, ana, { expiresAt: house.now() + MINUTE_MS });
  const back = await enrol(origin, { link });
  await remindByMail(house, back, "back@example.org");
  expect(await channelsOf(house, back)).toHaveLength(1);
  const [mails, pushes] = [house.mailbox.mails.length, house.pushService.pushes.length];
  await house.pass(A_LOOK_MS);
  expect([house.mailbox.mails.length, house.pushService.pushes.length]).toEqual([mails, pushes]);
});

test("an answer that was lost may be asked for again", async () => {
  const { proof } = await startMailReminder(ana, "lost@example.org");
  const code = house.mailbox.codeFor("lost@example.org");
  const body = { proof, code, channel: crypto.randomUUID(), withLink: false, quiet: NEVER_QUIET };
  for (let sent = 0; sent < 2; sent += 1) await call(origin, "addMailReminder", { token: ana.token, body });
  expect(await channelsOf(house, ana)).toHaveLength(1);
});

test.each([
  "no-at.example.org",
  "two@@example.org",
  "nodot@example",
  "a b@example.org",
  "a@example.org\r\nBcc: b@example.org",
  "a@example.org,b@example.org",
  `${"a".repeat(250)}@example.org`,
])("what is no address is refused before anything is mailed: %j", async (address) => {
  const before = house.mailbox.mails.length;
  expect(await refusal(() => startMailReminder(ana, address))).toEqual({
    status: 400,
    body: JSON.stringify(no("malformed")),
  });
  expect(house.mailbox.mails).toHaveLength(before);
});

test("nobody can have mails sent without end", async () => {
  for (let asked = 0; asked < LIMITS.reminderAsksPerHourMax; asked += 1)
    await startMailReminder(ana, "flood@example.org");
  expect(await said(() => startMailReminder(ana, "flood@example.org"))).toEqual(no("too-many"));
  expect(house.mailbox.to("flood@example.org")).toHaveLength(LIMITS.reminderAsksPerHourMax);
  await startMailReminder(ben, "calm@example.org");
  await house.pass(61 * MINUTE_MS);
  await startMailReminder(ana, "flood@example.org");
});

test("an address that the mail server does not take is said to be so at once", async () => {
  house.mailbox.refuse("nowhere@example.org", 550);
  expect(await said(() => startMailReminder(ana, "nowhere@example.org"))).toEqual(no("not-delivered"));
});

test("a practice without a mail server says so", async () => {
  const bare = await openRealServer();
  const person = await enrol(bare.origin, { code: await bare.server.makeSetupCode() });
  const { token } = person;
  expect(await call(bare.origin, "readReminders", { token })).toMatchObject({ mail: false, channels: [] });
  const ask = () => call(bare.origin, "startMailReminder", { token, body: { address: "a@example.org" } });
  expect(await said(ask)).toEqual(no("mail-off"));
  await bare.close();
});

const addPushReminder = ({ token }: Person, endpoint: string) =>
  call(origin, "addPushReminder", {
    token,
    body: { channel: crypto.randomUUID(), endpoint, quiet: NEVER_QUIET },
  });

test.each([
  "https://10.0.0.1/push",
  "http://127.0.0.1:1/push",
  "http://169.254.169.254/latest",
  "https://localhost/push",
  "https://push.example.org/a",
  "http://fcm.googleapis.com/fcm/send/a",
  "https://fcm.googleapis.com:8443/fcm/send/a",
  "https://fcm.googleapis.com.example.org/a",
  "https://user@fcm.googleapis.com/a",
  "https://push.apple.com/a",
  "https://evilpush.apple.com.example/a",
  "https://notify.windows.com/a",
])("nothing is sent to an address that is no known push service: %s", async (endpoint) => {
  expect(await said(() => addPushReminder(ana, endpoint))).toEqual(no("push-unknown"));
});

test.each([
  "https://fcm.googleapis.com/fcm/send/a",
  "https://updates.push.services.mozilla.com/wpush/v2/a",
  "https://web.push.apple.com/a",
  "https://wns2-db5p.notify.windows.com/w/?token=a",
])("the push services of today's browsers are known: %s", async (endpoint) => {
  await addPushReminder(ana, endpoint);
  expect(await channelsOf(house, ana)).toMatchObject([{ kind: "push", address: null }]);
});

test("a device belongs to who is in it now", async () => {
  const { endpoint } = await remindByPush(house, ana);
  await addPushReminder(ben, endpoint);
  expect(await channelsOf(house, ana)).toEqual([]);
  expect(await channelsOf(house, ben)).toHaveLength(1);
  const keep = ({ token }: Person) => call(origin, "keepPushReminder", { token, body: { endpoint } });
  expect(await said(() => keep(ana))).toEqual(no("not-here"));
  expect(await keep(ben)).toEqual({ channel: (await channelsOf(house, ben))[0]?.channel });
});

test("a device that was signed out from elsewhere is not reminded any more; one that locked itself is", async () => {
  const { body, person } = await prepareEnrolment(origin, { code: await house.server.makeSetupCode() });
  // The same enrolment again is another session by the same factor: another time that this device is opened.
  const comeIn = async () => ({ ...person, token: (await call(origin, "enrol", { body })).token });
  const [phone, desk] = [await comeIn(), await comeIn()];
  const { channel, endpoint } = await remindByPush(house, phone);
  await call(origin, "signOut", { token: phone.token, body: {} });
  expect(await channelsOf(house, desk)).toHaveLength(1);
  const { token } = await comeIn();
  expect(await call(origin, "keepPushReminder", { token, body: { endpoint } })).toEqual({ channel });
  await call(origin, "addFactor", { token: desk.token, body: await makeSheet(desk.account) });
  const { factor } = body.factor;
  await call(origin, "removeFactor", { token: desk.token, params: { factor } });
  expect(await channelsOf(house, desk)).toEqual([]);
});

test("somebody can have one sent at once, even in quiet hours, and it counts for nothing", async () => {
  const quiet = quietFrom(house.now(), -MINUTE_MS, 60 * MINUTE_MS);
  const channel = await remindByMail(house, ana, "trial@example.org", { quiet });
  const { channel: device, endpoint } = await remindByPush(house, ana, quiet);
  for (const id of [channel, device])
    await call(origin, "tryReminder", { token: ana.token, params: { channel: id }, body: {} });
  expect(textOf(house.mailbox.to("trial@example.org").at(-1))).toBe(
    "There is something new. Hay algo nuevo.",
  );
  expect(house.pushService.to(endpoint).map(({ headers }) => headers["ttl"])).toEqual(["0"]);
  house.pushService.answer(endpoint, 404);
  const again = () =>
    call(origin, "tryReminder", { token: ana.token, params: { channel: device }, body: {} });
  expect(await said(again)).toEqual(no("not-delivered"));
  expect((await channelsOf(house, ana)).map((line) => line.channel)).toEqual([channel]);
});

test("a channel of somebody else is one that is not there", async () => {
  const channel = await remindByMail(house, ana, "mine@example.org");
  const body = { withLink: true, quiet: NEVER_QUIET };
  const answers = [];
  for (const id of [channel, crypto.randomUUID()]) {
    const place = { token: ben.token, params: { channel: id } };
    answers.push(
      await refusal(() => call(origin, "changeReminder", { ...place, body })),
      await refusal(() => call(origin, "tryReminder", { ...place, body: {} })),
    );
    await call(origin, "removeReminder", place);
  }
  expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(
    new Set([JSON.stringify({ status: 404, body: JSON.stringify(no("not-here")) })]),
  );
  expect(await channelsOf(house, ana)).toMatchObject([{ channel, withLink: false }]);
});

test("nobody has channels without end, and a zone or an hour that is none is refused", async () => {
  for (let count = 0; count < LIMITS.reminderChannelsMax; count += 1) await remindByPush(house, ana);
  const { pushKey } = await call(origin, "readReminders", { token: ana.token });
  expect(await said(() => addPushReminder(ana, house.pushService.subscribe(pushKey)))).toEqual(
    no("too-many"),
  );
  const [line] = await channelsOf(house, ana);
  for (const quiet of [
    { from: 0, until: 1, zone: "Europe/Nowhere" },
    { from: -1, until: 1, zone: "UTC" },
    { from: 0, until: 1440, zone: "UTC" },
    { from: 0.5, until: 1, zone: "UTC" },
  ]) {
    const change = () =>
      call(origin, "changeReminder", {
        token: ana.token,
        params: { channel: line?.channel ?? "" },
        body: { withLink: false, quiet },
      });
    expect(await said(change)).toEqual(no("malformed"));
  }
});

test("whoever begins anew is reminded on the device where they did it, and on no other", async () => {
  const code = await house.server.makeSetupCode();
  const { body, person } = await prepareEnrolment(origin, { code });
  const comeIn = async () => ({ ...person, token: (await call(origin, "enrol", { body })).token });
  const [phone, desk] = [await comeIn(), await comeIn()];
  const [here, elsewhere] = [await remindByPush(house, phone), await remindByPush(house, desk)];
  const next = await rotateIdentity({ secret: person.me, reason: "device-lost", random });
  const signedIn = await call(origin, "secureAccount", {
    token: phone.token,
    body: {
      vault: { version: 2, bytes: toBase64Url(random(64)) },
      identity: toBase64Url(next.record),
      wraps: [],
      sheet: await makeSheet(person.account),
    },
  });
  const after = { ...person, token: signedIn.token };
  expect((await channelsOf(house, after)).map(({ channel }) => channel)).toEqual([here.channel]);
  await call(origin, "tryReminder", { token: after.token, params: { channel: here.channel }, body: {} });
  expect(house.pushService.to(here.endpoint)).toHaveLength(1);
  expect(house.pushService.to(elsewhere.endpoint)).toEqual([]);
  // It goes with the session that it is tied to now.
  const { sessions } = await call(origin, "listSessions", { token: after.token });
  const [mine] = sessions.filter(({ isThis }) => isThis);
  await call(origin, "endSession", { token: after.token, params: { session: mine?.session ?? "" } });
  const rows = await lookInto(house.database, "select 1 from reminder_channel where account_id = $1", [
    person.account,
  ]);
  expect(rows).toEqual([]);
});
