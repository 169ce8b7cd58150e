import {
  AGREEMENT_PARTS,
  CONTACT_CHANNELS,
  FAMILY_ROLES,
  HOLD_REASONS,
  LIFE_EVENT_KINDS,
  parseId,
  QUESTION_ANSWERS,
  RELATION_KINDS,
  STAFF_ROLES,
} from "@sotto/domain";
import type { EntryBody, RetentionRule } from "@sotto/domain";
import fc from "fast-check";

const id = <Id extends string>(): fc.Arbitrary<Id> =>
  fc.uuid().map((text) => {
    const parsed = parseId<Id>(text);
    if (parsed === null) throw new Error("fast-check's UUIDs are lower-case");
    return parsed;
  });
const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => new Uint8Array(bytes));
const text = (bytesMax: number) =>
  fc
    .string({ unit: "grapheme", maxLength: 60 })
    .filter((value) => new TextEncoder().encode(value).length <= bytesMax);
const time = fc.nat({ max: 2 ** 48 - 1 });

const person = fc.record({
  person: id<never>(),
  name: text(200),
  role: fc.constantFrom(...FAMILY_ROLES),
  inTreatment: fc.boolean(),
  relations: fc.array(fc.record({ kind: fc.constantFrom(...RELATION_KINDS), to: id<never>() }), {
    maxLength: 50,
  }),
  safeContact: fc.option(
    fc.record({ channel: fc.constantFrom(...CONTACT_CHANNELS), address: text(400), note: text(400) }),
  ),
});

const number32 = fc.nat({ max: 2 ** 32 - 1 });
const takenFrames = fc.array(
  fc.record({
    entry: id<never>(),
    stream: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map((value) => value.toString(16).padStart(16, "0")),
    sequence: number32,
    epoch: number32,
    previousEpoch: fc.option(number32),
    hash: bytes32,
  }),
  { maxLength: 5 },
);

const rule: fc.Arbitrary<RetentionRule> = fc
  .record({
    texts: fc.record({ place: text(60), title: text(300), citation: text(400), asOf: text(40) }),
    verified: fc.boolean(),
    months: fc.tuple(fc.nat(400), fc.nat(400), fc.nat(1200), fc.option(fc.nat(400))),
  })
  .map(({ months: [family, more, minorMonths, most], texts, verified }) => ({
    ...texts,
    verified,
    familyMonths: family,
    recordMonths: family + more,
    minorMonths,
    maximumMonths: most === null ? null : family + more + most,
  }));
const list = fc.record({
  disposal: id<never>(),
  family: id<never>(),
  rooms: fc.array(id<never>(), { maxLength: 6 }),
  record: fc.option(id<never>()),
  rule,
  dueSince: time,
});
const act = { by: id<never>(), at: time };
const retention: fc.Arbitrary<EntryBody> = fc.oneof(
  fc.record({
    kind: fc.constant("legal-hold" as const),
    reason: fc.option(fc.constantFrom(...HOLD_REASONS)),
  }),
  fc.record({
    kind: fc.constant("comes-of-age" as const),
    month: fc.record({
      year: fc.integer({ min: 1900, max: 2200 }),
      month: fc.integer({ min: 1, max: 12 }),
    }),
  }),
  fc.record({
    kind: fc.constant("record-since" as const),
    closedAt: fc.option(time),
    holdChangedAt: fc.option(time),
    hasMinor: fc.boolean(),
  }),
  fc.record({ kind: fc.constant("retention-rule" as const), rule }),
  fc.record({ kind: fc.constant("disposal-proposed" as const), list }),
  fc.record({ kind: fc.constant("disposal-confirmed" as const), disposal: id<never>() }),
  fc.record({ kind: fc.constant("disposal-withdrawn" as const), disposal: id<never>() }),
  fc.record({
    kind: fc.constant("rooms-ended" as const),
    disposal: id<never>(),
    rooms: fc.array(id<never>(), { maxLength: 6 }),
  }),
  fc.record({
    kind: fc.constant("disposal-told" as const),
    list,
    proposed: fc.record(act),
    confirmed: fc.option(fc.record(act)),
    ended: fc.array(fc.record({ room: id<never>(), ...act }), { maxLength: 6 }),
  }),
);

const part = fc.constantFrom(...AGREEMENT_PARTS);
const parts = fc
  .subarray([...AGREEMENT_PARTS])
  .map((some) => some.toSorted((a, b) => AGREEMENT_PARTS.indexOf(a) - AGREEMENT_PARTS.indexOf(b)));
const someBytes = fc.uint8Array({ maxLength: 500 }).map((bytes) => new Uint8Array(bytes));
const templates: fc.Arbitrary<EntryBody> = fc.oneof(
  fc
    .tuple(bytes32, fc.integer({ min: 1, max: 24 }), fc.nat(), someBytes)
    .map(([about, count, index, bytes]) => ({
      kind: "template-piece" as const,
      about,
      index: index % count,
      count,
      bytes,
    })),
  fc.record({ kind: fc.constant("template-saved" as const), template: id<never>(), about: bytes32 }),
  fc.record({ kind: fc.constant("template-retired" as const), template: id<never>(), retired: fc.boolean() }),
  fc.record({
    kind: fc.constant("template-told" as const),
    template: id<never>(),
    about: bytes32,
    number: fc.integer({ min: 1, max: 2 ** 32 - 1 }),
    saved: fc.record({ by: id<never>(), at: time }),
    retired: fc.boolean(),
  }),
);
const agreement: fc.Arbitrary<EntryBody> = fc.oneof(
  fc
    .tuple(bytes32, fc.integer({ min: 1, max: 20 }), fc.nat(), someBytes)
    .map(([about, count, index, bytes]) => ({
      kind: "agreement-piece" as const,
      about,
      index: index % count,
      count,
      bytes,
    })),
  fc.record({ kind: fc.constant("agreement-said" as const), statement: someBytes }),
  fc.record({
    kind: fc.constant("agreement-progress" as const),
    version: id<never>(),
    read: parts,
    answers: fc.array(
      fc.record({ question: text(100), answer: fc.constantFrom(...Object.values(QUESTION_ANSWERS).flat()) }),
      { maxLength: 10 },
    ),
  }),
  fc.record({
    kind: fc.constant("agreement-question" as const),
    version: id<never>(),
    part,
    text: text(8_000),
    mayShare: fc.boolean(),
  }),
  fc.record({ kind: fc.constant("agreement-answer" as const), question: id<never>(), text: text(8_000) }),
  fc.record({
    kind: fc.constant("agreement-note" as const),
    version: id<never>(),
    part,
    question: text(8_000),
    answer: text(8_000),
  }),
  fc.record({
    kind: fc.constant("life-event" as const),
    event: fc.constantFrom(...LIFE_EVENT_KINDS),
    at: time,
    concerns: fc.array(id<never>(), { maxLength: 6 }),
  }),
);

/** Any entry that can be written. */
export const anyEntry: fc.Arbitrary<EntryBody> = fc.oneof(
  retention,
  templates,
  agreement,
  fc.record({
    kind: fc.constant("custodian" as const),
    custodian: fc.record({ account: id<never>(), identity: bytes32, name: text(200) }),
  }),
  fc.record({ kind: fc.constant("custodian-ended" as const), account: id<never>() }),
  fc.record({ kind: fc.constant("message" as const), text: text(60_000) }),
  fc.record({ kind: fc.constant("reply" as const), to: id<never>(), text: text(60_000) }),
  fc.record({ kind: fc.constant("edit" as const), target: id<never>(), text: text(60_000) }),
  fc.record({ kind: fc.constant("deletion" as const), target: id<never>(), frames: takenFrames }),
  fc.record({
    kind: fc.constant("file" as const),
    file: id<never>(),
    key: bytes32,
    hash: bytes32,
    size: fc.nat({ max: 100 * 1024 * 1024 }),
    name: text(400),
    type: text(100),
    picture: fc.option(
      fc.record({ width: fc.nat({ max: 2 ** 32 - 1 }), height: fc.nat({ max: 2 ** 32 - 1 }) }),
    ),
    durationMs: fc.option(fc.nat({ max: 2 ** 32 - 1 })),
    preview: fc.option(fc.uint8Array({ maxLength: 500 }).map((bytes) => new Uint8Array(bytes))),
  }),
  fc.record({ kind: fc.constant("family-profile" as const), family: id<never>(), name: text(200) }),
  fc.record({ kind: fc.constant("person" as const), person }),
  fc.record({ kind: fc.constant("person-left" as const), person: id<never>() }),
  fc.record({
    kind: fc.constant("invitation-made" as const),
    invitation: id<never>(),
    person: id<never>(),
    secret: bytes32,
    inviterIdentity: bytes32,
    expiresAt: time,
  }),
  fc.record({ kind: fc.constant("invitation-revoked" as const), invitation: id<never>() }),
  fc.record({
    kind: fc.constant("person-joined" as const),
    person: id<never>(),
    account: id<never>(),
    identity: bytes32,
    verified: fc.constantFrom("introduced" as const, "invitation" as const, "in-person" as const),
  }),
  fc.record({
    kind: fc.constant("person-lost" as const),
    person: id<never>(),
    account: id<never>(),
    rooms: fc.array(fc.record({ room: id<never>(), epoch: fc.nat() }), { maxLength: 20 }),
  }),
  fc.record({
    kind: fc.constant("person-returned" as const),
    lost: id<never>(),
    account: id<never>(),
    identity: bytes32,
  }),
  fc.record({
    kind: fc.constant("staff" as const),
    staff: fc.record({ person: id<never>(), name: text(200), role: fc.constantFrom(...STAFF_ROLES) }),
  }),
  fc.constant({ kind: "leave-asked" as const }),
  fc.record({ kind: fc.constant("family-closed" as const), closed: fc.boolean() }),
  fc.constant({ kind: "record-restated" as const }),
);
