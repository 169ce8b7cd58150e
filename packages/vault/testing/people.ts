import { equalBytes } from "../src/codec/bytes.ts";
import type { Bytes, Random } from "../src/codec/bytes.ts";
import { idFromBytes } from "../src/codec/text.ts";
import { ByteWriter } from "../src/codec/writer.ts";
import { makeIdentity } from "../src/identity/secret.ts";
import type { IdentitySecret } from "../src/identity/secret.ts";
import { parseIdentityRecord } from "../src/identity/record.ts";
import type { IdentityOf, IdentityRecord } from "../src/identity/record.ts";
import { sha256 } from "../src/primitives/hash.ts";

/** Bytes that follow from a text, so that a test that failed can be run again. Never a source for real secrets. */
export function unsafeSeededRandom(seed: string): Random {
  let counter = 0;
  return (count) => {
    const bytes = new Uint8Array(count);
    for (let offset = 0; offset < count; offset += 32) {
      const block = sha256(ByteWriter.labelled("test").text(seed, 200).unsigned(counter, 6).bytes());
      counter += 1;
      bytes.set(block.subarray(0, Math.min(32, count - offset)), offset);
    }
    return bytes;
  };
}

/** The id that a name stands for in tests. */
export function idOf(name: string): string {
  return idFromBytes(unsafeSeededRandom(name)(16));
}

export type Person = {
  readonly name: string;
  readonly secret: IdentitySecret;
  readonly record: IdentityRecord;
};

/** A person with an identity of their own. */
export async function makePerson(name: string): Promise<Person> {
  const { secret, record } = await makeIdentity({
    account: idOf(name),
    random: unsafeSeededRandom(`keys of ${name}`),
  });
  return { name, secret, record: parseIdentityRecord(record) };
}

/** A directory of records, as a verified key log would give it. */
export function directoryOf(...records: readonly IdentityRecord[]): IdentityOf {
  return (hash: Bytes) => records.find((record) => equalBytes(record.hash, hash)) ?? null;
}

/** The bytes with one bit turned over. */
export function withFlippedBit(bytes: Bytes, place: number): Bytes {
  const flipped = new Uint8Array(bytes);
  const index = Math.floor(place / 8) % bytes.length;
  flipped[index] = (flipped[index] ?? 0) ^ (1 << (place % 8));
  return flipped;
}
