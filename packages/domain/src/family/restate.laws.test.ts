import fc from "fast-check";
import { expect, test } from "vitest";
import type { AccountId, DisposalId, FamilyId, InvitationId, PersonId, RoomId, TemplateId } from "../id.ts";
import { LIFE_EVENT_KINDS } from "../agreement/entry.ts";
import type { EntryBody } from "../entry/entry.ts";
import { currentCustodian } from "../practice/custodian.ts";
import { STAFF_ROLES } from "../practice/staff.ts";
import { HOLD_REASONS } from "../retention/record.ts";
import { FAMILY_ROLES } from "./person.ts";
import { applyToFamily, EMPTY_FAMILY, familyOf, restate, type FamilyState } from "./state.ts";

const NOW = 1_000;
const id = <Id extends string>(number: number) =>
  `00000000-0000-4000-8000-${number.toString(16).padStart(12, "0")}` as Id;
const someId = <Id extends string>() => fc.integer({ min: 1, max: 6 }).map((number) => id<Id>(number));
const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 });

const months = fc.integer({ min: 0, max: 12 });
const rule = fc.record({
  place: fc.string(),
  title: fc.string(),
  citation: fc.string(),
  verified: fc.boolean(),
  asOf: fc.string(),
  familyMonths: months,
  recordMonths: months,
  minorMonths: months,
  maximumMonths: fc.option(months),
});
const aboutKeeping: fc.Arbitrary<EntryBody> = fc.oneof(
  fc.record({
    kind: fc.constant("life-event" as const),
    event: fc.constantFrom(...LIFE_EVENT_KINDS),
    at: fc.nat(9),
    concerns: fc.array(someId<PersonId>(), { maxLength: 2 }),
  }),
  fc.record({
    kind: fc.constant("legal-hold" as const),
    reason: fc.option(fc.constantFrom(...HOLD_REASONS)),
  }),
  fc.record({
    kind: fc.constant("comes-of-age" as const),
    month: fc.record({ year: fc.integer({ min: 1899, max: 2030 }), month: fc.integer({ min: 0, max: 13 }) }),
  }),
  fc.record({ kind: fc.constant("retention-rule" as const), rule }),
  fc.record({
    kind: fc.constant("disposal-proposed" as const),
    list: fc.record({
      disposal: someId<DisposalId>(),
      family: someId<FamilyId>(),
      rooms: fc.array(someId<RoomId>(), { maxLength: 3 }),
      record: fc.option(someId<RoomId>()),
      rule,
      dueSince: fc.nat(20),
    }),
  }),
  fc.record({ kind: fc.constant("disposal-confirmed" as const), disposal: someId<DisposalId>() }),
  fc.record({ kind: fc.constant("disposal-withdrawn" as const), disposal: someId<DisposalId>() }),
  fc.record({
    kind: fc.constant("rooms-ended" as const),
    disposal: someId<DisposalId>(),
    rooms: fc.array(someId<RoomId>(), { maxLength: 3 }),
  }),
);

const aboutTemplates: fc.Arbitrary<EntryBody> = fc.oneof(
  fc.record({ kind: fc.constant("template-saved" as const), template: someId<TemplateId>(), about: bytes }),
  fc.record({
    kind: fc.constant("template-retired" as const),
    template: someId<TemplateId>(),
    retired: fc.boolean(),
  }),
);

/** Any line of entries that a record may hold, in any order. */
const entry: fc.Arbitrary<EntryBody> = fc.oneof(
  fc.constant({ kind: "family-profile", family: id<FamilyId>(99), name: "Lake" } as const),
  fc.record({
    kind: fc.constant("person" as const),
    person: fc.record({
      person: someId<PersonId>(),
      name: fc.string(),
      role: fc.constantFrom(...FAMILY_ROLES),
      inTreatment: fc.boolean(),
      relations: fc.constant([]),
      safeContact: fc.constant(null),
    }),
  }),
  fc.record({
    kind: fc.constant("staff" as const),
    staff: fc.record({
      person: someId<PersonId>(),
      name: fc.string(),
      role: fc.constantFrom(...STAFF_ROLES),
    }),
  }),
  fc.record({ kind: fc.constant("person-left" as const), person: someId<PersonId>() }),
  fc.record({
    kind: fc.constant("invitation-made" as const),
    invitation: someId<InvitationId>(),
    person: someId<PersonId>(),
    secret: bytes,
    inviterIdentity: bytes,
    expiresAt: fc.constantFrom(NOW - 1, NOW, NOW + 1),
  }),
  fc.record({ kind: fc.constant("invitation-revoked" as const), invitation: someId<InvitationId>() }),
  fc.record({
    kind: fc.constant("person-joined" as const),
    person: someId<PersonId>(),
    account: someId<AccountId>(),
    identity: bytes,
    verified: fc.constantFrom("invitation" as const, "in-person" as const),
  }),
  fc.record({
    kind: fc.constant("person-lost" as const),
    person: someId<PersonId>(),
    account: someId<AccountId>(),
    rooms: fc.array(fc.record({ room: someId<RoomId>(), epoch: fc.nat(9) }), { maxLength: 3 }),
  }),
  fc.record({ kind: fc.constant("family-closed" as const), closed: fc.boolean() }),
  fc.record({
    kind: fc.constant("custodian" as const),
    custodian: fc.record({ account: someId<AccountId>(), identity: bytes, name: fc.string() }),
  }),
  fc.record({ kind: fc.constant("custodian-ended" as const), account: someId<AccountId>() }),
  fc.constant({ kind: "leave-asked" } as const),
  fc.constant({ kind: "record-restated" } as const),
  aboutKeeping,
  aboutTemplates,
);

/** Who writes an entry turns with the lines, and the time goes on. */
const after = (
  entries: readonly EntryBody[],
  { from = EMPTY_FAMILY, isKnownWhole = true }: { from?: FamilyState; isKnownWhole?: boolean } = {},
) =>
  entries.reduce((state, said, index) => {
    const at = (isKnownWhole ? 0 : NOW) + index;
    return applyToFamily(state, said, {
      by: id<AccountId>((index % 6) + 1),
      at,
      writtenAt: at - 1,
      isKnownWhole,
    });
  }, from);

test("whoever came in later knows the record as those do who were there, but for invitations that are over", () => {
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 40 }), (entries) => {
      const there = after(entries);
      const late = after(restate(there, NOW), { isKnownWhole: false });
      const open = [...there.invitations].filter(([, made]) => !made.revoked && made.expiresAt > NOW);
      expect(currentCustodian(late.custodians)).toEqual(currentCustodian(there.custodians));
      expect(late).toEqual({
        ...there,
        name: there.family === null ? "" : there.name,
        invitations: new Map(open),
      });
    }),
  );
});

test("saying it again changes nothing for those who were there", () => {
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 40 }), (entries) => {
      const there = after(entries);
      expect(after(restate(there, NOW), { from: there })).toEqual(there);
    }),
  );
});

test("the last entry says that the record is whole, and the family has no screen before it is", () => {
  const person = { person: id<PersonId>(1), name: "Ana", role: "adult", inTreatment: true } as const;
  const there = after([
    { kind: "family-profile", family: id<FamilyId>(99), name: "Lake" },
    { kind: "person", person: { ...person, relations: [], safeContact: null } },
  ]);
  const said = restate(there, NOW);
  expect(said.at(-1)).toEqual({ kind: "record-restated" });
  expect(familyOf(after(said.slice(0, -2)))).toBeNull();
  expect(familyOf(after(said.slice(0, -1)))?.people).toEqual([...there.people.values()]);
});

test("the last custodian that has not ended reads, and one that has ended never does again", () => {
  const custodian = (number: number) =>
    ({
      kind: "custodian",
      custodian: { account: id<AccountId>(number), identity: new Uint8Array(32), name: "" },
    }) as const;
  const ended = (number: number) => ({ kind: "custodian-ended", account: id<AccountId>(number) }) as const;
  const now = (...entries: readonly EntryBody[]) =>
    currentCustodian(after(entries).custodians)?.account ?? null;
  expect(now()).toBeNull();
  expect(now(custodian(1), custodian(2))).toBe(id(2));
  // Somebody who had not heard of the second says the record again.
  expect(now(custodian(1), custodian(2), custodian(1))).toBe(id(2));
  expect(now(custodian(1), custodian(2), ended(2))).toBeNull();
  expect(now(custodian(1), ended(1), custodian(1))).toBeNull();
  expect(now(ended(1))).toBeNull();
});
