import { randomBytes } from "node:crypto";
import type { EntryId, FamilyId, RoomId } from "@sotto/domain";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import {
  inviteAndJoin,
  noticesOf,
  now,
  openHouse,
  openPractice,
  refusalOf,
  roomNow,
  roomWhere,
  signInElsewhere,
  textsOf,
  until,
  untilGone,
  untilSaid,
  valueOf,
  type FamilyMember,
  type House,
  type Someone,
} from "../support/clients.ts";
import { untilAsked } from "../support/meddling.ts";
import { deletedIn, quoteNow, say } from "../support/said.ts";

// What was given of the past, and what its authors take back of it: before it is read, after, and while somebody is away.

const HOUR_MS = 3_600_000;

let house: House;
let therapist: Someone;
let ben: FamilyMember;
let cleo: FamilyMember;
let family: FamilyId;
let room: RoomId;

beforeAll(async () => {
  house = await openHouse();
  therapist = await openPractice(house);
  family = valueOf(await therapist.client.actions.createFamily({ name: "Rivera" }));
  ben = await inviteAndJoin(house, therapist, family, { name: "Ben" });
  const device = house.newDevice({ idleLockAfterMs: HOUR_MS });
  cleo = await inviteAndJoin(house, therapist, family, { name: "Cleo", device });
  for (const { client } of [ben, cleo]) await roomWhere(client, (line) => line.kind === "private");
}, 60_000);

afterAll(() => house.close());

beforeEach(async () => {
  const { actions } = therapist.client;
  room = valueOf(await actions.openRoom({ family, people: [ben.person], title: "before Cleo" }));
  await roomWhere(ben.client, (line) => line.room === room);
});

const letIn = async (from: number | null) =>
  valueOf(await therapist.client.actions.addToRoom({ room, person: cleo.person, from }));

const untilDeleted = (who: Pick<Someone, "client">, count = 1) =>
  until(who.client, room, (view) => deletedIn(view).length >= count);

/** Ben takes something back, and the server has no bytes of it any more. */
async function takeBack(entry: EntryId): Promise<void> {
  const erasures = () => ben.device.asked.filter((asked) => asked.endsWith("/erasures")).length;
  const before = erasures();
  valueOf(await ben.client.actions.deleteForAll({ room, entry }));
  await untilAsked(ben.device, () => erasures() > before);
  await untilDeleted(ben);
}

/** Nothing of it is on the device, sealed or not: the frame's record is no longer than a stub. */
const pastOn = ({ device }: Someone): readonly number[] =>
  [...device.store.values].flatMap(([key, value]) =>
    key.includes(`/history/${room}/`) ? [value.length] : [],
  );

test("what was deleted before somebody was let read the past is a deletion for them, and no gap", async () => {
  const entry = await say(ben.client, room, "taken back");
  await say(ben.client, room, "stays");
  await takeBack(entry);
  await letIn(0);
  const view = await untilSaid(cleo.client, room, "stays");
  expect(textsOf(view)).toEqual(["stays"]);
  expect(deletedIn(view)).toEqual(["Ben"]);
  expect(noticesOf(view)).toEqual([]);
  expect(now(cleo.client, "alarms")).toEqual([]);
});

test("what is deleted after it was given is gone there too: from the screen, the device and what answers it", async () => {
  const entry = await say(ben.client, room, "a long secret. ".repeat(200));
  await say(therapist.client, room, "about that", entry);
  await untilSaid(ben.client, room, "about that");
  await letIn(0);
  await untilSaid(cleo.client, room, "about that");
  expect(quoteNow(cleo.client, room, "about that")).toMatchObject({ kind: "shown" });
  const before = pastOn(cleo);
  await takeBack(entry);
  const view = await untilDeleted(cleo);
  expect(textsOf(view)).toEqual(["about that"]);
  expect(quoteNow(cleo.client, room, "about that")).toEqual({ kind: "deleted" });
  expect(noticesOf(view)).toEqual([]);
  await expect.poll(() => Math.max(...pastOn(cleo))).toBeLessThan(Math.max(...before));
  // As it stands on the device it opens again, without a server.
  await cleo.client.close();
  cleo.device.cut();
  cleo = { ...cleo, client: await house.open(cleo.device) };
  const again = await until(cleo.client, room, (seen) => deletedIn(seen).length > 0);
  expect(textsOf(again)).toEqual(["about that"]);
  expect(noticesOf(again)).toEqual([]);
  cleo.device.mend();
});

test("what was changed in the past is read as it was changed", async () => {
  const entry = await say(ben.client, room, "the first words");
  valueOf(await ben.client.actions.edit({ room, entry, text: "other words" }));
  await until(therapist.client, room, (view) => textsOf(view).includes("other words"));
  await letIn(0);
  expect(textsOf(await untilSaid(cleo.client, room, "other words"))).toEqual(["other words"]);
});

test("a wider past, given later, and a deletion in it: another browser of theirs sees the same", async () => {
  const entry = await say(ben.client, room, "taken back");
  await say(ben.client, room, "stays");
  await letIn(null);
  await say(cleo.client, room, "Cleo is here");
  const { account } = now(cleo.client, "session");
  if (account === null) throw new Error("Cleo is in");
  valueOf(await therapist.client.actions.grantHistory({ room, account, from: 0 }));
  await untilSaid(cleo.client, room, "taken back");
  await takeBack(entry);
  for (const who of [cleo, await signInElsewhere(house, cleo)]) {
    const view = await until(
      who.client,
      room,
      (seen) => deletedIn(seen).length > 0 && textsOf(seen).length === 2,
    );
    expect(textsOf(view)).toEqual(["stays", "Cleo is here"]);
    expect(noticesOf(view)).toEqual([]);
  }
});

test("a file of the past opens for whoever was let read it, and for nobody else", async () => {
  const bytes = randomBytes(20_000);
  const about = { name: "a photo.jpg", type: "image/jpeg", picture: null, durationMs: null, preview: null };
  const entry = valueOf(await ben.client.actions.sendFile({ room, source: new Blob([bytes]), ...about }));
  const isThere = (view: { readonly entries: readonly { readonly kind: string }[] }) =>
    view.entries.some((line) => line.kind === "file");
  await until(therapist.client, room, isThere);
  await until(
    ben.client,
    room,
    (view) =>
      isThere(view) && view.entries.every((line) => line.kind !== "file" || line.state.kind === "sent"),
  );
  expect(valueOf(await therapist.client.actions.historyChoices({ room, account: null }))).toMatchObject([
    { from: 0, messages: 1, authors: ["Ben"] },
  ]);
  await letIn(null);
  await say(cleo.client, room, "Cleo is here");
  expect(isThere(roomNow(cleo.client, room) ?? { entries: [] })).toBe(false);
  expect(refusalOf(await cleo.client.actions.openFile({ room, entry }))).toBe("not-here");
  const { account } = now(cleo.client, "session");
  if (account === null) throw new Error("Cleo is in");
  valueOf(await therapist.client.actions.grantHistory({ room, account, from: 0 }));
  await until(cleo.client, room, isThere);
  const opened = valueOf(await cleo.client.actions.openFile({ room, entry }));
  expect(Buffer.from(await opened.arrayBuffer()).equals(bytes)).toBe(true);
  // Who is removed and comes back has the past no more, and its files neither.
  valueOf(await therapist.client.actions.removeFromRoom({ room, account }));
  await untilGone(cleo.client, room);
  await letIn(null);
  await roomWhere(cleo.client, (line) => line.room === room);
  expect(refusalOf(await cleo.client.actions.openFile({ room, entry }))).toBe("not-here");
});

test("where nobody writes any more, nothing is changed, deleted or sent", async () => {
  const entry = await say(ben.client, room, "before the end");
  valueOf(await therapist.client.actions.closeFamily({ family }));
  const view = await until(ben.client, room, ({ closed }) => closed);
  expect(view.entries).toContainEqual(
    expect.objectContaining({ kind: "message", entry, editableUntil: null, mayDelete: false }),
  );
  const { actions } = ben.client;
  const about = { name: "a.bin", type: "", picture: null, durationMs: null, preview: null };
  const refused = [
    await actions.send({ room, text: "more" }),
    await actions.send({ room, text: "an answer", to: entry }),
    await actions.edit({ room, entry, text: "other words" }),
    await actions.deleteForAll({ room, entry }),
    await actions.sendFile({ room, source: new Blob(["x"]), ...about }),
  ];
  expect(refused.map((outcome) => refusalOf(outcome))).toEqual(refused.map(() => "room-closed"));
  expect(textsOf(roomNow(ben.client, room))).toEqual(["before the end"]);
});
