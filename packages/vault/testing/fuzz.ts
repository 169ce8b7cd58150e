import fc from "fast-check";
import { expect, test } from "vitest";
import { concatBytes, equalBytes, VaultFault } from "../src/codec/bytes.ts";
import type { Bytes } from "../src/codec/bytes.ts";

/** What a decoder is tried with, and what it must hold to. */
export interface Fuzzed<Input, Value> {
  /** Inputs that are good: the mutations start from these. */
  readonly samples: readonly Input[];
  readonly read: (input: Input) => Value | Promise<Value>;
  /** Where a value has one writing alone: the writing. */
  readonly write?: (value: Value) => Input;
  /** A promise takes long: fewer runs. */
  readonly isSlow?: boolean;
}

const FAST_RUNS = 1_500;
const SLOW_RUNS = 60;

/** How many runs were asked for by hand (`npm run fuzz -- --runs N`), for each decoder; null for the usual. */
function askedRuns(): number | null {
  // This package is compiled without Node's types; where the tests run there is an environment.
  const { process } = globalThis as {
    readonly process?: { readonly env: Record<string, string | undefined> };
  };
  const asked = Number(process?.env["SOTTO_TEST_RUNS"] ?? "0");
  return asked > 0 ? asked : null;
}

/** What opens something sealed is asked a twentieth of it: it takes a hundred times as long. */
function runsOf(asked: number | null, isSlow: boolean): number {
  if (asked === null) return isSlow ? SLOW_RUNS : FAST_RUNS;
  return isSlow ? Math.ceil(asked / 20) : asked;
}

const BOUNDARIES = [0, 1, 0x7f, 0x80, 0xfe, 0xff];

/** A few mutations one after the other: bits, bytes, whole numbers, parts taken out, doubled, moved between samples, cut and grown. */
export function mutatedBytes(samples: readonly Bytes[]): fc.Arbitrary<Bytes> {
  const noise = fc.uint8Array({ maxLength: 64 }).map((bytes) => new Uint8Array(bytes));
  const sample = samples.length === 0 ? noise : fc.constantFrom(...samples);
  const place = fc.double({ min: 0, max: 1, noNaN: true });
  const mutation = fc.oneof(
    fc.record({ kind: fc.constant("bit" as const), at: place, bit: fc.nat(7) }),
    fc.record({ kind: fc.constant("byte" as const), at: place, byte: fc.constantFrom(...BOUNDARIES) }),
    fc.record({
      kind: fc.constant("number" as const),
      at: place,
      width: fc.constantFrom(2, 4, 6, 8),
      byte: fc.constantFrom(...BOUNDARIES),
    }),
    fc.record({ kind: fc.constant("out" as const), at: place, count: fc.nat(40) }),
    fc.record({ kind: fc.constant("twice" as const), at: place, count: fc.nat(40) }),
    fc.record({ kind: fc.constant("in" as const), at: place, bytes: noise }),
    fc.record({ kind: fc.constant("cut" as const), at: place }),
    fc.record({ kind: fc.constant("splice" as const), at: place, other: sample }),
  );
  const mutated = fc
    .tuple(sample, fc.array(mutation, { minLength: 1, maxLength: 4 }))
    .map(([bytes, mutations]) => {
      let now: Bytes = bytes;
      for (const step of mutations) {
        const at = Math.floor(step.at * now.length);
        now = mutate(now, at, step);
      }
      return now;
    });
  return fc.oneof({ weight: 1, arbitrary: noise }, { weight: 12, arbitrary: mutated });
}

type Step =
  | { readonly kind: "bit"; readonly bit: number }
  | { readonly kind: "byte"; readonly byte: number }
  | { readonly kind: "number"; readonly width: number; readonly byte: number }
  | { readonly kind: "out" | "twice"; readonly count: number }
  | { readonly kind: "in"; readonly bytes: Bytes }
  | { readonly kind: "cut" }
  | { readonly kind: "splice"; readonly other: Bytes };

function mutate(bytes: Bytes, at: number, step: Step): Bytes {
  const changed = new Uint8Array(bytes);
  switch (step.kind) {
    case "bit":
      if (at < changed.length) changed[at] = (changed[at] ?? 0) ^ (1 << step.bit);
      return changed;
    case "byte":
      if (at < changed.length) changed[at] = step.byte;
      return changed;
    case "number":
      return changed.fill(step.byte, at, at + step.width);
    case "out":
      return concatBytes(bytes.slice(0, at), bytes.slice(at + step.count));
    case "twice":
      return concatBytes(bytes.slice(0, at + step.count), bytes.slice(at));
    case "in":
      return concatBytes(bytes.slice(0, at), step.bytes, bytes.slice(at));
    case "cut":
      return bytes.slice(0, at);
    case "splice":
      return concatBytes(bytes.slice(0, at), step.other.slice(at));
  }
}

const ODD = ["\0", "\n", " ", "=", "+", "/", "-", "_", "é", "𝕏", "\uD800", "\u202E", "\uFEFF", "0", "Z"];

/** The same for texts: letters are changed, doubled, taken out, and replaced by odd ones. */
export function mutatedText(samples: readonly string[]): fc.Arbitrary<string> {
  const place = fc.double({ min: 0, max: 1, noNaN: true });
  const step = fc.tuple(
    place,
    fc.nat(8),
    fc.oneof(fc.constant(""), fc.constantFrom(...ODD), fc.string({ maxLength: 12 })),
  );
  return fc
    .tuple(fc.constantFrom(...samples), fc.array(step, { minLength: 1, maxLength: 4 }))
    .map(([text, steps]) =>
      steps.reduce((now, [where, count, put]) => {
        const at = Math.floor(where * now.length);
        return now.slice(0, at) + put + now.slice(at + count);
      }, text),
    );
}

/**
 * A test that mutates good inputs: each answers, or throws `VaultFault` and nothing else; and a value that has one writing alone was written so. `make` is called
 * when the test runs, so that samples may take time to make.
 */
export function fuzz<Value>(name: string, make: () => Promise<Fuzzed<Bytes, Value>>): void {
  fuzzWith(name, make, mutatedBytes, equalBytes);
}

/** The same for a decoder of text. */
export function fuzzText<Value>(name: string, make: () => Promise<Fuzzed<string, Value>>): void {
  fuzzWith(name, make, mutatedText, (a, b) => a === b);
}

function fuzzWith<Input, Value>(
  name: string,
  make: () => Promise<Fuzzed<Input, Value>>,
  mutated: (samples: readonly Input[]) => fc.Arbitrary<Input>,
  isSame: (a: Input, b: Input) => boolean,
): void {
  const asked = askedRuns();
  test(
    `${name} answers or refuses with the typed error, whatever it is given`,
    async () => {
      const { isSlow = false, read, samples, write } = await make();
      for (const sample of samples) await read(sample);
      let tried = 0;
      await fc.assert(
        fc.asyncProperty(mutated(samples), async (input) => {
          tried += 1;
          const value = await valueOrNull(() => read(input));
          if (value === null || write === undefined) return;
          expect(isSame(write(value.value), input)).toBe(true);
        }),
        { numRuns: runsOf(asked, isSlow) },
      );
      expect(tried).toBeGreaterThan(0);
    },
    asked === null ? 60_000 : 24 * 60 * 60 * 1000,
  );
}

async function valueOrNull<Value>(
  read: () => Value | Promise<Value>,
): Promise<{ readonly value: Value } | null> {
  try {
    return { value: await read() };
  } catch (error) {
    if (error instanceof VaultFault) return null;
    throw error;
  }
}
