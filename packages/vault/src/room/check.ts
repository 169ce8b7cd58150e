import { equalBytes } from "../codec/bytes.ts";
import { isSuccessor } from "../identity/record.ts";
import type { IdentityOf, IdentityRecord } from "../identity/record.ts";
import { verifySignature } from "../primitives/sign.ts";
import { signedMessage, stateAfter } from "./event.ts";
import type { RoomEvent } from "./event.ts";
import { huskOf } from "./husk.ts";
import type { RoomHusk } from "./husk.ts";
import { isSameMember, memberOf } from "./state.ts";
import type { RoomMember, RoomState } from "./state.ts";

/** Why an event does not continue a room. */
export type RoomRefusal =
  | "room"
  | "epoch"
  | "previous"
  | "author"
  | "role"
  | "change"
  | "no-keeper"
  | "ended"
  | "identity"
  | "signature"
  | "confirmation"
  | "card"
  | "not-mine"
  | "sealed"
  | "destroyed"
  | "joining";

export type RoomCheck =
  | { readonly kind: "fits"; readonly state: RoomState }
  | { readonly kind: "refused"; readonly reason: RoomRefusal };

type HuskQuestion = {
  readonly event: RoomHusk;
  /** The state that the event claims to follow; null for the first event of a room. */
  readonly previous: RoomState | null;
  readonly identityOf: IdentityOf;
};

type Question = Omit<HuskQuestion, "event"> & { readonly event: RoomEvent };

/**
 * Says whether the event continues the room, by what anybody can see: the chain, the author's role in the roster before,
 * one change that fits the action, known identities, the signature. Whether the sealed copies open and agree is seen by
 * their receivers alone. Authority comes from the roster before, never from the event's own (threat T5).
 */
export async function checkRoomEvent(question: Question): Promise<RoomCheck> {
  return checkHusk({ ...question, event: huskOf(question.event) });
}

/** The same of what stays of an event: nothing that was sealed in it is needed to say it. */
export async function checkHusk({ event, previous, identityOf }: HuskQuestion): Promise<RoomCheck> {
  const reason =
    chainRefusal(event, previous) ??
    changeRefusal(event, previous) ??
    (await identityRefusal({ event, previous, identityOf })) ??
    (await signatureRefusal(event, memberOf(previous ?? event, event.author), identityOf));
  return reason === null ? { kind: "fits", state: stateAfter(event) } : { kind: "refused", reason };
}

/**
 * Says whether the event may be the first that a joiner sees: an `add` by a keeper of the roster that it states. The
 * joiner cannot see what came before, so the author's authority rests on who the author is: the caller shows it.
 */
export async function checkJoiningEvent(question: Omit<Question, "previous">): Promise<RoomCheck> {
  return checkJoiningHusk({ ...question, event: huskOf(question.event) });
}

/** The same of what stays of an event. */
export async function checkJoiningHusk({
  event,
  identityOf,
}: Omit<HuskQuestion, "previous">): Promise<RoomCheck> {
  if (event.action !== "add" || event.epoch === 0) return { kind: "refused", reason: "joining" };
  const author = memberOf(event, event.author);
  const reason =
    author?.role !== "keeper"
      ? "author"
      : ((await knownRefusal(event.members, identityOf)) ??
        (await signatureRefusal(event, author, identityOf)));
  return reason === null ? { kind: "fits", state: stateAfter(event) } : { kind: "refused", reason };
}

const chainRefusal = (event: RoomHusk, previous: RoomState | null): RoomRefusal | null => {
  if (previous === null) return event.epoch === 0 && event.previous === null ? null : "epoch";
  if (event.room !== previous.room) return "room";
  if (previous.ended) return "ended";
  if (event.epoch !== previous.epoch + 1) return "epoch";
  return event.previous !== null && equalBytes(event.previous, previous.head) ? null : "previous";
};

const changeRefusal = (event: RoomHusk, previous: RoomState | null): RoomRefusal | null => {
  if (!event.members.some((member) => member.role === "keeper")) return "no-keeper";
  if (previous === null) {
    if (event.action !== "create" || event.closed) return "change";
    return memberOf(event, event.author)?.role === "keeper" ? null : "author";
  }
  const author = memberOf(previous, event.author);
  if (author === null) return "author";
  // A reader may say that it reads, and nobody else may say it.
  if ((author.role === "reader") !== (event.action === "opened")) return "role";
  if (author.role === "member" && event.action !== "re-key") return "role";
  return isOneChange(event, previous, author) ? null : "change";
};

const without = (members: readonly RoomMember[], account: string): readonly RoomMember[] =>
  members.filter((member) => member.account !== account);

const isSameRoster = (a: readonly RoomMember[], b: readonly RoomMember[]): boolean =>
  a.length === b.length && a.every((member, index) => isPresent(b[index], member));

const isPresent = (found: RoomMember | undefined, member: RoomMember): boolean =>
  found !== undefined && isSameMember(found, member);

/** Only closing and reopening change whether a room is closed; every other event carries it on. Nothing but a closed room is ended. */
const isClosedAsSaid = (event: RoomHusk, previous: RoomState): boolean => {
  if (event.action === "close") return event.closed && !previous.closed;
  if (event.action === "reopen") return !event.closed && previous.closed;
  if (event.action === "ended") return event.closed && previous.closed;
  return event.closed === previous.closed;
};

const isOneChange = (event: RoomHusk, previous: RoomState, author: RoomMember): boolean => {
  if (!isClosedAsSaid(event, previous)) return false;
  const added = event.members.filter((member) => memberOf(previous, member.account) === null);
  const removed = previous.members.filter((member) => memberOf(event, member.account) === null);
  const changed = changedMembers(event, previous);
  const [first] = changed;
  switch (event.action) {
    case "create":
      return false;
    case "add":
      return added.length === 1 && removed.length === 0 && changed.length === 0;
    case "remove": {
      // Who leaves by their own hand would know the next seed, having made it.
      const [leaver] = removed;
      return (
        added.length === 0 &&
        removed.length === 1 &&
        changed.length === 0 &&
        leaver?.account !== author.account
      );
    }
    case "role": {
      const before = first === undefined ? null : memberOf(previous, first.account);
      const onlyOne = added.length === 0 && removed.length === 0 && changed.length === 1;
      return onlyOne && first !== undefined && before !== null && equalBytes(first.identity, before.identity);
    }
    case "grant-history": {
      const { grant } = event;
      const isToAnother = grant !== undefined && grant.account !== author.account;
      return (
        isToAnother &&
        memberOf(event, grant.account) !== null &&
        isSameRoster(event.members, previous.members)
      );
    }
    case "close":
    case "reopen":
    case "opened":
    case "ended":
      return isSameRoster(event.members, previous.members);
    case "re-key": {
      if (added.length > 0 || removed.length > 0 || changed.length > 1) return false;
      if (first === undefined) return isSameRoster(event.members, previous.members);
      const mayChange = author.role === "keeper" || first.account === author.account;
      const before = memberOf(previous, first.account);
      const others = isSameRoster(
        without(event.members, first.account),
        without(previous.members, first.account),
      );
      return mayChange && others && before?.role === first.role;
    }
  }
};

const changedMembers = (event: RoomHusk, previous: RoomState): readonly RoomMember[] =>
  event.members.filter((member) => {
    const before = memberOf(previous, member.account);
    return before !== null && !isSameMember(before, member);
  });

/** Every identity that is new in this roster belongs to its account; one that replaces another follows from it (T4). */
const identityRefusal = async ({
  event,
  previous,
  identityOf,
}: HuskQuestion): Promise<RoomRefusal | null> => {
  if (previous === null) return knownRefusal(event.members, identityOf);
  const added = event.members.filter((member) => memberOf(previous, member.account) === null);
  const replaced = changedMembers(event, previous).filter((member) => {
    const before = memberOf(previous, member.account);
    return before !== null && !equalBytes(before.identity, member.identity);
  });
  for (const member of replaced) {
    const older = memberOf(previous, member.account)?.identity ?? member.identity;
    if (!(await isSuccessor({ older, newer: member.identity, identityOf }))) return "identity";
  }
  return knownRefusal([...added, ...replaced], identityOf);
};

const knownRefusal = async (
  members: readonly RoomMember[],
  identityOf: IdentityOf,
): Promise<RoomRefusal | null> => {
  for (const member of members) {
    if ((await knownIdentity(member, identityOf)) === null) return "identity";
  }
  return null;
};

/** The record that a roster entry names, when it is known and belongs to that account; else null. */
export async function knownIdentity(
  member: RoomMember,
  identityOf: IdentityOf,
): Promise<IdentityRecord | null> {
  const record = await identityOf(member.identity);
  const fits =
    record !== null && record.account === member.account && equalBytes(record.hash, member.identity);
  return fits ? record : null;
}

const signatureRefusal = async (
  event: RoomHusk,
  author: RoomMember | null,
  identityOf: IdentityOf,
): Promise<RoomRefusal | null> => {
  if (author === null) return "author";
  const record = await knownIdentity(author, identityOf);
  if (record === null) return "identity";
  const message = signedMessage(event);
  const holds = await verifySignature({ signPublic: record.signPublic, message, signature: event.signature });
  return holds ? null : "signature";
};
