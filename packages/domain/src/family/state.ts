import type { AccountId, FamilyId, InvitationId, PersonId, RoomId } from "../id.ts";
import type { LifeEventKind } from "../agreement/entry.ts";
import type { EntryBody, Verification } from "../entry/entry.ts";
import { currentCustodian } from "../practice/custodian.ts";
import type { RecordedCustodian } from "../practice/custodian.ts";
import type { SharedTemplates } from "../practice/shared-template.ts";
import { applyToTemplates, restateTemplates, settleTemplates } from "../practice/shared-template.ts";
import type { StaffPerson } from "../practice/staff.ts";
import {
  applyToKeptPractice,
  EMPTY_KEPT_PRACTICE,
  restateKeptPractice,
  withoutLapsed,
} from "../retention/disposal.ts";
import type { KeptPractice } from "../retention/disposal.ts";
import { applyToKept, closedOrOpened, EMPTY_KEPT, restateKept, withPerson } from "../retention/record.ts";
import type { KeptRecord } from "../retention/record.ts";
import type { Said } from "../retention/said.ts";
import type { Family, Person } from "./person.ts";

export interface Invitation {
  readonly invitation: InvitationId;
  readonly person: PersonId;
  readonly secret: Uint8Array;
  readonly inviterIdentity: Uint8Array;
  readonly expiresAt: number;
  readonly revoked: boolean;
}

export interface Joined {
  readonly person: PersonId;
  readonly account: AccountId;
  readonly identity: Uint8Array;
  readonly verified: Verification;
}

/** Something that happened in a family's life, as it was recorded. */
export interface RecordedLife {
  readonly event: LifeEventKind;
  readonly at: number;
  readonly concerns: readonly PersonId[];
}

export interface Lost {
  readonly account: AccountId;
  readonly rooms: readonly { readonly room: RoomId; readonly epoch: number }[];
}

/** What a team room's entries add up to; in the practice's room, what the practice has recorded of its staff. */
export interface FamilyState {
  readonly family: FamilyId | null;
  readonly name: string;
  readonly people: ReadonlyMap<PersonId, Person>;
  readonly staff: ReadonlyMap<PersonId, StaffPerson>;
  readonly left: ReadonlySet<PersonId>;
  readonly invitations: ReadonlyMap<InvitationId, Invitation>;
  readonly joined: ReadonlyMap<PersonId, Joined>;
  /** What each person lost, newest last: accounts that are shut, and the rooms that they were in. */
  readonly lost: ReadonlyMap<PersonId, readonly Lost[]>;
  /** Nobody writes in this family's rooms until it is opened again. */
  readonly closed: boolean;
  /** In the practice's room: its custodians, in the order in which they were brought in. */
  readonly custodians: ReadonlyMap<AccountId, RecordedCustodian>;
  /** How long this family's rooms are kept, as far as it is about this family. */
  readonly kept: KeptRecord;
  /** In the practice's room: its rule, and what is on its way to its end. */
  readonly keptHere: KeptPractice;
  /** A room has ended since the sheets that are in use now were brought in: they still open copies of it that were made before. */
  readonly endedSinceSheets: boolean;
  /** What was recorded of this family's life that may re-open consent, in the order in which it was. */
  readonly life: readonly RecordedLife[];
  /** In the practice's room: the templates that it shares. */
  readonly templates: SharedTemplates;
}

export const EMPTY_FAMILY: FamilyState = {
  family: null,
  name: "",
  people: new Map(),
  staff: new Map(),
  left: new Set(),
  invitations: new Map(),
  joined: new Map(),
  lost: new Map(),
  closed: false,
  custodians: new Map(),
  kept: EMPTY_KEPT,
  keptHere: EMPTY_KEPT_PRACTICE,
  endedSinceSheets: false,
  life: [],
  templates: new Map(),
};

/** Adds one entry of a team room. Entries that say nothing about the family leave the state as it is. */
export function applyToFamily(state: FamilyState, entry: EntryBody, said: Said): FamilyState {
  const after = applyEntry(state, entry, said);
  const { joined, left, staff } = state;
  const isSame = after.joined === joined && after.left === left && after.staff === staff;
  // Whoever is still being told who works here sees people come and go who went long ago.
  if (isSame || !said.isKnownWhole) return after;
  const keptHere = withoutLapsed(after.keptHere, state, after);
  return keptHere === after.keptHere ? after : { ...after, keptHere };
}

function applyEntry(state: FamilyState, entry: EntryBody, said: Said): FamilyState {
  switch (entry.kind) {
    case "message":
    case "reply":
    case "edit":
    case "deletion":
    case "file":
    case "person-returned":
    case "leave-asked":
    case "template-piece":
    case "agreement-piece":
    case "agreement-said":
    case "agreement-progress":
    case "agreement-question":
    case "agreement-answer":
    case "agreement-note":
      return state;
    case "record-restated": {
      const templates = settleTemplates(state.templates);
      return templates === state.templates ? state : { ...state, templates };
    }
    case "template-saved":
    case "template-retired":
    case "template-told": {
      const templates = applyToTemplates(state.templates, entry, { said, staffed: state });
      return templates === state.templates ? state : { ...state, templates };
    }
    case "life-event": {
      const { at, concerns, event } = entry;
      // Whoever says the record again says nothing new to those who were there.
      const isKnown = state.life.some(
        (one) => one.event === event && one.at === at && one.concerns.join() === concerns.join(),
      );
      return isKnown ? state : { ...state, life: [...state.life, { event, at, concerns }] };
    }
    case "staff":
      return { ...state, staff: new Map(state.staff).set(entry.staff.person, entry.staff) };
    case "family-closed":
      return { ...state, closed: entry.closed, kept: closedOrOpened(state.kept, entry.closed, said) };
    case "legal-hold":
    case "comes-of-age":
    case "record-since":
      return { ...state, kept: applyToKept(state.kept, entry, said) };
    case "retention-rule":
    case "disposal-proposed":
    case "disposal-confirmed":
    case "disposal-withdrawn":
    case "rooms-ended":
    case "disposal-told": {
      const keptHere = applyToKeptPractice(state.keptHere, entry, { said, staffed: state });
      const hasEnded = endedIn(keptHere) > endedIn(state.keptHere);
      const endedSinceSheets = hasEnded && currentCustodian(state.custodians) !== null;
      return { ...state, keptHere, endedSinceSheets: state.endedSinceSheets || endedSinceSheets };
    }
    case "custodian": {
      const { account } = entry.custodian;
      // Whoever says it again, perhaps of long ago, changes neither the order nor what has ended.
      if (state.custodians.has(account)) return state;
      const custodians = new Map<AccountId, RecordedCustodian>();
      for (const [key, known] of state.custodians) custodians.set(key, { ...known, ended: true });
      custodians.set(account, { ...entry.custodian, ended: false });
      return { ...state, custodians, endedSinceSheets: false };
    }
    case "custodian-ended": {
      const known = state.custodians.get(entry.account);
      if (known === undefined) return state;
      const custodians = new Map(state.custodians).set(entry.account, { ...known, ended: true });
      const isAny = currentCustodian(custodians) !== null;
      return { ...state, custodians, endedSinceSheets: isAny && state.endedSinceSheets };
    }
    case "family-profile":
      return { ...state, family: entry.family, name: entry.name };
    case "person": {
      const { person, role } = entry.person;
      const kept = withPerson(state.kept, state.people.get(person)?.role ?? null, role);
      return { ...state, people: new Map(state.people).set(person, entry.person), kept };
    }
    case "person-left":
      return { ...state, left: new Set(state.left).add(entry.person) };
    case "invitation-made":
      return {
        ...state,
        invitations: new Map(state.invitations).set(entry.invitation, {
          invitation: entry.invitation,
          person: entry.person,
          secret: entry.secret,
          inviterIdentity: entry.inviterIdentity,
          expiresAt: entry.expiresAt,
          revoked: false,
        }),
      };
    case "invitation-revoked": {
      const known = state.invitations.get(entry.invitation);
      if (known === undefined) return state;
      return {
        ...state,
        invitations: new Map(state.invitations).set(entry.invitation, { ...known, revoked: true }),
      };
    }
    case "person-joined":
      return {
        ...state,
        joined: new Map(state.joined).set(entry.person, {
          person: entry.person,
          account: entry.account,
          identity: entry.identity,
          verified: entry.verified,
        }),
      };
    case "person-lost": {
      const { account, person, rooms } = entry;
      const before = state.lost.get(person) ?? [];
      // Said once; whoever says it again adds the rooms that only they know of.
      if (before.some((lost) => lost.account === account)) {
        const all = before.map((lost) => (lost.account === account ? withRooms(lost, rooms) : lost));
        return { ...state, lost: new Map(state.lost).set(person, all) };
      }
      const joined = new Map(state.joined);
      if (joined.get(person)?.account === account) joined.delete(person);
      return { ...state, joined, lost: new Map(state.lost).set(person, [...before, { account, rooms }]) };
    }
  }
}

const endedIn = ({ disposals }: KeptPractice): number =>
  [...disposals.values()].reduce((count, { ended }) => count + ended.length, 0);

const withRooms = (lost: Lost, rooms: Lost["rooms"]): Lost => {
  const further = rooms.filter(({ room }) => !lost.rooms.some((known) => known.room === room));
  return { ...lost, rooms: [...lost.rooms, ...further] };
};

/** The family as its structure stands: everybody recorded who has not left. Null before its profile is written. */
export function familyOf(state: FamilyState): Family | null {
  if (state.family === null) return null;
  const people = [...state.people.values()].filter((person) => !state.left.has(person.person));
  return { family: state.family, name: state.name, people };
}

/**
 * The entries that say all of a record again, for somebody who came in later and can read nothing of before. An invitation that was taken back
 * or has run out is worth nothing to them; `now` tells which. Once applied to an empty state they give this one, without those.
 */
export function restate(state: FamilyState, now: number): readonly EntryBody[] {
  const profile: readonly EntryBody[] =
    state.family === null ? [] : [{ kind: "family-profile", family: state.family, name: state.name }];
  const open = [...state.invitations.values()].filter(
    ({ expiresAt, revoked }) => !revoked && expiresAt > now,
  );
  return [
    ...[...state.people.values()].map((person): EntryBody => ({ kind: "person", person })),
    ...[...state.staff.values()].map((staff): EntryBody => ({ kind: "staff", staff })),
    ...[...state.lost].flatMap(([person, losses]) =>
      losses.map((lost): EntryBody => ({ kind: "person-lost", person, ...lost })),
    ),
    // After what was lost: whoever came back has joined again.
    ...[...state.joined.values()].map((joined): EntryBody => ({ kind: "person-joined", ...joined })),
    ...[...state.left].map((person): EntryBody => ({ kind: "person-left", person })),
    ...open.map(({ expiresAt, invitation, inviterIdentity, person, secret }): EntryBody => ({
      kind: "invitation-made",
      invitation,
      person,
      secret,
      inviterIdentity,
      expiresAt,
    })),
    // What ended before the sheets were brought in is told before them.
    ...(state.endedSinceSheets ? [] : restateKeptPractice(state.keptHere)),
    ...[...state.custodians.values()].flatMap(({ ended, ...custodian }): readonly EntryBody[] => [
      { kind: "custodian", custodian },
      ...(ended ? [{ kind: "custodian-ended", account: custodian.account } as const] : []),
    ]),
    ...(state.endedSinceSheets ? restateKeptPractice(state.keptHere) : []),
    ...(state.closed ? [{ kind: "family-closed", closed: true } as const] : []),
    ...restateKept(state.kept),
    ...restateTemplates(state.templates),
    ...state.life.map((life): EntryBody => ({ kind: "life-event", ...life })),
    ...profile,
    { kind: "record-restated" },
  ];
}
