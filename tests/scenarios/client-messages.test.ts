import type { RoomView } from "@sotto/client";
import type { RoomId } from "@sotto/domain";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  inviteAndJoin,
  isAllSent,
  makeGate,
  noticesOf,
  openFirstRoom,
  openHouse,
  refusalOf,
  roomNow,
  roomWhere,
  seen,
  statesOf,
  textsOf,
  until,
  untilSaid,
  valueOf,
  type FamilyMember,
  type House,
  type Someone,
} from "../support/clients.ts";
import { signInMeddled } from "../support/meddling.ts";
import { messagesOf, messageWith, quoteNow, say } from "../support/said.ts";

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

let house: House;
let therapist: Someone;
let ben: FamilyMember;
let room: RoomId;
/** The server's clock, by which the log is dated. */
let shift = 0;

beforeAll(async () => {
  house = await openHouse({ now: () => Date.now() + shift });
  const devices = { member: house.newDevice({ idleLockAfterMs: HOUR_MS }) };
  ({ ben, room, therapist } = await openFirstRoom(house, devices));
}, 60_000);

afterAll(() => house.close());

/** Ben's client ends as a process does, and a new one starts on what the device holds. */
async function restartBen(): Promise<void> {
  await ben.client.close();
  ben = { ...ben, client: await house.open(ben.device) };
}

test("an answer shows who and what it answers, and follows when the words change", async () => {
  const first = await say(ben.client, room, "Shall we\n\nmeet on Friday?");
  await untilSaid(therapist.client, room, "Shall we\n\nmeet on Friday?");
  await say(therapist.client, room, "Friday is good", first);
  await untilSaid(ben.client, room, "Friday is good");
  expect(quoteNow(ben.client, room, "Friday is good")).toMatchObject({
    kind: "shown",
    entry: first,
    author: { name: "Ben" },
    text: "Shall we meet on Friday?",
  });
  valueOf(await ben.client.actions.edit({ room, entry: first, text: "Shall we meet on Monday?" }));
  await until(therapist.client, room, (view) => textsOf(view).includes("Shall we meet on Monday?"));
  expect(quoteNow(therapist.client, room, "Friday is good")).toMatchObject({
    text: "Shall we meet on Monday?",
  });
});

test("an answer holds nothing of what it answers: somebody who came in later learns nothing of it", async () => {
  const { family } = await roomWhere(ben.client, (line) => line.kind === "family");
  if (family === null) throw new Error("a family");
  const before = await say(ben.client, room, "before Dora came");
  const dora = await inviteAndJoin(house, therapist, family, { name: "Dora" });
  await until(ben.client, room, (view) => view.readers.some((reader) => reader.name === "Dora"));
  await say(ben.client, room, "as I said", before);
  await untilSaid(dora.client, room, "as I said");
  expect(quoteNow(dora.client, room, "as I said")).toEqual({ kind: "before" });
  await untilSaid(therapist.client, room, "as I said");
  expect(quoteNow(therapist.client, room, "as I said")).toMatchObject({ text: "before Dora came" });
});

test("new words for what was said before somebody came in do not reach them", async () => {
  const { family } = await roomWhere(ben.client, (line) => line.kind === "family");
  if (family === null) throw new Error("a family");
  const entry = await say(ben.client, room, "before Emil came");
  await inviteAndJoin(house, therapist, family, { name: "Emil" });
  await until(ben.client, room, (view) => view.readers.some((reader) => reader.name === "Emil"));
  expect(messageWith(roomNow(ben.client, room), "before Emil came").editableUntil).toBeNull();
  valueOf(await ben.client.actions.edit({ room, entry, text: "not for Emil" }));
  const view = await until(ben.client, room, (now) => statesOf(now).includes("refused"));
  const refused = messageWith(view, "not for Emil");
  expect(refused.state).toEqual({ kind: "refused", refusal: "stale-epoch" });
  valueOf(await ben.client.actions.discard({ room, entry: refused.pending ?? entry }));
  await until(ben.client, room, (now) => textsOf(now).includes("before Emil came"));
});

test("a long quote is cut between characters, never inside one", async () => {
  const family = "👨‍👩‍👧‍👦";
  const long = await say(ben.client, room, family.repeat(200));
  await say(ben.client, room, "cut", long);
  const quote = quoteNow(ben.client, room, "cut");
  expect(quote).toMatchObject({ text: `${family.repeat(120)}…` });
});

test("an author changes their own words: everybody sees the new ones, marked, and nobody the old", async () => {
  const entry = await say(ben.client, room, "I hate it");
  await untilSaid(therapist.client, room, "I hate it");
  for (const text of ["I dislike it", "I am sad about it"]) {
    valueOf(await ben.client.actions.edit({ room, entry, text }));
  }
  const view = await until(
    therapist.client,
    room,
    (now) => messagesOf(now).find((line) => line.entry === entry)?.text === "I am sad about it",
  );
  expect(messageWith(view, "I am sad about it").editedAt).not.toBeNull();
  expect(JSON.stringify(view)).not.toContain("I hate it");
  expect(JSON.stringify(view)).not.toContain("dislike");
  // A browser that reads everything afresh agrees.
  const fresh = await signInMeddled(house, ben, () => undefined);
  const again = await untilSaid(fresh.client, room, "I am sad about it");
  expect(JSON.stringify(again)).not.toContain("I hate it");
  expect(textsOf(again)).toEqual(textsOf(roomNow(ben.client, room)));
});

test("changes made offline go out in their order after what was written before them", async () => {
  const entry = await say(ben.client, room, "draft of a thought");
  ben.device.cut();
  await seen(ben.client, "session", (session) => !session.online);
  valueOf(await ben.client.actions.send({ room, text: "written offline" }));
  valueOf(await ben.client.actions.edit({ room, entry, text: "a thought" }));
  const mine = await until(ben.client, room, (view) => textsOf(view).includes("a thought"));
  expect(messageWith(mine, "a thought").state.kind).toBe("waiting");
  await restartBen();
  await until(ben.client, room, (view) => textsOf(view).includes("a thought"));
  ben.device.mend();
  await until(ben.client, room, isAllSent);
  await until(therapist.client, room, (view) => textsOf(view).includes("a thought"));
  expect(textsOf(roomNow(therapist.client, room)).slice(-2)).toEqual(["a thought", "written offline"]);
});

test("only the author may change a message, and only for 15 minutes", async () => {
  const entry = await say(ben.client, room, "mine alone");
  await untilSaid(therapist.client, room, "mine alone");
  const theirs = await therapist.client.actions.edit({ room, entry, text: "not yours" });
  expect(refusalOf(theirs)).toBe("not-allowed");
  ben.device.shiftClock(16 * MINUTE_MS);
  expect(refusalOf(await ben.client.actions.edit({ room, entry, text: "late" }))).toBe("too-late");
  ben.device.shiftClock(-16 * MINUTE_MS);
  expect(refusalOf(await ben.client.actions.edit({ room, entry, text: " " }))).toBe("empty");
});

test("storms 70635 and 71478: a change that the log dates too late is left out by everybody, and its author is told and keeps the words", async () => {
  const entry = await say(ben.client, room, "on time");
  await untilSaid(therapist.client, room, "on time");
  shift += 16 * MINUTE_MS;
  valueOf(await ben.client.actions.edit({ room, entry, text: "too late by the log" }));
  const isTold = (view: RoomView) => statesOf(view).includes("refused");
  const told = messageWith(await until(ben.client, room, isTold), "too late by the log");
  expect(told).toMatchObject({
    state: { kind: "refused", refusal: "too-late" },
    wish: "change",
    editedAt: null,
  });
  // What comes after it tells that it has been read.
  valueOf(await ben.client.actions.send({ room, text: "after the late change" }));
  const theirs = textsOf(await untilSaid(therapist.client, room, "after the late change"));
  expect(theirs).toContain("on time");
  expect(theirs).not.toContain("too late by the log");
  await restartBen();
  const again = messageWith(await until(ben.client, room, isTold), "too late by the log");
  expect(again.state).toEqual({ kind: "refused", refusal: "too-late" });
  valueOf(await ben.client.actions.discard({ room, entry: again.pending ?? entry }));
  await until(ben.client, room, (now) => textsOf(now).includes("on time") && isAllSent(now));
  await restartBen();
  expect(textsOf(await untilSaid(ben.client, room, "on time"))).not.toContain("too late by the log");
});

test("words of a change that came too late leave the device with the message", async () => {
  const entry = await say(ben.client, room, "soon gone");
  const other = await signInMeddled(house, ben, () => undefined);
  await untilSaid(other.client, room, "soon gone");
  shift += 16 * MINUTE_MS;
  valueOf(await ben.client.actions.edit({ room, entry, text: "late, and soon gone" }));
  await until(ben.client, room, (view) => statesOf(view).includes("refused"));
  const waiting = () => [...ben.device.store.values.keys()].filter((key) => key.includes("/outbox/"));
  expect(waiting()).toHaveLength(1);
  valueOf(await other.client.actions.deleteForAll({ room, entry }));
  await until(ben.client, room, (view) => !textsOf(view).some((text) => text.endsWith("soon gone")));
  await expect.poll(waiting, { timeout: 20_000 }).toEqual([]);
});

test("a change that waited too long offline is refused with the reason, and its words are not lost", async () => {
  const entry = await say(ben.client, room, "short of time");
  ben.device.cut();
  await seen(ben.client, "session", (session) => !session.online);
  valueOf(await ben.client.actions.edit({ room, entry, text: "long thought about" }));
  // The log is half an hour ahead by now.
  ben.device.shiftClock(60 * MINUTE_MS);
  ben.device.mend();
  const view = await until(ben.client, room, (now) => statesOf(now).includes("refused"));
  const refused = messageWith(view, "long thought about");
  expect(refused.state).toEqual({ kind: "refused", refusal: "too-late" });
  valueOf(await ben.client.actions.discard({ room, entry: refused.pending ?? entry }));
  await until(ben.client, room, (now) => textsOf(now).includes("short of time") && isAllSent(now));
  ben.device.shiftClock(-60 * MINUTE_MS);
});

test("a draft and what it answers survive a reload and a lock", async () => {
  const entry = await say(therapist.client, room, "What would help?");
  await untilSaid(ben.client, room, "What would help?");
  await ben.client.actions.saveDraft({ room, text: "Maybe", to: entry });
  await restartBen();
  expect(roomNow(ben.client, room)).toMatchObject({ draft: "Maybe", draftQuote: { entry } });
  await ben.client.actions.lock();
  valueOf(await ben.client.actions.signIn(ben.way));
  await until(ben.client, room, (view) => view.draft === "Maybe");
  expect(roomNow(ben.client, room)).toMatchObject({ draft: "Maybe", draftQuote: { entry } });
  // Typing goes on without saying again what it answers; sending takes both away.
  await ben.client.actions.saveDraft({ room, text: "Maybe a walk" });
  await say(ben.client, room, "Maybe a walk", entry);
  expect(roomNow(ben.client, room)).toMatchObject({ draft: "", draftQuote: null });
  await restartBen();
  expect(roomNow(ben.client, room)).toMatchObject({ draft: "", draftQuote: null });
});

test("a held message can be taken back with its words and what it answers, and never reaches anybody", async () => {
  const entry = await say(therapist.client, room, "a question");
  await untilSaid(ben.client, room, "a question");
  const before = ben.device.asked.filter((asked) => asked.endsWith("/frames")).length;
  const held = valueOf(
    await ben.client.actions.send({ room, text: "said in anger", to: entry, mayUndo: true }),
  );
  const view = await until(ben.client, room, (now) => textsOf(now).includes("said in anger"));
  expect(messageWith(view, "said in anger").state.kind).toBe("held");
  expect(valueOf(await ben.client.actions.undo({ room, entry: held }))).toEqual({
    text: "said in anger",
    to: entry,
  });
  await until(ben.client, room, (now) => !textsOf(now).includes("said in anger"));
  await say(ben.client, room, "calm");
  expect(ben.device.asked.filter((asked) => asked.endsWith("/frames"))).toHaveLength(before + 1);
  await untilSaid(therapist.client, room, "calm");
  expect(textsOf(roomNow(therapist.client, room))).not.toContain("said in anger");
  expect([...ben.device.store.values.keys()].filter((key) => key.includes("/outbox/"))).toEqual([]);
});

test("what comes after a held message waits behind it, and both go out when it is let go", async () => {
  valueOf(await ben.client.actions.setUndoSeconds(30));
  const first = valueOf(await ben.client.actions.send({ room, text: "first, held", mayUndo: true }));
  valueOf(await ben.client.actions.send({ room, text: "second, behind it" }));
  const view = await until(ben.client, room, (now) => textsOf(now).includes("second, behind it"));
  expect(statesOf(view).slice(-2)).toEqual(["held", "waiting"]);
  valueOf(await ben.client.actions.sendNow({ room, entry: first }));
  await untilSaid(therapist.client, room, "second, behind it");
  expect(textsOf(roomNow(therapist.client, room)).slice(-2)).toEqual(["first, held", "second, behind it"]);
  expect(refusalOf(await ben.client.actions.undo({ room, entry: first }))).toBe("sent-already");
});

test("ending, or locking, while a message is held loses nothing: it goes out at the next opening", async () => {
  valueOf(await ben.client.actions.send({ room, text: "held over a restart", mayUndo: true }));
  await restartBen();
  await until(ben.client, room, (view) => textsOf(view).includes("held over a restart"));
  // As if the next opening came after the time to hold it.
  await ben.client.close();
  ben.device.shiftClock(MINUTE_MS);
  ben = { ...ben, client: await house.open(ben.device) };
  await untilSaid(therapist.client, room, "held over a restart");
  valueOf(await ben.client.actions.send({ room, text: "held over a lock", mayUndo: true }));
  await ben.client.actions.lock();
  ben.device.shiftClock(MINUTE_MS);
  valueOf(await ben.client.actions.signIn(ben.way));
  const view = await untilSaid(therapist.client, room, "held over a lock");
  expect(textsOf(view).slice(-2)).toEqual(["held over a restart", "held over a lock"]);
});

test("a message that one tab has taken back is not sent by another of the same device", async () => {
  const asked = makeGate();
  const other = await house.open(ben.device);
  ben.device.cut();
  const held = valueOf(await ben.client.actions.send({ room, text: "only in one tab", mayUndo: true }));
  await other.close();
  const second = await house.open(ben.device);
  await until(second, room, (view) => textsOf(view).includes("only in one tab"));
  valueOf(await ben.client.actions.undo({ room, entry: held }));
  ben.device.meddle(/\/log$/, async (ask) => {
    asked.open();
    return ask();
  });
  ben.device.mend();
  valueOf(await second.actions.sendNow({ room, entry: held }));
  await until(second, room, (view) => !textsOf(view).includes("only in one tab"));
  await asked.opened;
  ben.device.meddle(/\/log$/, null);
  await say(second, room, "the tab goes on");
  await untilSaid(therapist.client, room, "the tab goes on");
  expect(textsOf(roomNow(therapist.client, room))).not.toContain("only in one tab");
  await second.close();
});

test("the time to undo is a person's own choice, kept in their vault, and one of four", async () => {
  await seen(ben.client, "preferences", ({ undoSeconds }) => undoSeconds === 30);
  const elsewhere = await signInMeddled(house, ben, () => undefined);
  await seen(elsewhere.client, "preferences", ({ undoSeconds }) => undoSeconds === 30);
  expect(refusalOf(await ben.client.actions.setUndoSeconds(7))).toBe("malformed");
  valueOf(await ben.client.actions.setUndoSeconds(0));
  valueOf(await ben.client.actions.send({ room, text: "not held", mayUndo: true }));
  await untilSaid(therapist.client, room, "not held");
  expect(noticesOf(roomNow(therapist.client, room))).toEqual([]);
  await seen(therapist.client, "preferences", ({ undoSeconds }) => undoSeconds === 5);
});
