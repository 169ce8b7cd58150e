import type { Bytes } from "../codec/bytes.ts";
import { equalBytes } from "../codec/bytes.ts";

/** What a member may do to the chain: a keeper may change the roster, a member may re-key and write, a reader may read. */
export const ROOM_ROLES = ["keeper", "member", "reader"] as const;
export type RoomRole = (typeof ROOM_ROLES)[number];

export const ROOM_ACTIONS = [
  "create",
  "add",
  "remove",
  "re-key",
  "role",
  "close",
  "reopen",
  "grant-history",
  "opened",
  "ended",
] as const;
export type RoomAction = (typeof ROOM_ACTIONS)[number];

export const ROOM_MEMBERS_MAX = 100;

export type RoomMember = {
  readonly account: string;
  readonly role: RoomRole;
  /** Hash of the identity record that the epoch is sealed to. */
  readonly identity: Bytes;
};

/** Whom a keeper lets read what was said before they came in, and from where on. */
export type RoomGrant = {
  readonly account: string;
  /** The epoch that they may read from, and the hash of the event that made it. */
  readonly epoch: number;
  readonly head: Bytes;
};

/** Why a custodian opens a room. Nobody but the people who hold the shares can say more than one of these. */
export const OPENING_REASONS = ["rehearsal", "therapist-gone", "asked-for", "law", "danger"] as const;
export type OpeningReason = (typeof OPENING_REASONS)[number];

/** What a custodian says of its own reading, before it reads. */
export type RoomOpening = {
  readonly reason: OpeningReason;
  /** The account that allowed it, as those who held the shares say; null when they name none. */
  readonly allowedBy: string | null;
};

/**
 * A room after one of its events. `head` is the hash of that event; `members` are sorted by account. While `closed`, members read and
 * nobody writes. Once `ended`, nothing continues it, and nothing that was in it is kept anywhere.
 */
export type RoomState = {
  readonly room: string;
  readonly epoch: number;
  readonly head: Bytes;
  readonly members: readonly RoomMember[];
  readonly closed: boolean;
  readonly ended: boolean;
};

/** The entry of an account in a roster; null when it is not in it. */
export function memberOf(
  state: { readonly members: readonly RoomMember[] },
  account: string,
): RoomMember | null {
  return state.members.find((member) => member.account === account) ?? null;
}

/** True when both say the same of one account. */
export function isSameMember(a: RoomMember, b: RoomMember): boolean {
  return a.account === b.account && a.role === b.role && equalBytes(a.identity, b.identity);
}
