import { afterAll, beforeAll, expect, test } from "vitest";
import { openLive } from "../support/live.ts";
import { call, enrol, invite, refusal, type Person } from "../support/people.ts";
import { openRealServer, type RealServer } from "../support/real-server.ts";
import { appendBytes, appendNext, makeFrame, place } from "../support/rooms.ts";

let real: RealServer;
let origin: string;
let ada: Person;
let ana: Person;

beforeAll(async () => {
  real = await openRealServer();
  ({ origin } = real);
  ada = await enrol(origin, { code: await real.server.makeSetupCode() });
  ana = await enrol(origin, { host: ada });
});

afterAll(() => real.close());

const hire = async (): Promise<Person> =>
  enrol(origin, { link: await invite(origin, ada, { standing: "practice" }) });

const end = (by: Person, account: string, wish: { besides?: string; evenSo?: boolean } = {}) =>
  call(origin, "endAccount", {
    token: by.token,
    params: { account },
    body: { besides: wish.besides ?? null, evenSo: wish.evenSo ?? false },
  });
const said = (status: number, kind: string) => ({ status, body: `{"refusal":"${kind}"}` });

test("an account that was ended is out at once: no request, no connection, no invitation of its making", async () => {
  const cal = await hire();
  const live = await openLive(origin, cal.token);
  const link = await invite(origin, cal);
  expect(await end(ada, cal.account)).toEqual({});
  await live.ended;
  expect(await refusal(() => call(origin, "listRooms", { token: cal.token }))).toEqual(
    said(401, "not-signed-in"),
  );
  const joining = () => enrol(origin, { link });
  expect(await refusal(joining)).toEqual(said(409, "invitation-revoked"));
  expect(await end(ada, cal.account)).toEqual({});
});

test("whoever is still in rooms is ended only when that is said; the one room that its asker sees to does not count", async () => {
  const cal = await hire();
  const members = [place(ada, "keeper"), place(cal, "keeper")];
  const room = crypto.randomUUID();
  await appendNext(origin, ada, { previous: null, room, action: "create", members });
  expect(await refusal(() => end(ada, cal.account))).toEqual(said(409, "still-in-rooms"));
  const other = crypto.randomUUID();
  await appendNext(origin, ada, { previous: null, room: other, action: "create", members });
  expect(await refusal(() => end(ada, cal.account, { besides: room }))).toEqual(said(409, "still-in-rooms"));
  expect(await end(ada, cal.account, { besides: room, evenSo: true })).toEqual({});
  const dee = await hire();
  const third = crypto.randomUUID();
  const both = [place(ada, "keeper"), place(dee, "member")];
  await appendNext(origin, ada, { previous: null, room: third, action: "create", members: both });
  expect(await end(ada, dee.account, { besides: third })).toEqual({});
});

test("only staff end anybody, only staff are ended, and nobody ends themselves", async () => {
  const cal = await hire();
  expect(await refusal(() => end(ana, cal.account))).toEqual(said(403, "not-allowed"));
  expect(await refusal(() => end(ada, ada.account))).toEqual(said(403, "not-allowed"));
  const nobody = said(404, "not-here");
  expect(await refusal(() => end(ada, ana.account))).toEqual(nobody);
  expect(await refusal(() => end(ada, crypto.randomUUID()))).toEqual(nobody);
  const stranger = await enrol(origin, { code: await real.server.makeSetupCode() });
  expect(await refusal(() => end(stranger, cal.account))).toEqual(nobody);
  expect(await call(origin, "listRooms", { token: cal.token })).toEqual({ rooms: [] });
});

test("of two who end each other at the same moment one stays", async () => {
  const [cal, dee] = [await hire(), await hire()];
  const outcomes = await Promise.allSettled([end(cal, dee.account), end(dee, cal.account)]);
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
});

test("an invitation is shown to staff who know its id, and to nobody else", async () => {
  const { invitation } = await invite(origin, ada);
  const look = async (who: Person, invitations: readonly string[]) =>
    (await call(origin, "listInvitations", { token: who.token, body: { invitations: [...invitations] } }))
      .invitations;
  expect((await look(ada, [invitation])).map((line) => line.invitation)).toEqual([invitation]);
  expect(await look(ada, [])).toEqual([]);
  const stranger = await enrol(origin, { code: await real.server.makeSetupCode() });
  expect(await look(stranger, [invitation])).toEqual([]);
  expect(await refusal(() => look(ana, [invitation]))).toEqual(said(403, "not-allowed"));
});

test("a closed room takes no frame from anybody, its keeper neither, until it is opened again", async () => {
  const room = crypto.randomUUID();
  const members = [place(ada, "keeper"), place(ana, "member")];
  const created = await appendNext(origin, ada, { previous: null, room, action: "create", members });
  const first = await makeFrame(ana, created);
  await appendBytes(origin, "appendFrame", ana, room, first);
  const closed = await appendNext(origin, ada, { previous: created, room, action: "close", members });
  // Whoever does not hold to it can seal a frame that says the room is open.
  const lying = { ...closed, state: { ...closed.state, closed: false } };
  for (const author of [ada, ana]) {
    const bytes = await makeFrame(author, lying);
    const append = () => appendBytes(origin, "appendFrame", author, room, bytes);
    expect(await refusal(append)).toEqual(said(409, "room-closed"));
    // By the other way in, which stores frames together.
    const live = await openLive(origin, author.token);
    live.send({ kind: "append", ref: 1, room, bytes });
    const answer = await live.hear(({ kind }) => kind === "refused" || kind === "appended");
    expect(answer).toMatchObject({ kind: "refused", refusal: "room-closed" });
    live.close();
  }
  // What was taken before is still answered with its place.
  expect((await appendBytes(origin, "appendFrame", ana, room, first)).seq).toBe(2);
  const later = await makeFrame(ana, created);
  const old = () => appendBytes(origin, "appendFrame", ana, room, later);
  expect(await refusal(old)).toEqual(said(409, "room-closed"));
  const { items } = await call(origin, "readRoom", {
    token: ana.token,
    params: { room },
    query: { after: "0" },
  });
  expect(items.map(({ kind }) => kind)).toEqual(["event", "frame", "event"]);
  const again = await appendNext(origin, ada, { previous: closed, room, action: "reopen", members });
  expect((await appendBytes(origin, "appendFrame", ana, room, await makeFrame(ana, again))).seq).toBe(5);
});
