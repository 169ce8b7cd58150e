import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { damagedBytes, isRefusedOrExact, readOrNull } from "../../testing/damage.ts";
import { directoryOf, idOf, makePerson, unsafeSeededRandom, withFlippedBit } from "../../testing/people.ts";
import type { Person } from "../../testing/people.ts";
import { concatBytes, equalBytes, VaultFault } from "../codec/bytes.ts";
import type { Bytes } from "../codec/bytes.ts";
import { signBytes } from "../primitives/sign.ts";
import {
  encodeIdentityFields,
  identityMessage,
  isSuccessor,
  parseIdentityRecord,
  verifyIdentityRecord,
} from "./record.ts";
import type { IdentityRecord } from "./record.ts";
import { safetyNumber } from "./safety-number.ts";
import { identityFor, isConsistentIdentity, rotateIdentity } from "./secret.ts";

const random = unsafeSeededRandom("identity");
let dora: Person;
let eve: Person;
let second: IdentityRecord;
let third: IdentityRecord;
let secondSecret: Person["secret"];

beforeAll(async () => {
  dora = await makePerson("Dora");
  eve = await makePerson("Eve");
  const rotated = await rotateIdentity({ secret: dora.secret, reason: "rotation", random });
  secondSecret = rotated.secret;
  second = parseIdentityRecord(rotated.record);
  third = parseIdentityRecord(
    (await rotateIdentity({ secret: rotated.secret, reason: "device-lost", random })).record,
  );
});

describe("an identity record", () => {
  it("verifies alone when it is the first, and behind its predecessor when it is later", async () => {
    expect(await verifyIdentityRecord(dora.record, null)).toBe(true);
    expect(await verifyIdentityRecord(second, dora.record)).toBe(true);
    expect(await verifyIdentityRecord(third, second)).toBe(true);
    expect([second.generation, third.generation, third.reason]).toEqual([1, 2, "device-lost"]);
  });

  it("T4: does not follow another person, another generation, or nothing", async () => {
    expect(await verifyIdentityRecord(second, null)).toBe(false);
    expect(await verifyIdentityRecord(second, eve.record)).toBe(false);
    expect(await verifyIdentityRecord(third, dora.record)).toBe(false);
    expect(await verifyIdentityRecord(dora.record, dora.record)).toBe(false);
  });

  it("T4: a key that the server substitutes lacks the signature of the key before", async () => {
    const fields = encodeIdentityFields({
      account: dora.record.account,
      generation: 1,
      signPublic: eve.record.signPublic,
      kemPublic: eve.record.kemPublic,
      previous: dora.record.hash,
      reason: "rotation",
    });
    const own = await signBytes({ signSeed: eve.secret.signSeed, message: identityMessage("new", fields) });
    const posing = await signBytes({
      signSeed: eve.secret.signSeed,
      message: identityMessage("previous", fields),
    });
    expect(
      await verifyIdentityRecord(parseIdentityRecord(concatBytes(fields, own, posing)), dora.record),
    ).toBe(false);
    // A signature of the old key for the other role does not serve either.
    const wrongRole = await signBytes({
      signSeed: dora.secret.signSeed,
      message: identityMessage("new", fields),
    });
    expect(
      await verifyIdentityRecord(parseIdentityRecord(concatBytes(fields, own, wrongRole)), dora.record),
    ).toBe(false);
  });

  it("T4: no key of a person signs across accounts, generations or lines", async () => {
    const sign = async (change: Partial<IdentityRecord>, previous: IdentityRecord): Promise<boolean> => {
      const { account, signPublic, kemPublic } = second;
      const base = {
        account,
        signPublic,
        kemPublic,
        generation: 1,
        previous: previous.hash,
        reason: "rotation" as const,
      };
      const fields = encodeIdentityFields({ ...base, ...change });
      const own = await signBytes({
        signSeed: secondSecret.signSeed,
        message: identityMessage("new", fields),
      });
      const before = await signBytes({
        signSeed: dora.secret.signSeed,
        message: identityMessage("previous", fields),
      });
      return verifyIdentityRecord(parseIdentityRecord(concatBytes(fields, own, before)), previous);
    };
    expect(await sign({}, dora.record)).toBe(true);
    expect(await sign({ generation: 2 }, dora.record)).toBe(false);
    expect(await sign({ account: eve.record.account }, dora.record)).toBe(false);
    expect(await sign({ previous: eve.record.hash }, dora.record)).toBe(false);
  });

  it("T4: a successor whose line holds an unsigned step is none", async () => {
    const { signPublic, kemPublic } = eve.record;
    const fields = encodeIdentityFields({
      account: dora.record.account,
      signPublic,
      kemPublic,
      generation: 1,
      previous: dora.record.hash,
      reason: "rotation",
    });
    const own = await signBytes({ signSeed: eve.secret.signSeed, message: identityMessage("new", fields) });
    const posing = parseIdentityRecord(concatBytes(fields, own, own));
    const line = {
      older: dora.record.hash,
      newer: posing.hash,
      identityOf: directoryOf(dora.record, posing),
    };
    expect(await isSuccessor(line)).toBe(false);
  });

  it("T4: a successor is found over several generations, and only along the verified line", async () => {
    const identityOf = directoryOf(dora.record, second, third, eve.record);
    const [older, newer] = [dora.record.hash, third.hash];
    expect(await isSuccessor({ older, newer, identityOf })).toBe(true);
    expect(await isSuccessor({ older: newer, newer: older, identityOf })).toBe(false);
    expect(await isSuccessor({ older, newer: older, identityOf })).toBe(false);
    expect(await isSuccessor({ older: eve.record.hash, newer, identityOf })).toBe(false);
    expect(await isSuccessor({ older, newer, identityOf: directoryOf(dora.record, third) })).toBe(false);
  });

  it("refuses fields that contradict each other", () => {
    const { account, signPublic, kemPublic } = dora.record;
    const encode = (change: Pick<IdentityRecord, "generation" | "previous" | "reason">) => () =>
      encodeIdentityFields({ account, signPublic, kemPublic, ...change });
    expect(encode({ generation: 1, previous: null, reason: "rotation" })).toThrow(VaultFault);
    expect(encode({ generation: 0, previous: dora.record.hash, reason: "first" })).toThrow(VaultFault);
    expect(encode({ generation: 0, previous: null, reason: "rotation" })).toThrow(VaultFault);
    expect(encode({ generation: 1, previous: dora.record.hash, reason: "first" })).toThrow(VaultFault);
  });

  it("T21: any single flipped bit is refused by the reader or by the signatures", async () => {
    for (let bit = 0; bit < second.bytes.length * 8; bit += 41) {
      const parsed = readOrNull(() => parseIdentityRecord(withFlippedBit(second.bytes, bit)));
      expect(parsed !== null && (await verifyIdentityRecord(parsed, dora.record))).toBe(false);
    }
  });

  it("T21: damaged bytes are malformed or re-encode to themselves; nothing else is thrown", () => {
    const write = (record: IdentityRecord): Bytes =>
      concatBytes(
        encodeIdentityFields(record),
        record.signature,
        record.previousSignature ?? new Uint8Array(0),
      );
    fc.assert(
      fc.property(damagedBytes(second.bytes), (bytes) => {
        expect(isRefusedOrExact(bytes, parseIdentityRecord, write)).toBe(true);
      }),
      { numRuns: 20_000 },
    );
  });
});

describe("identity secrets", () => {
  it("are found by the hash of their record", () => {
    const mine = [dora.secret, secondSecret];
    expect(identityFor(mine, second.hash)).toBe(secondSecret);
    expect(identityFor(mine, eve.record.hash)).toBeNull();
  });

  it("fit their own record only", async () => {
    expect(await isConsistentIdentity(dora.secret)).toBe(true);
    expect(await isConsistentIdentity({ ...dora.secret, signSeed: eve.secret.signSeed })).toBe(false);
    expect(await isConsistentIdentity({ ...dora.secret, account: idOf("nobody") })).toBe(false);
    expect(await isConsistentIdentity({ ...dora.secret, record: new Uint8Array(3) })).toBe(false);
  });
});

describe("the safety number", () => {
  it("T3: is the same on both sides and sixty digits long", () => {
    const number = safetyNumber(dora.record.hash, eve.record.hash);
    expect(number).toMatch(/^(?:\d{5} ){11}\d{5}$/);
    expect(safetyNumber(eve.record.hash, dora.record.hash)).toBe(number);
  });

  it("T3: changes with either identity", () => {
    const number = safetyNumber(dora.record.hash, eve.record.hash);
    expect(safetyNumber(second.hash, eve.record.hash)).not.toBe(number);
    expect(equalBytes(dora.record.hash, second.hash)).toBe(false);
  });
});
