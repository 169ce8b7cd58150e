import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { damagedBytes, isRefusedOrExact, readOrNull } from "../../testing/damage.ts";
import { makeFamilyRoom, openAs } from "../../testing/family-room.ts";
import type { FamilyRoom } from "../../testing/family-room.ts";
import { withFlippedBit } from "../../testing/people.ts";
import { VaultFault } from "../codec/bytes.ts";
import type { Bytes } from "../codec/bytes.ts";
import { CARD_ROLES, decodeRoomCard, encodeRoomCard, ROOM_KINDS } from "./card.ts";
import { makeRoomEvent, memberEntry, openRoomEvent } from "./chain.ts";
import { checkRoomEvent } from "./check.ts";
import { encodeRoomHeader, joinRoomEvent, parseRoomEvent } from "./event.ts";
import type { RoomEvent } from "./event.ts";
import { memberOf } from "./state.ts";

let family: FamilyRoom;
beforeAll(async () => {
  family = await makeFamilyRoom();
});

const write = (event: RoomEvent): Bytes => joinRoomEvent(encodeRoomHeader(event), event, event.signature);

describe("an event", () => {
  it("reads back to the same bytes", () => {
    const { created } = family;
    expect(write(parseRoomEvent(created.bytes))).toEqual(created.bytes);
  });

  it("T18: names the one suite; any other is not read", () => {
    for (let bit = 11 * 8; bit < 17 * 8; bit++) {
      expect(() => parseRoomEvent(withFlippedBit(family.created.bytes, bit))).toThrow(VaultFault);
    }
  });

  it("T6: any flipped bit, in any field, is refused", async () => {
    const { created, identityOf } = family;
    for (let bit = 0; bit < created.bytes.length * 8; bit += 97) {
      const event = readOrNull(() => parseRoomEvent(withFlippedBit(created.bytes, bit)));
      const fits =
        event !== null && (await checkRoomEvent({ event, previous: null, identityOf })).kind === "fits";
      expect([bit, fits]).toEqual([bit, false]);
    }
  });

  it("T21: damaged bytes are malformed, or exactly what the event would be written as", () => {
    fc.assert(
      fc.property(damagedBytes(family.created.bytes), (bytes) => {
        expect(isRefusedOrExact(bytes, parseRoomEvent, write)).toBe(true);
      }),
      { numRuns: 20_000 },
    );
  });

  it("T21: opening damaged bytes opens nothing and throws nothing but the typed fault", async () => {
    const { created, ana, identityOf } = family;
    await fc.assert(
      fc.asyncProperty(damagedBytes(created.bytes), async (bytes) => {
        const event = readOrNull(() => parseRoomEvent(bytes));
        const same = String(bytes) === String(created.bytes);
        const opened =
          event === null
            ? null
            : await openRoomEvent({
                mine: [ana.secret],
                event: bytes,
                previous: null,
                previousCard: null,
                identityOf,
              });
        expect(opened?.kind === "opened").toBe(same);
      }),
      { numRuns: 1000 },
    );
  });

  it("T11: in a random life of a room, who is out never opens and who is in always does", async () => {
    const { tess, ana, ben, rita, mallory } = family;
    const people = [ana, ben, rita, mallory];
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(3), { minLength: 1, maxLength: 8 }), async (toggles) => {
        const { room, card, identityOf, random } = family;
        let { state } = await makeRoomEvent({
          me: tess.secret,
          previous: null,
          room,
          action: "create",
          members: [memberEntry(tess.secret, "keeper")],
          card,
          identityOf,
          random,
        });
        for (const toggle of toggles) {
          const person = people[toggle] ?? ana;
          const isIn = memberOf(state, person.secret.account) !== null;
          const others = state.members.filter((member) => member.account !== person.secret.account);
          const members = isIn ? others : [...others, memberEntry(person.secret, "member")];
          const action = isIn ? "remove" : "add";
          const wish = {
            me: tess.secret,
            previous: state,
            room,
            action,
            members,
            card,
            identityOf,
            random,
          } as const;
          const made = await makeRoomEvent(wish);
          for (const each of [tess, ...people]) {
            const wasIn = memberOf(state, each.secret.account) !== null;
            const opened = await openAs(family, each, made.bytes, wasIn ? state : "joining");
            const nowIn = memberOf(made.state, each.secret.account) !== null;
            expect(opened.kind).toBe(nowIn ? "opened" : wasIn ? "removed" : "refused");
          }
          state = made.state;
        }
      }),
      { numRuns: 15 },
    );
  });
});

describe("the room card", () => {
  const names = fc
    .string({ unit: "grapheme", maxLength: 20 })
    .filter((name) => new TextEncoder().encode(name).length <= 200);
  const cards = fc.record({
    kind: fc.constantFrom(...ROOM_KINDS),
    title: names,
    family: fc.option(fc.uuid()),
    familyName: names,
    practiceName: names,
    people: fc.array(
      fc.record({ account: fc.uuid(), name: names, role: fc.constantFrom(...CARD_ROLES), face: fc.nat(255) }),
      { maxLength: 6 },
    ),
  });

  it("decodes to what was encoded", () => {
    fc.assert(
      fc.property(cards, (card) => {
        expect(decodeRoomCard(encodeRoomCard(card))).toEqual(card);
      }),
    );
  });

  it("T21: damaged cards are malformed or exact", () => {
    fc.assert(
      fc.property(damagedBytes(family.card), (bytes) => {
        expect(isRefusedOrExact(bytes, decodeRoomCard, encodeRoomCard)).toBe(true);
      }),
      { numRuns: 20_000 },
    );
  });

  it("holds a full roster with long names, and refuses more", () => {
    const person = {
      account: "0a000000-0000-4000-8000-000000000000",
      name: "é".repeat(100),
      role: "adult" as const,
      face: 0,
    };
    const card = { kind: "family" as const, title: "", family: null, familyName: "", practiceName: "" };
    const full = encodeRoomCard({ ...card, people: Array.from({ length: 200 }, () => person) });
    expect(decodeRoomCard(full).people.length).toBe(200);
    expect(() => encodeRoomCard({ ...card, people: Array.from({ length: 201 }, () => person) })).toThrow(
      VaultFault,
    );
    expect(() => encodeRoomCard({ ...card, people: [{ ...person, name: "é".repeat(101) }] })).toThrow(
      VaultFault,
    );
  });
});
