import fc from "fast-check";
import { expect, test } from "vitest";
import {
  ANA,
  anyChoices,
  anyParties,
  BEN,
  FAMILY,
  frozen,
  GRAN,
  id,
  MIA,
  party,
  promiseTo,
  soundParties,
  THERAPIST,
  TOM,
  versionId,
  versionOf,
} from "../../testing/agreement.ts";
import type { EntryId, ReleaseId } from "../id.ts";
import { agreementOf } from "../agreement/apply.ts";
import {
  CONFIDENTIALITY_LIMITS,
  CONTACT_KINDS,
  GUARDIAN_TOPICS,
  MINOR_LEVELS,
} from "../agreement/choices.ts";
import type { ContactKind } from "../agreement/choices.ts";
import { compileAgreement, ruleFor } from "../agreement/compile.ts";
import type { AgreementEvent } from "../agreement/event.ts";
import { CAPACITIES, requiredSignatures } from "../agreement/signer.ts";
import { EMPTY_AGREEMENT } from "../agreement/state.ts";
import { mayBeTold, OUTSIDE_LABELS } from "../agreement/telling.ts";
import { ROOM_KINDS } from "../room/plan.ts";
import type { DisclosureWish } from "./may-disclose.ts";
import { mayDisclose } from "./may-disclose.ts";
import type { DisclosedEntry, OwnerRule } from "./owner-rule.ts";
import { ownerRules } from "./owner-rule.ts";
import { DISCLOSURE_SENTENCES, disclosureSentence } from "./reason.ts";
import type { Recipient } from "./recipient.ts";
import { isSameRecipient } from "./recipient.ts";
import type { Release } from "./release.ts";
import { RELEASE_LABELS, RELEASE_PURPOSES } from "./release.ts";

const PEOPLE = [ANA, BEN, TOM, MIA, GRAN] as const;
const anyPerson = fc.constantFrom(...PEOPLE);
/** When Tom is of age, who is born on 2 January 1952. */
const OF_AGE_AT = 86_400_000;
const anyMoment = fc.integer({ min: 0, max: 40 });
const anyRecipient: fc.Arbitrary<Recipient> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant("person" as const), person: anyPerson, hasLeft: fc.boolean() }),
  },
  fc.constant<Recipient>({ kind: "professional", person: THERAPIST }),
  fc.constantFrom("Ruth", "The school").map((name): Recipient => ({ kind: "outsider", name })),
);

const anyRelease: fc.Arbitrary<Release> = fc.record({
  release: fc.constant(id<ReleaseId>(800)),
  family: fc.constant(FAMILY),
  content: fc.oneof(
    fc.constant<Release["content"]>({ kind: "entries", entries: [id<EntryId>(500)] }),
    fc
      .record({ by: fc.subarray([...PEOPLE]), from: anyMoment, until: anyMoment })
      .map((told): Release["content"] => ({ kind: "told", ...told })),
  ),
  labels: fc.subarray([...RELEASE_LABELS]),
  recipient: anyRecipient,
  purpose: fc.constantFrom(...RELEASE_PURPOSES.slice(0, 2)),
  signatures: fc.array(
    fc.record({
      person: anyPerson,
      as: fc.constantFrom(...CAPACITIES),
      of: anyPerson,
      at: anyMoment,
      expiresAt: fc.integer({ min: 20, max: 60 }),
      revokedAt: fc.option(anyMoment, { freq: 8 }),
    }),
    { maxLength: 8 },
  ),
});

const anyAgreement: fc.Arbitrary<readonly OwnerRule[]> = fc
  .record({ choices: anyChoices, parties: anyParties, owners: fc.subarray([...PEOPLE]) })
  .map(({ owners, ...terms }) => {
    const facts = compileAgreement(terms);
    return owners.map((owner) => ({ owner, under: { version: versionId(1), signedAt: 5, facts } }));
  });

/** Whatever can be asked. Nearly all of it is refused, so that laws about what is allowed look at `likelyWish` too. */
const strangeWish: fc.Arbitrary<DisclosureWish> = fc.record({
  entry: fc.record({
    entry: fc.constant(id<EntryId>(500)),
    owners: fc.subarray([...PEOPLE], { maxLength: 2 }),
    told: fc.record({ at: anyMoment, writtenAt: anyMoment }),
    contact: fc.option(fc.constantFrom(...CONTACT_KINDS)),
    label: fc.option(fc.constantFrom(...OUTSIDE_LABELS)),
    topic: fc.option(fc.constantFrom(...GUARDIAN_TOPICS)),
    asked: fc.option(fc.record({ at: anyMoment, sessions: fc.nat(120) })),
  }),
  from: fc.record({ kind: fc.constantFrom(...ROOM_KINDS), audience: fc.subarray([...PEOPLE, THERAPIST]) }),
  to: fc.array(anyRecipient, { maxLength: 3 }),
  agreement: anyAgreement,
  releases: fc.array(anyRelease, { maxLength: 2 }),
  purpose: fc.constantFrom(...RELEASE_PURPOSES.slice(0, 2)),
  ground: fc.option(
    fc.constantFrom(...CONFIDENTIALITY_LIMITS).map((limit) => ({ kind: "limit", limit }) as const),
  ),
  at: anyMoment,
});

const family = [
  party(ANA, "adult"),
  party(BEN, "adult"),
  party(TOM, "teen", { born: { year: 1952, month: 1, day: 2 } }),
  party(MIA, "child", { signs: false }),
  party(GRAN, "collateral"),
];

const likelyAgreement: fc.Arbitrary<readonly OwnerRule[]> = fc
  .record({ choices: anyChoices, level: fc.constantFrom(...MINOR_LEVELS), isTold: fc.boolean() })
  .map(({ choices, isTold, level }) => {
    const told = isTold ? GUARDIAN_TOPICS : GUARDIAN_TOPICS.slice(0, 3);
    const minors = [promiseTo(TOM, { level, told }), promiseTo(MIA, { level, told, guardians: [ANA] })];
    const telling = { ...choices.telling, graceUnit: "sessions", graceCount: 1 } as const;
    const all = { ...choices, client: { kind: "unit" } as const, contacts: CONTACT_KINDS, minors, telling };
    const facts = compileAgreement({ choices: all, parties: family });
    return PEOPLE.map((owner) => ({ owner, under: { version: versionId(1), signedAt: 5, facts } }));
  });

/** Mostly as it should be, and now and then not. */
const mostly = <Value>(value: Value, other: fc.Arbitrary<Value>): fc.Arbitrary<Value> =>
  fc.oneof({ weight: 12, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: other });

const everySignature = [
  ...PEOPLE.map((person) => ({ person, as: "self" as const, of: person })),
  ...[ANA, BEN].map((person) => ({ person, as: "guardian" as const, of: TOM })),
  { person: ANA, as: "guardian" as const, of: MIA },
];

const likelyRelease = (to: Recipient, entry: DisclosedEntry): fc.Arbitrary<Release> =>
  fc.record({
    release: fc.constant(id<ReleaseId>(800)),
    family: fc.constant(FAMILY),
    content: fc.constant({ kind: "entries" as const, entries: [entry.entry] }),
    labels: fc.constant([entry.label ?? ("ordinary" as const)]),
    recipient: mostly(to, anyRecipient),
    purpose: mostly("family-work" as const, fc.constantFrom(...RELEASE_PURPOSES)),
    signatures: fc
      .tuple(
        ...everySignature.map((one) =>
          fc.record({
            person: fc.constant(one.person),
            as: fc.constant(one.as),
            of: fc.constant(one.of),
            at: mostly(0, anyMoment),
            expiresAt: mostly(OF_AGE_AT * 2, anyMoment),
            revokedAt: mostly<number | null>(null, anyMoment),
          }),
        ),
      )
      .chain((all) => mostly(all, fc.subarray(all))),
  });

/** What can be allowed: everybody has signed, it was told alone, whoever told it was asked to, and a release was signed by all. */
const likelyWish: fc.Arbitrary<DisclosureWish> = fc
  .record({
    agreement: likelyAgreement,
    at: fc.oneof(anyMoment, fc.integer({ min: OF_AGE_AT - 1, max: OF_AGE_AT + 1 })),
    to: fc.oneof(
      anyRecipient,
      fc.constantFrom(ANA, BEN, TOM).map((person): Recipient => ({ kind: "person", person, hasLeft: false })),
    ),
    others: mostly<readonly Recipient[]>([], fc.array(anyRecipient, { maxLength: 2 })),
    entry: fc.record({
      entry: fc.constant(id<EntryId>(500)),
      owners: fc.oneof(
        fc.subarray([...PEOPLE], { minLength: 1, maxLength: 2 }),
        anyPerson.map((one) => [one]),
      ),
      told: fc.constant({ at: 10, writtenAt: 10 }),
      contact: mostly<ContactKind | null>("message", fc.constant(null)),
      label: fc.option(fc.constantFrom(...OUTSIDE_LABELS), { freq: 2 }),
      topic: fc.option(fc.constantFrom(...GUARDIAN_TOPICS)),
      asked: mostly<DisclosedEntry["asked"]>({ at: 0, sessions: 5 }, fc.constant(null)),
    }),
  })
  .chain(({ others, to, ...wish }) =>
    fc.array(likelyRelease(to, wish.entry), { maxLength: 1 }).map((releases) => ({
      ...wish,
      releases,
      to: [to, ...others],
      from: { kind: "private" as const, audience: [...wish.entry.owners, THERAPIST] },
      purpose: "family-work" as const,
      ground: null,
    })),
  );

const anyWish = fc.oneof(strangeWish, likelyWish);

const runs = { numRuns: 2000 };

test("what is drawn here is allowed, asked and refused often enough to say something about each", () => {
  const drawn = fc
    .sample(likelyWish, { numRuns: 3000, seed: 1 })
    .flatMap((wish) => mayDisclose(wish).answers);
  const reasons = drawn.flatMap(({ reasons: why }) => why.map(({ kind }) => kind));
  for (const kind of ["policy", "guardian-topic", "released", "therapist-judges", "serious-risk", "of-age"]) {
    expect([kind, reasons.filter((one) => one === kind).length > 15]).toEqual([kind, true]);
  }
});

test("there is an answer with a reason for every combination, and what was asked stays as it was", () => {
  fc.assert(
    fc.property(anyWish, (wish) => {
      // A frozen value throws when anything is changed in it.
      const { answers } = mayDisclose(frozen(wish));
      expect(answers.map(({ to }) => to)).toEqual(wish.to);
      for (const { reasons } of answers) {
        expect(reasons.length).toBeGreaterThan(0);
        for (const reason of reasons) expect(DISCLOSURE_SENTENCES).toContain(disclosureSentence(reason));
      }
    }),
    runs,
  );
});

const STRICT = { allow: 0, ask: 1, refuse: 2 };

test("fewer people to tell never makes the answer stricter", () => {
  fc.assert(
    fc.property(anyWish, fc.integer({ min: 0, max: 2 }), (wish, without) => {
      const fewer = wish.to.filter((_, place) => place !== without);
      const [all, some] = [mayDisclose(wish), mayDisclose({ ...wish, to: fewer })];
      expect(STRICT[some.kind]).toBeLessThanOrEqual(STRICT[all.kind]);
    }),
    runs,
  );
});

test("nobody is allowed who was not told, whom no policy, no promise to guardians and no release lets be told", () => {
  fc.assert(
    fc.property(anyWish, (wish) => {
      const { agreement, at, entry, from, releases } = wish;
      for (const { kind, to } of mayDisclose(wish).answers) {
        if (kind !== "allow") continue;
        const person = to.kind === "outsider" ? null : to.person;
        const isTold = person !== null && (from.audience.includes(person) || entry.owners.includes(person));
        const isPermitted = entry.owners.every((owner) => {
          const facts = agreement.find((one) => one.owner === owner)?.under?.facts;
          if (facts === undefined || person === null || entry.contact === null) return false;
          const { contact, label } = entry;
          const byPolicy = mayBeTold(ruleFor(facts, { owner, contact, label })).includes(person);
          const byPromise = facts.guardians.some(
            ({ guardians, minor, topics, until }) =>
              minor === owner &&
              guardians.includes(person) &&
              topics.some((topic) => topic === entry.topic) &&
              (until === null || at < until),
          );
          return byPolicy || byPromise;
        });
        const isReleased = releases.some(
          ({ purpose, recipient, signatures }) =>
            purpose === wish.purpose &&
            isSameRecipient(recipient, to) &&
            signatures.every(({ expiresAt, revokedAt }) => revokedAt === null && at < expiresAt) &&
            entry.owners.every((owner) =>
              signatures.some(({ at: given, of }) => of === owner && given <= at),
            ),
        );
        expect(isTold || isPermitted || isReleased).toBe(true);
      }
    }),
    { numRuns: 6000 },
  );
});

test("no release that was taken back or has run out lets anybody be told", () => {
  fc.assert(
    fc.property(anyWish, anyRelease, fc.boolean(), (wish, other, isRevoked) => {
      const ended = [...wish.releases, other].map((one) => ({
        ...one,
        signatures: one.signatures.map((given, place) =>
          place > 0 ? given : isRevoked ? { ...given, revokedAt: wish.at } : { ...given, expiresAt: wish.at },
        ),
      }));
      const allowed = (releases: DisclosureWish["releases"]) =>
        mayDisclose({ ...wish, releases }).answers.map(({ kind }) => kind);
      expect(allowed(ended)).toEqual(allowed([]));
    }),
    runs,
  );
});

test("what is labelled safety, a record of substance use or a therapist's note is allowed to no other participant by any policy", () => {
  fc.assert(
    fc.property(anyWish, fc.constantFrom(...OUTSIDE_LABELS), (drawn, label) => {
      const wish = { ...drawn, entry: { ...drawn.entry, label } };
      for (const { kind, reasons, to } of mayDisclose(wish).answers) {
        if (to.kind !== "person" || kind !== "allow") continue;
        const [why] = reasons;
        expect(label).not.toBe("psychotherapy-note");
        expect(why?.kind === "was-told" || (label === "substance-record" && why?.kind === "released")).toBe(
          true,
        );
      }
    }),
    runs,
  );
});

test("without an agreement in force nobody is told who was not there (R-140)", () => {
  fc.assert(
    fc.property(anyWish, (drawn) => {
      for (const { kind, reasons } of mayDisclose({ ...drawn, agreement: [], ground: null }).answers) {
        expect(kind === "allow" ? reasons[0]?.kind : kind).toBe(kind === "allow" ? "was-told" : "refuse");
      }
    }),
    runs,
  );
});

test("whatever becomes of the agreement later, the answer for what was told before stays the same (R-41)", () => {
  const later = fc.array(
    fc.record({
      event: fc.oneof(
        anyPerson.map((by): AgreementEvent => ({ kind: "withdrawn", by })),
        anyPerson.map((person): AgreementEvent => ({ kind: "person-left", person })),
        anyPerson.map((person): AgreementEvent => ({ kind: "person-back", person })),
        fc.boolean().map((closed): AgreementEvent => ({ kind: "closed", closed })),
        fc.integer({ min: 2, max: 3 }).chain((number) =>
          fc.oneof(
            anyChoices.map(({ policy }): AgreementEvent => ({
              kind: "offered",
              by: THERAPIST,
              version: versionOf(number, { choices: { ...versionOf(1).choices, policy } }),
            })),
            fc
              .constantFrom(...requiredSignatures(versionOf(1)))
              .map(({ as, of, person }): AgreementEvent => ({
                kind: "signed",
                by: person,
                version: versionId(number),
                as,
                of,
              })),
          ),
        ),
      ),
      moment: fc.record({
        at: fc.integer({ min: 31, max: 60 }),
        writtenAt: fc.integer({ min: 31, max: 60 }),
      }),
    }),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(anyWish, anyChoices, later, (drawn, { policy }, events) => {
      const first = versionOf(1, { choices: { ...versionOf(1).choices, policy }, parties: soundParties });
      const sign = requiredSignatures(first).map(({ as, of, person }, place) => ({
        event: { kind: "signed", by: person, version: first.version, as, of } as const,
        moment: { at: 3 + place, writtenAt: 3 + place },
      }));
      const offer = {
        event: { kind: "offered", by: THERAPIST, version: first } as const,
        moment: { at: 2, writtenAt: 2 },
      };
      const before = agreementOf(EMPTY_AGREEMENT, [offer, ...sign]);
      const after = agreementOf(before, events);
      const told = { at: 10 + (drawn.entry.told.at % 20), writtenAt: 10 + (drawn.entry.told.writtenAt % 20) };
      const entry = { ...drawn.entry, told };
      const decide = (state: typeof before) =>
        mayDisclose({ ...drawn, entry, agreement: ownerRules(state, entry) });
      expect(decide(after)).toEqual(decide(before));
    }),
    { numRuns: 800 },
  );
});
