import { LIMITS } from "@sotto/contract";
import { makeRecoveryCode, makeVaultKey, recoveryKeys, toBase64Url } from "@sotto/vault";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openLive } from "../support/live.ts";
import { call, enrol, makeSheet, random, refusal, type Person } from "../support/people.ts";
import { openRealServer, type RealServer } from "../support/real-server.ts";

const SIGNED_OUT = { status: 401, body: '{"refusal":"not-signed-in"}' };
const HOUR_MS = LIMITS.sessionSeenStepMs;

let real: RealServer;
let origin: string;
let keeper: Person;
let guest: Person;
let sheet: { readonly lookup: string; readonly proof: string };
/** How far the server's clock is ahead of this machine's. Only ever grows. */
let ahead = 0;

beforeAll(async () => {
  real = await openRealServer({ now: () => Date.now() + ahead });
  ({ origin } = real);
  keeper = await enrol(origin, { code: await real.server.makeSetupCode() });
  guest = await enrol(origin, { host: keeper });
  sheet = await addSheet(keeper);
});

afterAll(() => real.close());

/** A further recovery sheet, as what it shows at the door. */
async function addSheet({ account, token }: Person): Promise<{ lookup: string; proof: string }> {
  const code = makeRecoveryCode(random);
  await call(origin, "addFactor", { token, body: await makeSheet(account, makeVaultKey(random), code) });
  const { lookup, proof } = await recoveryKeys(code);
  return { lookup: toBase64Url(lookup), proof: toBase64Url(proof) };
}

const signIn = () => call(origin, "signInRecovery", { body: sheet });
const listed = async (token: string) => (await call(origin, "listSessions", { token })).sessions;

test("an account lists its own sessions with an id that opens nothing, and nobody else's", async () => {
  const { token } = await signIn();
  const lines = await listed(token);
  expect(lines).toHaveLength(2);
  expect(lines.filter(({ isThis }) => isThis)).toHaveLength(1);
  expect(lines.every(({ endedAt, note }) => endedAt === null && note === null)).toBe(true);
  expect(lines.map(({ factor }) => factor?.kind)).toEqual(["recovery", "recovery"]);
  expect(await listed(guest.token)).toHaveLength(1);
  for (const { session } of lines) {
    expect(await refusal(() => listed(session))).toEqual(SIGNED_OUT);
  }
});

test("a note is kept for the session that writes it, and others are told", async () => {
  const { token } = await signIn();
  const live = await openLive(origin, keeper.token);
  const note = toBase64Url(random(306));
  await call(origin, "writeSessionNote", { token, body: { note } });
  await live.hear(({ kind }) => kind === "sessions-changed");
  live.close();
  expect((await listed(keeper.token)).filter((line) => line.note === note)).toHaveLength(1);
  expect((await listed(token)).find(({ isThis }) => isThis)?.note).toBe(note);
  const long = toBase64Url(random(LIMITS.deviceNoteBytesMax + 3));
  expect(
    await refusal(() => call(origin, "writeSessionNote", { token, body: { note: long } })),
  ).toMatchObject({ status: 400 });
});

test("a sign-in is told to whoever is connected of the same account, and to nobody else", async () => {
  const [mine, other] = [await openLive(origin, keeper.token), await openLive(origin, guest.token)];
  await signIn();
  await mine.hear(({ kind }) => kind === "sessions-changed");
  // The guest's own note is told after whatever the keeper's sign-in would have brought.
  await call(origin, "writeSessionNote", { token: guest.token, body: { note: "" } });
  await other.hear(({ kind }) => kind === "sessions-changed");
  expect(other.heard.filter(({ kind }) => kind === "sessions-changed")).toHaveLength(1);
  mine.close();
  other.close();
});

test("a session that is ended elsewhere is closed at once, and its token opens nothing", async () => {
  const { token } = await signIn();
  const live = await openLive(origin, token);
  const [line] = (await listed(token)).filter(({ isThis }) => isThis);
  const session = line?.session ?? "";
  // Somebody else's session is answered like one that has just ended, and stays.
  expect(await call(origin, "endSession", { token: guest.token, params: { session } })).toEqual({});
  expect(await listed(token)).not.toHaveLength(0);
  await call(origin, "endSession", { token: keeper.token, params: { session } });
  expect(await live.hear(({ kind }) => kind === "bye")).toMatchObject({ refusal: "not-signed-in" });
  await live.ended;
  expect(await refusal(() => listed(token))).toEqual(SIGNED_OUT);
  // Others still see that it was there.
  const after = (await listed(keeper.token)).find((known) => known.session === session);
  expect(after?.endedAt).toBeGreaterThan(0);
  await call(origin, "endSession", { token: keeper.token, params: { session } });
  expect((await listed(keeper.token)).find((known) => known.session === session)?.endedAt).toBe(
    after?.endedAt,
  );
});

test("all others can be ended with one request; whoever asks stays in", async () => {
  const one = await signIn();
  const two = await signIn();
  const live = await openLive(origin, two.token);
  await call(origin, "endOtherSessions", { token: one.token, body: {} });
  await live.ended;
  expect(await refusal(() => listed(two.token))).toEqual(SIGNED_OUT);
  expect(await refusal(() => listed(keeper.token))).toEqual(SIGNED_OUT);
  const open = (await listed(one.token)).filter(({ endedAt }) => endedAt === null);
  expect(open.map(({ isThis }) => isThis)).toEqual([true]);
  expect(await listed(guest.token)).toHaveLength(1);
});

test("when a session was last there is kept to the hour; what is over goes from the list after two weeks", async () => {
  const { token } = await signIn();
  const first = (await listed(token)).find(({ isThis }) => isThis);
  ahead += 2 * HOUR_MS;
  await listed(token);
  const second = (await listed(token)).find(({ isThis }) => isThis);
  expect(second?.seenAt).toBeGreaterThan(first?.createdAt ?? Infinity);
  expect((second?.seenAt ?? 1) % HOUR_MS).toBe(0);
  await call(origin, "signOut", { token, body: {} });
  const later = await signIn();
  expect((await listed(later.token)).some(({ session }) => session === first?.session)).toBe(true);
  ahead += LIMITS.sessionListedMs;
  const last = await signIn();
  const left = (await listed(last.token)).map(({ session }) => session);
  expect(left).not.toContain(first?.session);
  ahead += LIMITS.sessionAgeMs + LIMITS.sessionListedMs;
  await real.server.sweep();
  const fresh = await signIn();
  expect(await listed(fresh.token)).toHaveLength(1);
});

test("a live connection that stands for hours is noted, and ends when its session is over", async () => {
  const { token } = await signIn();
  const live = await openLive(origin, token);
  ahead += HOUR_MS;
  live.send({ kind: "ping" });
  await live.hear(({ kind }) => kind === "pong");
  const seenAt = (await listed(token)).find(({ isThis }) => isThis)?.seenAt ?? 1;
  expect(seenAt % HOUR_MS).toBe(0);
  ahead += LIMITS.sessionAgeMs;
  live.send({ kind: "ping" });
  await live.ended;
});
