import type { RoomLineEntry, RoomView } from "@sotto/client";
import type { FamilyId, RoomId } from "@sotto/domain";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  inviteAndJoin,
  isAllSent,
  makeGate,
  namesIn,
  noticesOf,
  now,
  openHouse,
  openPractice,
  refusalOf,
  roomNow,
  roomWhere,
  seen,
  statesOf,
  textsOf,
  until,
  untilGone,
  untilSaid,
  valueOf,
  type FamilyMember,
  type House,
  type Someone,
} from "../support/clients.ts";
import { writeUnheard } from "../support/meddling.ts";

let house: House;
let therapist: Someone;
let family: FamilyId;
let ben: FamilyMember;
let cleo: FamilyMember;

beforeAll(async () => {
  house = await openHouse();
  therapist = await openPractice(house);
  family = valueOf(await therapist.client.actions.createFamily({ name: "Rivera" }));
  ben = await inviteAndJoin(house, therapist, family, { name: "Ben" });
  cleo = await inviteAndJoin(house, therapist, family, { name: "Cleo" });
});

afterAll(() => house.close());

/** A room that the therapist opens with Ben alone, in which something has been said. */
async function openRoomWithBen(title: string): Promise<RoomId> {
  await untilJoined("Ben");
  const people = [ben.person];
  const room = valueOf(await therapist.client.actions.openRoom({ family, people, title }));
  await until(ben.client, room, (view) => view.title === title);
  await say(ben, room, `${title}: the past`);
  await untilSaid(therapist.client, room, `${title}: the past`);
  return room;
}

const untilJoined = (name: string) =>
  seen(therapist.client, "rooms", (lines) =>
    lines.some((line) => line.kind === "private" && namesIn(line).includes(name)),
  );

async function say(who: Someone, room: RoomId, text: string): Promise<void> {
  valueOf(await who.client.actions.send({ room, text }));
}

const accountOf = (who: Someone) => {
  const { account } = now(who.client, "session");
  if (account === null) throw new Error("nobody is in");
  return account;
};

const add = async (room: RoomId, who: FamilyMember) =>
  valueOf(await therapist.client.actions.addToRoom({ room, person: who.person }));

const remove = async (room: RoomId, who: FamilyMember) =>
  valueOf(await therapist.client.actions.removeFromRoom({ room, account: accountOf(who) }));

const isWaiting = (entry: RoomLineEntry): boolean =>
  entry.kind === "message" && entry.state.kind === "waiting";

/** What a person does who has read why: looks at who is there now, takes the words back and sends them again. */
const sendRefusedAgain = async (who: Someone, room: RoomId) => {
  for (const entry of roomNow(who.client, room)?.entries ?? []) {
    if (entry.kind !== "message" || entry.state.kind !== "refused") continue;
    valueOf(await who.client.actions.discard({ room, entry: entry.entry }));
    await say(who, room, entry.text);
  }
};

test("an entry that was written before somebody came in is not shown to them unasked; sent again, it arrives once and they read it and nothing before", async () => {
  await untilJoined("Cleo");
  const room = await openRoomWithBen("stale");
  const [asked, answered] = [makeGate(), makeGate()];
  ben.device.meddle(/\/frames$/, async (ask) => {
    asked.open();
    await answered.opened;
    return ask();
  });
  await say(ben, room, "written before Cleo came");
  await asked.opened;
  await add(room, cleo);
  ben.device.meddle(/\/frames$/, null);
  answered.open();
  const kept = await until(ben.client, room, (view) =>
    view.entries.some((entry) => entry.kind === "message" && entry.state.kind === "refused"),
  );
  expect(kept.entries.at(-1)).toMatchObject({
    text: "written before Cleo came",
    state: { kind: "refused", refusal: "stale-epoch" },
  });
  expect(textsOf(roomNow(therapist.client, room))).toEqual(["stale: the past"]);
  await sendRefusedAgain(ben, room);
  await untilSaid(ben.client, room, "written before Cleo came");
  const read = await untilSaid(cleo.client, room, "written before Cleo came");
  expect(textsOf(read)).toEqual(["written before Cleo came"]);
  expect(noticesOf(read)).toEqual([]);
  expect(read.entries[0]).toMatchObject({ kind: "audience", change: "joined-here" });
  expect(textsOf(roomNow(therapist.client, room))).toEqual(["stale: the past", "written before Cleo came"]);
});

test("who is removed reads nothing afterwards, and sees what they could not send refused with the reason", async () => {
  const room = await openRoomWithBen("removal");
  await ben.client.actions.saveDraft({ room, text: "a draft" });
  ben.device.cut();
  await seen(ben.client, "session", (session) => !session.online);
  await say(ben, room, "too late");
  await remove(room, ben);
  await say(therapist, room, "about the one who left");
  await untilSaid(therapist.client, room, "about the one who left");
  ben.device.mend();
  await untilGone(ben.client, room);
  const left = await until(ben.client, room, (view) =>
    view.entries.some((entry) => entry.kind === "message" && entry.state.kind === "refused"),
  );
  expect(left.entries).toMatchObject([{ text: "too late", state: { kind: "refused", refusal: "not-here" } }]);
  expect(left).toMatchObject({ mayWrite: false, readers: [], draft: "" });
  expect([...ben.device.store.values.keys()].filter((key) => key.includes(room))).toEqual([]);
  expect(refusalOf(await ben.client.actions.send({ room, text: "still?" }))).toBe("not-here");
  const [entry] = left.entries;
  if (entry?.kind !== "message") throw new Error("a message");
  valueOf(await ben.client.actions.discard({ room, entry: entry.entry }));
  expect(roomNow(ben.client, room)).toBeNull();
  expect(textsOf(roomNow(therapist.client, room))).toEqual(["removal: the past", "about the one who left"]);
  expect(now(ben.client, "alarms")).toEqual([]);
});

// Before, the device holds two items of the room: how many there are now tells nothing.
test.each([[[]], [["welcome back"]], [["welcome back", "and again"]]])(
  "who was removed and added again while away reads the room anew, without an alarm (%j)",
  async (since: readonly string[]) => {
    const room = await openRoomWithBen("return");
    ben.device.cut();
    await seen(ben.client, "session", (session) => !session.online);
    await remove(room, ben);
    await say(therapist, room, "said without Ben");
    await untilSaid(therapist.client, room, "said without Ben");
    await add(room, ben);
    for (const text of since) {
      await say(therapist, room, text);
      await untilSaid(therapist.client, room, text);
    }
    ben.device.mend();
    const isAnew = (view: RoomView) => !textsOf(view).includes("return: the past");
    const read = await until(
      ben.client,
      room,
      (view) => isAnew(view) && textsOf(view).length === since.length,
    );
    expect(textsOf(read)).toEqual(since);
    expect(noticesOf(read)).toEqual([]);
    expect(now(ben.client, "alarms")).toEqual([]);
    await say(ben, room, "I am here");
    await untilSaid(therapist.client, room, "I am here");
  },
);

test("of what had arrived unheard before its author was taken out, their device does not say that nobody has it", async () => {
  const room = await openRoomWithBen("perhaps");
  await writeUnheard(ben, { room, text: "heard by all but Ben" });
  await untilSaid(therapist.client, room, "heard by all but Ben");
  await remove(room, ben);
  ben.device.mend();
  await untilGone(ben.client, room);
  const isRefused = (view: RoomView) => statesOf(view).includes("refused");
  const { entries } = await until(ben.client, room, isRefused);
  expect(entries).toMatchObject([
    { text: "heard by all but Ben", state: { kind: "refused", refusal: "perhaps-sent" } },
  ]);
  await ben.client.close();
  ben = { ...ben, client: await house.open(ben.device) };
  valueOf(await ben.client.actions.signIn(ben.way));
  const [left] = (await until(ben.client, room, isRefused)).entries;
  if (left?.kind !== "message") throw new Error("a message");
  expect(left.state).toEqual({ kind: "refused", refusal: "perhaps-sent" });
  valueOf(await ben.client.actions.discard({ room, entry: left.entry }));
  expect(roomNow(ben.client, room)).toBeNull();
});

test("what had arrived unheard before its author was taken out and let in again does not wait for ever", async () => {
  const room = await openRoomWithBen("twice in");
  await writeUnheard(ben, { room, text: "heard by all but Ben" });
  await untilSaid(therapist.client, room, "heard by all but Ben");
  await remove(room, ben);
  await add(room, ben);
  ben.device.mend();
  await say(therapist, room, "welcome back");
  const view = await until(
    ben.client,
    room,
    (shown) => textsOf(shown).includes("welcome back") && isAllSent(shown),
  );
  expect(textsOf(view)).toEqual(["welcome back"]);
  expect([...ben.device.store.values.keys()].filter((key) => key.includes("/outbox/"))).toEqual([]);
  expect(textsOf(roomNow(therapist.client, room))).toEqual([
    "twice in: the past",
    "heard by all but Ben",
    "welcome back",
  ]);
  // The number of what Ben's device cannot read any more is not given again.
  await say(ben, room, "thank you");
  expect(noticesOf(await untilSaid(therapist.client, room, "thank you"))).toEqual([]);
});

test("everything that several people write while others come and go arrives once; what was written before somebody came in is asked about first", async () => {
  await untilJoined("Cleo");
  const room = await openRoomWithBen("storm");
  const wanted = (who: Someone) => Array.from({ length: 12 }, (_, index) => `${who.name} ${index}`);
  const writing = [ben, therapist].map(async (who) => {
    for (const text of wanted(who)) await say(who, room, text);
  });
  for (let round = 0; round < 3; round += 1) {
    await add(room, cleo);
    await remove(room, cleo);
  }
  await add(room, cleo);
  await Promise.all(writing);
  for (const who of [ben, therapist]) {
    await until(who.client, room, (view) => !view.entries.some(isWaiting));
    await sendRefusedAgain(who, room);
  }
  await say(cleo, await untilIn(cleo, room), "Cleo is here");
  for (const who of [ben, therapist]) {
    const view = await until(who.client, room, (now) => textsOf(now).length === 26 && isAllSent(now));
    for (const author of [ben, therapist]) {
      const said = textsOf(view).filter((text) => text.startsWith(author.name));
      expect(said.toSorted()).toEqual(wanted(author).toSorted());
    }
    expect(noticesOf(view)).toEqual([]);
  }
  expect(noticesOf(roomNow(cleo.client, room))).toEqual([]);
  expect(textsOf(roomNow(cleo.client, room))).not.toContain("storm: the past");
});

async function untilIn(who: Someone, room: RoomId): Promise<RoomId> {
  return (await roomWhere(who.client, (line) => line.room === room)).room;
}

test("only a keeper changes who is in a room, and one person's room stays theirs", async () => {
  await untilJoined("Cleo");
  const room = await openRoomWithBen("rights");
  const { actions } = therapist.client;
  const own = await roomWhere(ben.client, (line) => line.kind === "private");
  expect(refusalOf(await actions.addToRoom({ room: own.room, person: cleo.person }))).toBe("not-allowed");
  const account = accountOf(therapist);
  expect(refusalOf(await actions.removeFromRoom({ room, account }))).toBe("not-allowed");
  expect(refusalOf(await ben.client.actions.removeFromRoom({ room, account }))).toBe("not-a-keeper");
  expect(refusalOf(await ben.client.actions.addToRoom({ room, person: cleo.person }))).toBe("not-here");
  expect(refusalOf(await ben.client.actions.createFamily({ name: "Mine" }))).toBe("not-allowed");
  expect(namesIn(await roomWhere(cleo.client, (line) => line.kind === "private"))).toEqual(["Ada", "Cleo"]);
});

test("a room that became due when a relation was recorded later is made by itself", async () => {
  await untilJoined("Cleo");
  // The family room holds the same two; a third person makes the couple a room of its own.
  const dan = await inviteAndJoin(house, therapist, family, { name: "Dan", role: "teen" });
  await roomWhere(dan.client, (line) => line.kind === "private");
  const person = {
    person: ben.person,
    name: "Ben",
    role: "adult",
    inTreatment: true,
    relations: [{ kind: "partner-of", to: cleo.person }],
    safeContact: null,
  } as const;
  valueOf(await therapist.client.actions.savePerson({ family, person }));
  const couple = await roomWhere(cleo.client, (line) => line.subgroup === "couple");
  expect(namesIn(couple)).toEqual(["Ada", "Ben", "Cleo"]);
});
