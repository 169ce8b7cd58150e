import fc from "fast-check";
import { expect, test } from "vitest";
import { ANA, BEN, GRAN, id, party, THERAPIST, TOM, versionOf } from "../../testing/agreement.ts";
import type { PersonId } from "../id.ts";
import type { LifeFacts } from "./trigger.ts";
import { consentDue, RECORDED_TRIGGERS, roundDue } from "./trigger.ts";

const at = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const version = versionOf(1);
const since = at("2030-03-01");
const calm: LifeFacts = {
  people: version.parties,
  therapists: [THERAPIST],
  events: [],
  sessions: [],
  talkedAt: null,
};
const dueWith = (life: Partial<LifeFacts>, now: number, of = version) =>
  consentDue({ version: of, since, life: { ...calm, ...life }, now });
const triggers = (life: Partial<LifeFacts>, now: number, of = version) =>
  dueWith(life, now, of).map(({ trigger }) => trigger);

test("nothing is due while nothing has changed, until the talk after three months and the look after a year", () => {
  expect(triggers({}, at("2030-05-31"))).toEqual([]);
  expect(triggers({}, at("2030-06-01"))).toEqual(["check-in"]);
  expect(triggers({ talkedAt: at("2030-05-01") }, at("2030-06-01"))).toEqual([]);
  expect(triggers({ talkedAt: at("2031-02-01") }, at("2031-03-01"))).toEqual(["review"]);
});

test("after the third session it is talked about, once", () => {
  expect(triggers({ sessions: [since + 1, since + 2] }, since + 3)).toEqual([]);
  const sessions = [since + 1, since + 2, since + 3];
  expect(dueWith({ sessions }, since + 4)).toMatchObject([
    { trigger: "early-session", calls: "talk", from: since + 3 },
  ]);
  expect(triggers({ sessions, talkedAt: since + 4 }, since + 5)).toEqual([]);
});

test("a round of questions is due on each day that was agreed on for a check-in or a review, and on one of both once", () => {
  const rounds = (day: string, more = {}) =>
    roundDue(
      versionOf(1, {
        choices: { ...version.choices, change: { checkInMonths: 3, reviewMonths: 12, ...more } },
      }),
      since,
      at(day),
    );
  expect(
    ["2030-03-01", "2030-05-31", "2030-06-01", "2030-09-01", "2031-03-01"].map((day) => rounds(day)),
  ).toEqual([0, 0, 1, 2, 4]);
  expect(rounds("2031-03-01", { reviewMonths: 11 })).toBe(5);
  expect(rounds("2031-03-01", { checkInMonths: 0, reviewMonths: 0 })).toBe(0);
  expect(rounds("2029-01-01")).toBe(0);
});

test("who comes or goes, and another therapist, open everyone's consent", () => {
  const joined = [...version.parties, party(GRAN, "collateral")];
  expect(dueWith({ people: joined }, since)).toMatchObject([
    { trigger: "member-joined", who: [ANA, BEN, TOM, GRAN], calls: "new-version" },
  ]);
  expect(triggers({ people: version.parties.slice(1) }, since)).toEqual(["member-left"]);
  expect(triggers({ therapists: [id<PersonId>(91)] }, since)).toEqual(["therapist-changed"]);
  expect(triggers({ therapists: [THERAPIST, id<PersonId>(91)] }, since)).toEqual(["therapist-changed"]);
});

test("thirty days before a birthday at which a place changes its rule, and before 18, minor and guardians are asked anew", () => {
  // Tom is 15 in June 2030.
  const place = { ...version.places[0], minorAge: 16 };
  const older = versionOf(1, { places: version.places.map((one) => ({ ...one, ...place })) });
  const calmThen = { talkedAt: at("2031-05-01") };
  expect(triggers(calmThen, at("2031-05-15"), older)).not.toContain("birthday");
  const due = dueWith(calmThen, at("2031-05-16"), older).filter(({ trigger }) => trigger === "birthday");
  expect(due).toMatchObject([{ who: [TOM, ANA, BEN], birthday: at("2031-06-15"), from: at("2031-05-16") }]);
  const grown = dueWith({}, at("2033-05-16")).filter(({ trigger }) => trigger === "birthday");
  expect(grown.map(({ birthday }) => birthday)).toEqual([at("2033-06-15")]);
});

test("a birthday before the version was made opens nothing", () => {
  const young = versionOf(1, {
    parties: version.parties.map((one) =>
      one.person === TOM ? { ...one, born: { year: 2018, month: 3, day: 1 } } : one,
    ),
  });
  expect(triggers({}, since + 1, young)).toEqual([]);
});

test("with separation or court each adult is asked apart, and nobody under age", () => {
  for (const kind of ["separation", "divorce", "custody-case", "protective-order"] as const) {
    const events = [{ kind, at: since + 5, concerns: [] }];
    expect(dueWith({ events }, since + 5)).toMatchObject([{ trigger: kind, who: [ANA, BEN], isApart: true }]);
  }
});

test("an incident asks those whom it touches, and everyone where nobody was named", () => {
  const incident = { kind: "incident", at: since + 5, concerns: [TOM] } as const;
  expect(dueWith({ events: [incident] }, since + 5)).toMatchObject([{ who: [TOM], from: since + 5 }]);
  expect(dueWith({ events: [{ ...incident, concerns: [] }] }, since + 5)).toMatchObject([
    { who: [ANA, BEN, TOM] },
  ]);
});

test("what is due stays due as time goes by, and a new version answers what happened before it", () => {
  const anyEvents = fc.array(
    fc.record({
      kind: fc.constantFrom(...RECORDED_TRIGGERS),
      at: fc.integer({ min: since - 1000, max: since + 1000 }),
      concerns: fc.constantFrom([], [ANA]),
    }),
    { maxLength: 5 },
  );
  fc.assert(
    fc.property(
      anyEvents,
      fc.integer({ min: since, max: since + 2000 }),
      fc.nat(1e11),
      (events, now, later) => {
        const before = dueWith({ events }, now);
        const after = dueWith({ events }, now + later);
        for (const one of before) expect(after).toContainEqual(one);
        const renewed = consentDue({
          version,
          since: since + 1000,
          life: { ...calm, events },
          now: since + 2000,
        });
        expect(renewed).toEqual([]);
      },
    ),
  );
});
