import fc from "fast-check";
import { concatBytes, equalBytes, VaultFault } from "../src/codec/bytes.ts";
import type { Bytes } from "../src/codec/bytes.ts";

/** Anything that a network may hand us instead of `original`: noise, or the original with one part changed, cut or grown. */
export function damagedBytes(original: Bytes): fc.Arbitrary<Bytes> {
  const place = fc.nat({ max: Math.max(0, original.length - 1) });
  const noise = fc.uint8Array({ maxLength: 400 }).map((bytes) => new Uint8Array(bytes));
  const changed = fc.tuple(place, fc.integer({ min: 1, max: 255 })).map(([index, mask]) => {
    const bytes = new Uint8Array(original);
    bytes[index] = (bytes[index] ?? 0) ^ mask;
    return bytes;
  });
  const cut = place.map((end) => original.slice(0, end));
  const grown = noise.filter((tail) => tail.length > 0).map((tail) => concatBytes(original, tail));
  const spliced = fc
    .tuple(place, place, noise)
    .map(([a, b, middle]) =>
      concatBytes(original.slice(0, Math.min(a, b)), middle, original.slice(Math.max(a, b))),
    )
    .filter((bytes) => !equalBytes(bytes, original));
  return fc.oneof(noise, changed, cut, grown, spliced);
}

/** Runs a reading; gives what it gave, or null when it threw the typed error. Anything else it throws is a defect. */
export function readOrNull<Value>(read: () => Value): Value | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof VaultFault) return null;
    throw error;
  }
}

/** The code of the fault that a promise ends in; null when it ends well. */
export async function faultOf(work: Promise<unknown>): Promise<string | null> {
  try {
    await work;
    return null;
  } catch (error) {
    if (error instanceof VaultFault) return error.code;
    throw error;
  }
}

/** The law of every strict decoder: it refuses the bytes with the typed error, or they are exactly what it would write. */
export function isRefusedOrExact<Value>(
  bytes: Bytes,
  read: (bytes: Bytes) => Value,
  write: (value: Value) => Bytes,
): boolean {
  const value = readOrNull(() => read(bytes));
  return value === null || equalBytes(write(value), bytes);
}
