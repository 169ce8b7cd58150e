import type { AccountId, FamilyId, PersonId, RoomId } from "@sotto/domain";
import {
  encodeRoomCard,
  equalBytes,
  identityFor,
  identityHash,
  makeRoomEvent,
  memberEntry,
  memberOf,
  ROOM_PAST_EPOCHS_MAX,
  toBase64Url,
  VaultFault,
} from "@sotto/vault";
import type {
  Bytes,
  CardPerson,
  IdentitySecret,
  RoomAction,
  RoomCard,
  RoomEventWish,
  RoomMember,
  RoomState,
} from "@sotto/vault";
import type { ClientRefusal, Done } from "../client.ts";
import { DONE, needed, refused } from "../done.ts";
import { faceOf } from "../ids.ts";
import type { Home } from "../home.ts";
import { custodianNow, custodianSeat } from "../queries/custodian.ts";
import { hearNewest, newestIdentity } from "../queries/people-keys.ts";
import type { RoomMemory } from "../sync/room-memory.ts";

const TRIES_MAX = 6;

/** Somebody who is to be in a room: an account, the identity that was verified for it, and how the card names them. */
export interface Newcomer {
  readonly member: RoomMember;
  readonly person: CardPerson;
}

/** This client's own place in a room that it makes. */
export function meAsKeeper(home: Home): Newcomer {
  const me = home.vault.state.identities.at(-1);
  if (me === undefined) throw new VaultFault("misuse");
  const { account } = home.person;
  const name = home.vault.state.displayName;
  return {
    member: memberEntry(me, "keeper"),
    person: { account, name, role: "therapist", face: faceOf(account) },
  };
}

/** The keepers of a family's team room, who keep all its other rooms too; this client's person is one of them. */
export function keepersOf(team: RoomMemory): readonly Newcomer[] {
  return team.state.members.flatMap((member) => {
    const person = team.people.get(member.account);
    return member.role === "keeper" && person !== undefined ? [{ member, person }] : [];
  });
}

/** A person of the family who has joined, as a member of a room; null before they have. */
export function newcomerOf(home: Home, team: RoomMemory, person: PersonId): Newcomer | null {
  const joined = team.family.joined.get(person);
  const known = team.family.people.get(person);
  if (joined === undefined || known === undefined) return null;
  const { account } = joined;
  const identity = newestIdentity(home, account, new Uint8Array(joined.identity));
  return {
    member: { account, role: "member", identity },
    person: { account, name: known.name, role: known.role, face: faceOf(account) },
  };
}

interface NewRoom {
  readonly room: RoomId;
  readonly card: Pick<RoomCard, "kind" | "title" | "familyName"> & { readonly family: FamilyId | null };
  readonly people: readonly Newcomer[];
}

/** Creates a room with everybody in it at once. Done as well when it is there already: another browser was faster. */
export async function createRoom(home: Home, wish: NewRoom): Promise<Done> {
  return home.making(() => createNow(home, wish));
}

async function createNow(home: Home, wish: NewRoom, tries = TRIES_MAX): Promise<Done> {
  if (home.rooms.get(wish.room) !== null) return DONE;
  const me = home.vault.state.identities.at(-1);
  if (me === undefined) return refused("locked");
  const { practiceName } = home.vault.state;
  const people = [...wish.people, ...(await continuityFor(home, wish))];
  const card = encodeRoomCard({ ...wish.card, practiceName, people: people.map(({ person }) => person) });
  const members = withNewest(
    home,
    people.map(({ member }) => member),
    null,
  );
  const made = await makeRoomEvent({
    me,
    previous: null,
    room: wish.room,
    action: "create",
    members,
    card,
    identityOf: home.book.identityOf,
    random: home.ports.random,
  });
  const { room } = wish;
  const answer = await home.call("appendEvent", {
    params: { room },
    body: { bytes: toBase64Url(made.bytes) },
  });
  if (answer.kind === "refused" && answer.refusal === "offline") return answer;
  if (answer.kind === "refused" && answer.refusal === "stale-identity" && tries > 1) {
    await hearNewest(home, accountsOf(members));
    return createNow(home, wish, tries - 1);
  }
  await home.rooms.pull(room);
  if (home.rooms.get(room) !== null) return DONE;
  return answer.kind === "refused" ? answer : refused("not-here");
}

/** A family's room has the practice's continuity in it from its first moment on, where there is one. */
async function continuityFor(home: Home, { card }: NewRoom): Promise<readonly Newcomer[]> {
  const now = card.family === null ? null : custodianNow(home);
  const seat = now === null ? null : custodianSeat(now);
  const record = seat === null ? null : await home.book.identityOf(seat.member.identity);
  return seat !== null && record?.account === seat.member.account ? [seat] : [];
}

type Change = {
  readonly action: RoomAction;
  readonly members: readonly RoomMember[];
  /** A card, or the one before unchanged. */
  readonly card: RoomCard | Bytes;
  readonly past?: RoomEventWish["past"];
};

/** Adds one person. Done as well when they are in it. */
export async function addMember(home: Home, room: RoomId, { member, person }: Newcomer): Promise<Done> {
  return changeRoom(home, room, ({ card, state }) => {
    if (memberOf(state, member.account) !== null) return "as-wanted";
    const others = card.people.filter((other) => other.account !== member.account);
    return {
      action: "add",
      members: [...state.members, member],
      card: { ...card, people: [...others, person] },
    };
  });
}

/** Removes one person, who reads nothing from then on. Done as well when they are not in it. */
export async function removeMember(home: Home, room: RoomId, account: AccountId): Promise<Done> {
  if (account === home.person.account) return refused("not-allowed");
  return changeRoom(home, room, ({ card, state }) => {
    if (memberOf(state, account) === null) return "as-wanted";
    return {
      action: "remove",
      members: state.members.filter((member) => member.account !== account),
      card: { ...card, people: card.people.filter((person) => person.account !== account) },
    };
  });
}

/** The earliest epoch that a grant could give, now or right after somebody was added. */
export function earliestGiven({ joinedEpoch, state }: RoomMemory): number {
  return Math.max(joinedEpoch, state.epoch + 2 - ROOM_PAST_EPOCHS_MAX);
}

/** An epoch that begins with an opening has no card of its own: nobody begins to read there, but with the next one. */
const firstWithCard = (epochs: RoomMemory["epochs"], from: number): number => {
  let first = from;
  while (epochs.get(first)?.isOpening === true) first++;
  return first;
};

/** Lets somebody in the room read from this epoch on. Done as well when they do already. */
export async function grantPast(
  home: Home,
  room: RoomId,
  wish: { readonly account: AccountId; readonly from: number },
): Promise<Done> {
  const { account } = wish;
  if (account === home.person.account) return refused("not-allowed");
  let isMissing = false;
  const changed = await changeRoom(home, room, ({ card, epochs, readsFrom, state }) => {
    const reads = readsFrom.get(account);
    const from = firstWithCard(epochs, wish.from);
    if (reads !== undefined && reads <= from) return "as-wanted";
    const first = epochs.get(from);
    const seeds: Bytes[] = [];
    for (let epoch = from; epoch <= state.epoch; epoch++) {
      const seed = epochs.get(epoch)?.seed;
      if (seed !== undefined) seeds.push(seed);
    }
    isMissing =
      reads === undefined ||
      first === undefined ||
      seeds.length !== state.epoch - from + 1 ||
      seeds.length > ROOM_PAST_EPOCHS_MAX;
    if (first === undefined || isMissing) return "as-wanted";
    const past = { account, epoch: from, head: first.state.head, seeds };
    return { action: "grant-history", members: state.members, card, past };
  });
  return isMissing ? refused("not-here") : changed;
}

/**
 * Puts this person's newest keys in place of older ones, in every room where an older generation still stands. A room that
 * was done is as wanted the next time, so that a run that was cut off is simply taken up again.
 */
export async function renewSeats(home: Home): Promise<void> {
  const newest = home.vault.state.identities.at(-1);
  if (newest === undefined) return;
  const identity = identityHash(newest.record);
  for (const { room, state } of home.rooms.all) {
    const place = memberOf(state, newest.account);
    // A reader changes nothing in a room; a keeper puts new keys in their place.
    if (place === null || place.role === "reader" || equalBytes(place.identity, identity)) continue;
    const renewed = await changeRoom(
      home,
      room,
      (memory) => {
        const mine = memberOf(memory.state, newest.account);
        if (mine === null || equalBytes(mine.identity, identity)) return "as-wanted";
        const members = memory.state.members.map((member) =>
          member.account === newest.account ? { ...member, identity } : member,
        );
        return { action: "re-key", members, card: memory.cardBytes };
      },
      "member",
    );
    if (renewed.kind === "refused" && renewed.refusal !== "not-here") needed(renewed);
  }
}

/** Begins a new epoch with the same people: who is let in later, and given the past from here on, reads nothing of before. */
export async function renewEpoch(home: Home, room: RoomId): Promise<Done> {
  return changeRoom(home, room, ({ cardBytes, state }) => ({
    action: "re-key",
    members: state.members,
    card: cardBytes,
  }));
}

/** Makes somebody a keeper: adds them where they are missing. Done as well when they keep it already. */
export async function makeKeeper(home: Home, room: RoomId, newcomer: Newcomer): Promise<Done> {
  const { account } = newcomer.member;
  const added = await addMember(home, room, { ...newcomer, member: { ...newcomer.member, role: "keeper" } });
  if (added.kind === "refused") return added;
  return changeRoom(home, room, ({ card, state }) => {
    if (memberOf(state, account)?.role === "keeper") return "as-wanted";
    const members = state.members.map((member) =>
      member.account === account ? { ...member, role: "keeper" as const } : member,
    );
    return { action: "role", members, card };
  });
}

/** Calls people on a room's card as they are recorded. Done as well when it does. */
export async function nameOnCard(
  home: Home,
  { card, room }: RoomMemory,
  recorded: ReadonlyMap<string, Pick<CardPerson, "name" | "role">>,
): Promise<Done> {
  const named = (people: readonly CardPerson[]) =>
    people.map((person) => ({ ...person, ...recorded.get(person.account) }));
  const isAs = (people: readonly CardPerson[]) =>
    named(people).every(
      ({ name, role }, index) => name === people[index]?.name && role === people[index]?.role,
    );
  if (isAs(card.people)) return DONE;
  return changeRoom(home, room, ({ card: now, state }) =>
    isAs(now.people)
      ? "as-wanted"
      : { action: "re-key", members: state.members, card: { ...now, people: named(now.people) } },
  );
}

/** Closes a room for writing, or opens it again. Done as well when it is so. */
export async function setClosed(home: Home, room: RoomId, closed: boolean): Promise<Done> {
  return changeRoom(home, room, ({ card, state }) =>
    state.closed === closed
      ? "as-wanted"
      : { action: closed ? "close" : "reopen", members: state.members, card },
  );
}

/** This person's keys for their place in a room. Another browser of theirs may have renewed them, and this one not know yet. */
async function mineFor(home: Home, { identity }: RoomMember): Promise<IdentitySecret | null> {
  const mine = identityFor(home.vault.state.identities, identity);
  if (mine !== null) return mine;
  needed(await home.vault.refresh());
  return identityFor(home.vault.state.identities, identity);
}

/** Who is new in a roster, or stands there with other keys than before. */
const newIn = (members: readonly RoomMember[], before: RoomState | null): readonly RoomMember[] =>
  members.filter((member) => {
    const known = before === null ? null : memberOf(before, member.account);
    return known === null || !equalBytes(known.identity, member.identity);
  });

// Rosters hold ids; the vault gives them as text.
const accountsOf = (members: readonly RoomMember[]): readonly AccountId[] =>
  members.map(({ account }) => account as AccountId);

/** Nobody is let in, or given other keys, but under the newest that are known of them: what older ones open may be destroyed. */
function withNewest(
  home: Home,
  members: readonly RoomMember[],
  before: RoomState | null,
): readonly RoomMember[] {
  const renewed = new Set(newIn(members, before));
  return members.map((member) => {
    if (!renewed.has(member)) return member;
    const [account] = accountsOf([member]);
    if (account === undefined || account === home.person.account) return ownMember(home, member);
    return { ...member, identity: newestIdentity(home, account, member.identity) };
  });
}

const ownMember = (home: Home, member: RoomMember): RoomMember => {
  const mine = home.vault.state.identities.at(-1);
  return mine?.account === member.account ? { ...member, identity: identityHash(mine.record) } : member;
};

/** Makes the next event of a room from what the room is now, again for as long as somebody else is faster. */
async function changeRoom(
  home: Home,
  room: RoomId,
  plan: (memory: RoomMemory) => Change | "as-wanted",
  least: "keeper" | "member" = "keeper",
): Promise<Done> {
  let refusal: ClientRefusal = "not-here";
  for (let attempt = 0; attempt < TRIES_MAX; attempt++) {
    await home.rooms.pull(room);
    const memory = home.rooms.get(room);
    if (memory === null) return refused("not-here");
    const place = memberOf(memory.state, home.person.account);
    const me = place === null ? null : await mineFor(home, place);
    const mayChange = place?.role === "keeper" || (least === "member" && place?.role === "member");
    if (!mayChange || me === null) return refused("not-a-keeper");
    const planned = plan(memory);
    if (planned === "as-wanted") return DONE;
    const change = { ...planned, members: withNewest(home, planned.members, memory.state) };
    const { bytes } = await makeRoomEvent({
      me,
      previous: memory.state,
      room,
      action: change.action,
      members: change.members,
      card: change.card instanceof Uint8Array ? change.card : encodeRoomCard(change.card),
      identityOf: home.book.identityOf,
      random: home.ports.random,
      ...(change.past === undefined ? {} : { past: change.past }),
    });
    const answer = await home.call("appendEvent", { params: { room }, body: { bytes: toBase64Url(bytes) } });
    if (answer.kind === "done") {
      await home.rooms.pull(room);
      return DONE;
    }
    refusal = answer.refusal;
    if (refusal === "stale-epoch") continue;
    if (refusal !== "stale-identity") return answer;
    await hearNewest(home, accountsOf(newIn(change.members, memory.state)));
  }
  return refused(refusal);
}
