import fc from "fast-check";
import { expect, test } from "vitest";
import {
  ANA,
  anyChoices,
  anyParties,
  anyPlace,
  BEN,
  CALIFORNIA,
  GRAN,
  id,
  MIA,
  party,
  promiseTo,
  soundChoices,
  TOM,
  versionOf,
} from "../../testing/agreement.ts";
import type { PersonId } from "../id.ts";
import type { Choices, MinorChoice, OpenChoices } from "./choices.ts";
import type { Gap } from "./gap.ts";
import { GAP_KINDS } from "./gap.ts";
import { blockingGaps, gapsIn } from "./gaps-in.ts";
import { AGREEMENT_PARTS } from "./part.ts";
import type { AgreementDraft } from "./version.ts";

const gapsWith = (choices: Partial<OpenChoices>, more: Partial<AgreementDraft> = {}): readonly Gap[] =>
  gapsIn({ ...versionOf(1), ...more, choices: { ...soundChoices, ...choices } });
const kindsWith = (choices: Partial<OpenChoices>, more: Partial<AgreementDraft> = {}) =>
  gapsWith(choices, more).map(({ kind }) => kind);
const minorWith = (more: Partial<MinorChoice>, draft: Partial<AgreementDraft> = {}) =>
  gapsWith({ minors: [promiseTo(TOM, more)] }, draft);

test("choices without a contradiction have no gap", () => {
  expect(gapsIn(versionOf(1))).toEqual([]);
});

test("each of the fourteen parts is missed when it is open, and when it has no words for a reader", () => {
  for (const part of AGREEMENT_PARTS) {
    expect(kindsWith({ [part]: null })).toContain("part-open");
    const words = versionOf(1).words.filter((one) => one.part !== part || one.reader !== "teen");
    expect(gapsWith({}, { words })).toContainEqual({
      kind: "part-without-words",
      weight: "blocks",
      part,
      about: "en.teen",
    });
  }
  expect(gapsWith({}, { words: [] })).toHaveLength(28);
});

test("a no-secrets policy over somebody who will not sign is blocked, and so is one at the therapist's discretion", () => {
  const parties = [party(ANA, "adult"), party(BEN, "adult", { signs: false }), party(TOM, "teen")];
  for (const policy of [{ kind: "no-secrets" }, { kind: "discretion", tellsSpeakerFirst: true }] as const) {
    expect(gapsWith({ policy }, { parties })).toContainEqual({
      kind: "policy-over-unsigned",
      weight: "blocks",
      part: "policy",
      person: BEN,
    });
  }
  expect(kindsWith({ policy: { kind: "full" } }, { parties })).toEqual(["does-not-sign"]);
  const young = [party(ANA, "adult"), party(BEN, "adult"), party(TOM, "teen", { signs: false })];
  expect(gapsWith({}, { parties: young })).toMatchObject([{ kind: "does-not-sign", person: TOM }]);
});

test("secrecy in court is promised by nobody", () => {
  expect(kindsWith({ court: { secrecy: "promised", testimony: "by-order" } })).toEqual(["secrecy-in-court"]);
});

test.each<readonly [string, Partial<Choices>, string]>([
  ["a limited policy without a list", { policy: { kind: "limited", categories: [] } }, "no-categories"],
  [
    "never alone, and nobody was asked alone before",
    { policy: { kind: "no-individual-contact", isScreenedFirst: false }, contacts: ["message"] },
    "not-screened",
  ],
  [
    "never alone, but for sessions alone",
    { policy: { kind: "no-individual-contact", isScreenedFirst: true } },
    "alone-though-never-alone",
  ],
  ["a list for one client alone", { client: { kind: "individual", client: ANA } }, "nobody-to-tell"],
  ["no contact covered", { contacts: [] }, "nothing-covered"],
  ["a channel that is not covered", { contacts: ["call"] }, "channel-not-covered"],
  ["safety not excepted", { limits: ["court-order"] }, "limit-missing"],
  [
    "a client who is not in it",
    { client: { kind: "individual", client: id<PersonId>(8) } },
    "client-missing",
  ],
  [
    "each releases alone what is joint",
    { outsiders: { ...soundChoices.outsiders, release: "each-for-own" } },
    "release-too-narrow",
  ],
  [
    "supporters although nobody may be told",
    { outsiders: { ...soundChoices.outsiders, confiding: "nobody" } },
    "supporter-not-allowed",
  ],
  [
    "a supporter of nobody",
    { outsiders: { ...soundChoices.outsiders, supporters: [{ of: MIA, name: "R", about: "own-words" }] } },
    "person-unknown",
  ],
  [
    "one record, read by each alone",
    { records: { ...soundChoices.records, access: "own-part" } },
    "access-too-wide",
  ],
  ["no period", { records: { ...soundChoices.records, retention: null } }, "retention-open"],
  ["no channel", { messages: { ...soundChoices.messages, channels: [] } }, "no-channel"],
  [
    "plain mail",
    { messages: { ...soundChoices.messages, channels: [{ channel: "email", answerHours: null }] } },
    "open-channel",
  ],
  ["no crisis line", { messages: { ...soundChoices.messages, crisisLine: null } }, "no-crisis-line"],
  ["a review after three years", { change: { checkInMonths: 3, reviewMonths: 36 } }, "review-late"],
  ["no way to raise a worry", { worries: { ...soundChoices.worries, routes: [] } }, "no-worry-route"],
  ["no promise at a leak", { worries: { ...soundChoices.worries, practice: [] } }, "no-leak-promise"],
  ["no time to tell it", { telling: { ...soundChoices.telling, graceCount: 0 } }, "out-of-range"],
])("it is said: %s", (_, choices, kind) => {
  expect(kindsWith(choices)).toContain(kind);
});

test("what guardians and a minor are promised is one thing, and risk is always told", () => {
  expect(minorWith({ level: "private" })).toMatchObject([
    { kind: "promises-differ", weight: "blocks", about: "how-it-goes" },
  ]);
  expect(minorWith({ told: ["attendance"] })).toMatchObject([{ kind: "risk-not-told", weight: "blocks" }]);
  expect(kindsWith({ policy: { kind: "no-secrets" } })).toEqual(["level-against-policy"]);
});

test("every minor has a promise, of their own, and somebody who consents", () => {
  expect(kindsWith({ minors: [] })).toEqual(["minor-without-promise"]);
  expect(kindsWith({ minors: [promiseTo(TOM), promiseTo(TOM)] })).toEqual(["minor-twice"]);
  expect(kindsWith({ minors: [promiseTo(TOM), promiseTo(ANA)] })).toEqual(["minor-not-party"]);
  expect(minorWith({ guardians: [] })).toMatchObject([{ kind: "minor-without-consent" }]);
  expect(minorWith({ guardians: [GRAN] })).toMatchObject([{ kind: "guardian-unknown", about: GRAN }]);
});

test("a place's rule makes a level doubtful, says whether anybody has seen it, and never blocks", () => {
  const older = { ...CALIFORNIA, minorAge: 16, verified: false, citation: "N.J. Stat. 9:17A-4" };
  expect(minorWith({}, { places: [older] })).toMatchObject([
    { kind: "place-unverified", weight: "note" },
    {
      kind: "level-doubtful",
      weight: "doubtful",
      about: "guardians-may-ask",
      place: { citation: "N.J. Stat. 9:17A-4", verified: false },
    },
  ]);
  expect(minorWith({ level: "open" })).toMatchObject([
    { kind: "level-doubtful", weight: "doubtful", about: "minor-decides" },
  ]);
  expect(minorWith({ route: "minor" })).toMatchObject([{ kind: "route-doubtful", about: "conditions" }]);
  const parties = [party(ANA, "adult"), party(BEN, "adult"), party(TOM, "teen", { born: null })];
  expect(minorWith({}, { parties })).toMatchObject([{ kind: "age-unknown", weight: "doubtful" }]);
  const grown = [...parties.slice(0, 2), party(TOM, "teen", { born: { year: 2012, month: 3, day: 1 } })];
  expect(minorWith({}, { parties: grown })).toMatchObject([{ kind: "of-age" }]);
});

test("there are gaps or none for every draft, in the order of the parts, and the law of no place blocks", () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(anyChoices, anyParties, fc.array(anyPlace, { maxLength: 3 }), (choices, parties, places) => {
      const gaps = gapsIn(versionOf(1, { choices, parties, places }));
      for (const { kind, place, weight } of gaps) {
        seen.add(kind);
        expect(place !== undefined && weight === "blocks").toBe(false);
      }
      const order = gaps.map(({ part }) => AGREEMENT_PARTS.indexOf(part));
      expect(order).toEqual(order.toSorted((one, other) => one - other));
    }),
    { numRuns: 1500 },
  );
  const elsewhere = [
    "own-words-refused",
    "own-words-unsure",
    "part-open",
    "part-without-words",
    "no-therapist",
    "retention-unverified",
  ];
  expect([...seen].toSorted()).toEqual(GAP_KINDS.filter((kind) => !elsewhere.includes(kind)).toSorted());
});

test("nobody in it, and no therapist, cannot be offered", () => {
  const empty = { ...versionOf(1), parties: [], therapists: [], choices: { ...soundChoices, minors: [] } };
  expect(blockingGaps(empty).map(({ kind }) => kind)).toEqual([
    "nobody-bound",
    "no-therapist",
    "person-unknown",
  ]);
});
