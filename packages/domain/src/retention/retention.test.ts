import { expect, test } from "vitest";
import type { AccountId, DisposalId, FamilyId, PersonId, RoomId } from "../id.ts";
import type { EntryBody } from "../entry/entry.ts";
import { applyToFamily, EMPTY_FAMILY, restate } from "../family/state.ts";
import type { FamilyState } from "../family/state.ts";
import type { StaffRole } from "../practice/staff.ts";
import { mayEndNow } from "./carry-out.ts";
import { ALONE_AFTER_MS, mayConfirm, nextStep } from "./disposal.ts";
import type { DisposalList } from "./entry.ts";
import { EMPTY_KEPT, type KeptRecord } from "./record.ts";
import { problemOfRule, type RetentionRule } from "./rule.ts";
import { standingOf } from "./standing.ts";

const DAY = 86_400_000;
const NOW = Date.parse("2040-06-15T12:00:00Z");
const id = <Id extends string>(number: number) =>
  `00000000-0000-4000-8000-${number.toString(16).padStart(12, "0")}` as Id;
const rule: RetentionRule = {
  place: "us-ca",
  title: "California",
  citation: "4980.49",
  verified: true,
  asOf: "2018",
  familyMonths: 12,
  recordMonths: 84,
  minorMonths: 84,
  maximumMonths: null,
};
const closed: KeptRecord = { ...EMPTY_KEPT, closedAt: Date.parse("2030-01-10T00:00:00Z") };

const kinds = (kept: KeptRecord, wish: { rule?: RetentionRule | null; now?: number } = {}) =>
  standingOf({ kept, rule: wish.rule ?? null, rooms: "record", now: wish.now ?? NOW }).obstacles.map(
    ({ kind }) => kind,
  );

test("each thing stands in the way by itself, and all of them at once", () => {
  expect(kinds(closed, { rule })).toEqual([]);
  expect(kinds(closed)).toEqual(["no-rule"]);
  expect(kinds(EMPTY_KEPT, { rule })).toEqual(["open"]);
  expect(kinds({ ...closed, hold: "court" }, { rule })).toEqual(["held"]);
  expect(kinds({ ...closed, hasMinor: true }, { rule })).toEqual(["minor-unknown"]);
  const grown = { ...closed, hasMinor: true, comesOfAge: { year: 2034, month: 3 } };
  expect(kinds(grown, { rule })).toEqual(["minor"]);
  expect(kinds(closed, { rule, now: Date.parse("2037-01-09T23:59:59Z") })).toEqual(["not-due"]);
  expect(kinds({ ...EMPTY_KEPT, hold: "claim", hasMinor: true })).toEqual([
    "no-rule",
    "open",
    "held",
    "minor-unknown",
  ]);
});

test("rooms are due when their own period is over, and never before the youngest has been of age long enough", () => {
  const dueAt = (kept: KeptRecord, rooms: "family" | "record") =>
    standingOf({ kept, rule, rooms, now: NOW }).dueAt;
  expect(dueAt(closed, "family")).toBe(Date.parse("2031-01-10T00:00:00Z"));
  expect(dueAt(closed, "record")).toBe(Date.parse("2037-01-10T00:00:00Z"));
  const young = { ...closed, hasMinor: true, comesOfAge: { year: 2032, month: 12 } };
  expect(dueAt(young, "family")).toBe(Date.parse("2040-01-01T00:00:00Z"));
  expect(dueAt({ ...closed, hasMinor: true }, "family")).toBeNull();
  expect(dueAt(EMPTY_KEPT, "family")).toBeNull();
});

test("a maximum that has passed is said, and moves nothing that stands in the way", () => {
  const withMaximum = { ...rule, maximumMonths: 96 };
  const kept = { ...closed, hasMinor: true, comesOfAge: { year: 2039, month: 1 } };
  const standing = standingOf({ kept, rule: withMaximum, rooms: "record", now: NOW });
  expect(standing).toMatchObject({ isPastMaximum: true, maximumAt: Date.parse("2038-01-10T00:00:00Z") });
  expect(standing.obstacles.map(({ kind }) => kind)).toEqual(["minor"]);
});

test("a rule that makes no sense is refused, and one in the record is nobody's", () => {
  expect(problemOfRule(rule)).toBeNull();
  expect(problemOfRule({ ...rule, familyMonths: 0, recordMonths: 0 })).toBeNull();
  expect(problemOfRule({ ...rule, recordMonths: 11 })).toBe("record-shorter");
  expect(problemOfRule({ ...rule, minorMonths: -1 })).toBe("out-of-range");
  expect(problemOfRule({ ...rule, recordMonths: 1201 })).toBe("out-of-range");
  expect(problemOfRule({ ...rule, familyMonths: 1.5 })).toBe("out-of-range");
  expect(problemOfRule({ ...rule, maximumMonths: 83 })).toBe("beyond-maximum");
  const said = { by: id<AccountId>(1), at: 1, writtenAt: 1, isKnownWhole: true };
  const bad = { kind: "retention-rule", rule: { ...rule, recordMonths: 11 } } as const;
  expect(applyToFamily(EMPTY_FAMILY, bad, said).keptHere.rule).toBeNull();
});

/** A practice of these roles; person and account of each have its number. */
function practiceOf(roles: readonly StaffRole[]): FamilyState {
  const entries = roles.flatMap((role, index): EntryBody[] => {
    const person = id<PersonId>(index + 1);
    return [
      { kind: "staff", staff: { person, name: "", role } },
      {
        kind: "person-joined",
        person,
        account: id<AccountId>(index + 1),
        identity: new Uint8Array(32),
        verified: "in-person",
      },
    ];
  });
  return say(EMPTY_FAMILY, [{ kind: "retention-rule", rule }, ...entries], { by: 1, at: 0 });
}

function say(
  state: FamilyState,
  entries: readonly EntryBody[],
  { at, by, isKnownWhole = true }: { by: number; at: number; isKnownWhole?: boolean },
): FamilyState {
  const said = { by: id<AccountId>(by), at, writtenAt: at, isKnownWhole };
  return entries.reduce((before, entry) => applyToFamily(before, entry, said), state);
}

const [one, other, record] = [id<RoomId>(11), id<RoomId>(12), id<RoomId>(13)];
const disposal = id<DisposalId>(50);
const list: DisposalList = {
  disposal,
  family: id<FamilyId>(99),
  rooms: [one, other],
  record,
  rule,
  // By the rule, for a family that was closed as below.
  dueSince: Date.parse("2037-01-10T00:00:00Z"),
};
const proposed: EntryBody = { kind: "disposal-proposed", list };
const confirmed: EntryBody = { kind: "disposal-confirmed", disposal };

const stepOf = (practice: FamilyState) => {
  const known = practice.keptHere.disposals.get(disposal);
  return known === undefined ? null : nextStep(practice.keptHere, practice, known);
};
const endNow = (
  practice: FamilyState,
  kept: KeptRecord = closed,
  now = NOW,
  isOfFamily: (room: RoomId) => boolean = () => true,
) => {
  const known = practice.keptHere.disposals.get(disposal);
  if (known === undefined) throw new Error("proposed before");
  return mayEndNow({
    kept,
    practice: practice.keptHere,
    staffed: practice,
    disposal: known,
    team: record,
    isOfFamily,
    now,
  });
};

test("a room of another family that somebody put on the list is never ended by it", () => {
  const before = say(practiceOf(["therapist", "privacy-officer"]), [proposed], { by: 1, at: NOW });
  const after = say(before, [confirmed], { by: 2, at: NOW + 1 });
  expect(endNow(after, closed, NOW, (room) => room !== other)).toEqual([one]);
});

test("the record that somebody put among the rooms with the family is not ended with them", () => {
  const misplaced: EntryBody = {
    kind: "disposal-proposed",
    list: { ...list, rooms: [one, record], record: null },
  };
  const before = say(practiceOf(["therapist", "privacy-officer"]), [misplaced], { by: 1, at: NOW });
  const after = say(before, [confirmed], { by: 2, at: NOW + 1 });
  expect(endNow(after)).toEqual([one]);
});

test("one person proposes and another who runs the practice confirms; nobody else's word counts", () => {
  const before = say(practiceOf(["therapist", "privacy-officer", "staff"]), [proposed], { by: 1, at: NOW });
  expect(stepOf(before)).toEqual({ kind: "confirm", by: "another" });
  for (const by of [1, 3, 4]) {
    const after = say(before, [confirmed], { by, at: NOW + 30 * DAY });
    expect(stepOf(after)).toEqual({ kind: "confirm", by: "another" });
    expect(endNow(after)).toEqual([]);
  }
  const after = say(before, [confirmed], { by: 2, at: NOW + 1 });
  expect(stepOf(after)).toEqual({ kind: "carry-out" });
  expect(endNow(after)).toEqual([one, other]);
});

test("somebody with two accounts is one person", () => {
  const before = say(practiceOf(["therapist", "therapist"]), [proposed], { by: 1, at: NOW });
  const person = id<PersonId>(1);
  const back = say(
    before,
    [
      { kind: "person-lost", person, account: id<AccountId>(1), rooms: [] },
      {
        kind: "person-joined",
        person,
        account: id<AccountId>(7),
        identity: new Uint8Array(32),
        verified: "in-person",
      },
      confirmed,
    ],
    { by: 7, at: NOW + 1 },
  );
  expect(stepOf(back)).toEqual({ kind: "confirm", by: "another" });
});

test("where nobody else runs the practice, the same person confirms after a week, and not a moment before", () => {
  const before = say(practiceOf(["therapist", "staff"]), [proposed], { by: 1, at: NOW });
  const from = NOW + ALONE_AFTER_MS;
  expect(stepOf(before)).toEqual({ kind: "confirm", by: "same-person", from });
  const known = before.keptHere.disposals.get(disposal);
  if (known === undefined) throw new Error("proposed before");
  const may = (now: number) =>
    mayConfirm(before.keptHere, before, { disposal: known, by: id<AccountId>(1), now });
  expect(may(from - 1)).toEqual({ kind: "not-yet", from });
  expect(may(from)).toEqual({ kind: "yes" });
  expect(endNow(say(before, [confirmed], { by: 1, at: from - 1 }))).toEqual([]);
  const after = say(before, [confirmed], { by: 1, at: from });
  expect(endNow(after)).toEqual([one, other]);
  // A colleague who comes later takes nothing back by coming.
  const colleague = id<PersonId>(9);
  const grown = say(after, [{ kind: "staff", staff: { person: colleague, name: "", role: "therapist" } }], {
    by: 1,
    at: from + 1,
  });
  expect(stepOf(grown)).toEqual({ kind: "carry-out" });
});

const ready = () =>
  say(say(practiceOf(["therapist", "therapist"]), [proposed], { by: 1, at: NOW }), [confirmed], {
    by: 2,
    at: NOW + 1,
  });

test("the team room comes last, and only while its own period is over", () => {
  const part: EntryBody = { kind: "rooms-ended", disposal, rooms: [one] };
  const partly = say(ready(), [part], { by: 1, at: NOW + 2 });
  expect(endNow(partly)).toEqual([other]);
  const all = say(partly, [{ ...part, rooms: [other] }], { by: 2, at: NOW + 3 });
  expect(endNow(all)).toEqual([record]);
  expect(endNow(all, { ...closed, closedAt: NOW - 366 * DAY })).toEqual([]);
  expect(endNow(say(all, [{ ...part, rooms: [record] }], { by: 2, at: NOW + 4 }))).toEqual([]);
  expect(all.keptHere.disposals.get(disposal)?.ended).toEqual([
    { room: one, by: id(1), at: NOW + 2 },
    { room: other, by: id(2), at: NOW + 3 },
  ]);
});

test("a hold after the confirmation stops it, also when it has been lifted again; so does having been opened", () => {
  expect(endNow(ready(), { ...closed, hold: "court", holdChangedAt: NOW + 5 })).toEqual([]);
  expect(endNow(ready(), { ...closed, holdChangedAt: NOW + 5 })).toEqual([]);
  expect(endNow(ready(), { ...closed, holdChangedAt: NOW - 5 })).toEqual([one, other]);
  expect(endNow(ready(), { ...closed, closedAt: NOW + 1 }, NOW + 4000 * DAY)).toEqual([]);
});

test("what is due later than two had agreed, by rule or by age, does not end by itself once its time has come", () => {
  const late = NOW + 4000 * DAY;
  const longer: EntryBody = { kind: "retention-rule", rule: { ...rule, recordMonths: 85 } };
  const shorter: EntryBody = { kind: "retention-rule", rule: { ...rule, recordMonths: 60 } };
  const grown = (year: number) => ({ ...closed, hasMinor: true, comesOfAge: { year, month: 1 } });
  expect(endNow(say(ready(), [longer], { by: 1, at: NOW + 2 }), closed, late)).toEqual([]);
  expect(endNow(say(ready(), [shorter], { by: 1, at: NOW + 2 }), closed, late)).toEqual([one, other]);
  expect(endNow(ready(), grown(2036), late)).toEqual([]);
  expect(endNow(ready(), grown(2028), late)).toEqual([one, other]);
});

test("a proposal that the log took before it was due is nobody's, whatever the clock of its author says", () => {
  const early = say(practiceOf(["therapist", "therapist"]), [proposed], { by: 1, at: list.dueSince - 1 });
  expect(stepOf(early)).toBeNull();
  const due = say(practiceOf(["therapist", "therapist"]), [proposed], { by: 1, at: list.dueSince });
  expect(stepOf(due)).toEqual({ kind: "confirm", by: "another" });
});

test("nobody comes to be alone by sending somebody away: what was asked of them falls, and a week begins with what is asked anew", () => {
  const leaves = (who: number): EntryBody => ({ kind: "person-left", person: id<PersonId>(who) });
  const asked = say(practiceOf(["therapist", "privacy-officer", "staff"]), [proposed], { by: 1, at: NOW });
  const alone = say(asked, [leaves(2)], { by: 1, at: NOW + 6 * DAY });
  expect(stepOf(alone)).toEqual({ kind: "over" });
  expect(endNow(say(alone, [confirmed], { by: 1, at: NOW + 40 * DAY }))).toEqual([]);
  const anew = { ...list, disposal: id<DisposalId>(51) };
  const again = say(alone, [{ kind: "disposal-proposed", list: anew }], { by: 1, at: NOW + 7 * DAY });
  const known = again.keptHere.disposals.get(anew.disposal);
  if (known === undefined) throw new Error("proposed before");
  expect(nextStep(again.keptHere, again, known)).toMatchObject({ by: "same-person", from: NOW + 14 * DAY });
  const demoted: EntryBody = {
    kind: "staff",
    staff: { person: id<PersonId>(2), name: "", role: "staff" },
  };
  expect(stepOf(say(asked, [demoted], { by: 1, at: NOW + DAY }))).toEqual({ kind: "over" });
  // Two are left to agree, or two have agreed already.
  expect(stepOf(say(asked, [leaves(3)], { by: 1, at: NOW + DAY }))).toMatchObject({ by: "another" });
  expect(stepOf(say(ready(), [leaves(2)], { by: 1, at: NOW + DAY }))).toEqual({ kind: "carry-out" });
});

test("what somebody has asked for falls when they leave: they cannot come back as another and agree with themselves", () => {
  const asked = say(practiceOf(["therapist", "therapist", "therapist"]), [proposed], { by: 1, at: NOW });
  const left = say(asked, [{ kind: "person-left", person: id<PersonId>(1) }], { by: 2, at: NOW + 1 });
  expect(stepOf(left)).toEqual({ kind: "over" });
});

test("what was withdrawn is over, whoever confirms it and whatever is said again", () => {
  const withdrawn: EntryBody = { kind: "disposal-withdrawn", disposal };
  expect(endNow(say(ready(), [withdrawn, confirmed], { by: 2, at: NOW + 5 }))).toEqual([]);
  const early = say(practiceOf(["therapist", "therapist"]), [withdrawn, proposed], { by: 1, at: NOW });
  expect(stepOf(say(early, [confirmed], { by: 2, at: NOW + 1 }))).toEqual({ kind: "over" });
});

test("a third one's word that two have agreed counts for those alone who could not hear them", () => {
  const told: EntryBody = {
    kind: "disposal-told",
    list,
    proposed: { by: id<AccountId>(1), at: NOW },
    confirmed: { by: id<AccountId>(2), at: NOW },
    ended: [],
  };
  expect(stepOf(say(practiceOf(["therapist", "therapist"]), [told], { by: 1, at: NOW }))).toBeNull();
  const late = say(practiceOf(["therapist", "therapist"]), [told], { by: 1, at: NOW, isKnownWhole: false });
  expect(stepOf(late)).toEqual({ kind: "carry-out" });
  const again: EntryBody = { kind: "disposal-proposed", list: { ...list, rooms: [] } };
  const changed = say(late, [again], { by: 1, at: NOW });
  expect(changed.keptHere.disposals.get(disposal)?.rooms).toEqual([one, other]);
});

test("whoever comes in later knows since when; whoever was there is told nothing by it", () => {
  const since: EntryBody = { kind: "record-since", closedAt: 5, holdChangedAt: 7, hasMinor: true };
  const shut: EntryBody = { kind: "family-closed", closed: true };
  const late = say(EMPTY_FAMILY, [shut, since], { by: 1, at: 100, isKnownWhole: false });
  expect(late.kept).toMatchObject({ closedAt: 5, holdChangedAt: 7, hasMinor: true });
  const there = say(EMPTY_FAMILY, [shut, since], { by: 1, at: 100 });
  expect(there.kept).toMatchObject({ closedAt: 100, holdChangedAt: null, hasMinor: false });
});

test("a family is closed by the later word of the server and of who closed it, and closing again begins nothing anew", () => {
  const shut: EntryBody = { kind: "family-closed", closed: true };
  const said = { by: id<AccountId>(1), at: 50, writtenAt: 80, isKnownWhole: true };
  const once = applyToFamily(EMPTY_FAMILY, shut, said);
  expect(once.kept.closedAt).toBe(80);
  expect(applyToFamily(once, shut, { ...said, at: 500 }).kept.closedAt).toBe(80);
  const opened = applyToFamily(once, { kind: "family-closed", closed: false }, said);
  expect(opened.kept.closedAt).toBeNull();
});

test("whoever was once written down as under age keeps the record, also when they are renamed an adult", () => {
  const person = {
    person: id<PersonId>(1),
    name: "Mia",
    inTreatment: true,
    relations: [],
    safeContact: null,
  };
  const grown = say(
    EMPTY_FAMILY,
    [
      { kind: "person", person: { ...person, role: "teen" } },
      { kind: "person", person: { ...person, role: "adult" } },
    ],
    { by: 1, at: 1 },
  );
  expect(grown.kept.hasMinor).toBe(true);
});

test("a child who is added after it was said when the youngest comes of age may be younger: it has to be said anew", () => {
  const person = (number: number, role: "teen" | "child" | "adult", name = ""): EntryBody => ({
    kind: "person",
    person: { person: id(number), name, role, inTreatment: true, relations: [], safeContact: null },
  });
  const month = { year: 2031, month: 4 };
  const said = say(EMPTY_FAMILY, [person(1, "teen"), person(2, "adult"), { kind: "comes-of-age", month }], {
    by: 1,
    at: 1,
  });
  const then = (entry: EntryBody) => say(said, [entry], { by: 1, at: 2 }).kept.comesOfAge;
  expect(then(person(3, "child"))).toBeNull();
  expect(then(person(2, "child"))).toBeNull();
  expect(then(person(1, "adult"))).toEqual(month);
  expect(then(person(1, "child", "Mia"))).toEqual(month);
  expect(then(person(3, "adult"))).toEqual(month);
});

test("sheets that were brought in before a room ended open copies of it; those brought in after do not, also as newcomers are told", () => {
  const sheets = (number: number): EntryBody => ({
    kind: "custodian",
    custodian: { account: id<AccountId>(number), identity: new Uint8Array(32), name: "" },
  });
  const part: EntryBody = { kind: "rooms-ended", disposal, rooms: [one] };
  const told = (state: FamilyState) =>
    say(EMPTY_FAMILY, restate(state, NOW), { by: 1, at: NOW + 9, isKnownWhole: false }).endedSinceSheets;
  const states = [
    { state: say(ready(), [part], { by: 1, at: NOW + 2 }), wanted: false },
    { state: say(ready(), [sheets(60), part], { by: 1, at: NOW + 2 }), wanted: true },
    { state: say(ready(), [sheets(60), part, sheets(61)], { by: 1, at: NOW + 2 }), wanted: false },
    {
      state: say(ready(), [sheets(60), part, { kind: "custodian-ended", account: id<AccountId>(60) }], {
        by: 1,
        at: NOW + 2,
      }),
      wanted: false,
    },
  ];
  for (const { state, wanted } of states) {
    expect(state.endedSinceSheets).toBe(wanted);
    expect(told(state)).toBe(wanted);
  }
});
