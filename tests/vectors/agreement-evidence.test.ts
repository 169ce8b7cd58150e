/** Copies of one agreement with what must not count in them, in real bytes with real signatures: the verdict names each by the domain's code. */
import { judgeEvidence } from "@sotto/domain";
import type { Evidence, EvidenceVerdict } from "@sotto/domain";
import * as vault from "@sotto/vault";
import type { AgreementFields, Bytes, Said } from "@sotto/vault";
import { expect, test } from "vitest";
import { readVectors, secretOf } from "./shapes.ts";
import type { AgreementVectors, IdentityVectors } from "./shapes.ts";

const { people } = readVectors<IdentityVectors>("identity");
const golden = readVectors<AgreementVectors>("agreement");

const never = (): never => {
  throw new Error("somebody who is not in the vectors");
};
const [ana, ben] = golden.fields.parties.map(({ person }) => person) as [string, string];
const tess = golden.fields.therapists[0] ?? never();
const tom = "00000000-0000-4000-8000-0000000000aa";
const authors = new Map(
  [tess, ana, ben].map((person, author) => [person, secretOf(people[author] ?? never())]),
);

/** The agreement of the vectors with a teenager in it, for whom Ana and Ben consent. */
const withTeen: AgreementFields = {
  ...golden.fields,
  parties: [
    ...golden.fields.parties,
    { person: tom, name: "Tom", role: "teen", signs: true, born: { year: 2015, month: 6, day: 15 } },
  ],
  choices: {
    ...golden.fields.choices,
    minors: [
      {
        minor: tom,
        level: "partial",
        told: ["attendance", "serious-risk"],
        tellsMinorFirst: true,
        route: "guardians",
        guardians: [ana],
      },
    ],
  },
  words: [
    ...golden.fields.words,
    ...golden.fields.words.map((words) => ({ ...words, reader: "teen" as const })),
    ...(["adult", "teen"] as const).map((reader) => ({
      part: "minors" as const,
      language: "en" as const,
      reader,
      text: "Minors.",
    })),
  ],
};
const [first, teens, next] = [golden.fields, withTeen, { ...golden.fields, number: 2 }].map(
  vault.encodeAgreementVersion,
) as [Bytes, Bytes, Bytes];

const signed = (of: string, as: "self" | "guardian" = "self"): Said => ({
  kind: "signed",
  as,
  of,
  language: "en",
  reader: "adult",
  openedAt: 1,
  explained: "alone",
  ticked: [],
  onScreen: "agreed",
  interpreter: null,
});
const named: readonly [string, Said] = [
  tess,
  {
    kind: "named",
    people: [ana, ben].map((person) => ({
      person,
      account: authors.get(person)?.account ?? never(),
      known: "in-person",
    })),
  },
];
const offered: readonly [string, Said] = [tess, { kind: "offered" }];

type Spoken = readonly [by: string, said: Said, version?: Bytes];

/** What a file in which this was said comes to. */
const verdictOf = async (versions: readonly Bytes[], spoken: readonly Spoken[]): Promise<EvidenceVerdict> => {
  const about = vault.agreementHash(versions[0] ?? never());
  const lines = await Promise.all(
    spoken.map(async ([by, said, version], place) => {
      const at = 1_900_000_000_000 + place;
      const me = authors.get(by) ?? never();
      const of = version === undefined ? about : vault.agreementHash(version);
      return {
        heardAt: at,
        statement: await vault.signStatement(me, { about: of, by, at, after: null, said }),
      };
    }),
  );
  const records = [...authors.values()].toSorted((a, b) => (a.account < b.account ? -1 : 1));
  const file = await vault.signEvidence(authors.get(tess) ?? never(), {
    about,
    versions,
    identities: records.map(({ record }) => record),
    lines,
    log: null,
    madeAt: 1_900_000_001_000,
  });
  // The brands are compiler-only marks; `agreement-shapes.test.ts` assigns the rest without a cast.
  return judgeEvidence((await vault.verifyEvidence(file)) as unknown as Evidence) ?? never();
};

test("signed by everyone, it is signed", async () => {
  const verdict = await verdictOf([first], [named, offered, [ana, signed(ana)], [ben, signed(ben)]]);
  expect(verdict).toMatchObject({ isSigned: true, refused: [], stage: { kind: "in-force" } });
});

test.each<readonly [string, readonly Bytes[], readonly Spoken[], string]>([
  [
    "by somebody who has left",
    [first],
    [
      [ana, signed(ana)],
      [tess, { kind: "left", person: ben }],
      [ben, signed(ben)],
    ],
    "removed",
  ],
  [
    "over an older version",
    [first, next],
    [
      [ana, signed(ana)],
      [tess, { kind: "offered" }, next],
      [ben, signed(ben)],
    ],
    "older-version",
  ],
  [
    "by a guardian who is not one",
    [teens],
    [
      [ana, signed(ana)],
      [ana, signed(tom, "guardian")],
      [ben, signed(tom, "guardian")],
    ],
    "not-guardian",
  ],
  [
    "twice",
    [first],
    [
      [ana, signed(ana)],
      [ana, signed(ana)],
    ],
    "signed-already",
  ],
  [
    "after a withdrawal",
    [first],
    [
      [ana, signed(ana)],
      [ana, { kind: "withdrawn" }],
      [ben, signed(ben)],
    ],
    "after-withdrawal",
  ],
  [
    "by somebody with another's account",
    [first],
    [
      [ana, signed(ana)],
      [tess, { kind: "named", people: [{ person: ben, account: tom, known: "invitation" }] }],
      [ben, signed(ben)],
    ],
    "another-account",
  ],
])("a signature %s counts for nothing", async (_name, versions, spoken, code) => {
  const verdict = await verdictOf(versions, [named, offered, ...spoken]);
  expect(verdict.refused.map(({ line, why }) => [line, why.kind])).toEqual([[spoken.length + 1, code]]);
  expect(verdict.isSigned).toBe(false);
});
