import type { AccountId, DisposalId, FamilyId, PersonId, RoomId } from "../id.ts";
import type { StaffPerson } from "../practice/staff.ts";
import { mayRunPractice } from "../practice/staff.ts";
import type { Act, DisposalList, EndedRoom, RetentionEntry } from "./entry.ts";
import type { RetentionRule } from "./rule.ts";
import { problemOfRule } from "./rule.ts";
import type { Said } from "./said.ts";

/*
 * Ending a family's rooms is the act of two people: one proposes, another who runs the practice confirms. Where nobody else runs it, the same person
 * confirms after a week. What counts is who wrote the entries and who they were in the practice's record when they did.
 */

export const ALONE_AFTER_MS = 7 * 24 * 60 * 60 * 1000;

/** One family's rooms on their way to their end. */
export interface Disposal extends DisposalList {
  readonly proposed: Act;
  readonly confirmed: Act | null;
  /** Which have ended, as those said who ended them. */
  readonly ended: readonly EndedRoom[];
}

/** What the practice's record says of keeping. */
export interface KeptPractice {
  readonly rule: RetentionRule | null;
  readonly disposals: ReadonlyMap<DisposalId, Disposal>;
  /** Also of those that this person was not told of. */
  readonly withdrawn: ReadonlySet<DisposalId>;
}

export const EMPTY_KEPT_PRACTICE: KeptPractice = { rule: null, disposals: new Map(), withdrawn: new Set() };

/** Who works in a practice, as its record has it. */
export interface Staffed {
  readonly staff: ReadonlyMap<PersonId, StaffPerson>;
  readonly joined: ReadonlyMap<PersonId, { readonly account: AccountId }>;
  readonly lost: ReadonlyMap<PersonId, readonly { readonly account: AccountId }[]>;
  readonly left: ReadonlySet<PersonId>;
}

/** The person of the staff behind an account, also one that they lost since; null when nobody is. */
export function staffBehind(staffed: Staffed, account: AccountId): StaffPerson | null {
  const { joined, lost, staff } = staffed;
  const hasHad = (person: PersonId): boolean =>
    joined.get(person)?.account === account ||
    (lost.get(person) ?? []).some((known) => known.account === account);
  return [...staff.values()].find(({ person }) => hasHad(person)) ?? null;
}

/** Who runs the practice besides this person, and is here. */
const othersWhoRun = ({ joined, left, staff }: Staffed, me: PersonId): readonly StaffPerson[] =>
  [...staff.values()].filter(
    ({ person, role }) => person !== me && mayRunPractice(role) && joined.has(person) && !left.has(person),
  );

/** What comes next of a disposal, and by whom. */
export type NextStep =
  | { readonly kind: "confirm"; readonly by: "another" }
  | { readonly kind: "confirm"; readonly by: "same-person"; readonly from: number }
  | { readonly kind: "carry-out" }
  | { readonly kind: "over" };

export function isWithdrawn({ withdrawn }: KeptPractice, { disposal }: Disposal): boolean {
  return withdrawn.has(disposal);
}

/** The rooms of it that have not ended yet, the team room last. */
export function roomsLeft({ ended, record, rooms }: Disposal): readonly RoomId[] {
  const all = record === null ? rooms : [...rooms, record];
  return all.filter((room) => !ended.some((one) => one.room === room));
}

export function nextStep(kept: KeptPractice, staffed: Staffed, disposal: Disposal): NextStep {
  if (isWithdrawn(kept, disposal) || roomsLeft(disposal).length === 0) return { kind: "over" };
  if (disposal.confirmed !== null) return { kind: "carry-out" };
  const proposer = staffBehind(staffed, disposal.proposed.by);
  const isAlone = proposer !== null && othersWhoRun(staffed, proposer.person).length === 0;
  if (!isAlone) return { kind: "confirm", by: "another" };
  return { kind: "confirm", by: "same-person", from: disposal.proposed.at + ALONE_AFTER_MS };
}

export type MayConfirm =
  | { readonly kind: "yes" }
  | { readonly kind: "no"; readonly why: "over" | "not-running" | "same-person" }
  | { readonly kind: "not-yet"; readonly from: number };

/** Whether this account may confirm a disposal now. */
export function mayConfirm(
  kept: KeptPractice,
  staffed: Staffed,
  wish: { readonly disposal: Disposal; readonly by: AccountId; readonly now: number },
): MayConfirm {
  const { by, disposal, now } = wish;
  const step = nextStep(kept, staffed, disposal);
  if (step.kind !== "confirm") return { kind: "no", why: "over" };
  const me = staffBehind(staffed, by);
  const isHere = me !== null && staffed.joined.get(me.person)?.account === by && !staffed.left.has(me.person);
  if (!isHere || !mayRunPractice(me.role)) return { kind: "no", why: "not-running" };
  const proposer = staffBehind(staffed, disposal.proposed.by);
  // Of somebody whom the record does not know, nobody can say that they are another.
  if (proposer === null) return { kind: "no", why: "same-person" };
  if (proposer.person !== me.person) return { kind: "yes" };
  if (step.by === "another") return { kind: "no", why: "same-person" };
  return now < step.from ? { kind: "not-yet", from: step.from } : { kind: "yes" };
}

/**
 * What falls when somebody goes: a proposal that nobody has agreed to yet, when whoever made it leaves, and when the last other person does who could have
 * agreed to it. Nobody comes to be alone by sending somebody away; whoever is alone proposes anew, and waits a week from there.
 */
export function withoutLapsed(kept: KeptPractice, before: Staffed, after: Staffed): KeptPractice {
  const isLapsing = (disposal: Disposal): boolean => {
    if (disposal.confirmed !== null || isWithdrawn(kept, disposal)) return false;
    const proposer = staffBehind(before, disposal.proposed.by)?.person;
    if (proposer === undefined) return false;
    if (after.left.has(proposer) && !before.left.has(proposer)) return true;
    return othersWhoRun(before, proposer).length > 0 && othersWhoRun(after, proposer).length === 0;
  };
  const lapsing = [...kept.disposals.values()].filter(isLapsing).map(({ disposal }) => disposal);
  return lapsing.length === 0 ? kept : { ...kept, withdrawn: new Set([...kept.withdrawn, ...lapsing]) };
}

/** The disposals of a family that are neither withdrawn nor all carried out. */
export function openDisposals(kept: KeptPractice, family: FamilyId): readonly Disposal[] {
  return [...kept.disposals.values()].filter(
    (disposal) =>
      disposal.family === family && !isWithdrawn(kept, disposal) && roomsLeft(disposal).length > 0,
  );
}

type PracticeEntry = Exclude<
  RetentionEntry,
  { readonly kind: "legal-hold" | "comes-of-age" | "record-since" }
>;

/** Adds one entry of the practice's room that is about keeping. What nobody may say changes nothing. */
export function applyToKeptPractice(
  kept: KeptPractice,
  entry: PracticeEntry,
  { said, staffed }: { readonly said: Said; readonly staffed: Staffed },
): KeptPractice {
  switch (entry.kind) {
    case "retention-rule":
      return problemOfRule(entry.rule) === null ? { ...kept, rule: entry.rule } : kept;
    case "disposal-proposed": {
      const { by, at } = said;
      // By the log's time it is not due yet: the clock of whoever proposed it runs ahead.
      if (entry.list.dueSince > at) return kept;
      return withNew(kept, { ...entry.list, proposed: { by, at }, confirmed: null, ended: [] });
    }
    case "disposal-told":
      // Two people have to have said it themselves: a third one's word is for those alone who could not hear it.
      if (said.isKnownWhole) return kept;
      return withNew(kept, {
        ...entry.list,
        proposed: entry.proposed,
        confirmed: entry.confirmed,
        ended: entry.ended,
      });
    case "disposal-confirmed":
      return confirmedBy(kept, entry.disposal, { said, staffed });
    case "disposal-withdrawn":
      return kept.withdrawn.has(entry.disposal)
        ? kept
        : { ...kept, withdrawn: new Set(kept.withdrawn).add(entry.disposal) };
    case "rooms-ended":
      return endedBy(kept, entry, said);
  }
}

const withNew = (kept: KeptPractice, disposal: Disposal): KeptPractice =>
  kept.disposals.has(disposal.disposal) || problemOfRule(disposal.rule) !== null
    ? kept
    : withDisposal(kept, disposal);

const withDisposal = (kept: KeptPractice, disposal: Disposal): KeptPractice => ({
  ...kept,
  disposals: new Map(kept.disposals).set(disposal.disposal, disposal),
});

const confirmedBy = (
  kept: KeptPractice,
  id: DisposalId,
  { said, staffed }: { readonly said: Said; readonly staffed: Staffed },
): KeptPractice => {
  const disposal = kept.disposals.get(id);
  // Who does not know yet who works here cannot tell one person from two; they are told how it stands.
  if (disposal === undefined || !said.isKnownWhole) return kept;
  const { at, by } = said;
  const may = mayConfirm(kept, staffed, { disposal, by, now: at });
  return may.kind === "yes" ? withDisposal(kept, { ...disposal, confirmed: { by, at } }) : kept;
};

const endedBy = (
  kept: KeptPractice,
  entry: PracticeEntry & { readonly kind: "rooms-ended" },
  { at, by }: Said,
): KeptPractice => {
  const disposal = kept.disposals.get(entry.disposal);
  if (disposal === undefined || disposal.confirmed === null) return kept;
  const fresh = roomsLeft(disposal).filter((room) => entry.rooms.includes(room));
  if (fresh.length === 0) return kept;
  const ended = [...disposal.ended, ...fresh.map((room): EndedRoom => ({ room, by, at }))];
  return withDisposal(kept, { ...disposal, ended });
};

/** The entries that say it again to somebody who came in later. */
export function restateKeptPractice(kept: KeptPractice): readonly PracticeEntry[] {
  return [
    ...(kept.rule === null ? [] : [{ kind: "retention-rule", rule: kept.rule } as const]),
    ...[...kept.disposals.values()].map(({ confirmed, ended, proposed, ...list }): PracticeEntry => ({
      kind: "disposal-told",
      list,
      proposed,
      confirmed,
      ended,
    })),
    ...[...kept.withdrawn].map((disposal): PracticeEntry => ({ kind: "disposal-withdrawn", disposal })),
  ];
}
