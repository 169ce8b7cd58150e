import { VaultFault, type Bytes } from "@sotto/vault";
import fc from "fast-check";
import { expect, test } from "vitest";
import { ClientFault } from "../src/done.ts";

const USUAL_RUNS = 1_500;
const BY_HAND_MS_MAX = 24 * 60 * 60 * 1000;

/** How many runs were asked for by hand (`npm run fuzz -- --runs N`), for each decoder; null for the usual. */
function askedRuns(): number | null {
  // This package is compiled without Node's types; where the tests run there is an environment.
  const { process } = globalThis as {
    readonly process?: { readonly env: Record<string, string | undefined> };
  };
  const asked = Number(process?.env["SOTTO_TEST_RUNS"] ?? "0");
  return asked > 0 ? asked : null;
}

/** Good bytes with a few parts changed, put in, taken out, doubled or filled with one value. */
function mutated(samples: fc.Arbitrary<Bytes>): fc.Arbitrary<Bytes> {
  const place = fc.double({ min: 0, max: 1, noNaN: true });
  const put = fc.oneof(
    fc.uint8Array({ maxLength: 24 }),
    fc
      .tuple(fc.constantFrom(0, 1, 0x7f, 0x80, 0xff), fc.constantFrom(1, 2, 4, 6, 8))
      .map(([value, width]) => new Uint8Array(width).fill(value)),
  );
  const steps = fc.array(fc.tuple(place, fc.nat(24), put, fc.boolean()), { minLength: 1, maxLength: 4 });
  return fc.tuple(samples, steps).map(([bytes, all]) => {
    let now = bytes;
    for (const [where, count, between, isInPlace] of all) {
      const at = Math.floor(where * now.length);
      const rest = isInPlace ? between.length : count;
      now = new Uint8Array([...now.subarray(0, at), ...between, ...now.subarray(at + rest)]);
    }
    return now;
  });
}

/**
 * A test that mutates what is good: the decoder answers, or throws one of the two typed faults and nothing else; and a value that has one writing alone was
 * written so.
 */
export function fuzz<Value>(
  name: string,
  samples: fc.Arbitrary<Bytes>,
  read: (bytes: Bytes) => Value | Promise<Value>,
  write: ((value: Value & {}) => Bytes) | null = null,
): void {
  const asked = askedRuns();
  test(
    `${name} answers or refuses with the typed error, whatever it is given`,
    async () => {
      let tried = 0;
      await fc.assert(
        fc.asyncProperty(mutated(samples), async (bytes) => {
          tried += 1;
          const value = await valueOrNull(() => read(bytes));
          if (value === null || value === undefined || write === null) return;
          expect(write(value)).toEqual(bytes);
        }),
        { numRuns: asked ?? USUAL_RUNS },
      );
      expect(tried).toBeGreaterThan(0);
    },
    asked === null ? 60_000 : BY_HAND_MS_MAX,
  );
}

async function valueOrNull<Value>(read: () => Value | Promise<Value>): Promise<Value | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof VaultFault || error instanceof ClientFault) return null;
    throw error;
  }
}
