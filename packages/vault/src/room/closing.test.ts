import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { damagedBytes, faultOf, isRefusedOrExact } from "../../testing/damage.ts";
import { makeFamilyRoom, openAs } from "../../testing/family-room.ts";
import type { FamilyRoom } from "../../testing/family-room.ts";
import { forgeEvent } from "../../testing/forge.ts";
import type { Bytes } from "../codec/bytes.ts";
import { VaultFault } from "../codec/bytes.ts";
import { openFrame, sealFrame } from "../frame/frame.ts";
import { makeRoomEvent, memberEntry } from "./chain.ts";
import type { MadeRoomEvent } from "./chain.ts";
import { checkRoomEvent } from "./check.ts";
import { encodeRoomHeader, joinRoomEvent, parseRoomEvent } from "./event.ts";
import type { RoomEvent, RoomHeader } from "./event.ts";
import type { RoomAction, RoomMember, RoomState } from "./state.ts";

let family: FamilyRoom;
let closed: MadeRoomEvent;
beforeAll(async () => {
  family = await makeFamilyRoom();
  closed = await make("close", family.created.state);
});

const make = (
  action: RoomAction,
  previous: RoomState,
  members: readonly RoomMember[] = previous.members,
): Promise<MadeRoomEvent> => {
  const { room, card, identityOf, random, tess } = family;
  return makeRoomEvent({ me: tess.secret, previous, room, action, members, card, identityOf, random });
};

/** A well signed event that nobody checked. */
const forge = (previous: RoomState, change: Partial<RoomHeader>, signer = family.tess): Promise<Bytes> => {
  const { card, identityOf, room } = family;
  const base = {
    room,
    epoch: previous.epoch + 1,
    previous: previous.head,
    author: signer.secret.account,
    action: "re-key" as const,
    members: previous.members,
    closed: previous.closed,
  };
  return forgeEvent({ signer: signer.secret, header: { ...base, ...change }, card, identityOf });
};
const refusal = async (event: Bytes, previous: RoomState): Promise<string | null> => {
  const { identityOf } = family;
  const check = await checkRoomEvent({ event: parseRoomEvent(event), previous, identityOf });
  return check.kind === "refused" ? check.reason : null;
};

const frameOf = (by: FamilyRoom["tess"], { keys, state }: MadeRoomEvent) => ({
  me: by.secret,
  keys,
  state,
  id: "00000000-0000-7000-8000-000000000001",
  random: family.random,
  stream: "0011223344556677",
  sequence: 0,
  previous: null,
  seen: [],
  kind: 1,
  sentAt: 0,
  gossip: null,
  body: new TextEncoder().encode("words"),
});

describe("a closed room", () => {
  it("opens for everybody in it, and says that it is closed until it is opened again", async () => {
    const { ana, rita } = family;
    for (const person of [ana, rita]) {
      const opened = await openAs(family, person, closed.bytes, family.created.state);
      expect(opened.kind === "opened" && opened.state.closed).toBe(true);
    }
    const again = await make("reopen", closed.state);
    expect([again.state.closed, again.state.members]).toEqual([false, family.created.state.members]);
    const after = await make("re-key", again.state);
    expect([after.state.closed, parseRoomEvent(after.bytes).closed]).toEqual([false, false]);
  });

  it("stays closed through every other change, also for who comes in then", async () => {
    const { mallory } = family;
    const added = await make("add", closed.state, [
      ...closed.state.members,
      memberEntry(mallory.secret, "reader"),
    ]);
    const joined = await openAs(family, mallory, added.bytes, "joining");
    expect(joined.kind === "opened" && joined.state.closed).toBe(true);
    const members = added.state.members.filter(({ account }) => account !== mallory.secret.account);
    expect((await make("remove", added.state, members)).state.closed).toBe(true);
  });

  it("takes no frame, from a keeper neither, and opens none that somebody made all the same", async () => {
    const { ana, identityOf, tess } = family;
    for (const by of [tess, ana]) {
      expect(await faultOf(sealFrame(frameOf(by, closed)))).toBe("misuse");
      // Whoever has the keys can make one with a program of their own, which says that the room is open.
      const lying = { ...closed, state: { ...closed.state, closed: false } };
      const { bytes } = await sealFrame(frameOf(by, lying));
      const opening = { bytes, keys: closed.keys, state: closed.state, identityOf };
      expect(await faultOf(openFrame(opening))).toBe("unopenable");
    }
  });

  it("is closed and opened by a keeper alone, once, and by nothing else", async () => {
    const { ana, created } = family;
    const { state } = created;
    expect(await refusal(await forge(state, { action: "close", closed: true }, ana), state)).toBe("role");
    expect(await refusal(await forge(state, { closed: true }), state)).toBe("change");
    expect(await refusal(await forge(state, { action: "close", closed: false }), state)).toBe("change");
    expect(await refusal(await forge(state, { action: "reopen", closed: false }), state)).toBe("change");
    const shut = closed.state;
    expect(await refusal(await forge(shut, { action: "close" }), shut)).toBe("change");
    expect(await refusal(await forge(shut, { action: "reopen", closed: true }), shut)).toBe("change");
    expect(await refusal(await forge(shut, { closed: false }), shut)).toBe("change");
    expect(await refusal(await forge(shut, { action: "reopen", closed: false }, ana), shut)).toBe("role");
    const fewer = state.members.filter(({ account }) => account !== ana.secret.account);
    const both = await forge(state, { action: "close", closed: true, members: fewer });
    expect(await refusal(both, state)).toBe("change");
  });

  it("is never closed from its first moment", async () => {
    const { tess } = family;
    const first = {
      epoch: 0,
      previous: null,
      action: "create" as const,
      closed: true,
      members: [memberEntry(tess.secret, "keeper")],
    };
    const event = parseRoomEvent(await forge(family.created.state, first));
    const check = await checkRoomEvent({ event, previous: null, identityOf: family.identityOf });
    expect(check).toEqual({ kind: "refused", reason: "change" });
  });
});

describe("the header of version 2", () => {
  const write = (event: RoomEvent): Bytes => joinRoomEvent(encodeRoomHeader(event), event, event.signature);

  it("reads back to the same bytes; damaged ones are malformed, or exactly what would be written", () => {
    expect(write(parseRoomEvent(closed.bytes))).toEqual(closed.bytes);
    fc.assert(
      fc.property(damagedBytes(closed.bytes), (bytes) => {
        expect(isRefusedOrExact(bytes, parseRoomEvent, write)).toBe(true);
      }),
      { numRuns: 5000 },
    );
  });

  it("says only what version 1 cannot", async () => {
    const shut = parseRoomEvent(closed.bytes);
    const bytes = closed.bytes.slice();
    // The action stands before the roster: a re-key that leaves the room open has another form.
    const actionAt = 11 + 6 + 16 + 4 + 32 + 16;
    const closedAt = actionAt + 1 + 2 + 49 * shut.members.length;
    expect([bytes[actionAt], bytes[closedAt]]).toEqual([5, 1]);
    bytes[actionAt] = 3;
    expect(parseRoomEvent(bytes).action).toBe("re-key");
    bytes[closedAt] = 0;
    expect(() => parseRoomEvent(bytes)).toThrow(VaultFault);
  });
});
