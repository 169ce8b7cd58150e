import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { damagedBytes, faultOf, isRefusedOrExact, readOrNull } from "../../testing/damage.ts";
import { makeFamilyRoom, openAs } from "../../testing/family-room.ts";
import type { FamilyRoom } from "../../testing/family-room.ts";
import { forgeEvent } from "../../testing/forge.ts";
import { withFlippedBit } from "../../testing/people.ts";
import type { Person } from "../../testing/people.ts";
import { equalBytes, VaultFault } from "../codec/bytes.ts";
import type { Bytes } from "../codec/bytes.ts";
import { toHex } from "../codec/text.ts";
import { makeEndingEvent, makeOpeningEvent, makeRoomEvent, memberEntry } from "./chain.ts";
import type { MadeRoomEvent, RoomEventWish } from "./chain.ts";
import { checkHusk, checkRoomEvent } from "./check.ts";
import { checkEnding } from "./ending.ts";
import { encodeRoomHeader, isEndingEvent, joinRoomEvent, parseRoomEvent } from "./event.ts";
import type { RoomEvent, RoomHeader } from "./event.ts";
import { encodeHusk, huskOf, parseHusk } from "./husk.ts";
import type { RoomHusk } from "./husk.ts";
import type { RoomState } from "./state.ts";

let family: FamilyRoom;
/** A room's life: made, a newcomer, a grant to them, an opening, new keys, closed. */
let story: readonly MadeRoomEvent[];
let closed: RoomState;
let end: { readonly bytes: Bytes; readonly state: RoomState };

const make = (
  previous: RoomState,
  wish: Pick<RoomEventWish, "action"> & Partial<RoomEventWish>,
): Promise<MadeRoomEvent> => {
  const { card, identityOf, random, room, tess } = family;
  return makeRoomEvent({
    me: tess.secret,
    previous,
    room,
    members: previous.members,
    card,
    identityOf,
    random,
    ...wish,
  });
};

beforeAll(async () => {
  family = await makeFamilyRoom();
  const { created, identityOf, mallory, random, rita } = family;
  const members = [...created.state.members, memberEntry(mallory.secret, "member")];
  const added = await make(created.state, { action: "add", members });
  const past = {
    account: mallory.secret.account,
    epoch: 0,
    head: created.state.head,
    seeds: [new Uint8Array(32), new Uint8Array(32)],
  };
  const granted = await make(added.state, { action: "grant-history", past });
  const said = await makeOpeningEvent({
    me: rita.secret,
    previous: granted.state,
    opening: { reason: "law", allowedBy: null },
    identityOf,
    random,
  });
  const renewed = await make(said.state, { action: "re-key" });
  const shut = await make(renewed.state, { action: "close" });
  story = [created, added, granted, said, renewed, shut];
  closed = shut.state;
  end = await makeEndingEvent({ me: family.tess.secret, previous: closed, identityOf });
});

/** A well signed event that nobody checked. */
const forge = (change: Partial<RoomHeader> = {}, signer = family.tess): Promise<Bytes> => {
  const { card, identityOf, room } = family;
  const header = {
    room,
    epoch: closed.epoch + 1,
    previous: closed.head,
    author: signer.secret.account,
    action: "ended" as const,
    members: closed.members,
    closed: true,
    ...change,
  };
  return forgeEvent({ signer: signer.secret, header, card, identityOf });
};

const refusal = async (event: Bytes, previous = closed): Promise<string | null> => {
  const { identityOf } = family;
  const check = await checkRoomEvent({ event: parseRoomEvent(event), previous, identityOf });
  return check.kind === "refused" ? check.reason : null;
};

describe("a keeper ends a closed room", () => {
  it("everybody in it sees that it has ended, and nothing is sealed in the event that says so", async () => {
    for (const person of [family.tess, family.ana, family.rita]) {
      const seen = await openAs(family, person, end.bytes, closed);
      expect(seen).toEqual({ kind: "ended", state: end.state });
    }
    const event = parseRoomEvent(end.bytes);
    expect([event.sealedSeeds, event.sealedCard, event.confirm]).toEqual([[], null, null]);
    expect([end.state.ended, closed.ended, isEndingEvent(end.bytes)]).toEqual([true, false, true]);
    expect(story.some(({ bytes }) => isEndingEvent(bytes))).toBe(false);
  });

  it("T5: nobody but a keeper, and in a closed room only", async () => {
    const { ana, identityOf, mallory, rita, tess } = family;
    for (const person of [ana, rita, mallory]) {
      expect(await refusal(await forge({}, person))).toBe("role");
      expect(await faultOf(makeEndingEvent({ me: person.secret, previous: closed, identityOf }))).toBe(
        "misuse",
      );
    }
    expect(await refusal(await forge({ author: tess.secret.account }, ana))).toBe("signature");
    const open = story[4]?.state ?? closed;
    const early = await forge({ epoch: open.epoch + 1, previous: open.head });
    expect(await refusal(early, open)).toBe("change");
    expect(await faultOf(makeEndingEvent({ me: tess.secret, previous: open, identityOf }))).toBe("misuse");
  });

  it("changes nobody's place in the room", async () => {
    const fewer = closed.members.filter(({ account }) => account !== family.ben.secret.account);
    expect(await refusal(await forge({ members: fewer }))).toBe("change");
    const raised = closed.members.map((member) => ({ ...member, role: "keeper" as const }));
    expect(await refusal(await forge({ members: raised }))).toBe("change");
  });

  it("nothing continues it: not its reopening, not another end", async () => {
    const next = { epoch: end.state.epoch + 1, previous: end.state.head };
    for (const change of [
      { action: "reopen" as const, closed: false },
      { action: "re-key" as const },
      { action: "ended" as const },
    ])
      expect(await refusal(await forge({ ...next, ...change }), end.state)).toBe("ended");
    expect(await faultOf(make(end.state, { action: "reopen" }))).toBe("misuse");
    expect(await faultOf(make(closed, { action: "ended" }))).toBe("misuse");
  });
});

describe("its bytes, version 5", () => {
  const write = (event: RoomEvent): Bytes => joinRoomEvent(encodeRoomHeader(event), event, event.signature);

  it("T21: read back to the same; damaged ones are malformed, or exactly what would be written", () => {
    expect(write(parseRoomEvent(end.bytes))).toEqual(end.bytes);
    fc.assert(
      fc.property(damagedBytes(end.bytes), (bytes) => isRefusedOrExact(bytes, parseRoomEvent, write)),
      { numRuns: 3000 },
    );
  });

  it("T6: any flipped bit is refused", async () => {
    const { identityOf } = family;
    for (let bit = 0; bit < end.bytes.length * 8; bit++) {
      const event = readOrNull(() => parseRoomEvent(withFlippedBit(end.bytes, bit)));
      const fits =
        event !== null && (await checkRoomEvent({ event, previous: closed, identityOf })).kind === "fits";
      expect([bit, fits]).toEqual([bit, false]);
    }
  });

  it("is never written of an open room", () => {
    const event = parseRoomEvent(end.bytes);
    expect(() => encodeRoomHeader({ ...event, closed: false })).toThrow(VaultFault);
    // The byte that says so stands last before the signature.
    const open = end.bytes.slice();
    open[open.length - 65] = 0;
    expect(() => parseRoomEvent(open)).toThrow(VaultFault);
  });
});

const husks = (): readonly RoomHusk[] =>
  story.map(({ bytes }) => parseHusk(encodeHusk(huskOf(parseRoomEvent(bytes)))));

describe("what stays of an event", () => {
  it("holds nothing that was sealed, of an event of any version", () => {
    for (const { bytes } of story) {
      const { sealedCard, sealedPast, sealedSeeds } = parseRoomEvent(bytes);
      const husk = encodeHusk(huskOf(parseRoomEvent(bytes)));
      const hex = toHex(husk);
      const sealed = [...sealedSeeds, sealedPast ?? new Uint8Array(0), sealedCard ?? new Uint8Array(0)];
      for (const part of sealed)
        for (let start = 0; start + 16 <= part.length; start += 16)
          expect(hex).not.toContain(toHex(part.slice(start, start + 16)));
      expect(parseHusk(husk)).toEqual(huskOf(parseRoomEvent(bytes)));
    }
  });

  it("fits where the event fitted, and is refused for the same reasons", async () => {
    const { identityOf } = family;
    let previous: RoomState | null = null;
    for (const event of husks()) {
      const check = await checkHusk({ event, previous, identityOf });
      if (check.kind === "refused") throw new Error(check.reason);
      previous = check.state;
    }
    expect(previous).toEqual(closed);
    const [, added] = husks();
    if (added === undefined) throw new Error("a husk");
    expect(await checkHusk({ event: added, previous: closed, identityOf })).toMatchObject({
      reason: "epoch",
    });
  });

  it("T21: damaged ones are malformed, or exactly what would be written", () => {
    for (const { bytes } of story) {
      const husk = encodeHusk(huskOf(parseRoomEvent(bytes)));
      fc.assert(
        fc.property(damagedBytes(husk), (damaged) => isRefusedOrExact(damaged, parseHusk, encodeHusk)),
        { numRuns: 1000 },
      );
    }
    expect(() => encodeHusk(huskOf(parseRoomEvent(end.bytes)))).toThrow(VaultFault);
  });
});

describe("following a room to its end", () => {
  const follow = (
    person: Person,
    from: RoomState | "first",
    chain: readonly RoomHusk[],
    last = end.bytes,
  ): ReturnType<typeof checkEnding> =>
    checkEnding({
      account: person.secret.account,
      from,
      husks: chain,
      end: parseRoomEvent(last),
      identityOf: family.identityOf,
    });

  it("goes from the first event, from the one that let somebody in, and from what is known", async () => {
    const whole = await follow(family.ana, "first", husks());
    expect(whole).toEqual({ kind: "ended", states: [...story.map(({ state }) => state), end.state] });
    const later = await follow(family.mallory, "first", husks().slice(1));
    expect(later.kind === "ended" && later.states.length).toBe(6);
    const known = story[2]?.state ?? closed;
    const rest = await follow(family.ana, known, husks().slice(3));
    expect(rest.kind === "ended" && rest.states.at(-1)).toEqual(end.state);
    expect((await follow(family.ana, closed, [])).kind).toBe("ended");
  });

  it("T6: refuses a chain that leaves out a step, or begins where nobody comes in", async () => {
    const all = husks();
    // Without the very first, it is the chain of somebody who came in by the second.
    for (let gap = 1; gap < all.length; gap++) {
      const chain = all.filter((_, index) => index !== gap);
      expect([gap, (await follow(family.ana, "first", chain)).kind]).toEqual([gap, "refused"]);
    }
    expect((await follow(family.ana, "first", [])).kind).toBe("refused");
    expect(await follow(family.ana, "first", all.slice(2))).toEqual({ kind: "refused", reason: "joining" });
  });

  it("T6: any flipped bit of a step is refused; one of its hash by the step after it", async () => {
    const all = husks();
    const bytes = encodeHusk(all[4] ?? huskOf(parseRoomEvent(end.bytes)));
    for (let bit = 0; bit < bytes.length * 8; bit += 7) {
      const damaged = readOrNull(() => parseHusk(withFlippedBit(bytes, bit)));
      if (damaged === null) continue;
      const chain = all.map((husk, index) => (index === 4 ? damaged : husk));
      expect([bit, (await follow(family.ana, "first", chain)).kind]).toEqual([bit, "refused"]);
    }
    const swapped = all.map((husk) =>
      equalBytes(husk.hash, closed.head) ? { ...husk, hash: end.state.head } : husk,
    );
    expect(await follow(family.ana, "first", swapped)).toEqual({ kind: "refused", reason: "previous" });
  });

  it("T5: refuses an end that no keeper signed, and an event that is no end", async () => {
    const signedByAna = await forge({}, family.ana);
    expect(await follow(family.ana, "first", husks(), signedByAna)).toEqual({
      kind: "refused",
      reason: "role",
    });
    const last = story[5]?.bytes ?? end.bytes;
    expect((await follow(family.ana, "first", husks().slice(0, 5), last)).kind).toBe("refused");
  });

  it("T11: refuses a chain in which this person is not there all along", async () => {
    expect(await follow(family.mallory, "first", husks())).toEqual({ kind: "refused", reason: "not-mine" });
  });
});
