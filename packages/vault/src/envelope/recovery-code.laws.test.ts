import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { faultOf } from "../../testing/damage.ts";
import { unsafeSeededRandom } from "../../testing/people.ts";
import { makeRecoveryCode, parseRecoveryCode, recoveryKeys } from "./recovery-code.ts";

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const codes = fc.string({ maxLength: 20 }).map((seed) => makeRecoveryCode(unsafeSeededRandom(seed)));
const places = fc.nat(27);
const plain = (code: string): string => code.replaceAll("-", "");
const replaceAt = (text: string, place: number, character: string): string =>
  text.slice(0, place) + character + text.slice(place + 1);

describe("the recovery code", () => {
  it("is seven groups of four and reads as itself", () => {
    fc.assert(
      fc.property(codes, (code) => {
        expect(code).toMatch(/^(?:[0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}$/);
        expect(parseRecoveryCode(code)).toEqual({ kind: "code", code });
      }),
    );
  });

  it("reads what people type", () => {
    fc.assert(
      fc.property(codes, (code) => {
        const typed = ` ${
          plain(code)
            .toLowerCase()
            .replaceAll("0", "o")
            .replaceAll("1", "l")
            .match(/.{1,5}/g)
            ?.join(" ") ?? ""
        }\n`;
        expect(parseRecoveryCode(typed)).toEqual({ kind: "code", code });
        expect(parseRecoveryCode(code.replaceAll("1", "I").replaceAll("0", "O"))).toEqual({
          kind: "code",
          code,
        });
      }),
    );
  });

  it("names the group of a single wrong character", () => {
    fc.assert(
      fc.property(codes, places, fc.integer({ min: 1, max: 31 }), (code, place, shift) => {
        const text = plain(code);
        const wrong = ALPHABET[(ALPHABET.indexOf(text.charAt(place)) + shift) % 32] ?? "";
        const group = Math.floor(place / 4) + 1;
        expect(parseRecoveryCode(replaceAt(text, place, wrong))).toEqual({
          kind: "refused",
          problem: "check",
          group,
        });
      }),
      { numRuns: 1000 },
    );
  });

  it("notices any two wrong characters, swapped ones among them", () => {
    fc.assert(
      fc.property(codes, places, places, fc.nat(31), fc.nat(31), (code, a, b, x, y) => {
        const text = plain(code);
        const changed = replaceAt(replaceAt(text, a, ALPHABET.charAt(x)), b, ALPHABET.charAt(y));
        expect(parseRecoveryCode(changed).kind).toBe(changed === text ? "code" : "refused");
        const swapped = replaceAt(replaceAt(text, a, text.charAt(b)), b, text.charAt(a));
        expect(parseRecoveryCode(swapped).kind).toBe(swapped === text ? "code" : "refused");
      }),
      { numRuns: 2000 },
    );
  });

  it("says when characters are missing or strange", () => {
    const code = makeRecoveryCode(unsafeSeededRandom("one"));
    expect(parseRecoveryCode(code.slice(0, -1))).toEqual({ kind: "refused", problem: "length", group: null });
    expect(parseRecoveryCode(`${code}0`)).toEqual({ kind: "refused", problem: "length", group: null });
    expect(parseRecoveryCode("")).toEqual({ kind: "refused", problem: "length", group: null });
    expect(parseRecoveryCode(`${code.slice(0, 5)}U${code.slice(6)}`)).toEqual({
      kind: "refused",
      problem: "character",
      group: 2,
    });
    expect(parseRecoveryCode("💥".repeat(28)).kind).toBe("refused");
  });

  it("never throws", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
        expect(() => parseRecoveryCode(text)).not.toThrow();
      }),
    );
  });

  it("T15: gives three keys that have nothing in common, the same for every way of typing", async () => {
    const code = makeRecoveryCode(unsafeSeededRandom("two"));
    const keys = await recoveryKeys(code);
    expect([keys.lookup.length, keys.proof.length, keys.kek.length]).toEqual([16, 32, 32]);
    expect(keys.proof).not.toEqual(keys.kek);
    expect(keys.proof.slice(0, 16)).not.toEqual(keys.lookup);
    expect(await recoveryKeys(code.toLowerCase())).toEqual(keys);
    expect(await faultOf(recoveryKeys("0000"))).toBe("misuse");
  });
});
