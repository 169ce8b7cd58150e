import type { EntryId } from "@sotto/domain";
import fc from "fast-check";
import { expect, test } from "vitest";
import { makeTimedId, timeOf } from "./ids.ts";

const random = fc.infiniteStream(fc.integer({ min: 0, max: 255 })).map((stream) => (count: number) => {
  const bytes = new Uint8Array(count);
  for (let index = 0; index < count; index += 1) bytes[index] = stream.next().value ?? 0;
  return bytes;
});

test("every id comes after the one before, whatever the clock does, and is a UUID of version 7", () => {
  const clock = fc.array(fc.nat({ max: 3 }), { minLength: 2, maxLength: 40 });
  fc.assert(
    fc.property(random, fc.nat({ max: 2 ** 47 }), clock, (draw, start, steps) => {
      let after: EntryId | null = null;
      for (const step of steps) {
        // Three milliseconds, back and forth.
        const id: EntryId = makeTimedId<EntryId>({ random: draw, now: start + step, after });
        expect(after === null || id > after).toBe(true);
        expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        after = id;
      }
    }),
  );
});

test("a timed id says when it was made", () => {
  fc.assert(
    fc.property(random, fc.nat({ max: 2 ** 47 }), (draw, now) => {
      expect(timeOf(makeTimedId<EntryId>({ random: draw, now, after: null }))).toBe(now);
    }),
  );
});

test("an id whose counted bits are all set goes on in the next millisecond", () => {
  const last = "00000000-0005-7fff-bfff-ffffffffffff";
  const zero = (count: number) => new Uint8Array(count);
  // The brand is a compiler-only mark.
  const next = makeTimedId<EntryId>({ random: zero, now: 1, after: last as string as EntryId });
  expect(next).toBe("00000000-0006-7000-8000-000000000000");
});
