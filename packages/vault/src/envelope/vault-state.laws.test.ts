import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { damagedBytes, isRefusedOrExact } from "../../testing/damage.ts";
import { makePerson, unsafeSeededRandom } from "../../testing/people.ts";
import type { Bytes } from "../codec/bytes.ts";
import { VaultFault } from "../codec/bytes.ts";
import { rotateIdentity } from "../identity/secret.ts";
import type { IdentitySecret } from "../identity/secret.ts";
import { archivedSeed, archiveOf, makeRoomArchive, seedsOf } from "./archive.ts";
import { headMarkOf, mergeVaultStates } from "./merge.ts";
import { withoutKeysBelow } from "./renewal.ts";
import { decodeVaultState, emptyVaultState, encodeVaultState, VERIFIED_WAYS } from "./vault-state.ts";
import type { VaultState } from "./vault-state.ts";

const secrets: IdentitySecret[] = [];
beforeAll(async () => {
  let { secret } = await makePerson("Ana");
  for (let generation = 0; generation < 3; generation++) {
    secrets.push(secret);
    ({ secret } = await rotateIdentity({
      secret,
      reason: "rotation",
      random: unsafeSeededRandom(`turn ${generation}`),
    }));
  }
});

// Few values of each sort, so that two states meet in the same accounts, rooms and sizes.
const hash = fc.constantFrom<number>(1, 2, 3).map((fill): Bytes => new Uint8Array(32).fill(fill));
const id = fc.constantFrom("0a000000-0000-4000-8000-000000000000", "0b000000-0000-4000-8000-000000000000");
const byKey = <Item>(item: fc.Arbitrary<Item>, keyOf: (item: Item) => string): fc.Arbitrary<Item[]> =>
  fc.uniqueArray(item, { maxLength: 3, selector: keyOf });
const states: fc.Arbitrary<VaultState> = fc
  .record({
    identities: fc.subarray([0, 1, 2]).map((places) => places.flatMap((place) => secrets[place] ?? [])),
    destroyedBelow: fc.nat(3),
    logPin: fc.option(
      fc.record({ origin: fc.constantFrom("sotto/a", "sotto/b"), size: fc.nat(3), root: hash }),
    ),
    logPublicKey: fc.option(hash),
    opaqueServerKey: fc.option(hash),
    contacts: byKey(
      fc.record({
        account: id,
        identityHash: hash,
        verified: fc.constantFrom(...VERIFIED_WAYS),
        at: fc.nat(2),
      }),
      (contact) => contact.account,
    ),
    heads: byKey(fc.record({ room: id, epoch: fc.nat(2), head: hash }), (mark) => mark.room),
    displayName: fc.constantFrom("", "Ana", "Änne"),
    practiceName: fc.constantFrom("", "Praxis"),
    recoveryProvedAt: fc.option(fc.nat(3)),
    settings: byKey(
      fc.record({ key: fc.constantFrom("a", "b"), value: fc.constantFrom("x", "y") }),
      (setting) => setting.key,
    ),
    archive: byKey(
      fc.record({
        room: id,
        floor: fc.nat(3),
        seeds: fc.uniqueArray(fc.tuple(fc.nat(5), hash), { selector: ([at]) => at }),
      }),
      ({ room }) => room,
    ).map((rooms) =>
      rooms
        .map(({ floor, room, seeds }) => makeRoomArchive(room, floor, seeds))
        .filter(({ floor, runs }) => floor > 0 || runs.length > 0)
        .toSorted((a, b) => (a.room < b.room ? -1 : 1)),
    ),
    renewalDue: fc.option(fc.record({ generation: fc.nat(2), since: fc.nat(2) })),
    renewedAt: fc.option(fc.nat(3)),
    ended: byKey(fc.record({ room: id, at: fc.nat(2), by: id }), (ended) => ended.room),
  })
  .map((state) => ({ ...state, identities: withoutKeysBelow(state.identities, state.destroyedBelow) }));

/** The parts of a state that no choice of a person decides. */
const facts = (state: VaultState): Bytes =>
  encodeVaultState({ ...state, displayName: "", practiceName: "", settings: [] });

describe("the vault's state", () => {
  it("decodes to what was encoded", () => {
    fc.assert(
      fc.property(states, (state) => {
        expect(decodeVaultState(encodeVaultState(state))).toEqual(state);
      }),
    );
    expect(decodeVaultState(encodeVaultState(emptyVaultState()))).toEqual(emptyVaultState());
  });

  it("T21: damaged bytes are malformed or another state that encodes to them", () => {
    const original = encodeVaultState({
      ...emptyVaultState(),
      identities: secrets,
      displayName: "Ana",
      settings: [{ key: "a", value: "b" }],
    });
    const renewed = encodeVaultState({
      ...emptyVaultState(),
      identities: withoutKeysBelow(secrets, 2),
      destroyedBelow: 2,
      archive: [
        makeRoomArchive(secrets[0]?.account ?? "", 1, [
          [1, new Uint8Array(32)],
          [3, new Uint8Array(32)],
        ]),
      ],
      renewalDue: { generation: 1, since: 2 },
      ended: [{ room: secrets[0]?.account ?? "", at: 3, by: secrets[0]?.account ?? "" }],
    });
    fc.assert(
      fc.property(fc.oneof(damagedBytes(original), damagedBytes(renewed)), (bytes) => {
        expect(isRefusedOrExact(bytes, decodeVaultState, encodeVaultState)).toBe(true);
      }),
      { numRuns: 20_000 },
    );
  });

  it("refuses an identity whose record is of another account or generation", () => {
    const [first, second] = secrets;
    if (first === undefined || second === undefined) throw new Error("no identities");
    const bytes = encodeVaultState({
      ...emptyVaultState(),
      identities: [{ ...first, record: second.record }],
    });
    expect(() => decodeVaultState(bytes)).toThrow(VaultFault);
  });
});

describe("merging two states of one person", () => {
  it("is commutative and associative in every fact", () => {
    fc.assert(
      fc.property(states, states, states, (a, b, c) => {
        expect(facts(mergeVaultStates(a, b))).toEqual(facts(mergeVaultStates(b, a)));
        const left = mergeVaultStates(mergeVaultStates(a, b), c);
        const right = mergeVaultStates(a, mergeVaultStates(b, c));
        expect(facts(left)).toEqual(facts(right));
      }),
      { numRuns: 500 },
    );
  });

  it("is idempotent", () => {
    fc.assert(
      fc.property(states, states, (a, b) => {
        const merged = mergeVaultStates(a, b);
        expect(mergeVaultStates(merged, merged)).toEqual(merged);
        expect(facts(mergeVaultStates(merged, a))).toEqual(facts(merged));
        expect(facts(mergeVaultStates(b, merged))).toEqual(facts(merged));
      }),
      { numRuns: 500 },
    );
  });

  it("T9: never goes below a mark that either of them had", () => {
    fc.assert(
      fc.property(states, states, (a, b) => {
        const merged = mergeVaultStates(a, b);
        for (const mark of [...a.heads, ...b.heads]) {
          expect(headMarkOf(merged, mark.room)?.epoch).toBeGreaterThanOrEqual(mark.epoch);
        }
        const sizes = [a.logPin?.size ?? 0, b.logPin?.size ?? 0];
        expect(merged.logPin?.size ?? 0).toBe(Math.max(...sizes));
        const generations = [...a.identities, ...b.identities].map(({ generation }) => generation);
        expect(merged.identities.map(({ generation }) => generation)).toEqual(
          [...new Set(generations)].toSorted((one, other) => one - other),
        );
      }),
    );
  });

  it("brings no sealing key back that either of them has destroyed, and nothing of a room that either knows as ended", () => {
    fc.assert(
      fc.property(states, states, (a, b) => {
        const merged = mergeVaultStates(a, b);
        const below = Math.max(a.destroyedBelow, b.destroyedBelow);
        const isDestroyed = merged.identities.map(({ kemPrivate }) => kemPrivate === null);
        expect(isDestroyed).toEqual(merged.identities.map(({ generation }) => generation < below));
        for (const { room } of [...a.ended, ...b.ended]) {
          expect(merged.ended.map((ended) => ended.room)).toContain(room);
          expect(archiveOf(merged.archive, room)).toBeNull();
        }
      }),
      { numRuns: 500 },
    );
  });

  it("keeps every seed that either of them has, but nothing from before this person was out of the room unless it was given to them since", () => {
    fc.assert(
      fc.property(states, states, (a, b) => {
        const merged = mergeVaultStates({ ...a, ended: [] }, { ...b, ended: [] });
        const all = [...a.archive, ...b.archive];
        for (const archive of all) {
          const now = archiveOf(merged.archive, archive.room);
          const floor = now?.floor ?? 0;
          const given = all.filter((part) => part.room === archive.room && part.floor === floor);
          for (const [epoch] of seedsOf(archive)) {
            const isKept = epoch >= floor || given.some((part) => archivedSeed(part, epoch) !== null);
            expect(archivedSeed(now, epoch) !== null).toBe(isKept);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it("keeps what mine changed, and takes theirs elsewhere", () => {
    const base = {
      ...emptyVaultState(),
      displayName: "Ana",
      practiceName: "Old",
      settings: [
        { key: "a", value: "x" },
        { key: "b", value: "x" },
      ],
    };
    const mine = { ...base, displayName: "Anna", settings: [{ key: "b", value: "x" }] };
    const theirs = {
      ...base,
      displayName: "An",
      practiceName: "New",
      settings: [
        { key: "a", value: "x" },
        { key: "b", value: "y" },
      ],
    };
    const merged = mergeVaultStates(mine, theirs, base);
    expect([merged.displayName, merged.practiceName]).toEqual(["Anna", "New"]);
    expect(merged.settings).toEqual([{ key: "b", value: "y" }]);
  });
});
