import type { PersonId } from "../id.ts";
import type { ConfidentialityLimit, TellingChoice } from "../agreement/choices.ts";
import type { PolicyFacts } from "../agreement/compile.ts";
import { ruleFor } from "../agreement/compile.ts";
import type { RequiredSignature } from "../agreement/signer.ts";
import { isSameSignature } from "../agreement/signer.ts";
import type { RoomKind } from "../room/plan.ts";
import type { DisclosedEntry, OwnerRule } from "./owner-rule.ts";
import type { AllowReason, AskReason, DisclosureReason, RefuseReason, SignedUnder } from "./reason.ts";
import type { Recipient } from "./recipient.ts";
import type { Release, ReleasePurpose } from "./release.ts";
import { isAbout, releaseLack } from "./release.ts";

/*
 * Who may be told. Everybody who would learn something is judged alone, and the strictest of the answers is the answer: so whoever is left out never makes
 * it stricter, and nobody is told because somebody else may be.
 *
 * It promises: allowed is only who was told, whom the policy lets be told that each owner had signed when they told it, whom guardians' topics name, or whom
 * a release names that everybody signed who has to. What is labelled safety is shown to no other participant without a person's decision (R-06). Nothing
 * here tells anybody: `ask` and `allow` are words to a person, and only `refuse` is final.
 */

/** A limit of confidentiality that somebody claims as the ground (section 7). */
export interface DisclosureGround {
  readonly kind: "limit";
  readonly limit: ConfidentialityLimit;
}

export interface DisclosureWish {
  readonly entry: DisclosedEntry;
  /** The room that it stands in, and those whom it was told to there. */
  readonly from: { readonly kind: RoomKind; readonly audience: readonly PersonId[] };
  readonly to: readonly Recipient[];
  /** What each owner had signed when they told it (`ownerRules`); whoever is not in it had signed nothing. */
  readonly agreement: readonly OwnerRule[];
  readonly releases: readonly Release[];
  readonly purpose: ReleasePurpose;
  readonly ground: DisclosureGround | null;
  /** When it would be told: releases run out, and minors come of age. */
  readonly at: number;
}

/** The answer for one of those who would learn it. There is at least one reason. */
export interface RecipientAnswer {
  readonly to: Recipient;
  readonly kind: "allow" | "ask" | "refuse";
  readonly reasons: readonly DisclosureReason[];
}

/** The answer: allowed, to be decided and written down by a person, or refused; and why for each. */
export interface Disclosure {
  readonly kind: "allow" | "ask" | "refuse";
  readonly answers: readonly RecipientAnswer[];
}

/** Decides whether an entry may be told to these people. Total: there is an answer for every combination, and no reason is a fault. */
export function mayDisclose(wish: DisclosureWish): Disclosure {
  const answers = wish.to.map((to) => answerFor(wish, to));
  return { kind: strictestOf(answers), answers };
}

type Kind = Disclosure["kind"];
type Under = NonNullable<OwnerRule["under"]>;
/** What one owner's agreement says of one recipient. */
type OwnerAnswer =
  | { readonly kind: "allow"; readonly why: AllowReason }
  | { readonly kind: "ask"; readonly why: AskReason }
  | { readonly kind: "refuse"; readonly why: RefuseReason };

const strictestOf = (answers: readonly { readonly kind: Kind }[]): Kind => {
  if (answers.some(({ kind }) => kind === "refuse")) return "refuse";
  return answers.some(({ kind }) => kind === "ask") ? "ask" : "allow";
};

const answerFor = (wish: DisclosureWish, to: Recipient): RecipientAnswer => {
  const answer = (kind: Kind, reasons: readonly DisclosureReason[]): RecipientAnswer => ({
    to,
    kind,
    reasons,
  });
  if (wasTold(wish, to)) return answer("allow", [{ kind: "was-told" }]);
  const owned = ownersOf(wish, to);
  const released = releasedTo(wish, to);
  const byOwners = strictestOf(owned);
  if (byOwners === "allow") return answer("allow", reasonsOf(owned, "allow"));
  if (released.permits !== null) return answer("allow", [released.permits]);
  const ground = groundFor(wish, to);
  if (ground?.kind === "limit") return answer("ask", [ground]);
  if (byOwners === "ask") return answer("ask", reasonsOf(owned, "ask"));
  const elsewhere = ground === null ? [] : [ground];
  return answer("refuse", [...reasonsOf(owned, "refuse"), ...released.lacks, ...elsewhere]);
};

/** Where nobody is known whose it is, nobody can permit it; a limit may still be a reason. */
const ownersOf = (wish: DisclosureWish, to: Recipient): readonly OwnerAnswer[] => {
  const { owners } = wish.entry;
  return owners.length === 0
    ? [refuse({ kind: "nobody-owns" })]
    : owners.map((owner) => answerOfOwner(wish, owner, to));
};

const reasonsOf = (owned: readonly OwnerAnswer[], kind: Kind): readonly DisclosureReason[] =>
  owned.filter((one) => one.kind === kind).map(({ why }) => why);

/**
 * Whoever was there, and whoever told it where no professional wrote it down for themselves, learns nothing new. Notes of a therapist are shown to nobody of
 * a family, wherever they stand.
 */
const wasTold = ({ entry, from }: DisclosureWish, to: Recipient): boolean => {
  if (to.kind === "outsider") return false;
  if (entry.label === "psychotherapy-note" && to.kind === "person") return false;
  const isTheirs = to.kind === "person" && entry.owners.length === 1 && entry.owners.includes(to.person);
  const isOfStaff = from.kind === "team" || from.kind === "practice";
  return from.audience.includes(to.person) || (isTheirs && !isOfStaff);
};

const answerOfOwner = (wish: DisclosureWish, owner: PersonId, to: Recipient): OwnerAnswer => {
  const { entry } = wish;
  const under = wish.agreement.find((one) => one.owner === owner)?.under ?? null;
  // Confidential to the speaker, and what was told before stays so.
  if (under === null) {
    return refuse(
      entry.label === null ? { kind: "no-agreement", owner } : { kind: "outside", label: entry.label, owner },
    );
  }
  const signed: SignedUnder = { person: owner, version: under.version, at: under.signedAt };
  const toGuardian = answerForGuardian(wish, { owner, under, signed }, to);
  if (toGuardian !== null && toGuardian.kind !== "refuse") return toGuardian;
  if (entry.label !== null) return refuse({ kind: "outside", label: entry.label, owner });
  if (to.kind !== "person") return refuse(whyNotOutside(under, signed, to));
  if (to.hasLeft) return refuse({ kind: "left", signed });
  const byPolicy = answerOfPolicy(wish, { owner, under, signed }, to.person);
  return byPolicy.kind === "refuse" && toGuardian !== null ? toGuardian : byPolicy;
};

interface Owned {
  readonly owner: PersonId;
  readonly under: Under;
  readonly signed: SignedUnder;
}

const refuse = (why: RefuseReason): OwnerAnswer => ({ kind: "refuse", why });

/** What becomes of what somebody told alone, by the policy that they had signed (section 5). */
const answerOfPolicy = (wish: DisclosureWish, owned: Owned, person: PersonId): OwnerAnswer => {
  const { owner, signed, under } = owned;
  const { contact, label } = wish.entry;
  if (contact === null) return refuse({ kind: "told-to-those-there", signed });
  const rule = ruleFor(under.facts, { owner, contact, label });
  switch (rule.kind) {
    case "speaker-only": {
      const { why } = rule;
      if (why === "no-agreement") return refuse({ kind: "no-agreement", owner });
      if (why === "outside") return refuse({ kind: "outside", label: label ?? "safety", owner });
      return refuse({ kind: "speaker-only", why, signed });
    }
    case "speaker-tells":
      // The therapist never tells: the speaker does, or joint work ends without a reason.
      return refuse({ kind: "speaker-tells", clause: rule.clause, signed });
    case "therapist-may-tell": {
      if (!rule.to.includes(person)) return refuse({ kind: "not-among", clause: rule.clause, signed });
      if (isTimeOver(rule.within, wish))
        return { kind: "allow", why: { kind: "policy", clause: rule.clause, signed } };
      return refuse({ kind: "speaker-time", clause: `telling.${rule.within.graceUnit}`, signed });
    }
    case "therapist-judges": {
      const { clause, tellsSpeakerFirst } = rule;
      if (!rule.to.includes(person)) return refuse({ kind: "not-among", clause, signed });
      return { kind: "ask", why: { kind: "therapist-judges", clause, tellsSpeakerFirst, signed } };
    }
  }
};

const DAY_MS = 86_400_000;

/** The time begins when somebody was asked to tell it themselves, and not when they told it (R-40, 4). */
const isTimeOver = (
  { graceCount, graceUnit }: TellingChoice,
  { at, entry: { asked } }: DisclosureWish,
): boolean => {
  if (asked === null || asked.at > at) return false;
  return graceUnit === "days" ? at >= asked.at + graceCount * DAY_MS : asked.sessions >= graceCount;
};

/**
 * What a minor's guardians may be told: what stands in the list that both sides were promised, until the minor is of age. Null where it is about
 * no guardian of theirs. Where something is said twice of one minor, both have to permit it.
 */
const answerForGuardian = (
  { at, entry: { contact, label, topic } }: DisclosureWish,
  { owner, signed, under }: Owned,
  to: Recipient,
): OwnerAnswer | null => {
  if (to.kind !== "person" || to.hasLeft || contact === null) return null;
  const promised = under.facts.guardians.filter(({ minor }) => minor === owner);
  if (!promised.some(({ guardians }) => guardians.includes(to.person))) return null;
  const ends = promised.flatMap(({ until }) => (until === null ? [] : [until]));
  const since = ends.length === 0 ? null : Math.min(...ends);
  if (since !== null && at >= since) return refuse({ kind: "of-age", since, signed });
  const isPromised =
    topic !== null &&
    promised.every(({ guardians, topics }) => guardians.includes(to.person) && topics.includes(topic));
  if (!isPromised) return refuse({ kind: "guardian-not-told", signed });
  const clause = `minors.told.${topic}` as const;
  // Whoever is the danger may be a guardian: nothing of safety is told because a list says so.
  const isRisk = topic === "serious-risk" && (label === null || label === "safety");
  if (isRisk) return { kind: "ask", why: { kind: "serious-risk", clause, signed } };
  if (label !== null) return null;
  const tellsMinorFirst = promised.some((one) => one.tellsMinorFirst);
  return { kind: "allow", why: { kind: "guardian-topic", clause, tellsMinorFirst, signed } };
};

const whyNotOutside = (
  { facts }: Under,
  signed: SignedUnder,
  to: Exclude<Recipient, { readonly kind: "person" }>,
): RefuseReason => {
  const supporter =
    to.kind === "outsider" ? facts.supporters.supporters.find(({ name }) => name === to.name) : undefined;
  if (supporter !== undefined) {
    const { about, name, of } = supporter;
    return { kind: "supporter", of, name, clause: `outsiders.supporter.${about}` };
  }
  const clause = facts.release.eachForOwn ? "outsiders.each-for-own" : "outsiders.everyone";
  return { kind: "outsider", clause, signed };
};

interface Released {
  readonly permits: AllowReason | null;
  readonly lacks: readonly RefuseReason[];
}

/** What the releases say of one recipient. One that counts is enough. */
const releasedTo = (wish: DisclosureWish, to: Recipient): Released => {
  const about = wish.releases.filter((release) => isAbout(release, { ...wish, to }));
  if (about.length === 0 || !isReleasable(wish, to)) return { permits: null, lacks: [] };
  const required = requiredFor(wish, to);
  const judged = about.map((release) => ({
    release,
    lack: required === null ? null : releaseLack(release, required, wish.at),
  }));
  const counts = required === null ? undefined : judged.find(({ lack }) => lack === null)?.release;
  if (counts !== undefined) {
    const { release, signatures } = counts;
    return { permits: { kind: "released", release, signatures }, lacks: [] };
  }
  const lacks = judged.flatMap(({ lack, release }): readonly RefuseReason[] =>
    lack === null ? [] : [{ kind: "release-lacks", release: release.release, ...lack }],
  );
  return { permits: null, lacks };
};

/** Safety is told to no other participant because a paper says so, and a therapist's notes to nobody of a family. */
const isReleasable = ({ entry: { label } }: DisclosureWish, to: Recipient): boolean =>
  to.kind !== "person" || (label !== "safety" && label !== "psychotherapy-note");

/**
 * Whose signatures a release needs. Within the family each owner's own: no guardian signs away what a minor said alone. For anybody else, also who has
 * left or had not signed for themselves what the owner had, everyone's, or where each releases their own, the owner's. Null where no agreement says whose.
 */
const requiredFor = (
  { agreement, at, entry }: DisclosureWish,
  to: Recipient,
): readonly RequiredSignature[] | null => {
  const all: RequiredSignature[] = [];
  for (const owner of entry.owners) {
    const under = agreement.find((one) => one.owner === owner)?.under ?? null;
    if (under === null) return null;
    const { facts } = under;
    const own = { person: owner, as: "self", of: owner } as const;
    const isInside = to.kind === "person" && !to.hasLeft && facts.covered.includes(to.person);
    // To nobody of the family, whether they have signed or not, is signed over what an owner did not give themselves; and of records of substance use
    // nobody else decides, whatever else they sign for.
    if (to.kind === "person" || entry.label === "substance-record") all.push(own);
    if (isInside) continue;
    const isOwn = facts.release.eachForOwn && entry.contact !== null && entry.owners.length === 1;
    const everyone = facts.release.everyone.map((one) => atAge(one, facts, at));
    const theirs = isOwn ? everyone.filter(({ of }) => of === owner) : everyone;
    if (theirs.length === 0) return [];
    all.push(...theirs);
  }
  return all.filter((one, place) => all.findIndex((other) => isSameSignature(one, other)) === place);
};

/** Nobody signs for a minor who is of age: they sign themselves. */
const atAge = (one: RequiredSignature, { guardians }: PolicyFacts, at: number): RequiredSignature => {
  const isOfAge = guardians.some(({ minor, until }) => minor === one.of && until !== null && at >= until);
  return one.as === "guardian" && isOfAge ? { person: one.of, as: "self", of: one.of } : one;
};

/** To whom of a family a limit can be a reason to tell something (section 7, "to whom"; R-10: to the right body). The others are never one. */
const LIMITS_WITHIN: readonly ConfidentialityLimit[] = [
  "adult-abuse",
  "danger-to-self",
  "danger-to-others",
  "court-order",
  "death",
];

const groundFor = (
  { agreement, entry, ground }: DisclosureWish,
  to: Recipient,
): Extract<DisclosureReason, { readonly kind: "limit" | "limit-elsewhere" }> | null => {
  if (ground === null) return null;
  const { limit } = ground;
  const clause = `limits.${limit}` as const;
  const isElsewhere = to.kind === "person" && !LIMITS_WITHIN.includes(limit);
  // An insurer is told diagnoses, dates and codes, and never a therapist's notes.
  const isNote = limit === "payment" && entry.label === "psychotherapy-note";
  if (isElsewhere || isNote) return { kind: "limit-elsewhere", clause, limit };
  const isNamedBy = (owner: PersonId): boolean =>
    agreement.some((one) => one.owner === owner && one.under?.facts.limits.includes(limit) === true);
  const isNamed = entry.owners.length > 0 && entry.owners.every(isNamedBy);
  return { kind: "limit", clause, limit, isNamed };
};
