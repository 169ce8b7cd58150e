import fc from "fast-check";
import { expect, test } from "vitest";
import type { AccountId, DisposalId, FamilyId, PersonId, RoomId } from "../id.ts";
import type { EntryBody } from "../entry/entry.ts";
import { applyToFamily, EMPTY_FAMILY } from "../family/state.ts";
import type { FamilyState } from "../family/state.ts";
import type { StaffRole } from "../practice/staff.ts";
import { mayEndNow } from "./carry-out.ts";
import { HOLD_REASONS } from "./record.ts";
import type { RetentionRule } from "./rule.ts";
import { standingOf } from "./standing.ts";

/*
 * Lines of things that happen in a practice and in one family: a way that leads to an end, with anything put between and anything left out. What the
 * domain lets end is judged by the plain list of what happened, and not by what the domain made of it.
 */

const DAY = 86_400_000;
const START = Date.parse("2030-03-01T00:00:00Z");
const id = <Id extends string>(number: number) =>
  `00000000-0000-4000-8000-${number.toString(16).padStart(12, "0")}` as Id;
const account = (person: number) => id<AccountId>(person + 100);
const DISPOSAL = id<DisposalId>(50);
const [ROOM, RECORD] = [id<RoomId>(11), id<RoomId>(12)];
const ROLES: readonly StaffRole[] = ["therapist", "privacy-officer", "therapist", "staff"];
const PEOPLE = [1, 2, 3, 4] as const;

interface Happened {
  readonly where: "team" | "practice";
  readonly by: number;
  readonly entry: EntryBody;
  /** How long after what happened before. */
  readonly days: number;
}

const ruleOf = (months: number): RetentionRule => ({
  place: "",
  title: "",
  citation: "",
  verified: false,
  asOf: "",
  familyMonths: months,
  recordMonths: months + 1,
  minorMonths: months,
  maximumMonths: null,
});
const list = {
  disposal: DISPOSAL,
  family: id<FamilyId>(99),
  rooms: [ROOM],
  record: RECORD,
  rule: ruleOf(0),
  dueSince: 0,
};
const person = (role: "teen" | "adult"): EntryBody => ({
  kind: "person",
  person: { person: id<PersonId>(70), name: "", role, inTreatment: true, relations: [], safeContact: null },
});
const joins = (who: number): EntryBody => ({
  kind: "person-joined",
  person: id<PersonId>(who),
  account: account(who),
  identity: new Uint8Array(32),
  verified: "in-person",
});

const inTeam = fc.oneof(
  fc.boolean().map((closed): EntryBody => ({ kind: "family-closed", closed })),
  fc.option(fc.constantFrom(...HOLD_REASONS)).map((reason): EntryBody => ({ kind: "legal-hold", reason })),
  fc.constantFrom("teen" as const, "adult" as const).map(person),
  fc
    .record({ year: fc.integer({ min: 2029, max: 2031 }), month: fc.integer({ min: 1, max: 12 }) })
    .map((month): EntryBody => ({ kind: "comes-of-age", month })),
);
const inPractice = fc.oneof(
  fc.nat(3).map((months): EntryBody => ({ kind: "retention-rule", rule: ruleOf(months) })),
  fc.constantFrom<EntryBody>(
    { kind: "disposal-proposed", list },
    { kind: "disposal-confirmed", disposal: DISPOSAL },
    { kind: "disposal-confirmed", disposal: DISPOSAL },
    { kind: "disposal-withdrawn", disposal: DISPOSAL },
    { kind: "rooms-ended", disposal: DISPOSAL, rooms: [ROOM] },
  ),
  fc.constantFrom(...PEOPLE).map((who): EntryBody => ({ kind: "person-left", person: id<PersonId>(who) })),
);
const by = fc.constantFrom(...PEOPLE);
const days = fc.constantFrom(0, 1, 8, 40);
const anything: fc.Arbitrary<Happened> = fc.oneof(
  fc.record({ where: fc.constant("team" as const), by, entry: inTeam, days }),
  fc.record({ where: fc.constant("practice" as const), by, entry: inPractice, days }),
);

const theWay = (proposer: number, confirmer: number): readonly Happened[] => [
  { where: "practice", by: 1, days: 0, entry: { kind: "retention-rule", rule: ruleOf(1) } },
  { where: "team", by: 1, days: 1, entry: { kind: "family-closed", closed: true } },
  { where: "practice", by: proposer, days: 70, entry: { kind: "disposal-proposed", list } },
  { where: "practice", by: confirmer, days: 8, entry: { kind: "disposal-confirmed", disposal: DISPOSAL } },
];
const line: fc.Arbitrary<readonly Happened[]> = fc
  .record({
    proposer: by,
    confirmer: by,
    between: fc.array(fc.record({ place: fc.nat(5), what: anything }), { maxLength: 4 }),
    left: fc.option(fc.nat(3), { freq: 4 }),
    leavers: fc.subarray([...PEOPLE]),
  })
  .map(({ between, confirmer, leavers, left, proposer }) => {
    const way = [...theWay(proposer, confirmer)];
    if (left !== null) way.splice(left, 1);
    for (const { place, what } of between) way.splice(Math.min(place, way.length), 0, what);
    const gone = leavers.map((who): Happened => {
      const entry: EntryBody = { kind: "person-left", person: id<PersonId>(who) };
      return { where: "practice", by: 1, days: 0, entry };
    });
    return [...gone, ...way];
  });

interface Known {
  readonly team: FamilyState;
  readonly practice: FamilyState;
  readonly now: number;
  /** What has happened, with its time. */
  readonly past: readonly (Happened & { readonly at: number })[];
}

const atFirst = (): Known => {
  const said = { by: account(1), at: START, writtenAt: START, isKnownWhole: true };
  const entries = PEOPLE.flatMap((who, index): readonly EntryBody[] => [
    { kind: "staff", staff: { person: id<PersonId>(who), name: "", role: ROLES[index] ?? "staff" } },
    joins(who),
  ]);
  const practice = entries.reduce((state, entry) => applyToFamily(state, entry, said), EMPTY_FAMILY);
  return { team: EMPTY_FAMILY, practice, now: START, past: [] };
};

/** Whoever proposes says since when it is due, as they know both records. */
const asProposed = (entry: EntryBody, { practice, team }: Known, at: number): EntryBody => {
  if (entry.kind !== "disposal-proposed") return entry;
  const { rule } = practice.keptHere;
  const { dueAt } = standingOf({ kept: team.kept, rule, rooms: "record", now: at });
  return { ...entry, list: { ...entry.list, rule: rule ?? entry.list.rule, dueSince: dueAt ?? at } };
};

const goOn = (known: Known, what: Happened): Known => {
  const { now, past, practice, team } = known;
  const at = now + what.days * DAY;
  const happened = { ...what, entry: asProposed(what.entry, known, at) };
  const said = { by: account(happened.by), at, writtenAt: at, isKnownWhole: true };
  const after = (state: FamilyState) => applyToFamily(state, happened.entry, said);
  return {
    team: happened.where === "team" ? after(team) : team,
    practice: happened.where === "practice" ? after(practice) : practice,
    now: at,
    past: [...past, { ...happened, at }],
  };
};

const endsNow = ({ now, practice, team }: Known): readonly RoomId[] => {
  const disposal = practice.keptHere.disposals.get(DISPOSAL);
  if (disposal === undefined) return [];
  const isOfFamily = (): boolean => true;
  return mayEndNow({
    kept: team.kept,
    practice: practice.keptHere,
    staffed: practice,
    disposal,
    team: RECORD,
    isOfFamily,
    now,
  });
};

const monthOf = (at: number): number => new Date(at).getUTCFullYear() * 12 + new Date(at).getUTCMonth();

/** Judges by what happened alone; throws where something stood in the way. */
function judge({ now, past }: Known, ends: readonly RoomId[]): void {
  const of = <Kind extends EntryBody["kind"]>(kind: Kind) =>
    past.flatMap(({ at, by: who, entry }, place) =>
      entry.kind === kind
        ? [{ at, place, by: who, entry: entry as EntryBody & { readonly kind: Kind } }]
        : [],
    );
  const proposal = of("disposal-proposed").find(({ at, entry }) => entry.list.dueSince <= at);
  const rule = of("retention-rule").at(-1)?.entry.rule;
  if (proposal === undefined || rule === undefined) throw new Error("nothing was proposed, or by no rule");
  expect(of("disposal-withdrawn")).toEqual([]);

  const closings = of("family-closed");
  expect(closings.at(-1)?.entry.closed).toBe(true);
  const opened = closings.findLastIndex(({ entry }) => !entry.closed);
  const closedAt = closings[opened + 1]?.at ?? Number.POSITIVE_INFINITY;
  const months = ends.includes(RECORD) ? rule.recordMonths : rule.familyMonths;
  expect(now - closedAt).toBeGreaterThanOrEqual(months * 28 * DAY);
  expect(monthOf(now) - monthOf(closedAt)).toBeGreaterThanOrEqual(months);
  expect(closedAt).toBeLessThanOrEqual(proposal.at);

  expect(of("legal-hold").at(-1)?.entry.reason ?? null).toBeNull();
  const isLate = ({ at, entry }: { readonly at: number; readonly entry: { readonly reason: unknown } }) =>
    at > proposal.at && entry.reason !== null;
  expect(of("legal-hold").some(isLate)).toBe(false);

  const isYoung = of("person").some(({ entry }) => entry.person.role === "teen");
  const said = of("comes-of-age").at(-1)?.entry.month;
  const grownMonths = said === undefined ? null : said.year * 12 + said.month + rule.minorMonths;
  expect(isYoung && (grownMonths === null || monthOf(now) < grownMonths)).toBe(false);

  const isHere = (who: number, until: number): boolean =>
    ROLES[who - 1] !== "staff" &&
    !of("person-left").some(({ place, entry }) => place < until && entry.person === id<PersonId>(who));
  const runs = (until: number) => PEOPLE.filter((who) => isHere(who, until) && who !== proposal.by);
  const hasLeft = (until: number): boolean => !hasLeftBefore(proposal.place) && hasLeftBefore(until);
  const hasLeftBefore = (until: number): boolean =>
    of("person-left").some(({ place, entry }) => place < until && entry.person === id<PersonId>(proposal.by));
  const isAgreed = of("disposal-confirmed").some(({ at, by: who, place }) => {
    if (place < proposal.place || !isHere(who, place) || hasLeft(place)) return false;
    if (who !== proposal.by) return true;
    // Alone, and not since they sent somebody away.
    return runs(proposal.place).length === 0 && at - proposal.at >= 7 * DAY;
  });
  expect(isAgreed).toBe(true);
  expect(ends.includes(RECORD) && of("rooms-ended").length === 0).toBe(false);
}

const RUNS = { numRuns: 4000 };

test("no path ends a room that is open, held, not due, of somebody not long enough of age, or by fewer than two people or a week", () => {
  let reached = 0;
  fc.assert(
    fc.property(line, (happens) => {
      let known = atFirst();
      for (const happened of happens) {
        known = goOn(known, happened);
        const ends = endsNow(known);
        if (ends.length === 0) continue;
        reached++;
        judge(known, ends);
      }
    }),
    RUNS,
  );
  expect(reached).toBeGreaterThan(100);
});

test("a hold stops whatever was about to end, and lifting it does not set it going again", () => {
  const hold = (reason: "court" | null): Happened => ({
    where: "team",
    by: 3,
    days: 1,
    entry: { kind: "legal-hold", reason },
  });
  let reached = 0;
  fc.assert(
    fc.property(line, (happens) => {
      const before = happens.reduce(goOn, atFirst());
      if (endsNow(before).length === 0) return;
      reached++;
      const held = goOn(before, hold("court"));
      expect(endsNow(held)).toEqual([]);
      expect(endsNow(goOn(held, hold(null)))).toEqual([]);
    }),
    RUNS,
  );
  expect(reached).toBeGreaterThan(100);
});

test("a hold only ever adds to what stands in the way, and time only ever takes away", () => {
  const reasons = fc.constantFrom(...HOLD_REASONS);
  fc.assert(
    fc.property(line, reasons, fc.nat(400), (happens, reason, later) => {
      const { now, practice, team } = happens.reduce(goOn, atFirst());
      const { rule } = practice.keptHere;
      for (const rooms of ["family", "record"] as const) {
        const kept = { ...team.kept, hold: null };
        const free = standingOf({ kept, rule, rooms, now });
        const held = standingOf({ kept: { ...kept, hold: reason }, rule, rooms, now });
        expect(held.obstacles).toEqual(expect.arrayContaining([...free.obstacles]));
        expect(held.obstacles.length).toBe(free.obstacles.length + 1);
        expect(held.dueAt).toBe(free.dueAt);
        const then = standingOf({ kept, rule, rooms, now: now + later * DAY });
        expect(free.obstacles).toEqual(expect.arrayContaining([...then.obstacles]));
        const dueAt = free.dueAt ?? now;
        const isFree = standingOf({ kept, rule, rooms, now: dueAt }).obstacles.length === 0;
        expect(isFree || free.dueAt === null).toBe(true);
      }
    }),
  );
});
