import { createClient } from "@sotto/client";
import type { FamilyId, RoomId } from "@sotto/domain";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  anotherDevice,
  bringIn,
  inviteAndJoin,
  isAllSent,
  makeGate,
  noticesOf,
  now,
  openHouse,
  openPractice,
  record,
  refusalOf,
  roomNow,
  roomWhere,
  seen,
  signInElsewhere,
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
import { reconnect } from "../support/meddling.ts";
import { familyWhere, hire, practiceNow, privateRoomWith, untilRooms } from "../support/staff.ts";
import type { Professional } from "../support/staff.ts";

let house: House;
let ada: Someone;
let cal: Professional;
let family: FamilyId;
let ana: FamilyMember;
let ben: FamilyMember;
let tom: FamilyMember;
let shared: RoomId;
let heldBack: string | null = null;

beforeAll(async () => {
  house = await openHouse();
  ada = await openPractice(house);
  cal = await hire(house, ada, { name: "Cal" });
  family = valueOf(await ada.client.actions.createFamily({ name: "Rivera" }));
  ana = await inviteAndJoin(house, ada, family, { name: "Ana" });
  ben = await inviteAndJoin(house, ada, family, { name: "Ben" });
  tom = await inviteAndJoin(house, ada, family, { name: "Tom", role: "teen" });
  ({ room: shared } = await roomWhere(tom.client, ({ kind }) => kind === "family"));
  await untilRooms(ada, [
    "practice: Ada Cal",
    "team: Ada",
    "family: Ada Ana Ben Tom",
    "private: Ada Ana",
    "private: Ada Ben",
    "private: Ada Tom",
  ]);
}, 180_000);

afterAll(() => house.close());

const accountOf = (who: Someone) => {
  const { account } = now(who.client, "session");
  if (account === null) throw new Error("nobody is in");
  return account;
};

test("a family is closed: everybody reads, nobody writes, and each room says so; a client that tries is refused", async () => {
  await untilSaidBy(ana, "before it closed");
  heldBack = await holdBack("held back by the server");
  const person = await record(ada, family, { name: "Zoe" });
  const { link } = valueOf(await ada.client.actions.invite({ family, person, days: 7 }));
  tom.device.cut();
  await seen(tom.client, "session", ({ online }) => !online);
  valueOf(await tom.client.actions.send({ room: shared, text: "written on the train" }));
  valueOf(await ada.client.actions.closeFamily({ family }));
  await seen(ada.client, "rooms", (lines) =>
    lines.every(({ closed, kind }) => closed === (kind !== "team" && kind !== "practice")),
  );
  for (const who of [ana, ben, ada]) {
    const view = await until(who.client, shared, ({ closed }) => closed);
    expect([view.mayWrite, view.readOnly, textsOf(view)]).toEqual([false, "closed", ["before it closed"]]);
    expect(view.entries.at(-1)).toMatchObject({ kind: "audience", change: "closed" });
    const tried = await who.client.actions.send({ room: shared, text: "after" });
    expect(refusalOf(tried)).toBe("room-closed");
  }
  // What was written without a network stays with its author, with the reason.
  tom.device.mend();
  const late = await until(tom.client, shared, (view) => view.closed && statesOf(view).includes("refused"));
  const refused = late.entries.at(-1);
  if (refused?.kind !== "message") throw new Error("what was not sent stands at the end");
  expect(refused.state).toEqual({ kind: "refused", refusal: "room-closed" });
  valueOf(await tom.client.actions.discard({ room: shared, entry: refused.entry }));
  expect(now(ada.client, "families")).toMatchObject([{ family, closed: true }]);
  // Nobody comes in: the open invitation is worth nothing, and no other is made.
  const stranger = await house.open(house.newDevice());
  expect(refusalOf(await stranger.actions.seeInvitation(new URL(link).hash))).toBe("invitation-revoked");
  expect(refusalOf(await ada.client.actions.invite({ family, person, days: 7 }))).toBe("room-closed");
  expect(refusalOf(await ben.client.actions.leaveFamily({ family }))).toBe("room-closed");
  valueOf(await ada.client.actions.recordLeft({ family, person }));
});

test("a server that puts a frame into a closed room all the same is believed by nobody", async () => {
  const looking = new pg.Client({ connectionString: house.database.adminUrl });
  await looking.connect();
  const bytes = Buffer.from(heldBack ?? "", "base64url");
  // docs/formats/frame.md: the entry's id and its author.
  const [id, author] = [bytes.subarray(46, 62), bytes.subarray(62, 78).toString("hex")];
  await looking.query(
    `with moved as (update room set next_seq = next_seq + 1 where room_id = $1 returning practice_id, next_seq - 1 as seq)
     insert into room_item select practice_id, $1, seq, 'frame', $2, $3::uuid, $4, 0 from moved`,
    [shared, id, author, bytes],
  );
  await looking.end();
  for (const who of [ana, ada]) {
    await reconnect(who);
    const view = await until(who.client, shared, (seenNow) => noticesOf(seenNow).length === 1);
    expect([noticesOf(view), textsOf(view)]).toEqual([["unreadable"], ["before it closed"]]);
  }
});

/** A message of Ana's that the server got and kept to itself, as bytes. */
async function holdBack(text: string): Promise<string> {
  const { ports } = anotherDevice(house, ana);
  const held = makeGate();
  let bytes = "";
  const client = createClient({
    ...ports,
    fetch: async (url, init) => {
      if (!url.endsWith("/frames")) return ports.fetch(url, init);
      // The contract's shape, as this client has just made it.
      const body = typeof init.body === "string" ? init.body : "";
      bytes = (JSON.parse(body) as { bytes: string }).bytes;
      held.open();
      return new Response(null, { status: 503 });
    },
  });
  await client.start();
  valueOf(await client.actions.signIn(ana.way));
  await roomWhere(client, ({ room }) => room === shared);
  valueOf(await client.actions.send({ room: shared, text }));
  await held.opened;
  await client.close();
  return bytes;
}

test("the therapist opens the family again, with a line that says so", async () => {
  valueOf(await ada.client.actions.reopenFamily({ family }));
  for (const who of [ana, ben, tom, ada]) {
    const view = await until(who.client, shared, ({ closed }) => !closed);
    expect([view.mayWrite, view.readOnly]).toEqual([true, null]);
    const lines = view.entries.filter(({ kind }) => kind === "audience");
    expect(lines.slice(-2).map((line) => "change" in line && line.change)).toEqual(["closed", "reopened"]);
  }
  await untilSaidBy(ana, "open again");
});

async function untilSaidBy(who: Someone, text: string): Promise<void> {
  valueOf(await who.client.actions.send({ room: shared, text }));
  for (const reader of [ada, ana, ben, tom]) {
    if (now(reader.client, "session").online) await untilSaid(reader.client, shared, text);
  }
}

test("an adult leaves: from the moment they ask they write no more, then they are in no room; what they wrote stays", async () => {
  await untilSaidBy(ben, "what Ben said");
  const { room: own } = await privateRoomWith(ada, "Ben");
  ada.device.cut();
  await seen(ada.client, "session", ({ online }) => !online);
  expect(refusalOf(await tom.client.actions.leaveFamily({ family }))).toBe("not-allowed");
  valueOf(await ben.client.actions.leaveFamily({ family }));
  for (const room of [shared, own]) {
    const view = await until(ben.client, room, ({ readOnly }) => readOnly === "leaving");
    expect(view.mayWrite).toBe(false);
    expect(refusalOf(await ben.client.actions.send({ room, text: "one more" }))).toBe("not-allowed");
  }
  valueOf(await ben.client.actions.leaveFamily({ family }));
  // Another browser of theirs knows it too.
  const elsewhere = await signInElsewhere(house, ben);
  await until(elsewhere.client, shared, ({ readOnly }) => readOnly === "leaving");
  ada.device.mend();
  for (const room of [shared, own]) {
    await untilGone(ben.client, room);
    await untilGone(elsewhere.client, room);
  }
  await untilRooms(ada, [
    "practice: Ada Cal",
    "team: Ada",
    "family: Ada Ana Tom",
    "private: Ada Ana",
    "private: Ada Tom",
    "closed private: Ada",
  ]);
  expect(textsOf(roomNow(ana.client, shared))).toContain("what Ben said");
  const view = await familyWhere(ada, family, ({ left }) => left.includes("Ben"));
  expect(view.people.map(({ person }) => person.name).toSorted()).toEqual(["Ana", "Tom"]);
  // They keep their account, and see that they are in no room.
  await elsewhere.client.actions.lock();
  valueOf(await elsewhere.client.actions.signIn(ben.way));
  await seen(elsewhere.client, "session", ({ online }) => online);
  expect([now(elsewhere.client, "rooms"), now(elsewhere.client, "session").hasBeenInRooms]).toEqual([
    [],
    true,
  ]);
  await untilSaidByOthers("without Ben");
});

async function untilSaidByOthers(text: string): Promise<void> {
  valueOf(await ana.client.actions.send({ room: shared, text }));
  for (const reader of [ada, tom]) await untilSaid(reader.client, shared, text);
}

test("a therapist gives a family over: the successor keeps all of it, then takes the leaver out; nothing is left without a keeper", async () => {
  expect(refusalOf(await ada.client.actions.leavePractice())).toBe("still-in-rooms");
  const [before] = practiceNow(ada).handOver;
  // Her team room, the family's, and three private ones.
  expect(before).toMatchObject({ family, others: [], isUnderWay: false, keptAlone: 5 });
  valueOf(await ada.client.actions.handOver({ family, successor: cal.person }));
  await untilRooms(ada, ["practice: Ada Cal"]);
  await untilRooms(cal, [
    "practice: Ada Cal",
    "team: Cal",
    "family: Ana Cal Tom",
    "private: Ana Cal",
    "private: Cal Tom",
    "closed private: Cal",
  ]);
  const whole = await familyWhere(cal, family, ({ people }) => people.length === 2);
  expect([whole.name, whole.left.toSorted(), whole.outOfReach]).toEqual(["Rivera", ["Ben", "Zoe"], []]);
  // The family sees both changes, and is read by the leaver no more.
  const lines = (await until(ana.client, shared, (view) => view.readers.length === 3)).entries;
  const changes = lines.flatMap((line) =>
    line.kind === "audience" ? [`${line.change} ${line.names.join()}`] : [],
  );
  expect(changes.slice(-2)).toEqual(["added Cal", "removed Ada"]);
  valueOf(await ana.client.actions.send({ room: shared, text: "to Cal" }));
  await untilSaid(cal.client, shared, "to Cal");
  expect(roomNow(ada.client, shared)).toBeNull();
  // Cal brings people in as Ada did.
  const person = await record(cal, family, { name: "Mia", role: "teen" });
  const mia = await bringIn(house, cal, { family, person, name: "Mia" });
  await untilRooms(mia, ["family: Ana Cal Mia Tom", "private: Cal Mia"]);
});

test("with nothing left in their hands the therapist leaves; a colleague ends the account", async () => {
  expect(refusalOf(await cal.client.actions.endStaff({ person: cal.person, evenSo: true }))).toBe(
    "not-allowed",
  );
  valueOf(await ada.client.actions.leavePractice());
  const practice = await seen(
    cal.client,
    "practice",
    (view) => view?.people.some(({ isLeaving, staff }) => isLeaving && staff.name === "Ada") === true,
  );
  const leaver = practice?.people.find(({ staff }) => staff.name === "Ada");
  if (leaver === undefined) throw new Error("Ada is of the practice");
  valueOf(await cal.client.actions.endStaff({ person: leaver.staff.person, evenSo: false }));
  await seen(ada.client, "session", ({ state }) => state === "locked");
  expect(refusalOf(await ada.client.actions.signIn(ada.way))).toBe("sign-in-failed");
  await seen(cal.client, "practice", (view) => view?.people.length === 1);
  await roomWhere(cal.client, (line) => line.kind === "practice" && line.readers.length === 1);
  // Whoever is alone stays until there is somebody to stay after them.
  expect(refusalOf(await cal.client.actions.leavePractice())).toBe("nobody-else");
});

test("a colleague who cannot be reached is taken out by another keeper; the screen names the rooms that are out of reach", async () => {
  const dee = await hire(house, cal, { name: "Dee" });
  // She comes into a closed family: before she has been told that it is closed, her client opens nothing.
  valueOf(await cal.client.actions.closeFamily({ family }));
  valueOf(await cal.client.actions.addColleague({ family, colleague: dee.person, rooms: [] }));
  await familyWhere(dee, family, ({ closed }) => closed);
  await untilRooms(dee, ["practice: Cal Dee", "team: Cal Dee", "closed family: Ana Cal Dee Mia Tom"]);
  const heard = await until(ana.client, shared, ({ readers }) => readers.some(({ name }) => name === "Dee"));
  const lines = heard.entries.flatMap((line) => (line.kind === "audience" ? [line.change] : []));
  expect(lines.slice(-2)).toEqual(["closed", "added"]);
  valueOf(await dee.client.actions.reopenFamily({ family }));
  await untilRooms(dee, ["practice: Cal Dee", "team: Cal Dee", "family: Ana Cal Dee Mia Tom"]);
  const screen = await familyWhere(dee, family, ({ outOfReach }) => outOfReach.length === 3);
  expect(screen.outOfReach.map(({ kind, names }) => `${kind} ${names.join()}`).toSorted()).toEqual([
    "private Ana",
    "private Mia",
    "private Tom",
  ]);
  const account = accountOf(cal);
  cal.device.cut();
  valueOf(await dee.client.actions.removeColleague({ family, account }));
  await untilRooms(dee, ["practice: Cal Dee", "team: Dee", "family: Ana Dee Mia Tom"]);
  const practice = practiceNow(dee).people.find(({ staff }) => staff.name === "Cal");
  if (practice === undefined) throw new Error("Cal is of the practice");
  const end = (evenSo: boolean) => dee.client.actions.endStaff({ person: practice.staff.person, evenSo });
  // Three private rooms have nobody but Cal: the account is ended only when that is said.
  expect(refusalOf(await end(false))).toBe("still-in-rooms");
  valueOf(await end(true));
  cal.device.mend();
  await seen(cal.client, "session", ({ state }) => state === "locked");
  expect(isAllSent(await until(ana.client, shared, (view) => view.readers.length === 4))).toBe(true);
});
