import { compileAgreement } from "@sotto/domain";
import type { GuardianFacts, OfferedVersion, PersonId, ReleaseException, TellingRule } from "@sotto/domain";
import * as codes from "./canonical.ts";
import { TELLING_FIELD } from "./consent-fields.ts";
import type { WrittenPeople } from "./people.ts";
import { given, instantText, listed } from "./primitive.ts";
import type { Actor, Coding, Period, Provision, Reference } from "./resource.ts";

/*
 * What of an agreement a machine can hold to, for what one patient tells. It promises: nothing is permitted here that the agreement does not permit without a
 * person deciding it. What a therapist may tell after weighing it, or after the speaker had time, is denied here, and the rule stands beside it.
 */

/** The provision of one person's consents: therapists may know, and then what is narrower or wider than that. */
export function provisionFor(offer: OfferedVersion, subject: PersonId, people: WrittenPeople): Provision {
  const facts = compileAgreement(offer.version);
  const rule = facts.rules.get(subject) ?? { kind: "speaker-only", why: "not-signed" };
  const promises = facts.guardians.filter(({ minor }) => minor === subject);
  const told = promises.filter(hearsContent).flatMap(({ guardians }) => guardians);
  const others = offer.version.parties
    .map(({ person }) => person)
    .filter((person) => person !== subject && !told.includes(person));
  return {
    type: "permit",
    ...given("period", periodOf(offer, subject)),
    actor: (listed(people.therapists) ?? [people.practice]).map(recipient),
    purpose: [codes.TREATMENT],
    ...given(
      "provision",
      listed([
        ...toldAlone(subject, [...new Set(others)], rule, people),
        ...promises.flatMap((promise) => toGuardians(promise, people)),
        ...withoutRelease(facts.release.exceptions),
      ]),
    ),
  };
}

const hearsContent = ({ level, topics }: GuardianFacts): boolean =>
  level === "open" && topics.includes("content");

const recipient = (reference: Reference): Actor => ({ role: codes.concept(codes.RECIPIENT), reference });

/** While it is in force. For whoever left, until they did. */
const periodOf = ({ left, stage }: OfferedVersion, subject: PersonId): Period | null => {
  if (!("since" in stage)) return null;
  const ends = [left.get(subject), "until" in stage ? stage.until : undefined].filter(
    (at) => at !== undefined,
  );
  // Who left before it came into force never was under it, and no period ends before it begins (per-1).
  const end = ends.length === 0 ? null : instantText(Math.max(stage.since, Math.min(...ends)));
  return { start: instantText(stage.since), ...given("end", end) };
};

const saidBy = (subject: PersonId, people: WrittenPeople) =>
  [{ meaning: "authoredby", reference: people.refer(subject) }] as const;

/** Nobody else is shown by a machine what one person told alone, under no policy. What a therapist may do with it stands in the extension. */
const toldAlone = (
  subject: PersonId,
  others: readonly PersonId[],
  rule: TellingRule,
  people: WrittenPeople,
): readonly Provision[] =>
  // A provision without an actor speaks of everybody, therapists too.
  others.length === 0
    ? []
    : [
        {
          extension: TELLING_FIELD.write(rule, people.refer),
          type: "deny",
          actor: others.map((person) => recipient(people.refer(person))),
          securityLabel: [codes.RESTRICTED],
          data: saidBy(subject, people),
        },
      ];

/** What guardians hear of a minor: all that was said, or a list that FHIR has no words for; then the extension holds it. It ends when the minor comes of age. */
const toGuardians = (promise: GuardianFacts, people: WrittenPeople): readonly Provision[] => {
  const { guardians, minor, until } = promise;
  if (guardians.length === 0) return [];
  return [
    {
      type: hearsContent(promise) ? "permit" : "deny",
      ...given("period", until === null ? null : { end: instantText(until) }),
      actor: [...new Set(guardians)].map((person) => recipient(people.guardian(person, minor))),
      securityLabel: [codes.RESTRICTED],
      data: saidBy(minor, people),
    },
  ];
};

const PURPOSE_OF: { readonly [Exception in ReleaseException]: Coding } = {
  payment: codes.PAYMENT,
  supervision: codes.OPERATIONS,
  emergency: codes.EMERGENCY_TREATMENT,
};

/** What may leave without a release, for these purposes alone. */
const withoutRelease = (exceptions: readonly ReleaseException[]): readonly Provision[] =>
  exceptions.length === 0
    ? []
    : [{ type: "permit", purpose: exceptions.map((exception) => PURPOSE_OF[exception]) }];
