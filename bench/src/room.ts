import { randomBytes } from "node:crypto";
import { AEAD_AES_256_GCM, CipherSuite, KDF_HKDF_SHA512, KEM_MLKEM768_X25519 } from "hpke";
import {
  makeIdentity,
  makeRoomEvent,
  openRoomEvent,
  parseIdentityRecord,
  toHex,
  type Bytes,
  type IdentityRecord,
} from "@sotto/vault";
import { benchLine, timeMs, type BenchLine } from "./line.ts";

const random = (count: number): Bytes => new Uint8Array(randomBytes(count));
const ROUNDS = 31;

/**
 * What a room event costs over the HPKE work that it cannot avoid: making one for n members over n seals, verifying and opening one over
 * a single open. Same suite, same process, same round.
 */
export async function benchRoom(): Promise<readonly BenchLine[]> {
  const lines: BenchLine[] = [];
  for (const size of [3, 8, 50]) lines.push(...(await benchSize(size)));
  return lines;
}

async function benchSize(size: number): Promise<readonly BenchLine[]> {
  const records = new Map<string, IdentityRecord>();
  const people = await Promise.all(
    Array.from({ length: size }, async () => {
      const made = await makeIdentity({ account: crypto.randomUUID(), random });
      const record = parseIdentityRecord(made.record);
      records.set(toHex(record.hash), record);
      return { secret: made.secret, record };
    }),
  );
  const [keeper] = people;
  if (keeper === undefined) throw new Error("a room has a keeper");
  const identityOf = (hash: Bytes) => records.get(toHex(hash)) ?? null;
  const wish = {
    me: keeper.secret,
    previous: null,
    room: crypto.randomUUID(),
    action: "create" as const,
    members: people.map((person, index) => ({
      account: person.record.account,
      role: index === 0 ? ("keeper" as const) : ("member" as const),
      identity: person.record.hash,
    })),
    card: new Uint8Array(300),
    identityOf,
    random,
  };
  const made = await makeRoomEvent(wish);
  const suite = new CipherSuite(KEM_MLKEM768_X25519, KDF_HKDF_SHA512, AEAD_AES_256_GCM);
  const keys = await suite.GenerateKeyPair(true);
  const sealed = await suite.Seal(keys.publicKey, random(32));
  const makeMs = await timeMs(ROUNDS, () => makeRoomEvent(wish));
  const sealsMs = await timeMs(ROUNDS, () =>
    Promise.all(people.map(() => suite.Seal(keys.publicKey, random(32)))),
  );
  const opening = {
    mine: [keeper.secret],
    event: made.bytes,
    previous: null,
    previousCard: null,
    identityOf,
  };
  const openMs = await timeMs(ROUNDS, () => openRoomEvent(opening));
  const rawOpenMs = await timeMs(ROUNDS, () =>
    suite.Open(keys, sealed.encapsulatedSecret, sealed.ciphertext),
  );
  const label = String(size);
  return [
    benchLine(`room.make.${label}`, "ms", makeMs, sealsMs),
    benchLine(`room.open.${label}`, "ms", openMs, rawOpenMs),
    benchLine(`room.bytes.${label}`, "B", made.bytes.length, size * (1120 + 48)),
  ];
}
