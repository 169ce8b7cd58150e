import { hostname } from "node:os";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  bringIn,
  now as viewNow,
  openHouse,
  openPractice,
  record,
  roomWhere,
  seen,
  untilSaid,
  valueOf,
  type FamilyMember,
  type House,
  type Someone,
} from "../support/clients.ts";
import { headerOf, openMailbox, textOf, type Mailbox } from "../support/mailbox.ts";
import { openPushService, type PushService } from "../support/push-receiver.ts";
import { A_LOOK_MS, NEVER_QUIET } from "../support/reminder-house.ts";
import { findInDatabase, isIn } from "./find-canary.ts";

// What people say and are called. The address and the page's own are known to whoever sends; they are chosen so as to name nobody.
const WORDS = {
  therapist: "Thelonia Canarykeeper",
  practice: "Canary Lane Family Practice",
  family: "The Canaryfields",
  member: "Philippa Canarywood",
  sent: "the canary sang about the debt",
} as const;
const ADDRESS = "quiet-place@example.org";
const SENTENCE = "There is something new. Hay algo nuevo.";
/** Words that nothing says which somebody else could see. */
const UNSPOKEN = /therap|practice|family|private|clinic|counsel/i;

let house: House;
let mailbox: Mailbox;
let pushService: PushService;
let therapist: Someone;
let member: FamilyMember;
let ahead = 0;
let room: string;
const log: string[] = [];

beforeAll(async () => {
  [mailbox, pushService] = [await openMailbox(), await openPushService()];
  house = await openHouse({
    log: (line) => log.push(line),
    now: () => Date.now() + ahead,
    reminders: {
      mail: { url: mailbox.url, from: "hello@example.org" },
      pushHosts: [pushService.origin],
    },
  });
  therapist = await openPractice(house, { name: WORDS.therapist, practiceName: WORDS.practice });
  const family = valueOf(await therapist.client.actions.createFamily({ name: WORDS.family }));
  const person = await record(therapist, family, { name: WORDS.member });
  member = await bringIn(house, therapist, { family, person, name: WORDS.member });
  await switchOn();
  const line = await roomWhere(member.client, ({ kind }) => kind === "private");
  ({ room } = line);
  await roomWhere(therapist.client, (known) => known.room === line.room);
  await member.client.actions.lock();
  valueOf(await therapist.client.actions.send({ room: line.room, text: WORDS.sent }));
  await untilSaid(therapist.client, line.room, WORDS.sent);
  ahead += A_LOOK_MS;
  await house.remind();
}, 60_000);

afterAll(async () => {
  await house.close();
  await mailbox.close();
  await pushService.close();
});

/** The member is reminded by mail, with the page's address in it, and on a device. */
async function switchOn(): Promise<void> {
  const { actions } = member.client;
  valueOf(await actions.showWay(member.way));
  const { proof } = valueOf(await actions.startMailReminder(` ${ADDRESS} `));
  const code = mailbox.codeFor(ADDRESS);
  valueOf(await actions.addMailReminder({ proof, code, withLink: true, quiet: NEVER_QUIET }));
  const { pushKey } = (await seen(member.client, "reminders", (view) => view !== null)) ?? { pushKey: "" };
  const endpoint = pushService.subscribe(pushKey);
  const { channel } = valueOf(await actions.addPushReminder({ endpoint, quiet: NEVER_QUIET }));
  expect(valueOf(await actions.keepPushReminder(endpoint))).toEqual({ channel });
  expect(viewNow(member.client, "reminders")?.channels.map(({ kind }) => kind)).toEqual(["mail", "push"]);
}

const mailsAndPushes = (): string =>
  JSON.stringify([mailbox.mails, pushService.pushes.map(({ claims, ...push }) => ({ ...push, claims }))]);

test("somebody who locked and was written to has had one mail and one push", () => {
  expect(mailbox.to(ADDRESS).map((mail) => textOf(mail))).toEqual([
    expect.stringMatching(
      /^Your code is (\d{6})\. It works for ten minutes\.\r\nTu código es \1\. Vale diez minutos\.$/,
    ),
    `${SENTENCE}\r\n\r\nhttp://localhost/`,
  ]);
  expect(pushService.pushes).toHaveLength(1);
});

test("no mail, push or line of the log holds a name, a word, an id of a room or a person, or says what this is for", () => {
  const ids = [room, accountOf(therapist), accountOf(member)];
  for (const secret of [...Object.values(WORDS), ...ids]) {
    expect(isIn(mailsAndPushes(), secret)).toBe(false);
    expect(isIn(log.join("\n"), secret)).toBe(false);
  }
  expect(mailsAndPushes()).not.toMatch(UNSPOKEN);
  expect(log.length).toBeGreaterThan(20);
  expect(log.join("\n")).not.toContain(ADDRESS);
  expect(log.join("\n")).not.toContain(pushService.pushes[0]?.path ?? "");
});

/** Their own id, which a device keeps after locking. */
function accountOf({ client }: Someone): string {
  const { account } = viewNow(client, "session");
  if (account === null) throw new Error("a device that nobody used");
  return account;
}

test("a mail has the headers that mail cannot do without, and every host in it is the sender's domain", () => {
  for (const mail of mailbox.mails) {
    const header = headerOf(mail);
    expect(Object.keys(header).toSorted()).toEqual([
      "auto-submitted",
      "content-transfer-encoding",
      "content-type",
      "date",
      "from",
      "message-id",
      "mime-version",
      "subject",
      "to",
    ]);
    expect(header).toMatchObject({
      from: "hello@example.org",
      to: ADDRESS,
      subject: "Sotto",
      "content-type": "text/plain; charset=utf-8",
      "message-id": expect.stringMatching(/^<[0-9a-f-]{36}@example\.org>$/),
    });
    expect(mail.sender).toBe("example.org");
    expect(mail.raw).not.toContain(hostname());
  }
});

test("a push is empty, and its token names the server and the push service alone", () => {
  const [push] = pushService.pushes;
  expect(push?.body).toBe("");
  expect(Object.keys(push?.claims ?? {}).toSorted()).toEqual(["aud", "exp", "sub"]);
  expect(push?.claims).toMatchObject({ aud: pushService.origin, sub: "https://localhost" });
});

test("the database holds the address that somebody gave, and nothing else of what they said or are called", async () => {
  expect(await findInDatabase(house.database.adminUrl, [ADDRESS])).toEqual([
    `public.reminder_channel: ${ADDRESS}`,
  ]);
  expect(await findInDatabase(house.database.adminUrl, Object.values(WORDS))).toEqual([]);
});
