import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { anyAgreement, anyStatement, say, signing, smallAgreement } from "../../testing/agreement.ts";
import { damagedBytes, faultOf, isRefusedOrExact, readOrNull } from "../../testing/damage.ts";
import { idOf, makePerson } from "../../testing/people.ts";
import { concatBytes, VaultFault } from "../codec/bytes.ts";
import type { Bytes } from "../codec/bytes.ts";
import { toHex } from "../codec/text.ts";
import { encodeUtf8 } from "../codec/writer.ts";
import { sha256 } from "../primitives/hash.ts";
import * as choiceLists from "./choices.ts";
import { signStatement } from "./sign-statement.ts";
import { encodeStatementFields, parseStatement, verifyStatement } from "./statement.ts";
import type { StatementFields } from "./statement.ts";
import * as statementLists from "./statement.ts";
import * as versionLists from "./version.ts";
import { decodeAgreementVersion, encodeAgreementVersion } from "./version.ts";
import type { AgreementFields } from "./version.ts";

const small = encodeAgreementVersion(smallAgreement);
const version = decodeAgreementVersion(small);
const [ana, ben] = await Promise.all(["Ana", "Ben"].map(makePerson));
if (ana === undefined || ben === undefined) throw new Error("people who were just made");

const turned = (fields: AgreementFields): AgreementFields => {
  const { choices } = fields;
  return {
    ...fields,
    words: fields.words.toReversed(),
    choices: {
      ...choices,
      contacts: choices.contacts.toReversed(),
      limits: choices.limits.toReversed(),
      minors: choices.minors.map((minor) => ({
        ...minor,
        told: minor.told.toReversed(),
        guardians: minor.guardians.toReversed(),
      })),
      messages: { ...choices.messages, channels: choices.messages.channels.toReversed() },
      worries: { ...choices.worries, routes: choices.worries.routes.toReversed() },
    },
  };
};

describe("a version in bytes", () => {
  it("comes back as it was written, with one writing whatever order things were ticked in", () => {
    fc.assert(
      fc.property(anyAgreement, (fields) => {
        const bytes = encodeAgreementVersion(fields);
        const { bytes: kept, hash: _hash, version: _version, ...read } = decodeAgreementVersion(bytes);
        expect(kept).toEqual(bytes);
        expect(encodeAgreementVersion(read)).toEqual(bytes);
        expect(encodeAgreementVersion(turned(fields))).toEqual(bytes);
        const sorted = (values: AgreementFields["words"]) => values.map(({ text }) => text).toSorted();
        expect({
          ...read,
          words: sorted(read.words),
          choices: { ...read.choices, minors: [], messages: null, worries: null },
        }).toEqual({
          ...fields,
          words: sorted(fields.words),
          choices: { ...fields.choices, minors: [], messages: null, worries: null },
        });
      }),
    );
  });

  it("comes back whole, field by field", () => {
    const { bytes: _bytes, hash: _hash, version: _version, ...read } = version;
    expect(read).toEqual(smallAgreement);
  });

  it("has an id that follows from its bytes: another word, another id", () => {
    fc.assert(
      fc.property(anyAgreement, anyAgreement, (one, other) => {
        const [first, second] = [one, other].map((fields) => encodeAgreementVersion(fields)) as [
          Bytes,
          Bytes,
        ];
        const isSame = first.length === second.length && first.every((byte, place) => byte === second[place]);
        expect(decodeAgreementVersion(first).version === decodeAgreementVersion(second).version).toBe(isSame);
      }),
    );
    expect(version.version).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    const [first, ...more] = smallAgreement.words;
    if (first === undefined) throw new Error("an agreement with words");
    const changed = encodeAgreementVersion({
      ...smallAgreement,
      words: [{ ...first, text: "Client" }, ...more],
    });
    expect(decodeAgreementVersion(changed).version).not.toBe(version.version);
  });

  it("is refused with the typed error, or is exactly what would be written, whatever became of it", () => {
    fc.assert(
      fc.property(damagedBytes(small), (bytes) => {
        expect(isRefusedOrExact(bytes, decodeAgreementVersion, encodeAgreementVersion)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it("with any one byte changed is refused, or is another version", () => {
    for (const place of small.keys()) {
      const changed = small.slice();
      changed[place] = (changed[place] ?? 0) ^ 1;
      const read = readOrNull(() => decodeAgreementVersion(changed));
      expect(read?.version).not.toBe(version.version);
    }
  });

  const { choices, parties, words } = smallAgreement;
  it.each<readonly [string, Partial<AgreementFields>]>([
    ["a person twice", { parties: [...parties, ...parties] }],
    ["a therapist twice", { therapists: [idOf("a"), idOf("a")] }],
    ["the same words twice", { words: [...words, ...words.slice(0, 1)] }],
    ["a name that is too long", { parties: parties.map((one) => ({ ...one, name: "x".repeat(201) })) }],
    ["words that are too long", { words: words.map((one) => ({ ...one, text: "x".repeat(60_001) })) }],
    ["10 MB of words", { words: words.map((one) => ({ ...one, text: "x".repeat(59_000) })) }],
    ["a day that there is not", { on: { year: 2030, month: 2, day: 30 } }],
    ["a year out of range", { on: { year: 1899, month: 2, day: 3 } }],
    ["half a lone surrogate", { words: words.map((one) => ({ ...one, text: "\ud800" })) }],
    ["a number below nothing", { choices: { ...choices, change: { checkInMonths: -1, reviewMonths: 1 } } }],
    [
      "a guardian twice",
      {
        choices: {
          ...choices,
          minors: choices.minors.map((one) => ({ ...one, guardians: [idOf("a"), idOf("a")] })),
        },
      },
    ],
  ])("cannot say %s", (_name, more) => {
    expect(() => encodeAgreementVersion({ ...smallAgreement, ...more })).toThrow(new VaultFault("misuse"));
  });
});

describe("a statement", () => {
  it("comes back as it was written", () => {
    fc.assert(
      fc.property(anyStatement, (fields) => {
        const bytes = encodeStatementFields(fields);
        const {
          bytes: _bytes,
          hash: _hash,
          signature: _signature,
          ...read
        } = parseStatement(concatBytes(bytes, new Uint8Array(64)));
        expect(encodeStatementFields(read)).toEqual(bytes);
        expect(read).toEqual(
          fields.said.kind === "named" || fields.said.kind === "suspended"
            ? { ...fields, said: read.said }
            : fields,
        );
      }),
    );
  });

  it("holds by the key that it names, and by no other", async () => {
    const bytes = await say(ana, version.hash, signing("self", "Ana"));
    const statement = parseStatement(bytes);
    expect(await verifyStatement(statement, ana.record)).toBe(true);
    expect(await verifyStatement(statement, ben.record)).toBe(false);
    expect(await verifyStatement(statement, { ...ben.record, hash: ana.record.hash })).toBe(false);
    expect(await verifyStatement({ ...statement, about: ben.record.hash }, ana.record)).toBe(false);
  });

  it("with any one byte changed is refused or does not hold", async () => {
    const bytes = await say(ana, version.hash, signing("guardian", "Tom"));
    for (const place of bytes.keys()) {
      const changed = bytes.slice();
      changed[place] = (changed[place] ?? 0) ^ 1;
      const read = readOrNull(() => parseStatement(changed));
      expect(read !== null && (await verifyStatement(read, ana.record))).toBe(false);
    }
  });

  it("is exactly what would be written, whatever became of it", async () => {
    const bytes = await say(ana, version.hash, { kind: "named", people: [] });
    const write = ({
      bytes: _bytes,
      hash: _hash,
      signature,
      ...fields
    }: ReturnType<typeof parseStatement>): Bytes => concatBytes(encodeStatementFields(fields), signature);
    fc.assert(
      fc.property(damagedBytes(bytes), (changed) => {
        expect(isRefusedOrExact(changed, parseStatement, write)).toBe(true);
      }),
    );
  });

  it("cannot say more right answers than there are", async () => {
    const score = { asked: 4, answered: 4, firstPercent: 75, percent: 100 };
    const wish = (more: Partial<typeof score>): Omit<StatementFields, "identity"> => ({
      about: version.hash,
      by: idOf("person Ana"),
      at: 1,
      after: null,
      said: { kind: "understanding", of: version.hash, ...score, ...more },
    });
    expect(await faultOf(signStatement(ana.secret, wish({})))).toBeNull();
    for (const more of [{ answered: 5 }, { percent: 101 }, { firstPercent: 101 }])
      expect(await faultOf(signStatement(ana.secret, wish(more)))).toBe("misuse");
  });
});

test("the order of every list is the one that is written down", () => {
  const all = [choiceLists, versionLists, statementLists].flatMap((lists) =>
    Object.entries(lists).filter((entry): entry is [string, readonly string[]] => Array.isArray(entry[1])),
  );
  expect(all.length).toBeGreaterThan(30);
  // Another digest is another format: it needs another label (docs/formats/agreement.md).
  expect(toHex(sha256(encodeUtf8(JSON.stringify(all))))).toBe(
    "a9196250bb2a6875a687104a4252c9a88bf55f85f7c0fa1af16eb22b5dc4fac8",
  );
});
