import { afterAll, beforeAll, expect, test } from "vitest";
import { LIMITS } from "@sotto/contract";
import type { RunningServer } from "@sotto/server/wiring";
import pg from "pg";
import type { TestDatabase } from "../support/database.ts";
import { openRealServer, type RealServer } from "../support/real-server.ts";
import {
  call,
  enrol,
  invite,
  makeSheet,
  prepareEnrolment,
  refusal,
  type InvitationLink,
  type Person,
} from "../support/people.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const USED = { status: 409, body: '{"refusal":"invitation-used"}' };
const NOTHING = { status: 404, body: '{"refusal":"not-here"}' };

let real: RealServer;
let database: TestDatabase;
let server: RunningServer;
let origin: string;
let looking: pg.Client;
let keeper: Person;
/** How far the server's clock is ahead of this machine's. Only ever grows. */
let ahead = 0;
const serverNow = () => Date.now() + ahead;

beforeAll(async () => {
  real = await openRealServer({ now: serverNow });
  ({ server, database, origin } = real);
  looking = new pg.Client({ connectionString: database.adminUrl });
  await looking.connect();
  keeper = await enrol(origin, { code: await server.makeSetupCode() });
});

afterAll(async () => {
  await looking.end();
  await real.close();
});

/** The keeper, signed in now, wherever the clock has gone. A practice of its own, since a set-up code is the shortest way in. */
async function newKeeper(): Promise<Person> {
  return enrol(origin, { code: await server.makeSetupCode() });
}

const count = async (text: string, values: readonly unknown[]): Promise<number> =>
  Number(
    (await looking.query<{ count: string }>(`select count(*) from ${text}`, [...values])).rows[0]?.count,
  );

const open = (link: InvitationLink) =>
  call(origin, "openInvitation", { params: { invitation: link.invitation }, body: { token: link.token } });

test("an enrolment whose answer was lost may be sent again at once; after minutes its invitation is used", async () => {
  const { body } = await prepareEnrolment(origin, { host: keeper });
  const first = await call(origin, "enrol", { body });
  const again = await call(origin, "enrol", { body });
  expect({ ...again, token: "", expiresAt: 0 }).toEqual({ ...first, token: "", expiresAt: 0 });
  expect(again.token).not.toBe(first.token);
  ahead += LIMITS.enrolmentRepeatMs;
  expect(await refusal(() => call(origin, "enrol", { body }))).toEqual(USED);
});

test("an enrolment by a set-up code may be sent again at once; after minutes the code is used", async () => {
  const { body } = await prepareEnrolment(origin, { code: await server.makeSetupCode() });
  const first = await call(origin, "enrol", { body });
  expect((await call(origin, "enrol", { body })).account).toBe(first.account);
  ahead += LIMITS.enrolmentRepeatMs;
  expect(await refusal(() => call(origin, "enrol", { body }))).toEqual({
    status: 404,
    body: '{"refusal":"setup-code-invalid"}',
  });
});

test("what was used lets in nobody but who used it: not another account, not the same one with another factor", async () => {
  const link = await invite(origin, keeper, { expiresAt: serverNow() + DAY_MS });
  const { body } = await prepareEnrolment(origin, { link });
  await call(origin, "enrol", { body });
  const stranger = await prepareEnrolment(origin, { link });
  expect(await refusal(() => call(origin, "enrol", { body: stranger.body }))).toEqual(USED);
  const other = { ...body, factor: await makeSheet(body.account) };
  expect(await refusal(() => call(origin, "enrol", { body: other }))).toEqual(USED);
  const sameId = { ...body, factor: { ...other.factor, factor: body.factor.factor } };
  expect(await refusal(() => call(origin, "enrol", { body: sameId }))).toEqual(USED);

  const code = await server.makeSetupCode();
  const setup = await prepareEnrolment(origin, { code });
  await call(origin, "enrol", { body: setup.body });
  const taker = await prepareEnrolment(origin, { code });
  for (const door of [
    setup.body.door,
    taker.body.door,
    { ...setup.body.door, code: await server.makeSetupCode() },
  ]) {
    expect(await refusal(() => call(origin, "enrol", { body: { ...taker.body, door } }))).toEqual({
      status: 404,
      body: '{"refusal":"setup-code-invalid"}',
    });
  }
});

test("an account id that somebody has is refused to anybody else", async () => {
  const [first, second] = [
    await prepareEnrolment(origin, { host: keeper }),
    await prepareEnrolment(origin, { host: keeper }),
  ];
  await call(origin, "enrol", { body: first.body });
  const { door, acceptance } = second.body;
  const body = { ...first.body, door, ...(acceptance === undefined ? {} : { acceptance }) };
  expect(await refusal(() => call(origin, "enrol", { body }))).toMatchObject({ status: 400 });
});

test("of two people who enrol by one invitation at once, exactly one comes in", async () => {
  for (let round = 0; round < 5; round += 1) {
    const link = await invite(origin, keeper, { expiresAt: serverNow() + DAY_MS });
    const rivals = await Promise.all([1, 2].map(() => prepareEnrolment(origin, { link })));
    const outcomes = await Promise.allSettled(rivals.map(({ body }) => call(origin, "enrol", { body })));
    expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);
    const loser = outcomes.findIndex((outcome) => outcome.status === "rejected");
    expect(outcomes[loser]).toMatchObject({ reason: USED });
    const absent = rivals[loser]?.body.account;
    expect(await count("account where account_id = $1", [absent])).toBe(0);
    expect(await count("identity where account_id = $1", [absent])).toBe(0);
  }
});

test("one enrolment sent twice at once is one account", async () => {
  const { body } = await prepareEnrolment(origin, { host: keeper });
  const answers = await Promise.all([1, 2].map(() => call(origin, "enrol", { body })));
  expect(answers.map((answer) => answer.account)).toEqual([body.account, body.account]);
  expect(await count("factor where account_id = $1", [body.account])).toBe(1);
});

test("an invitation that ran out, was revoked or was used says so to its holder, and nothing to anybody else", async () => {
  const expired = await invite(origin, keeper, { expiresAt: serverNow() + 60_000 });
  const revoked = await invite(origin, keeper, { expiresAt: serverNow() + DAY_MS });
  const used = await invite(origin, keeper, { expiresAt: serverNow() + DAY_MS });
  expect((await open(used)).standing).toBe("family");
  await enrol(origin, { link: used });
  const revoke = () =>
    call(origin, "revokeInvitation", {
      token: keeper.token,
      params: { invitation: revoked.invitation },
      body: {},
    });
  expect([await revoke(), await revoke()]).toEqual([{}, {}]);
  ahead += 60_000;
  for (const [link, kind] of [
    [expired, "invitation-expired"],
    [revoked, "invitation-revoked"],
    [used, "invitation-used"],
  ] as const) {
    const said = { status: 409, body: `{"refusal":"${kind}"}` };
    const { body } = await prepareEnrolment(origin, { link });
    expect(await refusal(() => open(link))).toEqual(said);
    expect(await refusal(() => call(origin, "enrol", { body }))).toEqual(said);
    const guess = { ...link, token: "A".repeat(43) };
    const guessed = await prepareEnrolment(origin, { link: guess });
    expect(await refusal(() => open(guess))).toEqual(NOTHING);
    expect(await refusal(() => call(origin, "enrol", { body: guessed.body }))).toEqual(NOTHING);
  }
  const { invitations } = await call(origin, "listInvitations", {
    token: keeper.token,
    body: { invitations: [expired, revoked, used].map((link) => link.invitation) },
  });
  const stateOf = ({ invitation }: InvitationLink) =>
    invitations.find((line) => line.invitation === invitation)?.state;
  expect([expired, revoked, used].map(stateOf)).toEqual(["expired", "revoked", "accepted"]);
  expect(
    await refusal(() =>
      call(origin, "revokeInvitation", {
        token: keeper.token,
        params: { invitation: used.invitation },
        body: {},
      }),
    ),
  ).toEqual(USED);
});

test("an invitation registered twice at once is one; its id with another token is refused", async () => {
  const wish = {
    invitation: crypto.randomUUID(),
    tokenHash: "A".repeat(43),
    standing: "family" as const,
    inviter: Buffer.from(keeper.identity).toString("base64url"),
    expiresAt: serverNow() + DAY_MS,
  };
  const make = (body: typeof wish) => call(origin, "makeInvitation", { token: keeper.token, body });
  expect(await Promise.all([1, 2, 3].map(() => make(wish)))).toEqual([{}, {}, {}]);
  expect(await refusal(() => make({ ...wish, tokenHash: "B".repeat(42) + "A" }))).toMatchObject({
    status: 400,
  });
});

test("of two factors removed at once, the last one stays", async () => {
  for (let round = 0; round < 10; round += 1) {
    const { body } = await prepareEnrolment(origin, { host: keeper });
    const { token } = await call(origin, "enrol", { body });
    const second = await makeSheet(body.account);
    await call(origin, "addFactor", { token, body: second });
    await Promise.allSettled(
      [body.factor, second].map(({ factor }) => call(origin, "removeFactor", { token, params: { factor } })),
    );
    expect(await count("factor where account_id = $1", [body.account])).toBe(1);
  }
});

test("what has run out is swept: sessions, ceremonies, codes and invitations; what lives stays", async () => {
  const host = await newKeeper();
  const guest = await prepareEnrolment(origin, { host });
  const { token } = await call(origin, "enrol", { body: guest.body });
  const forgotten = await invite(origin, host, { expiresAt: serverNow() + 60_000 });
  await call(origin, "signInPasskeyOptions", { body: {} });
  await server.makeSetupCode();

  ahead += LIMITS.sessionAgeMs;
  await server.sweep();
  expect(await count("setup_code where practice_id is null", [])).toBeGreaterThan(0);
  expect(await refusal(() => call(origin, "listFactors", { token }))).toMatchObject({ status: 401 });
  // What is over stays for a while, so that whoever was away still sees that it was there.
  expect(await count("session where account_id = $1", [host.account])).toBeGreaterThan(0);
  ahead += LIMITS.sessionListedMs;
  const later = await newKeeper();
  await server.sweep();
  expect(await count("session where account_id = any($1)", [[host.account, guest.body.account]])).toBe(0);
  expect(await count("door where kind = 'session' and account_id = $1", [host.account])).toBe(0);
  expect(await count("attempt", [])).toBe(0);
  expect(await refusal(() => call(origin, "listFactors", { token }))).toMatchObject({ status: 401 });
  expect(await count("session where account_id = $1", [later.account])).toBe(1);
  expect((await call(origin, "listFactors", { token: later.token })).factors).toHaveLength(1);
  expect(await count("invitation where invitation_id = $1", [forgotten.invitation])).toBe(1);

  ahead += (LIMITS.invitationAgeDaysMax + 1) * DAY_MS;
  await server.sweep();
  expect(await count("invitation where invitation_id = $1", [forgotten.invitation])).toBe(0);
  expect(await refusal(() => open(forgotten))).toEqual(NOTHING);
  expect(await count("invitation where joiner_account = $1", [guest.body.account])).toBe(1);
  expect(await count("setup_code where practice_id is null", [])).toBe(0);
  expect(await count("setup_code where practice_id is not null", [])).toBeGreaterThan(0);
});
