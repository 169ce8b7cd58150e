import { expect, test } from "vitest";
import { ANA, BEN, GRAN, TOM } from "../../testing/agreement.ts";
import type { PersonId } from "../id.ts";
import { isContactChanged, signingChecks } from "./signing-check.ts";
import type { LookedSignature } from "./signing-check.ts";

const MINUTE = 60_000;
const DAY = 86_400_000;
const signed = (person: PersonId, more: Partial<LookedSignature> = {}): LookedSignature => ({
  person,
  role: "adult",
  at: 100 * DAY,
  mark: "aa",
  ...more,
});
const look = (...signatures: readonly LookedSignature[]) => signingChecks({ signatures, contactChanges: [] });

test("two adults who sign on one browser within a short time are worth a word, once for each pair", () => {
  const soon = signed(BEN, { at: 100 * DAY + 5 * MINUTE });
  const pair = { kind: "same-device", people: [ANA, BEN].toSorted() };
  expect(look(signed(ANA), soon)).toEqual([pair]);
  expect(look(signed(ANA), signed(ANA, { at: 100 * DAY + 1 }), soon, soon)).toEqual([pair]);
  expect(look(soon, signed(ANA), signed(GRAN, { role: "guardian" }))).toHaveLength(3);
});

test("not on two browsers, not hours apart, not where no browser said anything, and not somebody with themselves", () => {
  expect(look(signed(ANA), signed(BEN, { mark: "bb" }))).toEqual([]);
  expect(look(signed(ANA), signed(BEN, { at: 100 * DAY + 61 * MINUTE }))).toEqual([]);
  expect(look(signed(ANA, { mark: null }), signed(BEN, { mark: null }))).toEqual([]);
  expect(look(signed(ANA), signed(ANA))).toEqual([]);
});

test("a teenager who signs on a parent's phone is no sign of anything", () => {
  expect(look(signed(ANA), signed(TOM, { role: "teen" }))).toEqual([]);
});

test("another way to reach somebody, in the days before they sign, is worth a word; after it, or long before, it is not", () => {
  const at = (changed: number) =>
    signingChecks({
      signatures: [signed(ANA), signed(BEN)],
      contactChanges: [{ person: ANA, at: changed }],
    });
  const told = [{ kind: "same-device", people: [ANA, BEN].toSorted() }];
  expect(at(99 * DAY)).toEqual([...told, { kind: "contact-changed", person: ANA }]);
  expect(at(101 * DAY)).toEqual(told);
  expect(at(92 * DAY)).toEqual(told);
});

test("a first way to reach somebody is no change, nor is what to avoid with it", () => {
  const mail = { channel: "email", address: "a@example.org", note: "" } as const;
  expect(isContactChanged(null, mail)).toBe(false);
  expect(isContactChanged(mail, { ...mail, note: "not after six" })).toBe(false);
  expect(isContactChanged(mail, { ...mail, address: "b@example.org" })).toBe(true);
  expect(isContactChanged(mail, { ...mail, channel: "phone" })).toBe(true);
  expect(isContactChanged(mail, null)).toBe(true);
});
