import { judgeEvidence } from "@sotto/domain";
import type { AccountId, AgreementVersionId, EntryId, Evidence, PersonId } from "@sotto/domain";
import { ANA, BEN, id, THERAPIST, TOM, versionOf } from "@sotto/domain/testing";
import {
  decodeAgreementVersion,
  encodeAgreementVersion,
  makeIdentity,
  parseIdentityRecord,
  parseStatement,
  signEvidence,
  signStatement,
  verifyEvidence,
} from "@sotto/vault";
import type { AgreementRecord, Bytes, IdentitySecret, Said } from "@sotto/vault";
import { beforeAll, expect, test } from "vitest";
import { toId } from "../ids.ts";
import { emptyAgreementLog, takeAgreement } from "../sync/agreement-log.ts";
import type { AgreementLog } from "../sync/agreement-log.ts";
import { saidToAll } from "./agreement-state.ts";

/*
 * A room with what its people have said, as the app hears it, and the copy that is made of it.
 */

const CLEO = id<PersonId>(91);
const FAMILY = [ANA, BEN, TOM];
const random = (count: number): Bytes => crypto.getRandomValues(new Uint8Array(count));
const recordOf = (number: number, therapist: PersonId): AgreementRecord =>
  decodeAgreementVersion(encodeAgreementVersion(versionOf(number, { therapists: [therapist] })));
const first = recordOf(1, THERAPIST);
const second = recordOf(2, CLEO);

const people = new Map<PersonId, IdentitySecret>();
beforeAll(async () => {
  for (const person of [THERAPIST, CLEO, ...FAMILY])
    people.set(person, (await makeIdentity({ account: person, random })).secret);
});
const secretOf = (person: PersonId): IdentitySecret => {
  const found = people.get(person);
  if (found === undefined) throw new Error("somebody who is known");
  return found;
};

interface Told {
  readonly by: PersonId;
  readonly about: AgreementRecord;
  readonly said: Said;
  /** The place of what its author had seen, or a name of nothing. */
  readonly after?: number | Bytes;
}
const named = (by: PersonId, about: AgreementRecord, who: readonly PersonId[]): Told => ({
  by,
  about,
  said: {
    kind: "named",
    people: who.toSorted().map((person) => ({ person, account: person, known: "in-person" as const })),
  },
});
const offered = (by: PersonId, about: AgreementRecord): Told => ({ by, about, said: { kind: "offered" } });

interface Room {
  readonly agreement: AgreementLog;
  readonly places: readonly number[];
}
const roomOf = async (versions: readonly AgreementRecord[], told: readonly Told[]): Promise<Room> => {
  const agreement = emptyAgreementLog();
  const where = { entry: id<EntryId>(1), epoch: 1, isByKeeper: true, signed: null };
  for (const { bytes, hash } of versions) {
    const piece = { kind: "agreement-piece", about: hash, index: 0, count: 1, bytes } as const;
    takeAgreement(agreement, piece, { ...where, author: toId(THERAPIST), at: 1 });
  }
  const statements: Bytes[] = [];
  for (const [place, { about, after, by, said }] of told.entries()) {
    const seen = typeof after === "number" ? statements[after] : undefined;
    const bytes = await signStatement(secretOf(by), {
      about: about.hash,
      by,
      at: 10 + place,
      after: seen === undefined ? ((after as Bytes | undefined) ?? null) : parseStatement(seen).hash,
      said,
    });
    statements.push(bytes);
    const isByKeeper = by === THERAPIST || by === CLEO;
    const signed = { statement: parseStatement(bytes), account: toId<AccountId>(by) };
    const entry = { kind: "agreement-said", statement: bytes } as const;
    takeAgreement(agreement, entry, { ...where, isByKeeper, author: toId(by), at: 10 + place, signed });
  }
  const names = agreement.said.map(({ name }) => name);
  return { agreement, places: saidToAll({ agreement }).map(({ name }) => names.indexOf(name)) };
};

/** What somebody reads in the copy of a version that the app would make of this room. */
const verdictOf = async ({ agreement }: Room, about: AgreementRecord) => {
  const identities = [...people.values()].map(({ record }) => parseIdentityRecord(record));
  const bytes = await signEvidence(secretOf(ANA), {
    about: about.hash,
    versions: [...agreement.versions.values()].map(({ record }) => record.bytes),
    identities: identities
      .toSorted((one, other) => (one.account < other.account ? -1 : 1))
      .map((one) => one.bytes),
    lines: saidToAll({ agreement }).map(({ at, statement }) => ({ heardAt: at, statement: statement.bytes })),
    log: null,
    madeAt: 99,
  });
  // The two say the same but for brands, which ids that were read from bytes have in the compiler alone.
  return judgeEvidence((await verifyEvidence(bytes)) as unknown as Evidence);
};

const begun = [named(THERAPIST, first, [...FAMILY, THERAPIST]), offered(THERAPIST, first)];
const theirs = [named(CLEO, second, [...FAMILY, CLEO]), offered(CLEO, second)];

test("a version of a therapist whom nobody named before is offered neither in the app nor in a copy", async () => {
  const room = await roomOf([first, second], [...begun, ...theirs]);
  expect(room.places).toEqual([0, 1]);
  expect(await verdictOf(room, second)).toMatchObject({ stage: null, offeredBy: null, isWhole: true });
  expect(await verdictOf(room, first)).toMatchObject({ stage: { kind: "open" }, refused: [] });
});

test("once the therapist before has named them, it is offered in both", async () => {
  const naming = named(THERAPIST, first, [...FAMILY, THERAPIST, CLEO]);
  const room = await roomOf([first, second], [...begun, naming, ...theirs]);
  expect(room.places).toEqual([0, 1, 2, 3, 4]);
  expect(await verdictOf(room, second)).toMatchObject({ stage: { kind: "open" }, offeredBy: CLEO });
});

test("what somebody posts that counts for nothing is in no copy, and none is less whole by it", async () => {
  const signing = (by: PersonId, after?: Told["after"]): Told => ({
    by,
    about: first,
    said: {
      kind: "signed",
      as: by === TOM ? "assent" : "self",
      of: by,
      language: "en",
      reader: by === TOM ? "teen" : "adult",
      openedAt: 5,
      explained: "together",
      ticked: [],
      onScreen: "agreed",
      interpreter: null,
    },
    ...(after === undefined ? {} : { after }),
  });
  const nowhere = recordOf(7, CLEO);
  const room = await roomOf(
    [first],
    [
      ...begun,
      // Nobody but a therapist offers, whoever says so in their own name or in another's.
      offered(ANA, first),
      { ...signing(ANA), about: nowhere },
      signing(ANA, random(32)),
      { by: ANA, about: first, said: { kind: "answered", answer: "declined" } },
      signing(BEN, 1),
      signing(BEN, 6),
      // Whoever names what counts for nothing says nothing either.
      signing(TOM, 7),
      signing(TOM, 6),
    ],
  );
  expect(room.places).toEqual([0, 1, 6, 9]);
  const verdict = await verdictOf(room, first);
  expect(verdict).toMatchObject({ refused: [], leavesOut: [], isWhole: true });
  expect(verdict?.signatures.map(({ person }) => person)).toEqual([BEN, TOM]);
  expect(verdict?.version.version).toBe(first.version as AgreementVersionId);
});
