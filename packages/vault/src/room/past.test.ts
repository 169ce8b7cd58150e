import { beforeAll, describe, expect, it } from "vitest";
import { forgeEvent } from "../../testing/forge.ts";
import { makeFamilyRoom } from "../../testing/family-room.ts";
import type { FamilyRoom } from "../../testing/family-room.ts";
import { withFlippedBit } from "../../testing/people.ts";
import type { Person } from "../../testing/people.ts";
import type { Bytes } from "../codec/bytes.ts";
import { makeRoomEvent, memberEntry, openGrantedPast, openPastEvent, openRoomEvent } from "./chain.ts";
import type { MadeRoomEvent } from "./chain.ts";
import { checkRoomEvent } from "./check.ts";
import { encodeRoomHeader, joinRoomEvent, parseRoomEvent } from "./event.ts";
import type { RoomState } from "./state.ts";

/** A room of three epochs that Mallory comes into in the fourth, and is given the past of from epoch 1 in the fifth. */
let family: FamilyRoom;
let seeds: readonly Bytes[];
let events: readonly MadeRoomEvent[];
let granted: MadeRoomEvent;

const seedOf = async (made: MadeRoomEvent, previous: RoomState | null): Promise<Bytes> => {
  const { card, identityOf, tess } = family;
  const opened = await openRoomEvent({
    mine: [tess.secret],
    event: made.bytes,
    previous,
    previousCard: card,
    identityOf,
  });
  if (opened.kind !== "opened") throw new Error("a keeper opens every event");
  return opened.seed;
};

beforeAll(async () => {
  family = await makeFamilyRoom();
  const { card, created, identityOf, mallory, random, room, tess } = family;
  const common = { me: tess.secret, room, card, identityOf, random };
  const made = [created];
  const last = (): RoomState => made.at(-1)?.state ?? created.state;
  for (let epoch = 1; epoch < 3; epoch++) {
    made.push(
      await makeRoomEvent({ ...common, previous: last(), action: "re-key", members: last().members }),
    );
  }
  const members = [...last().members, memberEntry(mallory.secret, "member")];
  made.push(await makeRoomEvent({ ...common, previous: last(), action: "add", members }));
  events = made;
  seeds = await Promise.all(made.map((event, index) => seedOf(event, made[index - 1]?.state ?? null)));
  granted = await grant(mallory, 1);
});

const grant = async (
  to: Person,
  epoch: number,
  given: readonly Bytes[] = seeds.slice(epoch),
): Promise<MadeRoomEvent> => {
  const { card, identityOf, random, room, tess } = family;
  const [previous, first] = [events.at(-1)?.state, events[epoch]?.state];
  if (previous === undefined || first === undefined) throw new Error("a room of four epochs");
  return makeRoomEvent({
    me: tess.secret,
    room,
    card,
    identityOf,
    random,
    previous,
    action: "grant-history",
    members: previous.members,
    past: { account: to.secret.account, epoch, head: first.head, seeds: given },
  });
};

const before = (): RoomState => {
  const state = events.at(-1)?.state;
  if (state === undefined) throw new Error("a room of four epochs");
  return state;
};

describe("a grant of the past", () => {
  it("reads back to the same bytes, under a label of its own", () => {
    const event = parseRoomEvent(granted.bytes);
    expect(event.grant).toMatchObject({ epoch: 1, account: family.mallory.secret.account });
    expect(joinRoomEvent(encodeRoomHeader(event), event, event.signature)).toEqual(granted.bytes);
  });

  it("gives its person the seeds, and everybody else the event alone", async () => {
    const event = parseRoomEvent(granted.bytes);
    expect(await openGrantedPast(event, [family.mallory.secret])).toEqual(seeds.slice(1));
    expect(await openGrantedPast(event, [family.ana.secret])).toBeNull();
    const { card, identityOf } = family;
    const mine = [family.ana.secret];
    const previous = before();
    const opening = { mine, event: granted.bytes, previous, previousCard: card, identityOf };
    expect((await openRoomEvent(opening)).kind).toBe("opened");
  });

  it("opens every event from there on, bound by hash to the event its person came in by", async () => {
    const { card, identityOf, mallory } = family;
    const event = parseRoomEvent(granted.bytes);
    const given = (await openGrantedPast(event, [mallory.secret])) ?? [];
    if (event.grant === undefined) throw new Error("a grant");
    let previous: RoomState | null = null;
    for (const [index, seed] of given.slice(0, 2).entries()) {
      const bytes = events[index + 1]?.bytes ?? new Uint8Array(0);
      const opened = await openPastEvent({
        event: bytes,
        previous: previous ?? event.grant,
        previousCard: previous === null ? null : card,
        seed,
        identityOf,
      });
      if (opened.kind !== "opened") throw new Error(opened.kind);
      previous = opened.state;
    }
    const joining = events[3]?.bytes ?? new Uint8Array(0);
    const mine = [mallory.secret];
    const joined = await openRoomEvent({ mine, event: joining, previous, previousCard: card, identityOf });
    expect(joined.kind).toBe("opened");
  });

  it("an earlier event than the one it names, or another room's, is not the past that was given", async () => {
    const event = parseRoomEvent(granted.bytes);
    const { identityOf } = family;
    if (event.grant === undefined) throw new Error("a grant");
    const [seed] = seeds;
    if (seed === undefined) throw new Error("a seed");
    const first = { event: family.created.bytes, previousCard: null, seed, identityOf };
    expect(await openPastEvent({ ...first, previous: event.grant })).toMatchObject({ reason: "epoch" });
    const renamed = { ...event.grant, epoch: 0 };
    expect(await openPastEvent({ ...first, previous: renamed })).toMatchObject({ reason: "previous" });
  });

  it("a seed of another epoch is refused by the confirmation", async () => {
    const event = parseRoomEvent(granted.bytes);
    const [wrong] = seeds;
    if (event.grant === undefined || wrong === undefined) throw new Error("a grant");
    const opened = await openPastEvent({
      event: events[1]?.bytes ?? new Uint8Array(0),
      previous: event.grant,
      previousCard: null,
      seed: wrong,
      identityOf: family.identityOf,
    });
    expect(opened).toEqual({ kind: "refused", reason: "confirmation" });
  });

  it("T6: any flipped bit is refused", async () => {
    const { identityOf } = family;
    for (let bit = 0; bit < granted.bytes.length * 8; bit += 61) {
      let fits = false;
      try {
        const event = parseRoomEvent(withFlippedBit(granted.bytes, bit));
        fits = (await checkRoomEvent({ event, previous: before(), identityOf })).kind === "fits";
      } catch {
        fits = false;
      }
      expect([bit, fits]).toEqual([bit, false]);
    }
  });

  it("is a keeper's to give, to somebody else who is in the room, and changes nobody's place", async () => {
    const { ana, card, identityOf, mallory, tess } = family;
    const { epoch, head, members, room } = before();
    const header = {
      room,
      epoch: epoch + 1,
      previous: head,
      author: tess.secret.account,
      action: "grant-history" as const,
      members,
      closed: false,
      grant: { account: mallory.secret.account, epoch: 1, head: events[1]?.state.head ?? head },
    };
    const reasonOf = async (signer: Person, changed: Partial<typeof header>): Promise<string> => {
      const bytes = await forgeEvent({
        signer: signer.secret,
        header: { ...header, author: signer.secret.account, ...changed },
        card,
        identityOf,
      });
      const check = await checkRoomEvent({ event: parseRoomEvent(bytes), previous: before(), identityOf });
      return check.kind === "fits" ? "fits" : check.reason;
    };
    expect(await reasonOf(tess, {})).toBe("fits");
    expect(await reasonOf(ana, {})).toBe("role");
    expect(await reasonOf(tess, { grant: { ...header.grant, account: tess.secret.account } })).toBe("change");
    const absent = { ...header.grant, account: "00000000-0000-4000-8000-000000000001" };
    expect(await reasonOf(tess, { grant: absent })).toBe("change");
    expect(await reasonOf(tess, { members: members.slice(1) })).toBe("change");
  });

  it("in a closed room gives the past as well, and leaves the room closed", async () => {
    const { card, identityOf, mallory, random, room, tess } = family;
    const common = { me: tess.secret, room, card, identityOf, random, members: before().members };
    const closed = await makeRoomEvent({ ...common, previous: before(), action: "close" });
    const first = events[1]?.state;
    if (first === undefined) throw new Error("a room of four epochs");
    const given = [...seeds.slice(1), await seedOf(closed, before())];
    const past = { account: mallory.secret.account, epoch: 1, head: first.head, seeds: given };
    const wish = { ...common, previous: closed.state, action: "grant-history" as const, past };
    const made = await makeRoomEvent(wish);
    const event = parseRoomEvent(made.bytes);
    expect([event.closed, made.state.closed]).toEqual([true, true]);
    expect(await openGrantedPast(event, [mallory.secret])).toEqual(given);
    const opening = { mine: [family.ana.secret], event: made.bytes, previous: closed.state };
    const opened = await openRoomEvent({ ...opening, previousCard: card, identityOf });
    expect(opened.kind === "opened" && opened.state.closed).toBe(true);
    const { action, author, epoch, grant: names, members, previous } = event;
    if (names === undefined) throw new Error("a grant");
    const header = { room, epoch, previous, author, action, members, grant: names, closed: false };
    const forged = await forgeEvent({ signer: tess.secret, header, card, identityOf });
    const check = { event: parseRoomEvent(forged), previous: closed.state, identityOf };
    expect(await checkRoomEvent(check)).toEqual({ kind: "refused", reason: "change" });
  });

  it("is not made with fewer or more seeds than it says", async () => {
    await expect(grant(family.mallory, 1, seeds.slice(2))).rejects.toThrow("misuse");
    await expect(grant(family.mallory, 1, seeds)).rejects.toThrow("misuse");
  });
});
