/** How long a family's rooms are kept: the practice's rule, holds, coming of age, and that it takes two people to end them. */
import { ruleOf, RETENTION_PLACES } from "@sotto/content/retention-places";
import type { FamilyId, RetentionRule } from "@sotto/domain";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  inviteAndJoin,
  now,
  openHouse,
  openPractice,
  refusalOf,
  roomWhere,
  seen,
  valueOf,
  type FamilyMember,
  type House,
  type Someone,
} from "../support/clients.ts";
import { familyWhere, hire, practiceNow, untilRooms } from "../support/staff.ts";
import type { Professional } from "../support/staff.ts";

const DAY = 86_400_000;

let ahead = 0;
let house: House;
let ada: Someone;
let cal: Professional;
let pia: Professional;
let sam: Professional;
let family: FamilyId;
let ana: FamilyMember;
let tom: FamilyMember;

const rule: RetentionRule = {
  place: "",
  title: "Our own",
  citation: "",
  verified: false,
  asOf: "",
  familyMonths: 12,
  recordMonths: 84,
  minorMonths: 36,
  maximumMonths: null,
};

/** The server's clock and that of these people go on; after so long everybody signs in again. */
async function wait(days: number, who: readonly Someone[] = [ada, cal, pia, sam]): Promise<void> {
  for (const { client } of who) await client.actions.lock();
  ahead += days * DAY;
  for (const { client, device, way } of who) {
    device.shiftClock(days * DAY);
    valueOf(await client.actions.signIn(way));
    await seen(client, "session", ({ inStep }) => inStep);
  }
}

const retentionOf = async (who: Someone, of = family) => (await familyWhere(who, of, () => true)).retention;
const obstaclesOf = async (who: Someone) => (await retentionOf(who)).family.obstacles.map(({ kind }) => kind);
const practiceOf = (who: Someone) => practiceNow(who).retention;

beforeAll(async () => {
  house = await openHouse({ now: () => Date.now() + ahead });
  ada = await openPractice(house);
  cal = await hire(house, ada, { name: "Cal" });
  pia = await hire(house, ada, { name: "Pia", role: "privacy-officer" });
  sam = await hire(house, ada, { name: "Sam", role: "staff" });
  family = valueOf(await ada.client.actions.createFamily({ name: "Rivera" }));
  ana = await inviteAndJoin(house, ada, family, { name: "Ana" });
  tom = await inviteAndJoin(house, ada, family, { name: "Tom", role: "teen" });
  await untilRooms(ada, [
    "practice: Ada Cal Pia Sam",
    "team: Ada",
    "family: Ada Ana Tom",
    "private: Ada Ana",
    "private: Ada Tom",
  ]);
}, 180_000);

afterAll(() => house.close());

test("whoever runs the practice sets its rule, everybody of the staff sees it, and one that contradicts itself is refused", async () => {
  const california = RETENTION_PLACES.find(({ id }) => id === "us-ca");
  if (california === undefined) throw new Error("a place that is shipped");
  valueOf(await pia.client.actions.setRetentionRule(ruleOf(california)));
  await seen(sam.client, "practice", (view) => view?.retention.rule?.place === "us-ca");
  expect(refusalOf(await sam.client.actions.setRetentionRule(rule))).toBe("not-a-keeper");
  const shorter = { ...rule, recordMonths: 11 };
  expect(refusalOf(await ada.client.actions.setRetentionRule(shorter))).toBe("rule-unusable");
  const long = { ...rule, citation: "x".repeat(401) };
  expect(refusalOf(await ada.client.actions.setRetentionRule(long))).toBe("too-long");
  valueOf(await ada.client.actions.setRetentionRule(rule));
  await seen(pia.client, "practice", (view) => view?.retention.rule?.title === "Our own");
});

test("an open family, one of somebody whose age nobody knows, and one that is not due cannot be proposed", async () => {
  const propose = () => ada.client.actions.proposeDisposal({ family, withRecord: false });
  expect(await obstaclesOf(ada)).toEqual(["open", "minor-unknown"]);
  expect(refusalOf(await propose())).toBe("in-the-way");
  valueOf(await ada.client.actions.closeFamily({ family }));
  expect(await obstaclesOf(ada)).toEqual(["minor-unknown", "not-due"]);
  const nextYear = new Date(Date.now() + ahead).getUTCFullYear() + 1;
  const wish = { family, month: { year: nextYear, month: 13 } };
  expect(refusalOf(await ada.client.actions.setComesOfAge(wish))).toBe("malformed");
  valueOf(await ada.client.actions.setComesOfAge({ family, month: { year: nextYear, month: 3 } }));
  expect(await obstaclesOf(ada)).toEqual(["minor", "not-due"]);
  const { dueAt } = (await retentionOf(ada)).family;
  // Three years after the month in which they come of age, which is later than a year after the end.
  expect(dueAt).toBe(Date.UTC(nextYear + 3, 3, 1));
  await wait(400);
  expect(await obstaclesOf(ada)).toEqual(["minor"]);
  expect(refusalOf(await propose())).toBe("in-the-way");
});

test("a hold keeps what is due, with its reason, until it is lifted", async () => {
  await wait(4 * 366);
  expect(await obstaclesOf(ada)).toEqual([]);
  valueOf(await ada.client.actions.setHold({ family, reason: "court" }));
  expect((await retentionOf(ada)).family.obstacles).toEqual([{ kind: "held", reason: "court" }]);
  expect(refusalOf(await ada.client.actions.proposeDisposal({ family, withRecord: false }))).toBe(
    "in-the-way",
  );
  valueOf(await ada.client.actions.setHold({ family, reason: null }));
  expect(await obstaclesOf(ada)).toEqual([]);
});

test("a device whose clock runs years ahead cannot ask for what is not due", async () => {
  ada.device.shiftClock(10 * 366 * DAY);
  const early = await ada.client.actions.proposeDisposal({ family, withRecord: true });
  ada.device.shiftClock(-10 * 366 * DAY);
  expect(refusalOf(early)).toBe("in-the-way");
  expect(practiceOf(ada).open).toEqual([]);
});

test("the record is kept for longer than the rooms with the family", async () => {
  const { record } = await retentionOf(ada);
  expect(record.obstacles.map(({ kind }) => kind)).toEqual(["not-due"]);
  expect(refusalOf(await ada.client.actions.proposeDisposal({ family, withRecord: true }))).toBe(
    "in-the-way",
  );
});

test("a therapist of the family proposes; whoever runs the practice without it sees the checks and no name", async () => {
  expect(refusalOf(await cal.client.actions.proposeDisposal({ family, withRecord: false }))).toBe("not-here");
  valueOf(await ada.client.actions.proposeDisposal({ family, withRecord: false }));
  expect(refusalOf(await ada.client.actions.proposeDisposal({ family, withRecord: false }))).toBe(
    "proposed-already",
  );
  await seen(pia.client, "practice", (view) => view?.retention.open.length === 1);
  const [shown] = practiceOf(pia).open;
  expect(shown).toMatchObject({
    familyName: null,
    rooms: 3,
    withRecord: false,
    rule,
    proposed: { name: "Ada", isMe: false },
    confirmed: null,
    step: { kind: "may-confirm" },
  });
  expect(JSON.stringify(practiceOf(pia))).not.toMatch(/Rivera|Ana|Tom/);
  expect(practiceOf(pia).due).toEqual([]);
  expect(practiceOf(ada).open[0]).toMatchObject({ familyName: "Rivera", step: { kind: "needs-another" } });
  expect(practiceOf(ada).due).toMatchObject([{ name: "Rivera", standing: { obstacles: [] } }]);
});

test("whoever proposed it, and whoever does not run the practice, cannot confirm it", async () => {
  const [shown] = practiceOf(ada).open;
  if (shown === undefined) throw new Error("proposed before");
  const { disposal } = shown;
  await wait(30);
  expect(refusalOf(await ada.client.actions.confirmDisposal({ disposal }))).toBe("needs-another");
  await seen(sam.client, "practice", (view) => view?.retention.open.length === 1);
  expect(refusalOf(await sam.client.actions.confirmDisposal({ disposal }))).toBe("not-a-keeper");
  expect(practiceOf(ada).open[0]?.step).toEqual({ kind: "needs-another" });
});

test("a hold withdraws what was proposed, and lifting it does not bring it back", async () => {
  const disposal = practiceOf(ada).open[0]?.disposal;
  if (disposal === undefined) throw new Error("proposed before");
  valueOf(await ada.client.actions.setHold({ family, reason: "complaint" }));
  await seen(pia.client, "practice", (view) => view?.retention.open.length === 0);
  expect(refusalOf(await pia.client.actions.confirmDisposal({ disposal }))).toBe("not-here");
  valueOf(await ada.client.actions.setHold({ family, reason: null }));
  expect(practiceOf(ada).open).toEqual([]);
  expect((await retentionOf(ada)).disposal).toBeNull();
});

test("whoever comes into the team or the practice later is told how it stands", async () => {
  valueOf(await ada.client.actions.proposeDisposal({ family, withRecord: false }));
  valueOf(await ada.client.actions.addColleague({ family, colleague: cal.person, rooms: [] }));
  const told = await familyWhere(cal, family, (view) => view.retention.kept.closedAt !== null);
  expect(told.retention.kept).toEqual((await retentionOf(ada)).kept);
  expect(told.retention.family).toEqual((await retentionOf(ada)).family);
  const eva = await hire(house, ada, { name: "Eva", role: "privacy-officer" });
  eva.device.shiftClock(ahead);
  await seen(eva.client, "practice", (view) => view?.retention.open.length === 1);
  expect(practiceOf(eva).rule).toEqual(rule);
  expect(practiceOf(eva).open[0]).toMatchObject({ proposed: { name: "Ada" }, step: { kind: "may-confirm" } });
});

test("opening the family again withdraws what was proposed", async () => {
  valueOf(await ada.client.actions.reopenFamily({ family }));
  await seen(pia.client, "practice", (view) => view?.retention.open.length === 0);
  expect(await obstaclesOf(ada)).toEqual(["open"]);
  valueOf(await ada.client.actions.closeFamily({ family }));
});

test("two people agree, and the rooms with the family end, on every device and on the server; the record goes on", async () => {
  await wait(400);
  for (const who of [ana, tom]) {
    who.device.shiftClock(ahead);
    valueOf(await who.client.actions.signIn(who.way));
    await seen(who.client, "rooms", (lines) => lines.length === 2);
  }
  // A crash between the end of a room and the certificate: what is written into the practice's room does not arrive.
  const practice = await roomWhere(ada.client, ({ kind }) => kind === "practice");
  const disposal = valueOf(await ada.client.actions.proposeDisposal({ family, withRecord: false }));
  await seen(cal.client, "practice", (view) => view?.retention.open.length === 1);
  const writing = new RegExp(`${practice.room}/frames`);
  ada.device.meddle(writing, () => Promise.reject(new TypeError("the network is gone")));
  await seen(pia.client, "practice", (view) => view?.retention.open[0]?.step.kind === "may-confirm");
  valueOf(await pia.client.actions.confirmDisposal({ disposal }));
  for (const who of [ana, tom]) {
    await seen(who.client, "rooms", (lines) => lines.length === 0);
    await seen(who.client, "ended", (lines) => lines.length === 2);
  }
  ada.device.meddle(writing, null);
  await ada.client.close();
  const client = await house.open(ada.device);
  valueOf(await client.actions.signIn(ada.way));
  ada = { ...ada, client };
  await seen(pia.client, "practice", (view) => view?.retention.open.length === 0);
  const [certificate] = practiceOf(pia).ended;
  expect(certificate).toMatchObject({
    disposal,
    familyName: null,
    rooms: 3,
    withRecord: false,
    rule,
    proposed: { name: "Ada" },
    confirmed: { name: "Pia" },
    step: { kind: "over" },
  });
  expect(certificate?.ended).toHaveLength(3);
  await untilRooms(cal, ["practice: Ada Cal Eva Pia Sam", "team: Ada Cal"]);
  await untilRooms(ada, ["practice: Ada Cal Eva Pia Sam", "team: Ada Cal"]);
  expect((await retentionOf(ada)).hasEnded).toBe(true);
  expect(refusalOf(await ada.client.actions.reopenFamily({ family }))).toBe("rooms-ended");
});

test("the record ends last, when its own time is over; only the certificates are left", async () => {
  expect(refusalOf(await cal.client.actions.proposeDisposal({ family, withRecord: true }))).toBe(
    "in-the-way",
  );
  await wait(7 * 366);
  await familyWhere(cal, family, ({ retention }) => retention.record.obstacles.length === 0);
  const disposal = valueOf(await cal.client.actions.proposeDisposal({ family, withRecord: true }));
  await seen(ada.client, "practice", (view) => view?.retention.open[0]?.step.kind === "may-confirm");
  valueOf(await ada.client.actions.confirmDisposal({ disposal }));
  for (const who of [ada, cal]) {
    await seen(who.client, "families", (lines) => lines.length === 0);
    await untilRooms(who, ["practice: Ada Cal Eva Pia Sam"]);
  }
  await seen(pia.client, "practice", (view) => view?.retention.ended.length === 2);
  expect(practiceOf(pia).ended[0]).toMatchObject({
    disposal,
    rooms: 0,
    withRecord: true,
    proposed: { name: "Cal" },
    confirmed: { name: "Ada" },
  });
  expect(practiceOf(pia).open).toEqual([]);
  expect(practiceOf(ada).due).toEqual([]);
});

test("a hold that is written after two have agreed stops every device, and lifting it sets nothing going again", async () => {
  const before = now(ada.client, "ended");
  const lake = valueOf(await ada.client.actions.createFamily({ name: "Lake" }));
  await inviteAndJoin(house, ada, lake, { name: "Ben" });
  await familyWhere(ada, lake, ({ rooms }) => rooms.length === 3);
  valueOf(await ada.client.actions.addColleague({ family: lake, colleague: cal.person, rooms: [] }));
  valueOf(await ada.client.actions.closeFamily({ family: lake }));
  await wait(400);
  const roomsOf = (who: Someone) => now(who.client, "rooms").filter((line) => line.family === lake);
  const practice = await roomWhere(cal.client, ({ kind }) => kind === "practice");
  const isGone = () => Promise.reject(new TypeError("the network is gone"));
  // Neither therapist's device can end a room for now, and Cal's cannot write into the practice's room.
  const [ending, writing] = [/[/]events$/, new RegExp(`${practice.room}/frames`)];
  for (const who of [ada, cal]) who.device.meddle(ending, isGone);
  const disposal = valueOf(await ada.client.actions.proposeDisposal({ family: lake, withRecord: false }));
  await seen(pia.client, "practice", (view) => view?.retention.open[0]?.disposal === disposal);
  cal.device.meddle(writing, isGone);
  valueOf(await pia.client.actions.confirmDisposal({ disposal }));
  for (const who of [ada, cal]) {
    await seen(who.client, "practice", (view) => view?.retention.open[0]?.step.kind === "under-way");
  }
  const withdrawing = cal.client.actions.setHold({ family: lake, reason: "claim" });
  await familyWhere(ada, lake, ({ retention }) => retention.kept.hold === "claim");
  // Cal's device cannot say yet that it is off. Ada's finds that something has come between, and says so.
  await seen(pia.client, "practice", (view) => view?.retention.open.length === 0);
  ada.device.meddle(ending, null);
  expect(roomsOf(ada)).toHaveLength(3);
  valueOf(await ada.client.actions.setHold({ family: lake, reason: null }));
  await familyWhere(ada, lake, ({ retention }) => retention.kept.hold === null);
  expect(roomsOf(ada)).toHaveLength(3);
  cal.device.meddle(ending, null);
  cal.device.meddle(writing, null);
  valueOf(await withdrawing);
  await seen(pia.client, "practice", (view) => view?.retention.open.length === 0);
  expect(roomsOf(ada)).toHaveLength(3);
  expect(now(ada.client, "ended")).toEqual(before);
});

test("a hold that has not left the device yet stops it as well", async () => {
  const hill = valueOf(await ada.client.actions.createFamily({ name: "Hill" }));
  await inviteAndJoin(house, ada, hill, { name: "Dan" });
  await familyWhere(ada, hill, ({ rooms }) => rooms.length === 3);
  valueOf(await ada.client.actions.closeFamily({ family: hill }));
  await wait(400);
  const rooms = () => now(ada.client, "rooms").filter((line) => line.family === hill);
  const team = rooms().find(({ kind }) => kind === "team");
  if (team === undefined) throw new Error("a family has a team room");
  const disposal = valueOf(await ada.client.actions.proposeDisposal({ family: hill, withRecord: false }));
  await seen(pia.client, "practice", (view) =>
    Boolean(view?.retention.open.some((each) => each.disposal === disposal)),
  );
  const writing = new RegExp(`${team.room}/frames`);
  ada.device.meddle(writing, () => Promise.reject(new TypeError("the network is gone")));
  const holding = ada.client.actions.setHold({ family: hill, reason: "court" });
  const looks = () => ada.device.asked.filter((asked) => asked.includes(`${team.room}/log`)).length;
  const known = looks();
  valueOf(await pia.client.actions.confirmDisposal({ disposal }));
  await expect.poll(looks, { timeout: 40_000 }).toBeGreaterThan(known + 1);
  ada.device.meddle(writing, null);
  valueOf(await holding);
  await familyWhere(ada, hill, ({ retention }) => retention.kept.hold === "court");
  await seen(pia.client, "practice", (view) => view?.retention.open.length === 0);
  expect(rooms()).toHaveLength(3);
});

test("a longer rule, or a child who is added, takes back what was asked for: it does not end years later by itself", async () => {
  const lake = now(ada.client, "families").find(({ name }) => name === "Lake")?.family;
  if (lake === undefined) throw new Error("a family from before");
  const isOpen = (count: number) =>
    seen(pia.client, "practice", (view) => view?.retention.open.length === count);
  valueOf(await ada.client.actions.proposeDisposal({ family: lake, withRecord: false }));
  await isOpen(1);
  valueOf(await pia.client.actions.setRetentionRule({ ...rule, familyMonths: 60 }));
  await isOpen(0);
  valueOf(await pia.client.actions.setRetentionRule(rule));
  await familyWhere(ada, lake, ({ retention }) => retention.family.obstacles.length === 0);
  expect(practiceOf(pia).open).toEqual([]);
  valueOf(await ada.client.actions.proposeDisposal({ family: lake, withRecord: false }));
  await isOpen(1);
  const { people } = await familyWhere(ada, lake, () => true);
  const [ben] = people;
  if (ben === undefined) throw new Error("a person from before");
  valueOf(await ada.client.actions.savePerson({ family: lake, person: { ...ben.person, role: "teen" } }));
  await isOpen(0);
  expect((await retentionOf(ada, lake)).family.obstacles.map(({ kind }) => kind)).toEqual(["minor-unknown"]);
});

test("whoever asked does not come to be alone by sending the others away", async () => {
  const lake = now(ada.client, "families").find(({ name }) => name === "Lake")?.family;
  if (lake === undefined) throw new Error("a family from before");
  const month = { year: 2001, month: 1 };
  valueOf(await ada.client.actions.setComesOfAge({ family: lake, month }));
  await familyWhere(ada, lake, ({ retention }) => retention.family.obstacles.length === 0);
  const disposal = valueOf(await ada.client.actions.proposeDisposal({ family: lake, withRecord: false }));
  const others = now(ada.client, "practice")?.people.filter(
    ({ isMe, staff }) => !isMe && staff.role !== "staff",
  );
  for (const { staff } of others ?? []) {
    valueOf(await ada.client.actions.endStaff({ person: staff.person, evenSo: true }));
  }
  await seen(ada.client, "practice", (view) => view?.retention.open.length === 0);
  expect(refusalOf(await ada.client.actions.confirmDisposal({ disposal }))).toBe("not-here");
  const anew = valueOf(await ada.client.actions.proposeDisposal({ family: lake, withRecord: false }));
  expect(practiceOf(ada).open[0]).toMatchObject({ disposal: anew, step: { kind: "may-confirm-from" } });
});

test("alone in a practice, the same person confirms after a week", async () => {
  const other = await openHouse({ now: () => Date.now() + ahead });
  const solo = await openPractice(other);
  solo.device.shiftClock(ahead);
  const mine = valueOf(await solo.client.actions.createFamily({ name: "Lake" }));
  await inviteAndJoin(other, solo, mine, { name: "Ben" });
  await familyWhere(solo, mine, ({ rooms }) => rooms.length === 3);
  const atOnce = { ...rule, familyMonths: 0, recordMonths: 0 };
  valueOf(await solo.client.actions.setRetentionRule(atOnce));
  valueOf(await solo.client.actions.closeFamily({ family: mine }));
  const disposal = valueOf(await solo.client.actions.proposeDisposal({ family: mine, withRecord: true }));
  expect(practiceOf(solo).open[0]?.step.kind).toBe("may-confirm-from");
  expect(refusalOf(await solo.client.actions.confirmDisposal({ disposal }))).toBe("too-early");
  // A device whose clock runs ahead alone shortens nothing: the log's time counts.
  solo.device.shiftClock(8 * DAY);
  expect(refusalOf(await solo.client.actions.confirmDisposal({ disposal }))).toBe("too-early");
  solo.device.shiftClock(-8 * DAY);
  await wait(8, [solo]);
  valueOf(await solo.client.actions.confirmDisposal({ disposal }));
  await seen(solo.client, "families", (lines) => lines.length === 0);
  await seen(solo.client, "practice", (view) => view?.retention.ended[0]?.ended.length === 3);
  await other.close();
});
