import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { parseHintBatch, type HintBatch } from "./hint.ts";

const [practice, room, account] = [randomUUID(), randomUUID(), randomUUID()];
const BATCH: HintBatch = {
  from: randomUUID(),
  number: 7,
  over: false,
  hints: [
    { kind: "items", practice, room, first: 3, last: 9, roster: true },
    { kind: "rooms-changed", practice, to: [account] },
    { kind: "vault-changed", practice, to: [account], name: "0", version: 4 },
    { kind: "session-ended", tokenHash: "AAAA" },
    { kind: "here", practice, account },
  ],
};
const GOOD = JSON.stringify(BATCH);

/** A few letters of what is good taken out, put in, or put elsewhere. */
const mutated = fc
  .array(
    fc.tuple(
      fc.nat(GOOD.length),
      fc.nat(12),
      fc.oneof(fc.string({ maxLength: 8 }), fc.constantFrom(...GOOD.split(""))),
    ),
    {
      minLength: 1,
      maxLength: 4,
    },
  )
  .map((steps) => {
    let text = GOOD;
    for (const [at, out, put] of steps) text = text.slice(0, at) + put + text.slice(at + out);
    return text;
  });
const anything = fc.oneof(
  { weight: 6, arbitrary: mutated },
  { weight: 2, arbitrary: fc.json() },
  { weight: 1, arbitrary: fc.string() },
);

test("whatever comes over the bus is understood whole or not at all, and throws nothing", () => {
  expect(parseHintBatch(GOOD)).toEqual(BATCH);
  fc.assert(
    fc.property(anything, (text) => {
      const batch = parseHintBatch(text);
      expect(batch === null ? null : parseHintBatch(JSON.stringify(batch))).toEqual(batch);
    }),
    { numRuns: Number(process.env["SOTTO_TEST_RUNS"] ?? 1_500) },
  );
});
