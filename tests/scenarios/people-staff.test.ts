import { PASSPHRASE_WORDS } from "@sotto/content/passphrase-words";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  invite,
  inviteAndJoin,
  makeWords,
  now,
  openHouse,
  openPractice,
  record,
  refusalOf,
  roomNow,
  roomWhere,
  seen,
  untilSaid,
  valueOf,
  type FamilyMember,
  type House,
  type Someone,
} from "../support/clients.ts";
import { familyWhere, hire, practiceNow, privateRoomWith, untilRooms } from "../support/staff.ts";
import type { Professional } from "../support/staff.ts";
import type { FamilyId } from "@sotto/domain";

let house: House;
let ada: Someone;
let cal: Professional;
let pia: Professional;
let family: FamilyId;
let ana: FamilyMember;
let tom: FamilyMember;

beforeAll(async () => {
  house = await openHouse();
  ada = await openPractice(house);
  cal = await hire(house, ada, { name: "Cal" });
  // Ada invites her and lets her in: whoever a colleague lets in does not know the colleague yet.
  cal.device.cut();
  await seen(cal.client, "session", ({ online }) => !online);
  pia = await hire(house, ada, { name: "Pia", role: "privacy-officer" });
  cal.device.mend();
  family = valueOf(await ada.client.actions.createFamily({ name: "Rivera" }));
  ana = await inviteAndJoin(house, ada, family, { name: "Ana" });
  tom = await inviteAndJoin(house, ada, family, { name: "Tom", role: "teen" });
  await untilRooms(ada, [
    "practice: Ada Cal Pia",
    "team: Ada",
    "family: Ada Ana Tom",
    "private: Ada Ana",
    "private: Ada Tom",
  ]);
}, 180_000);

afterAll(() => house.close());

test("whoever was let in knows the practice as whoever let them in, however late they came", async () => {
  const known = (who: Someone) =>
    practiceNow(who)
      .people.map(
        ({ staff, isMe, verified }) => `${staff.name}, ${staff.role}, ${isMe ? "me" : String(verified)}`,
      )
      .toSorted();
  for (const { client } of [ada, pia]) {
    await seen(
      client,
      "practice",
      (view) =>
        view?.people.length === 3 &&
        view.people.every(({ isMe, verified }) => isMe || (verified !== "unknown" && verified !== null)),
    );
  }
  expect(known(ada)).toEqual([
    "Ada, therapist, me",
    "Cal, therapist, invitation",
    "Pia, privacy-officer, invitation",
  ]);
  expect(known(pia)).toEqual([
    "Ada, therapist, invitation",
    "Cal, therapist, introduced",
    "Pia, privacy-officer, me",
  ]);
});

test("staff who are in no room of a family learn nothing of it, by no view and no request", async () => {
  for (const who of [cal, pia]) {
    await untilRooms(who, ["practice: Ada Cal Pia"]);
    expect(now(who.client, "families")).toEqual([]);
    let structure: unknown = "not shown";
    who.client.watchFamily(family, (view) => {
      structure = view;
    })();
    expect(structure).toBeNull();
    for (const line of now(ada.client, "rooms").filter(({ kind }) => kind !== "practice")) {
      expect(roomNow(who.client, line.room)).toBeNull();
      expect(refusalOf(await who.client.actions.send({ room: line.room, text: "?" }))).toBe("not-here");
    }
  }
  // The device asked for nothing but what its own record names.
  expect(cal.device.asked.filter((path) => path.includes("/invitations"))).not.toContain("/v1/invitations");
});

test("nobody of a family learns that the staff has rooms, or who is of it", async () => {
  for (const member of [ana, tom]) {
    await untilRooms(member, ["family: Ada Ana Tom", `private: Ada ${member.name}`]);
    expect(now(member.client, "practice")).toBeNull();
    const practice = now(ada.client, "rooms").find(({ kind }) => kind === "practice");
    if (practice === undefined) throw new Error("the practice has a room");
    expect(roomNow(member.client, practice.room)).toBeNull();
    const staff = { person: cal.person, name: "Eve", role: "therapist" } as const;
    expect(refusalOf(await member.client.actions.inviteStaff({ staff, days: 7 }))).toBe("not-allowed");
    expect(refusalOf(await member.client.actions.leavePractice())).not.toBeNull();
  }
});

test("an invitation of a colleague works once; one that was taken back lets nobody in", async () => {
  const person = crypto.randomUUID() as string as Professional["person"];
  const staff = { person, name: "Dee", role: "staff" } as const;
  const { link } = valueOf(await cal.client.actions.inviteStaff({ staff, days: 7 }));
  await seen(ada.client, "practice", (view) => view?.people.some((one) => one.staff.name === "Dee") === true);
  valueOf(await ada.client.actions.revokeStaffInvitation({ person }));
  const device = house.newDevice();
  const client = await house.open(device);
  const way = { kind: "passphrase", ...client.actions.makePassphrase(PASSPHRASE_WORDS) } as const;
  const late = await client.actions.join({ fragment: new URL(link).hash, factor: way });
  expect(refusalOf(late)).toBe("invitation-revoked");
  await seen(
    cal.client,
    "practice",
    (view) => view?.people.every((one) => one.staff.name !== "Dee") === true,
  );
});

test("other staff are let in and run nothing", async () => {
  const rob = await hire(house, ada, { name: "Rob", role: "staff" });
  const practice = practiceNow(rob);
  expect([practice.myRole, practice.mayInvite]).toEqual(["staff", false]);
  const staff = { person: cal.person, name: "Eve", role: "therapist" } as const;
  expect(refusalOf(await rob.client.actions.inviteStaff({ staff, days: 7 }))).toBe("not-a-keeper");
  expect(refusalOf(await rob.client.actions.createFamily({ name: "Mine" }))).toBe("not-allowed");
  expect(refusalOf(await pia.client.actions.createFamily({ name: "Mine" }))).toBe("not-allowed");
  valueOf(await pia.client.actions.endStaff({ person: rob.person, evenSo: false }));
  await seen(rob.client, "session", (session) => session.state === "locked");
  await untilRooms(ada, [
    "practice: Ada Cal Pia",
    "team: Ada",
    "family: Ada Ana Tom",
    "private: Ada Ana",
    "private: Ada Tom",
  ]);
  expect(refusalOf(await rob.client.actions.signIn(rob.way))).toBe("sign-in-failed");
});

test("a colleague joins a family: its screen is whole for them, everybody sees who came, and nothing of before is shown", async () => {
  const { room } = await privateRoomWith(ada, "Tom");
  valueOf(await tom.client.actions.send({ room, text: "before Cal" }));
  const asked = await ada.client.actions.addColleague({ family, colleague: cal.person, rooms: [] });
  valueOf(asked);
  await untilRooms(cal, ["practice: Ada Cal Pia", "team: Ada Cal", "family: Ada Ana Cal Tom"]);
  const view = await familyWhere(cal, family, (seenNow) => seenNow.people.length === 2);
  const mine = await familyWhere(ada, family, () => true);
  expect([view.name, view.people]).toEqual([mine.name, mine.people]);
  const shared = await seen(ana.client, "rooms", (lines) =>
    lines.some((line) => line.kind === "family" && line.readers.some(({ name }) => name === "Cal")),
  );
  const familyRoom = shared.find(({ kind }) => kind === "family");
  const said = familyRoom === undefined ? null : roomNow(ana.client, familyRoom.room);
  expect(said?.entries.filter(({ kind }) => kind === "audience").at(-1)).toMatchObject({
    change: "added",
    names: ["Cal"],
  });
  // The private rooms are their people's until each is chosen.
  expect(roomNow(cal.client, room)).toBeNull();
  valueOf(await ada.client.actions.addColleague({ family, colleague: cal.person, rooms: [room] }));
  const opened = await privateRoomWith(cal, "Tom");
  expect(JSON.stringify(roomNow(cal.client, opened.room))).not.toContain("before Cal");
});

test("whoever joins later meets both therapists, also when the one who was added second lets them in", async () => {
  ada.device.cut();
  await seen(ada.client, "session", ({ online }) => !online);
  const zoe = await inviteAndJoin(house, cal, family, { name: "Zoe", role: "child" });
  await untilRooms(zoe, ["family: Ada Ana Cal Tom Zoe", "private: Ada Cal Zoe"]);
  ada.device.mend();
  const { readers } = await privateRoomWith(ada, "Zoe");
  expect(readers.map(({ name }) => name).toSorted()).toEqual(["Ada", "Cal", "Zoe"]);
});

test("two therapists' clients that let people in at once make no room twice and come to rest", async () => {
  const before = now(ada.client, "rooms").length;
  await Promise.all([
    inviteAndJoin(house, ada, family, { name: "Ben" }),
    inviteAndJoin(house, cal, family, { name: "Mia", role: "teen" }),
  ]);
  const wanted = (lines: readonly { readonly kind: string }[]) =>
    lines.filter(({ kind }) => kind === "private").length === 5;
  const rooms = await seen(ada.client, "rooms", wanted);
  expect(rooms).toHaveLength(before + 2);
  // Cal keeps all but Ana's private room, and asks for that one no second time.
  await privateRoomWith(cal, "Ben");
  await privateRoomWith(cal, "Mia");
  const triedFor = (who: Someone) =>
    who.device.asked.filter((path) => path.endsWith("/events") && path.startsWith("POST"));
  const { room } = await privateRoomWith(ada, "Ana");
  expect(triedFor(cal).filter((path) => path.includes(room)).length).toBeLessThanOrEqual(1);
});

test("who was invited by one therapist and let in by another is told who is who once their own has said something", async () => {
  const person = await record(ada, family, { name: "Liv", role: "child" });
  const fragment = await invite(ada, family, person);
  await familyWhere(cal, family, ({ people }) =>
    people.some((one) => one.person.person === person && one.invitation !== null),
  );
  ada.device.cut();
  await seen(ada.client, "session", ({ online }) => !online);
  const client = await house.open(house.newDevice());
  valueOf(await client.actions.join({ fragment, factor: makeWords(client) }));
  const { room } = await roomWhere(client, ({ kind }) => kind === "family");
  const strangers = (): readonly string[] =>
    (roomNow(client, room)?.strangers ?? []).map(({ name }) => name).toSorted();
  // Ada made the link, and has not said who else belongs here.
  expect(strangers()).toContain("Cal");
  expect(strangers()).not.toContain("Ada");
  valueOf(await cal.client.actions.send({ room, text: "welcome, says Cal" }));
  await untilSaid(client, room, "welcome, says Cal");
  expect(strangers()).toContain("Cal");
  ada.device.mend();
  await untilSaid(ada.client, room, "welcome, says Cal");
  valueOf(await ada.client.actions.send({ room, text: "welcome, says Ada" }));
  const view = await untilSaid(client, room, "welcome, says Ada");
  expect(view.strangers).toEqual([]);
  const { room: own } = await roomWhere(client, ({ kind }) => kind === "private");
  expect(roomNow(client, own)?.strangers).toEqual([]);
});
