import { beforeAll, describe, expect, it } from "vitest";
import { makePerson, unsafeSeededRandom } from "../../testing/people.ts";
import type { Bytes } from "../codec/bytes.ts";
import { rotateIdentity } from "../identity/secret.ts";
import type { IdentitySecret } from "../identity/secret.ts";
import { archivedSeed, ARCHIVE_SEEDS_MAX, archiveOf, countSeeds, makeRoomArchive } from "./archive.ts";
import { mergeVaultStates } from "./merge.ts";
import { destroyOlderKeys, noteEndedRoom, oweRenewal, renewalOwedSince, wipeVaultState } from "./renewal.ts";
import { decodeVaultState, emptyVaultState, encodeVaultState } from "./vault-state.ts";
import type { VaultState } from "./vault-state.ts";

const ROOM = "0a000000-0000-4000-8000-000000000000";
const OTHER = "0b000000-0000-4000-8000-000000000000";
const seed = (fill: number): Bytes => new Uint8Array(32).fill(fill);

let first: IdentitySecret;
let second: IdentitySecret;
const stateOf = (...identities: readonly IdentitySecret[]): VaultState => ({
  ...emptyVaultState(),
  identities,
});

beforeAll(async () => {
  ({ secret: first } = await makePerson("Ana"));
  const random = unsafeSeededRandom("renewal");
  ({ secret: second } = await rotateIdentity({ secret: first, reason: "rotation", random }));
});

describe("a renewal", () => {
  it("is owed from the first room that ended, until no key of that time is left", () => {
    const ended = noteEndedRoom(stateOf(first), { room: ROOM, at: 5, by: first.account, now: 10 });
    const again = noteEndedRoom(ended, { room: OTHER, at: 7, by: first.account, now: 20 });
    expect(renewalOwedSince(again)).toBe(10);
    const published = { ...again, identities: [...again.identities, second] };
    expect(renewalOwedSince(published)).toBe(10);
    const renewed = destroyOlderKeys(published, { archive: [], at: 30 });
    expect(renewalOwedSince(renewed)).toBeNull();
    expect(renewed.identities.map(({ kemPrivate }) => kemPrivate === null)).toEqual([true, false]);
    expect([renewed.renewedAt, decodeVaultState(encodeVaultState(renewed))]).toEqual([30, renewed]);
  });

  it("is not owed anew by a browser that learns late of what was renewed long since", () => {
    const ended = noteEndedRoom(stateOf(first), { room: ROOM, at: 5, by: first.account, now: 10 });
    const renewed = destroyOlderKeys({ ...ended, identities: [first, second] }, { archive: [], at: 30 });
    const late = noteEndedRoom(stateOf(first), { room: ROOM, at: 5, by: first.account, now: 90 });
    const merged = mergeVaultStates(late, renewed, stateOf(first));
    expect(renewalOwedSince(merged)).toBeNull();
    expect(noteEndedRoom(merged, { room: ROOM, at: 5, by: first.account, now: 99 })).toBe(merged);
  });

  it("is owed again by what ends afterwards", () => {
    const renewed = destroyOlderKeys(oweRenewal(stateOf(first, second), { generation: 0, since: 1 }), {
      archive: [],
      at: 2,
    });
    expect(renewalOwedSince(noteEndedRoom(renewed, { room: ROOM, at: 3, by: first.account, now: 4 }))).toBe(
      4,
    );
  });

  it("forgets the oldest generations wholly, so that a person may renew their keys for as long as they live", () => {
    const lived = { ...second, generation: 900 };
    const renewed = destroyOlderKeys(stateOf(first, { ...second, generation: 880 }, lived), {
      archive: [],
      at: 1,
    });
    expect(renewed.identities.map(({ generation }) => generation)).toEqual([880, 900]);
    expect(mergeVaultStates(stateOf(first, lived), renewed).identities).toEqual(renewed.identities);
  });

  it("keeps the seeds of the rooms that go on, and none of a room that was ended", () => {
    const archive = [
      makeRoomArchive(ROOM, 0, [
        [0, seed(1)],
        [1, seed(2)],
      ]),
      makeRoomArchive(OTHER, 0, [[4, seed(3)]]),
    ];
    const renewed = destroyOlderKeys(stateOf(first, second), { archive, at: 1 });
    expect(archivedSeed(archiveOf(renewed.archive, ROOM), 1)).toEqual(seed(2));
    const ended = noteEndedRoom(renewed, { room: ROOM, at: 2, by: first.account, now: 3 });
    expect([archiveOf(ended.archive, ROOM), archivedSeed(archiveOf(ended.archive, OTHER), 4)]).toEqual([
      null,
      seed(3),
    ]);
    expect(archiveOf(destroyOlderKeys(ended, { archive, at: 4 }).archive, ROOM)).toBeNull();
  });

  it("keeps what somebody is given again of a room that they had been taken out of", () => {
    const before = makeRoomArchive(ROOM, 0, [[3, seed(3)]]);
    const out = makeRoomArchive(ROOM, 10, []);
    const left = destroyOlderKeys({ ...stateOf(first), archive: [before] }, { archive: [out], at: 1 });
    expect(archiveOf(left.archive, ROOM)).toEqual(out);
    const given = makeRoomArchive(ROOM, 0, [
      [0, seed(1)],
      [12, seed(2)],
    ]);
    const renewed = destroyOlderKeys({ ...left, identities: [first, second] }, { archive: [given], at: 2 });
    const read = decodeVaultState(encodeVaultState(renewed));
    const seedsIn = ({ archive }: VaultState) =>
      [0, 3, 12].map((epoch) => archivedSeed(archiveOf(archive, ROOM), epoch));
    expect(seedsIn(read)).toEqual([seed(1), null, seed(2)]);
    // A browser that was away still brings nothing back.
    const away = { ...stateOf(first), archive: [before] };
    expect(seedsIn(mergeVaultStates(read, away))).toEqual([seed(1), null, seed(2)]);
  });

  it("writes the first version for whatever it can say, and refuses to archive more than fits", () => {
    expect(encodeVaultState(stateOf(first)).slice(1, 12)).toEqual(new TextEncoder().encode("fam/state/1"));
    const many = Array.from({ length: ARCHIVE_SEEDS_MAX + 1 }, (_, epoch) => [epoch, seed(1)] as const);
    const full = { ...stateOf(first), archive: [makeRoomArchive(ROOM, 0, many.slice(1))] };
    expect(countSeeds(decodeVaultState(encodeVaultState(full)).archive)).toBe(ARCHIVE_SEEDS_MAX);
    expect(() => encodeVaultState({ ...full, archive: [makeRoomArchive(ROOM, 0, many)] })).toThrow("misuse");
  });

  it("leaves no secret of a wiped state in memory", () => {
    const own = {
      ...second,
      signSeed: second.signSeed.slice(),
      kemPrivate: (second.kemPrivate ?? seed(1)).slice(),
    };
    const kept = seed(9);
    wipeVaultState({ ...stateOf(own), archive: [makeRoomArchive(ROOM, 0, [[1, kept]])] });
    expect([own.signSeed, own.kemPrivate, kept]).toEqual([seed(0), seed(0), seed(0)]);
  });
});
