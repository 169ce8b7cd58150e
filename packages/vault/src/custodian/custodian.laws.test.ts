import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { unsafeSeededRandom } from "../../testing/people.ts";
import { equalBytes, VaultFault } from "../codec/bytes.ts";
import type { Bytes } from "../codec/bytes.ts";
import { isConsistentIdentity, makeIdentity } from "../identity/secret.ts";
import { parseIdentityRecord, verifyIdentityRecord } from "../identity/record.ts";
import { hpkeBackEnd, kemPublicOf, makeKemPair, openWithKey, sealToKey } from "../primitives/hpke.ts";
import { verifyCustody } from "./challenge.ts";
import { custodianIdentity, custodianTag } from "./key.ts";
import { readCustodianText, writeCustodianText } from "./public-text.ts";
import { parseShare, writeShare } from "./share-text.ts";
import { CUSTODIAN_SHARES, joinCustodianShares, splitCustodianKey } from "./shares.ts";
import type { CustodianShare } from "./shares.ts";
import { signCustody } from "./sign-challenge.ts";

const keys = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => new Uint8Array(bytes));
const anyOf = (count: number) =>
  fc
    .shuffledSubarray([0, 1, 2, 3, 4], { minLength: count, maxLength: count })
    .map((places) => places.toSorted(() => 0));
const picked = (shares: readonly CustodianShare[], places: readonly number[]): readonly CustodianShare[] =>
  places.flatMap((place) => shares[place] ?? []);

describe("the sheets of a custodian", () => {
  it("T23: any three of the five give the key back, in any order", async () => {
    const property = fc.asyncProperty(keys, anyOf(3), async (key, places) => {
      const joined = await joinCustodianShares(picked(await splitCustodianKey(key), places));
      expect(joined).toEqual({ kind: "key", key });
    });
    await fc.assert(property, { numRuns: 200 });
  });

  it("T23: all ten ways to choose three give it back, and so do four and five", async () => {
    const key = unsafeSeededRandom("all ways")(32);
    const shares = await splitCustodianKey(key);
    let ways = 0;
    for (let mask = 0; mask < 32; mask++) {
      const chosen = shares.filter((_, place) => (mask & (1 << place)) !== 0);
      const joined = await joinCustodianShares(chosen);
      const fewer = { kind: "refused", problem: "too-few" };
      expect(joined).toEqual(chosen.length < 3 ? fewer : { kind: "key", key });
      if (chosen.length === 3) ways += 1;
    }
    expect([ways, shares.length]).toEqual([10, CUSTODIAN_SHARES]);
  });

  it("T23: two never give it, also with the same sheet twice or with one that somebody made up", async () => {
    const property = fc.asyncProperty(keys, anyOf(2), keys, async (key, places, noise) => {
      const two = picked(await splitCustodianKey(key), places);
      const [first] = two;
      if (first === undefined) throw new Error("two sheets");
      expect(await joinCustodianShares([...two, first])).toMatchObject({ problem: "too-few" });
      const places9 = new Set(two.map(({ share }) => share.at(-1)));
      const place = Array.from({ length: 255 }, (_, index) => index + 1).find((at) => !places9.has(at)) ?? 1;
      const made = { ...first, number: 5, share: new Uint8Array([...noise, place]) };
      expect((await joinCustodianShares([...two, made])).kind).toBe("refused");
    });
    await fc.assert(property, { numRuns: 200 });
  });

  it("T23: one sheet shows nothing of the key: the bytes of a key of zeros take all values on it", async () => {
    const zero = new Uint8Array(32);
    const seen = new Set<number>();
    for (let run = 0; run < 64; run++) {
      const [one] = await splitCustodianKey(zero);
      for (const byte of one?.share.slice(0, 32) ?? []) seen.add(byte);
    }
    expect(seen.size).toBeGreaterThan(240);
  });

  it("sheets of two keys are refused together, and a damaged one by the key's hash", async () => {
    const random = unsafeSeededRandom("two keys");
    const [one, other] = [await splitCustodianKey(random(32)), await splitCustodianKey(random(32))];
    expect(await joinCustodianShares([...one.slice(0, 2), ...other.slice(0, 1)])).toMatchObject({
      problem: "of-two-keys",
    });
    const [first, ...rest] = one;
    if (first === undefined) throw new Error("a sheet");
    const share = new Uint8Array(first.share);
    share[4] = (share[4] ?? 0) ^ 1;
    expect(await joinCustodianShares([{ ...first, share }, ...rest.slice(0, 2)])).toMatchObject({
      problem: "damaged",
    });
    const twice = { ...first, share: new Uint8Array([...random(32), rest[0]?.share.at(-1) ?? 1]) };
    expect(await joinCustodianShares([twice, ...rest.slice(0, 2)])).toMatchObject({ problem: "damaged" });
  });
});

describe("a share as text", () => {
  let share: CustodianShare;
  beforeAll(async () => {
    const [first] = await splitCustodianKey(unsafeSeededRandom("text")(32));
    if (first === undefined) throw new Error("a share");
    share = first;
  });

  it("is read back as it was written, however it is typed", async () => {
    const typed = fc.constantFrom(
      (text: string) => text,
      (text: string) => text.toLowerCase(),
      (text: string) => text.replaceAll(" ", ""),
      (text: string) => text.replaceAll(" ", "-").replaceAll("0", "o").replaceAll("1", "l"),
      (text: string) => `\n ${text.replaceAll("\n", "  \r\n\n")} \n`,
    );
    const property = fc.asyncProperty(keys, typed, async (key, type) => {
      for (const one of await splitCustodianKey(key)) {
        expect(parseShare(type(writeShare(one).join("\n")))).toEqual({ kind: "share", share: one });
      }
    });
    await fc.assert(property, { numRuns: 60 });
  });

  it("names the line of any one wrong character", () => {
    const lines = writeShare(share);
    const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    for (const [index, line] of lines.entries()) {
      for (let place = 0; place < line.length; place++) {
        if (line[place] === " ") continue;
        const other = alphabet[(alphabet.indexOf(line[place] ?? "") + 1 + place) % 32] ?? "0";
        if (other === line[place]) continue;
        const wrong = line.slice(0, place) + other + line.slice(place + 1);
        const parsed = parseShare(lines.with(index, wrong).join("\n"));
        expect(parsed).toMatchObject({ kind: "refused", line: index + 1 });
      }
    }
  });

  it("notices a line of another sheet", async () => {
    const [one, other] = (await splitCustodianKey(unsafeSeededRandom("mixed")(32))).map(writeShare);
    for (let line = 2; line <= 5; line++) {
      const mixed = (one ?? []).with(line - 1, other?.[line - 1] ?? "");
      // The first line is the same on both: with another second line, it is the third that does not follow.
      const found = line === 2 ? 3 : line;
      expect(parseShare(mixed.join("\n"))).toEqual({ kind: "refused", problem: "check", line: found });
    }
  });

  it("notices lines in the wrong order, a missing character and a strange one", () => {
    const [first = "", second = "", ...rest] = writeShare(share);
    expect(parseShare([second, first, ...rest].join("\n"))).toMatchObject({ problem: "check", line: 1 });
    expect(parseShare([first, second.slice(1), ...rest].join("\n"))).toMatchObject({ problem: "length" });
    expect(parseShare([first, `U${second.slice(1)}`, ...rest].join("\n"))).toEqual({
      kind: "refused",
      problem: "character",
      line: 2,
    });
    expect(parseShare("")).toMatchObject({ problem: "length" });
  });

  it("does not write what is no share", () => {
    const write = (change: Partial<CustodianShare>) => () => writeShare({ ...share, ...change });
    expect(write({ number: 0 })).toThrow(VaultFault);
    expect(write({ number: 6 })).toThrow(VaultFault);
    expect(write({ tag: new Uint8Array(15) })).toThrow(VaultFault);
    expect(write({ share: new Uint8Array(32) })).toThrow(VaultFault);
  });
});

describe("the identity of a custodian", () => {
  it("follows from the key alone, byte for byte, and is one like any other", async () => {
    const key = unsafeSeededRandom("identity")(32);
    const [one, again] = [await custodianIdentity(key), await custodianIdentity(key.slice())];
    expect(one).toEqual(again);
    expect(await isConsistentIdentity(one)).toBe(true);
    const record = parseIdentityRecord(one.record);
    expect(await verifyIdentityRecord(record, null)).toBe(true);
    const sealed = await sealToKey({
      kemPublic: record.kemPublic,
      info: key,
      aad: key,
      body: Uint8Array.of(7),
    });
    for (const backEnd of new Set(["portable", hpkeBackEnd()] as const)) {
      const opened = await openWithKey({ kemPrivate: one.kemPrivate, info: key, aad: key, sealed }, backEnd);
      expect(opened).toEqual(Uint8Array.of(7));
    }
    expect((await custodianIdentity(unsafeSeededRandom("another")(32))).account).not.toBe(one.account);
    await expect(custodianIdentity(key.slice(1))).rejects.toThrow(VaultFault);
    expect(custodianTag(key)).toHaveLength(16);
  });

  it("has the public key that the back end itself gives for a private one", async () => {
    const { kemPrivate, kemPublic } = await makeKemPair();
    expect(equalBytes(await kemPublicOf(kemPrivate), kemPublic)).toBe(true);
    await expect(kemPublicOf(kemPrivate.slice(1))).rejects.toThrow(VaultFault);
  });

  it("travels as a text, and nothing else is taken for one", async () => {
    const { record } = await custodianIdentity(unsafeSeededRandom("travels")(32));
    const text = writeCustodianText(record);
    expect((await readCustodianText(text.replaceAll("\n", " ")))?.bytes).toEqual(record);
    const other = await makeIdentity({
      account: (await custodianIdentity(unsafeSeededRandom("o")(32))).account,
      random: unsafeSeededRandom("p"),
    });
    for (const wrong of ["", "sotto-custodian-1", text.slice(1), text.slice(0, -9), `${text}AA`]) {
      expect(await readCustodianText(wrong)).toBeNull();
    }
    const damaged = text.replace(/[A-Z](?=[a-z\n]*\n$)/, (letter) => (letter === "A" ? "B" : "A"));
    expect(damaged === text ? null : await readCustodianText(damaged)).toBeNull();
    expect((await readCustodianText(writeCustodianText(other.record)))?.account).toBe(other.secret.account);
  });

  it("signs a challenge that nobody else can, and no other challenge", async () => {
    const random = unsafeSeededRandom("challenge");
    const [mine, other] = [await custodianIdentity(random(32)), await custodianIdentity(random(32))];
    const challenge: Bytes = random(32);
    const signature = await signCustody(mine, challenge);
    const record = parseIdentityRecord(mine.record);
    expect(await verifyCustody({ record, challenge, signature })).toBe(true);
    expect(await verifyCustody({ record, challenge: random(32), signature })).toBe(false);
    const posing = await signCustody({ ...other, account: mine.account }, challenge);
    expect(await verifyCustody({ record, challenge, signature: posing })).toBe(false);
  });
});
