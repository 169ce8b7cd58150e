import { beforeAll, describe, expect, it } from "vitest";
import { faultOf } from "../../testing/damage.ts";
import { makeFamilyRoom, openAs } from "../../testing/family-room.ts";
import type { FamilyRoom } from "../../testing/family-room.ts";
import { forgeEvent } from "../../testing/forge.ts";
import { directoryOf, makePerson, unsafeSeededRandom } from "../../testing/people.ts";
import { concatBytes, VaultFault } from "../codec/bytes.ts";
import type { Bytes } from "../codec/bytes.ts";
import { parseIdentityRecord } from "../identity/record.ts";
import { rotateIdentity } from "../identity/secret.ts";
import type { IdentitySecret } from "../identity/secret.ts";
import { encodeRoomCard } from "./card.ts";
import { makeRoomEvent, memberEntry, openRoomEvent } from "./chain.ts";
import type { MadeRoomEvent, OpenedRoomEvent } from "./chain.ts";
import { checkRoomEvent } from "./check.ts";
import { parseRoomEvent, sortMembers } from "./event.ts";
import type { RoomHeader } from "./event.ts";
import type { RoomAction, RoomMember, RoomState } from "./state.ts";

let family: FamilyRoom;
beforeAll(async () => {
  family = await makeFamilyRoom();
});

const make = (
  action: RoomAction,
  previous: RoomState,
  members: readonly RoomMember[],
  by = family.tess,
): Promise<MadeRoomEvent> => {
  const { room, card, identityOf, random } = family;
  return makeRoomEvent({ me: by.secret, previous, room, action, members, card, identityOf, random });
};
const without = (state: RoomState, account: string): readonly RoomMember[] =>
  state.members.filter((member) => member.account !== account);

/** A well signed event that nobody checked, following `created`. */
const forge = (change: Partial<RoomHeader>, signer = family.tess): Promise<Bytes> => {
  const { created, room, card, identityOf } = family;
  const { members } = created.state;
  const base = {
    room,
    epoch: 1,
    previous: created.state.head,
    author: signer.secret.account,
    action: "re-key" as const,
  };
  const header = { ...base, members, closed: false, ...change };
  return forgeEvent({ signer: signer.secret, header, card, identityOf });
};
const refusalOf = (opened: OpenedRoomEvent): string | null =>
  opened.kind === "refused" ? opened.reason : null;
const refusal = async (
  event: Bytes,
  previous: RoomState | null = family.created.state,
): Promise<string | null> => {
  const check = await checkRoomEvent({
    event: parseRoomEvent(event),
    previous,
    identityOf: family.identityOf,
  });
  return check.kind === "refused" ? check.reason : null;
};

describe("a room", () => {
  it("opens for every member to the same keys and card, by the identity alone", async () => {
    const { created, tess, ana, ben, rita, card } = family;
    for (const person of [tess, ana, ben, rita]) {
      const opened = await openAs(family, person, created.bytes, null);
      expect(opened).toMatchObject({ kind: "opened", state: created.state, keys: created.keys, card });
    }
  });

  it("lets four browsers re-key at once: each event fits alone, none fits behind another", async () => {
    const { created, ana, ben } = family;
    const racers = await Promise.all(
      [ana, ana, ben, family.tess].map((by) => make("re-key", created.state, created.state.members, by)),
    );
    for (const racer of racers) expect(await refusal(racer.bytes)).toBeNull();
    const [winner, loser] = racers;
    expect(await refusal(loser?.bytes ?? new Uint8Array(0), winner?.state)).toBe("epoch");
  });

  it("gives another seed, and other keys, in every epoch", async () => {
    const { created } = family;
    const next = await make("re-key", created.state, created.state.members);
    const all = [created.keys, next.keys].flatMap((keys) => [keys.content, keys.card, keys.file]);
    expect(new Set(all.map(String)).size).toBe(6);
  });

  it("T12: a joiner opens the event that adds them and nothing before", async () => {
    const { created, mallory, ana } = family;
    const added = await make("add", created.state, [
      ...created.state.members,
      memberEntry(mallory.secret, "member"),
    ]);
    const joined = await openAs(family, mallory, added.bytes, "joining");
    expect(joined).toMatchObject({ kind: "opened", keys: added.keys });
    expect(refusalOf(await openAs(family, mallory, created.bytes, "joining"))).toBe("joining");
    expect(refusalOf(await openAs(family, mallory, created.bytes, null))).toBe("not-mine");
    expect((await openAs(family, ana, added.bytes, created.state)).kind).toBe("opened");
  });

  it("T11: who is removed sees that, and opens nothing later", async () => {
    const { created, ana, ben } = family;
    const removed = await make("remove", created.state, without(created.state, ana.secret.account));
    expect(await openAs(family, ana, removed.bytes, created.state)).toEqual({
      kind: "removed",
      state: removed.state,
    });
    expect((await openAs(family, ben, removed.bytes, created.state)).kind).toBe("opened");
    const later = await make("re-key", removed.state, removed.state.members, ben);
    expect(refusalOf(await openAs(family, ana, later.bytes, removed.state))).toBe("not-mine");
    expect(refusalOf(await openAs(family, ana, later.bytes, "joining"))).toBe("joining");
  });

  it("T11: an event's size shows one sealed copy per remaining member", async () => {
    const { created, ana } = family;
    const removed = await make("remove", created.state, without(created.state, ana.secret.account));
    expect(created.bytes.length - removed.bytes.length).toBe(1168 + 16 + 1 + 32);
    expect(parseRoomEvent(removed.bytes).sealedSeeds.length).toBe(3);
  });

  it("refuses to make what it would refuse to take", async () => {
    const { created, ana, rita } = family;
    const { members } = created.state;
    expect(
      await faultOf(make("remove", created.state, without(created.state, rita.secret.account), ana)),
    ).toBe("misuse");
    expect(await faultOf(make("re-key", created.state, members, rita))).toBe("misuse");
    expect(await faultOf(make("add", created.state, members))).toBe("misuse");
    expect(await faultOf(make("re-key", created.state, [...members, ...members]))).toBe("misuse");
  });

  it("does not change what it was given", async () => {
    const { created } = family;
    const before = structuredClone(created.state);
    await make("re-key", created.state, created.state.members);
    expect(created.state).toEqual(before);
  });
});

describe("who may do what", () => {
  it("T5: an outsider, a reader and a member's reach are refused", async () => {
    const { created, mallory, rita, ana } = family;
    const withMallory = sortMembers([...created.state.members, memberEntry(mallory.secret, "member")]);
    expect(await refusal(await forge({ action: "add", members: withMallory }, mallory))).toBe("author");
    expect(await refusal(await forge({}, mallory))).toBe("author");
    expect(await refusal(await forge({}, rita))).toBe("role");
    expect(await refusal(await forge({ action: "add", members: withMallory }, ana))).toBe("role");
    expect(
      await refusal(
        await forge({ action: "remove", members: without(created.state, rita.secret.account) }, ana),
      ),
    ).toBe("role");
    const promoted = created.state.members.map((member) =>
      member.account === ana.secret.account ? { ...member, role: "keeper" as const } : member,
    );
    expect(await refusal(await forge({ action: "role", members: promoted }, ana))).toBe("role");
    expect(await refusal(await forge({ members: promoted }, ana))).toBe("change");
    expect(await refusal(await forge({ action: "role", members: promoted }))).toBeNull();
  });

  it("T5: authority comes from the roster before, not from the event's own", async () => {
    const { mallory } = family;
    const own = sortMembers([...family.created.state.members, memberEntry(mallory.secret, "keeper")]);
    expect(await refusal(await forge({ action: "add", members: own }, mallory))).toBe("author");
  });

  it("T5: an event that another signs in the author's name is refused", async () => {
    const { tess, mallory } = family;
    expect(await refusal(await forge({ author: tess.secret.account }, mallory))).toBe("signature");
  });

  it("takes one change an event", async () => {
    const { created, tess, ana, ben, mallory } = family;
    const { members } = created.state;
    const withMallory = sortMembers([...members, memberEntry(mallory.secret, "member")]);
    const swapped = withMallory.filter((member) => member.account !== ana.secret.account);
    const cases: readonly [RoomAction, readonly RoomMember[]][] = [
      ["add", members],
      ["add", swapped],
      ["remove", members],
      ["remove", swapped],
      [
        "remove",
        without(
          { ...created.state, members: without(created.state, ben.secret.account) },
          ana.secret.account,
        ),
      ],
      ["re-key", withMallory],
      ["re-key", without(created.state, ana.secret.account)],
      ["role", members],
      ["create", members],
      [
        "add",
        withMallory.map((member) =>
          member.account === ana.secret.account ? { ...member, role: "reader" } : member,
        ),
      ],
      ["role", members.map((member) => (member.role === "member" ? { ...member, role: "reader" } : member))],
    ];
    for (const [action, roster] of cases)
      expect([action, await refusal(await forge({ action, members: roster }))]).toEqual([action, "change"]);
    // Leaving by one's own event would leave the leaver with the next seed.
    const withTwo = members.map((member) =>
      member.account === ana.secret.account ? { ...member, role: "keeper" as const } : member,
    );
    const twoKeepers = { ...created.state, members: withTwo };
    const leaving = await forge({ action: "remove", members: without(twoKeepers, tess.secret.account) });
    expect(await refusal(leaving, twoKeepers)).toBe("change");
  });

  it("keeps a keeper in every room", async () => {
    const { tess, created } = family;
    const demoted = created.state.members.map((member) => ({ ...member, role: "member" as const }));
    expect(await refusal(await forge({ action: "role", members: demoted }))).toBe("no-keeper");
    expect(
      await refusal(await forge({ action: "remove", members: without(created.state, tess.secret.account) })),
    ).toBe("no-keeper");
  });

  it("creates with a keeper as author and epoch 0 only", async () => {
    const { created, tess, ana } = family;
    const first = { epoch: 0, previous: null, action: "create" as const };
    expect(await refusal(await forge(first), null)).toBeNull();
    expect(await refusal(await forge(first, ana), null)).toBe("author");
    expect(
      await refusal(
        await forge({ ...first, members: without(created.state, ana.secret.account) }, ana),
        null,
      ),
    ).toBe("author");
    expect(await refusal(await forge({ ...first, action: "re-key" }), null)).toBe("change");
    expect(await refusal(await forge({ author: tess.secret.account }), null)).toBe("epoch");
  });
});

describe("the chain", () => {
  it("T6: replay, drop and reorder are refused", async () => {
    const { created, ana } = family;
    const one = await make("re-key", created.state, created.state.members);
    const two = await make("re-key", one.state, one.state.members);
    expect(await refusal(created.bytes, created.state)).toBe("epoch");
    expect(await refusal(one.bytes, one.state)).toBe("epoch");
    expect(await refusal(two.bytes, created.state)).toBe("epoch");
    expect(refusalOf(await openAs(family, ana, two.bytes, created.state))).toBe("epoch");
  });

  it("T8: branches of a fork do not meet again, and cannot read each other", async () => {
    const { created, ana } = family;
    const [left, right] = await Promise.all([
      make("re-key", created.state, created.state.members),
      make("re-key", created.state, created.state.members),
    ]);
    const onLeft = await make("re-key", left.state, left.state.members);
    expect(await refusal(onLeft.bytes, right.state)).toBe("previous");
    expect(left.state.head).not.toEqual(right.state.head);
    expect(refusalOf(await openAs(family, ana, onLeft.bytes, right.state))).toBe("previous");
  });

  it("T6: an event of another room is refused", async () => {
    const { mallory, created } = family;
    const other = { ...created.state, room: mallory.secret.account };
    expect(await refusal(await forge({}), other)).toBe("room");
  });
});

describe("identities in a room", () => {
  it("T4: are known, and of the account that names them", async () => {
    const { created, mallory, ana, ben } = family;
    const { members } = created.state;
    const stranger = await makePerson("Stranger");
    const withStranger = sortMembers([...members, memberEntry(stranger.secret, "member")]);
    expect(await refusal(await forge({ action: "add", members: withStranger }))).toBe("identity");
    const posing = sortMembers([
      ...members,
      { ...memberEntry(mallory.secret, "member"), identity: ana.record.hash },
    ]);
    expect(await refusal(await forge({ action: "add", members: posing }))).toBe("identity");
    const swapped = members.map((member) =>
      member.account === ana.secret.account ? { ...member, identity: ben.record.hash } : member,
    );
    expect(await refusal(await forge({ members: swapped }))).toBe("identity");
  });

  it("T13: a person takes the next generation into the room, signed by the one before", async () => {
    const { created, ana, ben, tess, room, card } = family;
    const { secret, record } = await rotateIdentity({
      secret: ana.secret,
      reason: "device-lost",
      random: unsafeSeededRandom("next Ana"),
    });
    const identityOf = directoryOf(
      tess.record,
      ana.record,
      ben.record,
      family.rita.record,
      parseIdentityRecord(record),
    );
    const members = created.state.members.map((member) =>
      member.account === ana.secret.account ? memberEntry(secret, "member") : member,
    );
    const wish = {
      previous: created.state,
      room,
      action: "re-key" as const,
      members,
      card,
      identityOf,
      random: family.random,
    };
    const turned = await makeRoomEvent({ me: ana.secret, ...wish });
    const open = (mine: readonly IdentitySecret[]): Promise<OpenedRoomEvent> =>
      openRoomEvent({ mine, event: turned.bytes, previous: created.state, previousCard: card, identityOf });
    expect((await open([secret])).kind).toBe("opened");
    expect((await open([ana.secret, secret])).kind).toBe("opened");
    // The lost device holds the old generation alone: the new epoch is not sealed to it.
    expect(refusalOf(await open([ana.secret]))).toBe("not-mine");
    // A keeper may take it in for her; another member may not, and nothing may go back to the older generation.
    expect((await makeRoomEvent({ me: tess.secret, ...wish })).state.members).toEqual(turned.state.members);
    expect(await faultOf(makeRoomEvent({ me: ben.secret, ...wish }))).toBe("misuse");
    const back = { ...wish, previous: turned.state, members: created.state.members };
    expect(await faultOf(makeRoomEvent({ me: secret, ...back }))).toBe("misuse");
  });
});

describe("insiders", () => {
  it("T19: an author who gives one person another seed is refused by that person", async () => {
    const { created, ana, ben, tess, room, card, identityOf } = family;
    const header = {
      room,
      epoch: 1,
      previous: created.state.head,
      author: tess.secret.account,
      action: "re-key" as const,
      members: created.state.members,
      closed: false,
    };
    const seedFor = (account: string): Bytes =>
      new Uint8Array(32).fill(account === ana.secret.account ? 2 : 1);
    const event = await forgeEvent({ signer: tess.secret, header, card, identityOf, seedFor });
    expect(await refusal(event)).toBeNull();
    expect(refusalOf(await openAs(family, ana, event, created.state))).toBe("confirmation");
    expect((await openAs(family, ben, event, created.state)).kind).toBe("opened");
  });

  it("T5: a hidden extra recipient does not fit the format", async () => {
    const { created } = family;
    const event = parseRoomEvent(created.bytes);
    const headerLength = 11 + 6 + 16 + 4 + 32 + 16 + 1 + 2 + event.members.length * 49;
    const extra = event.sealedSeeds[0] ?? new Uint8Array(0);
    const hidden = concatBytes(
      created.bytes.slice(0, headerLength),
      extra,
      created.bytes.slice(headerLength),
    );
    expect(() => parseRoomEvent(hidden)).toThrow(VaultFault);
    const swapped = concatBytes(
      created.bytes.slice(0, headerLength),
      event.sealedSeeds[1] ?? extra,
      extra,
      created.bytes.slice(headerLength + 2 * 1168),
    );
    expect(await refusal(swapped, null)).toBe("signature");
  });

  it("a member who re-keys carries the card forward; a keeper may change it", async () => {
    const { created, ana, ben, tess, identityOf, room, random, card } = family;
    const other = encodeRoomCard({
      kind: "team",
      title: "",
      family: null,
      familyName: "",
      practiceName: "",
      people: [],
    });
    const wish = {
      previous: created.state,
      room,
      action: "re-key" as const,
      members: created.state.members,
      card: other,
      identityOf,
      random,
    };
    const byMember = await makeRoomEvent({ me: ana.secret, ...wish });
    expect(refusalOf(await openAs(family, ben, byMember.bytes, created.state))).toBe("card");
    const byKeeper = await makeRoomEvent({ me: tess.secret, ...wish });
    expect(await openAs(family, ben, byKeeper.bytes, created.state)).toMatchObject({
      kind: "opened",
      card: other,
    });
    const unknown = {
      mine: [ben.secret],
      event: (await make("re-key", created.state, created.state.members, ana)).bytes,
      previous: created.state,
      identityOf,
    };
    expect((await openRoomEvent({ ...unknown, previousCard: card })).kind).toBe("opened");
    expect(refusalOf(await openRoomEvent({ ...unknown, previousCard: null }))).toBe("card");
  });

  it("T12: a joiner believes no add by somebody who is no keeper of its roster", async () => {
    const { created, mallory, ana } = family;
    const members = sortMembers([...created.state.members, memberEntry(mallory.secret, "member")]);
    const event = await forge({ action: "add", members }, ana);
    expect(refusalOf(await openAs(family, mallory, event, "joining"))).toBe("author");
    const outside = await forge(
      { action: "add", members: sortMembers([memberEntry(mallory.secret, "keeper")]) },
      ana,
    );
    expect(refusalOf(await openAs(family, mallory, outside, "joining"))).toBe("author");
    const stranger = await makePerson("Stranger");
    const withStranger = await forge({
      action: "add",
      members: sortMembers([...members, memberEntry(stranger.secret, "member")]),
    });
    expect(refusalOf(await openAs(family, mallory, withStranger, "joining"))).toBe("identity");
  });
});
