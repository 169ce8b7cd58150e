import { beforeAll, describe, expect, it } from "vitest";
import { makeFamilyRoom } from "../../testing/family-room.ts";
import type { FamilyRoom } from "../../testing/family-room.ts";
import type { Bytes } from "../codec/bytes.ts";
import { makeRoomEvent, memberEntry, openGrantedPast, openRoomEvent } from "./chain.ts";
import type { MadeRoomEvent } from "./chain.ts";
import { parseRoomEvent } from "./event.ts";

/** A room in which Ana is from the start, and Mallory is given all of the past; the sealing keys of both are destroyed later. */
let family: FamilyRoom;
let granted: MadeRoomEvent;
let seed: Bytes;
const other = new Uint8Array(32).fill(7);

const openWithout = (archived?: (epoch: number) => Bytes | null) => {
  const { ana, created, identityOf } = family;
  const mine = [{ ...ana.secret, kemPrivate: null }];
  const opening = { mine, event: created.bytes, previous: null, previousCard: null, identityOf };
  return openRoomEvent(archived === undefined ? opening : { ...opening, archived });
};

beforeAll(async () => {
  family = await makeFamilyRoom();
  const { card, created, identityOf, mallory, random, room, tess } = family;
  const common = { me: tess.secret, room, card, identityOf, random };
  const opened = await openRoomEvent({
    mine: [tess.secret],
    event: created.bytes,
    previous: null,
    previousCard: null,
    identityOf,
  });
  if (opened.kind !== "opened") throw new Error("a keeper opens every event");
  ({ seed } = opened);
  const members = [...created.state.members, memberEntry(mallory.secret, "member")];
  const added = await makeRoomEvent({ ...common, previous: created.state, action: "add", members });
  const past = { account: mallory.secret.account, epoch: 0, head: created.state.head, seeds: [seed, other] };
  granted = await makeRoomEvent({ ...common, previous: added.state, action: "grant-history", members, past });
});

describe("an event that was sealed to a key which is destroyed", () => {
  it("opens by its archived seed, and says the same as before", async () => {
    const opened = await openWithout((epoch) => (epoch === 0 ? seed : null));
    expect(opened).toMatchObject({ kind: "opened", seed, card: family.card });
  });

  it("does not open without one, nor by another epoch's", async () => {
    expect(await openWithout()).toEqual({ kind: "refused", reason: "destroyed" });
    expect(await openWithout(() => null)).toEqual({ kind: "refused", reason: "destroyed" });
    expect(await openWithout(() => other)).toEqual({ kind: "refused", reason: "confirmation" });
  });

  it("gives a granted past only where all of it is archived", async () => {
    const event = parseRoomEvent(granted.bytes);
    const mine = [{ ...family.mallory.secret, kemPrivate: null }];
    expect(await openGrantedPast(event, [family.mallory.secret])).toEqual([seed, other]);
    expect(await openGrantedPast(event, mine, (epoch) => [seed, other][epoch] ?? null)).toEqual([
      seed,
      other,
    ]);
    expect(await openGrantedPast(event, mine, (epoch) => (epoch === 0 ? seed : null))).toBeNull();
    expect(await openGrantedPast(event, mine)).toBeNull();
    expect(await openGrantedPast(event, [{ ...family.ana.secret, kemPrivate: null }], () => seed)).toBeNull();
  });
});
