import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { damagedBytes, faultOf, isRefusedOrExact } from "../../testing/damage.ts";
import { makeFamilyRoom, openAs } from "../../testing/family-room.ts";
import type { FamilyRoom } from "../../testing/family-room.ts";
import { forgeEvent } from "../../testing/forge.ts";
import { idOf, withFlippedBit } from "../../testing/people.ts";
import type { Person } from "../../testing/people.ts";
import type { Bytes } from "../codec/bytes.ts";
import { VaultFault } from "../codec/bytes.ts";
import { openFrame, sealFrame } from "../frame/frame.ts";
import { decodeRoomCard, encodeRoomCard } from "./card.ts";
import type { RoomCard } from "./card.ts";
import { makeOpeningEvent, makeRoomEvent, openRoomEvent } from "./chain.ts";
import type { MadeRoomEvent } from "./chain.ts";
import { checkRoomEvent } from "./check.ts";
import { encodeRoomHeader, joinRoomEvent, parseRoomEvent } from "./event.ts";
import type { RoomEvent, RoomHeader } from "./event.ts";
import type { RoomOpening, RoomState } from "./state.ts";

let family: FamilyRoom;
let opened: MadeRoomEvent;
const opening: RoomOpening = { reason: "therapist-gone", allowedBy: idOf("officer") };

const openBy = (person: Person, previous: RoomState): Promise<MadeRoomEvent> => {
  const { identityOf, random } = family;
  return makeOpeningEvent({ me: person.secret, previous, opening, identityOf, random });
};

beforeAll(async () => {
  family = await makeFamilyRoom();
  opened = await openBy(family.rita, family.created.state);
});

/** A well signed event that nobody checked. */
const forge = (change: Partial<RoomHeader>, signer = family.rita): Promise<Bytes> => {
  const { card, created, identityOf, room } = family;
  const header = {
    room,
    epoch: 1,
    previous: created.state.head,
    author: signer.secret.account,
    action: "opened" as const,
    members: created.state.members,
    closed: false,
    opening,
    ...change,
  };
  return forgeEvent({ signer: signer.secret, header, card, identityOf });
};

const refusal = async (event: Bytes, previous = family.created.state): Promise<string | null> => {
  const { identityOf } = family;
  const check = await checkRoomEvent({ event: parseRoomEvent(event), previous, identityOf });
  return check.kind === "refused" ? check.reason : null;
};

describe("a reader says that it reads", () => {
  it("T23: everybody in the room opens the event, with its reason and the card as it was", async () => {
    for (const person of [family.tess, family.ana, family.ben, family.rita]) {
      const seen = await openAs(family, person, opened.bytes, family.created.state);
      expect(seen.kind === "opened" && seen.card).toEqual(family.card);
      expect(seen.kind === "opened" && seen.state.epoch).toBe(1);
    }
    const event = parseRoomEvent(opened.bytes);
    expect([event.opening, event.sealedCard, event.action]).toEqual([opening, null, "opened"]);
    expect((await openAs(family, family.mallory, opened.bytes, family.created.state)).kind).toBe("refused");
  });

  it("T23: nothing has to be opened to make it, and whoever was not shown it reads nothing that follows", async () => {
    const { ana, created, identityOf, random } = family;
    const { keys, state } = opened;
    const { bytes } = await sealFrame({
      me: ana.secret,
      keys,
      state,
      id: "00000000-0000-7000-8000-000000000001",
      random,
      stream: "0011223344556677",
      sequence: 0,
      previous: null,
      seen: [],
      kind: 1,
      sentAt: 0,
      gossip: null,
      body: new TextEncoder().encode("after"),
    });
    await expect(openFrame({ bytes, keys: created.keys, state: created.state, identityOf })).rejects.toThrow(
      VaultFault,
    );
    const { card, room, tess } = family;
    const next = await makeRoomEvent({
      me: tess.secret,
      previous: state,
      room,
      action: "re-key",
      members: state.members,
      card,
      identityOf,
      random,
    });
    expect(await refusal(next.bytes)).toBe("epoch");
    expect(await refusal(next.bytes, state)).toBeNull();
  });

  it("T5: nobody but a reader says it, and a reader says nothing else", async () => {
    for (const person of [family.tess, family.ana]) {
      expect(await refusal(await forge({}, person))).toBe("role");
      expect(await faultOf(openBy(person, family.created.state))).toBe("misuse");
    }
    expect(await refusal(await forge({}, family.mallory))).toBe("author");
    for (const action of ["re-key", "close", "role"] as const) {
      const header = { action, closed: action === "close" };
      const { card, created, identityOf, rita, room } = family;
      const bytes = await forgeEvent({
        signer: rita.secret,
        header: {
          room,
          epoch: 1,
          previous: created.state.head,
          author: rita.secret.account,
          members: created.state.members,
          ...header,
        },
        card,
        identityOf,
      });
      expect(await refusal(bytes)).toBe("role");
    }
    // Signed by somebody else in the reader's name.
    const posing = await forge({ author: family.rita.secret.account }, family.ana);
    expect(await refusal(posing)).toBe("signature");
  });

  it("changes nothing: neither the people nor whether the room is closed", async () => {
    const { members } = family.created.state;
    const fewer = members.filter(({ account }) => account !== family.ben.secret.account);
    expect(await refusal(await forge({ members: fewer }))).toBe("change");
    const raised = members.map((member) =>
      member.role === "reader" ? { ...member, role: "keeper" as const } : member,
    );
    expect(await refusal(await forge({ members: raised }))).toBe("change");
    expect(await refusal(await forge({ closed: true }))).toBe("change");
  });

  it("is said in a closed room too, which stays closed", async () => {
    const { card, created, identityOf, random, rita, room, tess } = family;
    const closed = await makeRoomEvent({
      me: tess.secret,
      previous: created.state,
      room,
      action: "close",
      members: created.state.members,
      card,
      identityOf,
      random,
    });
    const said = await openBy(rita, closed.state);
    expect([said.state.closed, said.state.epoch]).toEqual([true, 2]);
  });

  it("cannot be the first that somebody sees of a room, nor carry on a card that is not known", async () => {
    expect((await openAs(family, family.ana, opened.bytes, "joining")).kind).toBe("refused");
    const { created, identityOf, ana } = family;
    const blind = await openRoomEvent({
      mine: [ana.secret],
      event: opened.bytes,
      previous: created.state,
      previousCard: null,
      identityOf,
    });
    expect(blind).toEqual({ kind: "refused", reason: "card" });
  });
});

describe("its bytes, version 4", () => {
  const write = (event: RoomEvent): Bytes => joinRoomEvent(encodeRoomHeader(event), event, event.signature);

  it("T21: read back to the same; damaged ones are malformed, or exactly what would be written", () => {
    expect(write(parseRoomEvent(opened.bytes))).toEqual(opened.bytes);
    fc.assert(
      fc.property(damagedBytes(opened.bytes), (bytes) => isRefusedOrExact(bytes, parseRoomEvent, write)),
      { numRuns: 3000 },
    );
  });

  it("T6: any flipped bit is refused", async () => {
    for (let bit = 0; bit < opened.bytes.length * 8; bit += 211) {
      const flipped = withFlippedBit(opened.bytes, bit);
      let isRefused: boolean;
      try {
        isRefused = (await openAs(family, family.ana, flipped, family.created.state)).kind === "refused";
      } catch (error) {
        isRefused = error instanceof VaultFault;
      }
      // A flipped bit of somebody else's sealed copy breaks the signature like any other.
      expect(isRefused).toBe(true);
    }
  });

  it("cannot be said without why, nor be why in another event", () => {
    const event = parseRoomEvent(opened.bytes);
    const { opening: _why, ...silent } = event;
    expect(() => encodeRoomHeader(silent)).toThrow(VaultFault);
    expect(() => encodeRoomHeader({ ...event, action: "re-key" })).toThrow(VaultFault);
  });
});

describe("a card that names a custodian", () => {
  const card: RoomCard = {
    kind: "family",
    title: "",
    family: idOf("family"),
    familyName: "Lake",
    practiceName: "Practice",
    people: [{ account: idOf("custodian"), name: "Continuity", role: "custodian", face: 1 }],
  };
  const plain: RoomCard = { ...card, people: card.people.map((person) => ({ ...person, role: "adult" })) };

  it("has a version of its own, and each card one form", () => {
    const [named, unnamed] = [encodeRoomCard(card), encodeRoomCard(plain)];
    expect([decodeRoomCard(named), decodeRoomCard(unnamed)]).toEqual([card, plain]);
    const digit = named.indexOf("2".charCodeAt(0));
    expect(String.fromCharCode(unnamed[digit] ?? 0)).toBe("1");
    const swap = (bytes: Bytes, version: string): Bytes => {
      const other = new Uint8Array(bytes);
      other[digit] = version.charCodeAt(0);
      return other;
    };
    expect(() => decodeRoomCard(swap(named, "1"))).toThrow(VaultFault);
    expect(() => decodeRoomCard(swap(unnamed, "2"))).toThrow(VaultFault);
  });
});
