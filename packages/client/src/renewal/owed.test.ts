import {
  emptyVaultState,
  identityHash,
  makeIdentity,
  oweRenewal,
  renewalOwedSince,
  rotateIdentity,
} from "@sotto/vault";
import type { IdentitySecret, VaultState } from "@sotto/vault";
import { beforeAll, describe, expect, it } from "vitest";
import type { RoomId } from "@sotto/domain";
import { oweForRoom, waitsFor } from "./owed.ts";

const HOUR = 3_600_000;
const START = 1_000_000 * HOUR;
const owed = (since: number, renewedAt: number | null = null): VaultState => ({
  ...oweRenewal(emptyVaultState(), { generation: 0, since }),
  renewedAt,
});

describe("a renewal that is owed", () => {
  it("waits a day for what else may end", () => {
    expect(waitsFor(emptyVaultState(), 3, START)).toBeNull();
    expect(waitsFor(owed(START), 3, START)).toBe(24 * HOUR);
    expect(waitsFor(owed(START), 3, START + 23 * HOUR)).toBe(HOUR);
    expect(waitsFor(owed(START), 3, START + 25 * HOUR)).toBe(0);
  });

  it("keeps an hour for each room between itself and the last one", () => {
    const now = START + 30 * HOUR;
    expect(waitsFor(owed(START, START), 20, now)).toBe(0);
    expect(waitsFor(owed(START, START), 100, now)).toBe(70 * HOUR);
    expect(waitsFor(owed(START, START), 100, START + 101 * HOUR)).toBe(0);
  });

  it("is not put off by a clock that was set back", () => {
    expect(waitsFor(owed(START), 3, START - 10 * HOUR)).toBe(0);
    expect(waitsFor(owed(START, START), 100, START - 10 * HOUR)).toBe(0);
  });
});

describe("whoever was taken out of a room", () => {
  // A UUID is a room's id; the brand is a compiler-only mark.
  const room = "0a000000-0000-4000-8000-000000000000" as string as RoomId;
  let first: IdentitySecret | undefined;
  let second: IdentitySecret | undefined;
  beforeAll(async () => {
    const random = (count: number) => crypto.getRandomValues(new Uint8Array(count));
    const account = crypto.randomUUID();
    const made = await makeIdentity({ account, random });
    const next = await rotateIdentity({ secret: made.secret, reason: "rotation", random });
    [first, second] = [made.secret, next.secret];
  });

  const both = (): readonly IdentitySecret[] => [first, second].filter((secret) => secret !== undefined);
  // What is asked of a room here is who stands in it and in which epoch.
  const seatedAs = (secret: IdentitySecret | undefined, epoch: number) => ({
    room,
    state: {
      room,
      epoch,
      head: new Uint8Array(32),
      closed: false,
      ended: false,
      members:
        secret === undefined
          ? []
          : [{ account: secret.account, role: "member" as const, identity: identityHash(secret.record) }],
    },
  });

  it("owes the keys under which they were in it, and nothing for keys that are destroyed", () => {
    const state = { ...emptyVaultState(), identities: both() };
    const left = oweForRoom(state, seatedAs(first, 3), 7);
    expect(left.renewalDue).toEqual({ generation: 0, since: 7 });
    expect(renewalOwedSince(left)).toBe(7);
    const late = oweForRoom({ ...state, destroyedBelow: 1 }, seatedAs(first, 3), 9);
    expect(renewalOwedSince(late)).toBeNull();
  });

  it("owes the newest where another of their browsers has seen more of the room, or nothing says which", () => {
    const heads = [{ room, epoch: 4, head: new Uint8Array(32) }];
    const state = { ...emptyVaultState(), identities: both(), heads };
    expect(oweForRoom(state, seatedAs(first, 3), 7).renewalDue?.generation).toBe(1);
    expect(oweForRoom(state, seatedAs(first, 4), 7).renewalDue?.generation).toBe(0);
    expect(oweForRoom(state, seatedAs(undefined, 4), 7).renewalDue?.generation).toBe(1);
    expect(oweForRoom(emptyVaultState(), seatedAs(first, 4), 7)).toEqual(emptyVaultState());
  });
});
