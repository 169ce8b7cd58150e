import fc from "fast-check";
import { expect, test } from "vitest";
import {
  anyPolicy,
  ANA,
  BEN,
  frozen,
  GRAN,
  MIA,
  party,
  promiseTo,
  soundChoices,
  THERAPIST,
  TOM,
  versionId,
  versionOf,
} from "../../testing/agreement.ts";
import { agreementOf, applyToAgreement } from "./apply.ts";
import type { AgreementEvent, EventMoment } from "./event.ts";
import { blockingGaps } from "./gaps-in.ts";
import { agreementHolds, ruleAt } from "./rule-at.ts";
import { CAPACITIES, requiredSignatures } from "./signer.ts";
import { EMPTY_AGREEMENT, versionInForce, openOffer } from "./state.ts";
import type { AgreementVersion } from "./version.ts";

/*
 * Logs of whatever can happen to an agreement, with a way into force laid through them so that many get there, and anything put between, left out or turned
 * around. What is in force is judged by the plain list of what was said, and not by what the domain made of it.
 */

interface Line {
  readonly event: AgreementEvent;
  readonly moment: EventMoment;
}

const PEOPLE = [ANA, BEN, TOM, MIA, GRAN] as const;
const anyOf = fc.constantFrom(...PEOPLE);

/** Versions of an agreement of two adults, perhaps with a teenager, a child who is too young to sign, and a guardian who takes no part. */
const anyVersion = (number: number): fc.Arbitrary<AgreementVersion> =>
  fc
    .record({
      policy: anyPolicy,
      hasTeen: fc.boolean(),
      hasChild: fc.boolean(),
      isTeenAlone: fc.boolean(),
      guardians: fc.subarray([ANA, BEN, GRAN], { minLength: 1 }),
    })
    .map(({ guardians, hasChild, hasTeen, isTeenAlone, policy }) =>
      versionOf(number, {
        parties: [
          party(ANA, "adult"),
          party(BEN, "adult"),
          ...(hasTeen ? [party(TOM, "teen")] : []),
          ...(hasChild ? [party(MIA, "child", { signs: false })] : []),
          party(GRAN, "guardian"),
        ],
        choices: {
          ...soundChoices,
          policy,
          minors: [
            ...(hasTeen ? [promiseTo(TOM, { guardians, route: isTeenAlone ? "minor" : "guardians" })] : []),
            ...(hasChild ? [promiseTo(MIA, { guardians })] : []),
          ],
        },
      }),
    )
    .filter((version) => blockingGaps(version).length === 0);

const anyEvent = (versions: readonly AgreementVersion[]): fc.Arbitrary<AgreementEvent> => {
  const id = fc.constantFrom(...versions.map(({ version }) => version));
  return fc.oneof(
    fc
      .constantFrom(...versions)
      .map((version): AgreementEvent => ({ kind: "offered", by: THERAPIST, version })),
    fc.record({
      kind: fc.constant("signed" as const),
      by: anyOf,
      version: id,
      as: fc.constantFrom(...CAPACITIES),
      of: anyOf,
    }),
    fc.record({
      kind: fc.constant("answered" as const),
      by: anyOf,
      version: id,
      answer: fc.constantFrom("declined" as const, "change-asked" as const),
    }),
    fc.record({ kind: fc.constant("withdrawn" as const), by: anyOf }),
    id.map((one): AgreementEvent => ({ kind: "suspended", by: THERAPIST, versions: [one] })),
    id.map((version): AgreementEvent => ({ kind: "recalled", by: THERAPIST, version })),
    fc.record({ kind: fc.constant("person-left" as const), person: anyOf }),
    fc.record({ kind: fc.constant("person-back" as const), person: anyOf }),
    fc.boolean().map((closed): AgreementEvent => ({ kind: "closed", closed })),
  );
};

const wayOf = (version: AgreementVersion): readonly AgreementEvent[] => [
  { kind: "offered", by: THERAPIST, version },
  ...requiredSignatures(version).map(({ as, of, person }): AgreementEvent => ({
    kind: "signed",
    by: person,
    version: version.version,
    as,
    of,
  })),
];

/** A log whose clock runs on in the order of the log; each author's own word may lie either way. */
const anyLog: fc.Arbitrary<readonly Line[]> = fc
  .tuple(anyVersion(1), anyVersion(2), anyVersion(3))
  .chain((versions) => {
    const way = versions.flatMap(wayOf);
    return fc.record({
      between: fc.array(fc.record({ place: fc.nat(way.length), event: anyEvent(versions) }), {
        maxLength: 6,
      }),
      left: fc.array(fc.nat(way.length - 1), { maxLength: 2 }),
      steps: fc.array(fc.constantFrom(0, 1, 10), { minLength: 40, maxLength: 40 }),
      lies: fc.array(fc.constantFrom(0, 0, 0, -15, 15), { minLength: 40, maxLength: 40 }),
      way: fc.constant(way),
    });
  })
  .map(({ between, left, lies, steps, way }) => {
    const events = way.filter((_, index) => !left.includes(index));
    for (const { event, place } of between) events.splice(place, 0, event);
    let at = 100;
    return events.map((event, index): Line => {
      at += steps[index % 40] ?? 1;
      return { event, moment: { at, writtenAt: at + (lies[index % 40] ?? 0) } };
    });
  });

test("nothing is in force without every signature that it needs, given after it was offered and never taken back", () => {
  let reached = 0;
  fc.assert(
    fc.property(anyLog, (log) => {
      for (let length = 1; length <= log.length; length++) {
        const lines = log.slice(0, length).map(({ event }) => event);
        const holding = versionInForce(agreementOf(EMPTY_AGREEMENT, log.slice(0, length)));
        if (holding === null) continue;
        reached += 1;
        if (versionInForce(agreementOf(EMPTY_AGREEMENT, log.slice(0, length - 1))) !== null) continue;
        const { version } = holding.version;
        const offeredAt = lines.findIndex((one) => one.kind === "offered" && one.version.version === version);
        expect(offeredAt).toBeGreaterThanOrEqual(0);
        expect(holding.required).not.toEqual([]);
        for (const wanted of requiredSignatures(holding.version)) {
          const isIt = (one: AgreementEvent): boolean =>
            one.kind === "signed" &&
            one.version === version &&
            one.by === wanted.person &&
            one.as === wanted.as &&
            one.of === wanted.of;
          const isUndone = (one: AgreementEvent): boolean =>
            (one.kind === "answered" && one.version === version && one.by === wanted.person) ||
            (one.kind === "withdrawn" && one.by === wanted.person) ||
            (one.kind === "person-left" && one.person === wanted.person) ||
            (one.kind === "recalled" && one.version === version) ||
            (one.kind === "suspended" && one.versions.includes(version));
          const stands = lines.some(
            (one, index) => index > offeredAt && isIt(one) && !lines.slice(index + 1).some(isUndone),
          );
          expect(stands).toBe(true);
        }
      }
    }),
    { numRuns: 1500 },
  );
  expect(reached).toBeGreaterThan(1000);
});

test("no later event changes the rule of something that was told before it", () => {
  let told = 0;
  fc.assert(
    fc.property(anyLog, anyOf, fc.nat(30), (log, owner, length) => {
      const earlier = log.slice(0, length);
      const later = log.slice(length);
      const before = agreementOf(EMPTY_AGREEMENT, earlier);
      const words = later.flatMap(({ moment }) => [moment.at, moment.writtenAt]);
      const known = earlier.flatMap(({ moment }) => [moment.at, moment.writtenAt]);
      const end = Math.min(...words);
      if (later.length === 0) return;
      const moments = [...known, ...known.map((at) => at + 1), end - 1].filter((at) => at < end);
      for (let count = 1; count <= later.length; count++) {
        const after = agreementOf(before, later.slice(0, count));
        for (const at of moments) {
          for (const writtenAt of [at, moments[0] ?? at]) {
            const rule = ruleAt(before, { owner, at, writtenAt });
            if (rule.kind === "version") told += 1;
            expect(ruleAt(after, { owner, at, writtenAt })).toEqual(rule);
          }
        }
      }
    }),
    { numRuns: 1500 },
  );
  expect(told).toBeGreaterThan(1000);
});

test("a withdrawal is immediate: from its moment on nothing is told under what was signed, and no signature of before counts", () => {
  let withdrew = 0;
  fc.assert(
    fc.property(anyLog, anyOf, fc.nat(60), (log, by, length) => {
      const before = agreementOf(EMPTY_AGREEMENT, log.slice(0, length));
      const at = 5000;
      const result = applyToAgreement(before, { kind: "withdrawn", by }, { at, writtenAt: at });
      if (result.kind === "refused") return;
      withdrew += 1;
      expect(versionInForce(result.state)).toBeNull();
      expect(openOffer(result.state)).toBeNull();
      for (const owner of PEOPLE) {
        for (const when of [at, at + 1, at + 1000]) {
          expect(ruleAt(result.state, { owner, at: when, writtenAt: when })).toEqual({ kind: "none" });
        }
      }
      expect(versionInForce(before) !== null && agreementHolds(result.state) !== "suspended").toBe(false);
      // Whatever of the versions of before is signed after it is refused.
      for (const { required, version } of result.state.versions) {
        for (const { as, of, person } of required) {
          const event = { kind: "signed", by: person, version: version.version, as, of } as const;
          expect(applyToAgreement(result.state, event, { at, writtenAt: at }).kind).toBe("refused");
        }
      }
    }),
    { numRuns: 1500 },
  );
  expect(withdrew).toBeGreaterThan(300);
});

test("two versions never hold at once, and at most one waits for signatures", () => {
  fc.assert(
    fc.property(anyLog, (log) => {
      const { versions } = agreementOf(EMPTY_AGREEMENT, log);
      expect(versions.filter(({ stage }) => stage.kind === "open").length).toBeLessThanOrEqual(1);
      const spans = versions
        .flatMap(({ stage }) =>
          stage.kind === "in-force" || stage.kind === "superseded" || stage.kind === "suspended"
            ? [[stage.since, stage.kind === "in-force" ? Number.POSITIVE_INFINITY : stage.until] as const]
            : [],
        )
        .toSorted(([one], [other]) => one - other);
      for (const [index, [since, until]] of spans.entries()) {
        expect(until).toBeGreaterThanOrEqual(since);
        expect(since).toBeGreaterThanOrEqual(spans[index - 1]?.[1] ?? 0);
      }
    }),
    { numRuns: 1000 },
  );
});

test("an event leaves the state of before as it was", () => {
  fc.assert(
    fc.property(anyLog, (log) => {
      let state = EMPTY_AGREEMENT;
      for (const { event, moment } of log) {
        const result = applyToAgreement(frozen(state), event, moment);
        expect(result.kind).toMatch(/applied|refused/);
        if (result.kind === "applied") state = result.state;
      }
    }),
    { numRuns: 300 },
  );
});

test("an answer of no takes back the signature of whoever gives it", () => {
  const version = versionOf(1);
  const events = wayOf(version);
  const moment = { at: 1, writtenAt: 1 };
  const most = agreementOf(
    EMPTY_AGREEMENT,
    events.slice(0, -1).map((event) => ({ event, moment })),
  );
  const no = agreementOf(most, [
    { event: { kind: "answered", by: ANA, version: versionId(1), answer: "declined" }, moment },
    ...events.slice(-1).map((event) => ({ event, moment })),
  ]);
  expect(versionInForce(no)).toBeNull();
  expect(openOffer(no)?.answers.get(ANA)).toBe("declined");
});
