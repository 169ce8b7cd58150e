import type { AccountId, AgreementEntry, AgreementVersionId, EntryId } from "@sotto/domain";
import {
  agreementHash,
  agreementVersionId,
  encodeAgreementVersion,
  makeIdentity,
  parseIdentityRecord,
  signStatement,
  toHex,
} from "@sotto/vault";
import type { AgreementFields, AgreementStatement, Bytes, IdentityRecord } from "@sotto/vault";
import { expect, test } from "vitest";
import {
  emptyAgreementLog,
  heardStatement,
  takeAgreement,
  type SaidWhere,
  type Signed,
} from "./agreement-log.ts";

const id = (number: number): string => `00000000-0000-4000-8000-${number.toString().padStart(12, "0")}`;
const fields: AgreementFields = {
  agreement: id(1),
  family: id(2),
  number: 1,
  template: null,
  on: { year: 2026, month: 11, day: 26 },
  parties: [{ person: id(3), name: "Ana", role: "adult", signs: true, born: null }],
  therapists: [id(9)],
  places: [],
  choices: {
    client: { kind: "unit" },
    policy: { kind: "full" },
    contacts: [],
    telling: { graceUnit: "days", graceCount: 1, ifNotTold: "end" },
    limits: [],
    earlier: "stays-private",
    outsiders: { release: "everyone", teensSign: false, exceptions: [], confiding: "nobody", supporters: [] },
    promises: {
      recordings: "nobody",
      screenshots: "nobody",
      markedViews: false,
      socialMedia: "nothing",
      notInCourt: true,
    },
    records: { form: "one", access: "all-agree", retention: null },
    court: { secrecy: "not-promised", testimony: "by-order" },
    minors: [],
    messages: { channels: [], crisisLine: null },
    change: { checkInMonths: 1, reviewMonths: 1 },
    worries: { routes: [], members: [], practice: [], firstWordHours: 1 },
  },
  words: [{ part: "client", language: "en", reader: "adult", text: "word ".repeat(400) }],
};
const bytes = encodeAgreementVersion(fields);
const version = agreementVersionId(agreementHash(bytes)) as AgreementVersionId;
// Ids of the right form; the brands are compiler-only marks.
const where = (more: Partial<SaidWhere> = {}): SaidWhere => ({
  entry: id(50) as EntryId,
  author: id(9) as AccountId,
  isByKeeper: true,
  epoch: 4,
  at: 1,
  signed: null,
  ...more,
});
const piece = (index: number, count: number, about = agreementHash(bytes), whole = bytes): AgreementEntry => {
  const size = Math.ceil(whole.length / count);
  return {
    kind: "agreement-piece",
    about,
    index,
    count,
    bytes: whole.slice(index * size, (index + 1) * size),
  };
};

test("a version is there when all its pieces are, in whichever order, and says in which epoch it was put together", () => {
  const log = emptyAgreementLog();
  takeAgreement(log, piece(2, 3), where());
  takeAgreement(log, piece(0, 3), where());
  takeAgreement(log, piece(0, 3), where());
  expect(log.versions.size).toBe(0);
  takeAgreement(log, piece(1, 3), where());
  expect(log.versions.get(version)?.epoch).toBe(4);
  expect(log.versions.get(version)?.record.parties).toEqual(fields.parties);
  expect(log.pieces.size).toBe(0);
});

test("pieces by somebody who keeps nothing, of another author, or of other bytes than were named make no version", () => {
  const log = emptyAgreementLog();
  takeAgreement(log, piece(0, 1), where({ isByKeeper: false }));
  takeAgreement(log, piece(0, 2), where());
  takeAgreement(log, piece(1, 2), where({ author: id(8) as AccountId }));
  takeAgreement(log, piece(0, 1, agreementHash(bytes), bytes.slice(1)), where());
  takeAgreement(log, piece(0, 1, agreementHash(bytes.slice(1)), bytes.slice(1)), where());
  expect(log.versions.size).toBe(0);
});

test("what a keeper alone may say counts from nobody else", () => {
  const log = emptyAgreementLog();
  const note = { kind: "agreement-note", version, part: "policy", question: "?", answer: "!" } as const;
  const answer = { kind: "agreement-answer", question: id(60) as EntryId, text: "!" } as const;
  for (const said of [note, answer]) takeAgreement(log, said, where({ isByKeeper: false }));
  expect([log.notes.length, log.answers.size]).toEqual([0, 0]);
  for (const said of [note, answer]) takeAgreement(log, said, where());
  expect([log.notes.length, log.answers.size]).toEqual([1, 1]);
});

test("a statement is heard from the account whose key signed it, and from no other", async () => {
  const random = (count: number): Bytes => crypto.getRandomValues(new Uint8Array(count));
  const people = await Promise.all([id(3), id(4)].map((account) => makeIdentity({ account, random })));
  const records = new Map<string, IdentityRecord>(
    people.map(({ record }) => {
      const parsed = parseIdentityRecord(record);
      return [toHex(parsed.hash), parsed];
    }),
  );
  const identityOf = (hash: Bytes) => records.get(toHex(hash)) ?? null;
  const [ana] = people;
  if (ana === undefined) throw new Error("two people");
  const said = {
    about: agreementHash(bytes),
    by: id(3),
    at: 1,
    after: null,
    said: { kind: "withdrawn" },
  } as const;
  const statement = await signStatement(ana.secret, said);
  expect((await heardStatement(statement, { account: id(3) }, identityOf))?.statement.said.kind).toBe(
    "withdrawn",
  );
  expect(await heardStatement(statement, { account: id(4) }, identityOf)).toBeNull();
  // In the team's room a colleague carries it, and it stays the word of whoever signed it.
  const carried = { account: id(4), carried: "everything" } as const;
  expect((await heardStatement(statement, carried, identityOf))?.account).toBe(id(3));
  // In the agreement's room keepers carry who was named, and nothing else.
  expect(await heardStatement(statement, { account: id(4), carried: "names" }, identityOf)).toBeNull();
  const naming = await signStatement(ana.secret, { ...said, said: { kind: "named", people: [] } });
  const names = await heardStatement(naming, { account: id(4), carried: "names" }, identityOf);
  expect(names?.account).toBe(id(3));
  expect(await heardStatement(naming, { account: id(4) }, identityOf)).toBeNull();
  const changed = statement.slice();
  changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
  expect(await heardStatement(changed, { account: id(3) }, identityOf)).toBeNull();
  expect(await heardStatement(changed, carried, identityOf)).toBeNull();
  expect(await heardStatement(statement.slice(1), { account: id(3) }, identityOf)).toBeNull();
});

test("of what somebody says of one kind about a version no more than 500 are heard, a withdrawal and every other person's words are", () => {
  const log = emptyAgreementLog();
  const tell = (
    number: number,
    kind: "offered" | "withdrawn",
    more: Partial<SaidWhere & Signed> = {},
  ): void => {
    const hash = new Uint8Array(32);
    new DataView(hash.buffer).setUint32(0, number);
    // Of a statement nothing else is looked at here.
    const statement = { about: agreementHash(bytes), hash, said: { kind } } as unknown as AgreementStatement;
    const signed = { statement, account: more.account ?? (id(9) as AccountId) };
    const entry = { kind: "agreement-said", statement: new Uint8Array(0) } as const;
    takeAgreement(log, entry, where({ isByKeeper: false, ...more, signed }));
  };
  for (let number = 0; number < 2_000; number++) tell(number, "offered");
  expect(log.said).toHaveLength(500);
  tell(3_000, "withdrawn");
  tell(3_001, "offered", { account: id(8) as AccountId });
  expect(log.said).toHaveLength(502);
  for (let number = 0; number < 600; number++) tell(4_000 + number, "offered", { isByKeeper: true });
  expect(log.said).toHaveLength(1_102);
});
