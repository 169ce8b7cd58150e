import type { PersonId } from "../id.ts";
import { isMinorRole } from "../family/person.ts";
import type { FamilyRole } from "../family/person.ts";
import { addMonths } from "../retention/month.ts";
import { birthdayAt } from "./day.ts";
import { thresholdsOf } from "./place.ts";
import type { AgreementVersion } from "./version.ts";

/** What somebody records, and what re-opens consent by itself (section 18.3). */
export const RECORDED_TRIGGERS = [
  "unit-changed",
  "separation",
  "divorce",
  "custody-case",
  "protective-order",
  "payer-changed",
  "employer-programme",
  "court-referral",
  "place-changed",
  "telehealth",
  "recording",
  "observation",
  "trainee",
  "ai-tool",
  "channel-added",
  "incident",
  "near-miss",
] as const;
export type RecordedTrigger = (typeof RECORDED_TRIGGERS)[number];

/** What is seen without anybody recording it. */
export const SEEN_TRIGGERS = [
  "member-joined",
  "member-left",
  "therapist-changed",
  "birthday",
  "early-session",
  "check-in",
  "review",
] as const;
export type ConsentTrigger = RecordedTrigger | (typeof SEEN_TRIGGERS)[number];

/** Something that happened in a family's life, as it was recorded. `concerns` are those whom it touches. */
export interface LifeEvent {
  readonly kind: RecordedTrigger;
  readonly at: number;
  readonly concerns: readonly PersonId[];
}

/** How a family's life stands, as far as it re-opens consent. */
export interface LifeFacts {
  /** Who is in it now: in treatment, as a collateral, or as a guardian. */
  readonly people: readonly { readonly person: PersonId; readonly role: FamilyRole }[];
  readonly therapists: readonly PersonId[];
  readonly events: readonly LifeEvent[];
  /** When there were sessions since the version came into force, as far as they were recorded; the oldest first. */
  readonly sessions: readonly number[];
  /** When confidentiality was last talked about with everyone; null when it was not since. */
  readonly talkedAt: number | null;
}

/** Consent that is open again: why, whose, and since when. */
export interface DueConsent {
  readonly trigger: ConsentTrigger;
  readonly who: readonly PersonId[];
  /** A new version is to be signed, or it is to be talked about. */
  readonly calls: "new-version" | "talk";
  /** Each is to be seen alone. */
  readonly isApart: boolean;
  /** From when on it is due; with a birthday, 30 days before it. */
  readonly from: number;
  /** When the birthday is; null for anything else. */
  readonly birthday: number | null;
}

const DAY_MS = 86_400_000;
/** a task 30 days before a birthday that changes a rule. */
const BEFORE_BIRTHDAY_MS = 30 * DAY_MS;
/** Section 18.3: session 3 or 4. */
const EARLY_SESSIONS = 3;

/** What re-opens consent to the version that holds since then, the oldest first. What is not due yet is left out. */
export function consentDue(wish: {
  readonly version: AgreementVersion;
  readonly since: number;
  readonly life: LifeFacts;
  readonly now: number;
}): readonly DueConsent[] {
  const { life, now, since, version } = wish;
  const all = [...whoChanged(version, life, since), ...birthdays(version, since), ...happened(life, since)];
  return [...all, ...timed(version, life, since)]
    .filter(({ from }) => from <= now)
    .toSorted((one, other) => one.from - other.from);
}

const due = (
  trigger: ConsentTrigger,
  who: readonly PersonId[],
  from: number,
  more: Partial<DueConsent> = {},
): DueConsent => ({
  trigger,
  who,
  calls: "new-version",
  isApart: false,
  from,
  birthday: null,
  ...more,
});

const whoChanged = (
  { parties, therapists }: AgreementVersion,
  life: LifeFacts,
  since: number,
): readonly DueConsent[] => {
  const now = life.people.map(({ person }) => person);
  const before = parties.map(({ person }) => person);
  const isNew = now.some((person) => !before.includes(person));
  const isLeft = before.some((person) => !now.includes(person));
  const isOther =
    life.therapists.some((one) => !therapists.includes(one)) ||
    therapists.some((one) => !life.therapists.includes(one));
  return [
    ...(isNew ? [due("member-joined", now, since)] : []),
    ...(isLeft ? [due("member-left", now, since)] : []),
    ...(isOther ? [due("therapist-changed", now, since)] : []),
  ];
};

/** Each birthday at which a place of the agreement changes its rule, and the one at which somebody comes of age, for the minor and their guardians. */
const birthdays = ({ choices, parties, places }: AgreementVersion, since: number): readonly DueConsent[] =>
  parties.flatMap(({ born, person, role }) => {
    if (born === null || !isMinorRole(role)) return [];
    const guardians = choices.minors.filter(({ minor }) => minor === person).flatMap((one) => one.guardians);
    return thresholdsOf(places)
      .map((age) => birthdayAt(born, age))
      .filter((at) => at > since)
      .map((at) =>
        due("birthday", [...new Set([person, ...guardians])], at - BEFORE_BIRTHDAY_MS, { birthday: at }),
      );
  });

const happened = ({ events, people }: LifeFacts, since: number): readonly DueConsent[] =>
  events
    .filter(({ at }) => at > since)
    .map(({ at, concerns, kind }) => {
      const everyone = people.map(({ person }) => person);
      switch (kind) {
        case "separation":
        case "divorce":
        case "custody-case":
        case "protective-order": {
          const adults = people.filter(({ role }) => !isMinorRole(role)).map(({ person }) => person);
          return due(kind, adults, at, { isApart: true });
        }
        case "unit-changed":
        case "recording":
        case "observation":
        case "trainee":
        case "ai-tool":
          return due(kind, everyone, at);
        case "payer-changed":
        case "employer-programme":
        case "court-referral":
        case "place-changed":
        case "telehealth":
        case "channel-added":
        case "incident":
        case "near-miss":
          // Where nobody was named, nobody is left out.
          return due(kind, concerns.length === 0 ? everyone : concerns, at);
      }
    });

const timed = (version: AgreementVersion, life: LifeFacts, since: number): readonly DueConsent[] => {
  const everyone = life.people.map(({ person }) => person);
  const talked = Math.max(since, life.talkedAt ?? since);
  const { checkInMonths, reviewMonths } = version.choices.change;
  const third = life.sessions[EARLY_SESSIONS - 1];
  const isEarly = third !== undefined && talked === since;
  return [
    ...(isEarly ? [due("early-session", everyone, third, { calls: "talk" })] : []),
    due("check-in", everyone, addMonths(talked, checkInMonths), { calls: "talk" }),
    due("review", everyone, addMonths(since, reviewMonths)),
  ];
};

/** More than a lifetime of them; whoever is asked a question in a round was asked all of them before. */
const ROUNDS_MOST = 400;

/**
 * Which round of questions (`questionsFor`) is due under the version that holds since then: 0 at the signing, and one more on each day for which it sets a
 * check-in or a review. Those days stand in what was signed, so that everybody counts the same rounds, whoever knows what a therapist has recorded.
 */
export function roundDue(version: AgreementVersion, since: number, now: number): number {
  const { checkInMonths, reviewMonths } = version.choices.change;
  const days = new Set<number>();
  for (const months of [checkInMonths, reviewMonths]) {
    if (!(months >= 1)) continue;
    for (let count = 1; count <= ROUNDS_MOST; count++) {
      const day = addMonths(since, count * months);
      if (day > now) break;
      days.add(day);
    }
  }
  return Math.min(days.size, ROUNDS_MOST);
}
