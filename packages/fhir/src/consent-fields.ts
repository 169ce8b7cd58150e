import { AUTHORITY_PROOFS, CAPACITIES, FAMILY_ROLES, mayBeTold, PLACE_TELLING } from "@sotto/domain";
import type {
  AuthorityProof,
  GivenSignature,
  OfferedVersion,
  Party,
  Place,
  RequiredSignature,
  SpeakerOnlyWhy,
  TellingRule,
  TemplateName,
  VersionStage,
} from "@sotto/domain";
import { extensionUrl } from "./canonical.ts";
import { code, day, flag, group, moment, person, whole, words } from "./field.ts";
import type { Field } from "./field.ts";

/* What FHIR has no place for besides the choices: which version it is and how it stands, as what somebody signed, and what becomes of something told alone. */

/** A list with every value of a type, in the order of its keys: one that is missing does not compile. */
const keysOf = <Key extends string>(all: { readonly [Each in Key]: true }): readonly Key[] =>
  // The type has these keys and no others.
  Object.keys(all) as Key[];

const STAGES = keysOf<VersionStage["kind"]>({
  open: true,
  "in-force": true,
  superseded: true,
  suspended: true,
  void: true,
});
const RULES = keysOf<TellingRule["kind"]>({
  "speaker-only": true,
  "speaker-tells": true,
  "therapist-may-tell": true,
  "therapist-judges": true,
});
const WHY = keysOf<SpeakerOnlyWhy>({
  "no-agreement": true,
  "not-signed": true,
  "not-covered": true,
  outside: true,
  full: true,
  "no-individual-contact": true,
  "minor-level": true,
  "no-audience": true,
});

const sinceOf = (stage: VersionStage): number | null => ("since" in stage ? stage.since : null);
const untilOf = (stage: VersionStage): number | null => ("until" in stage ? stage.until : null);

const templateFields: readonly Field<TemplateName>[] = [
  words("name", "Its name.", ({ template }) => template),
  whole(["one", "version", "Its version."], ({ version }) => version),
];

const partyFields: readonly Field<Party>[] = [
  person(["one", "person", "Who."], (party) => [party.person]),
  code(["one", "role", "As what."], FAMILY_ROLES, ({ role }) => [role]),
  flag(["one", "signs", "Whether they sign."], ({ signs }) => [signs]),
];

const placeFields: readonly Field<Place>[] = [
  words("code", "The code of its law.", (place) => place.code),
  words("name", "The place.", ({ name }) => name),
  whole(["may", "minor-age", "From when on a minor may consent alone."], ({ minorAge }) => minorAge),
  flag(["one", "has-conditions", "There is more to it than an age."], ({ hasConditions }) => [hasConditions]),
  code(["many", "telling", "Who lets guardians know."], PLACE_TELLING, ({ telling }) => telling),
  words("citation", "Where it stands.", ({ citation }) => citation),
  flag(["one", "verified", "False: to be confirmed with counsel."], ({ verified }) => [verified]),
  words("as-of", "How it stood when.", ({ asOf }) => asOf),
];

/** The version and where it stands. Why one that was never in force is void is not said: whoever asks why asks who. */
export const VERSION_FIELD: Field<OfferedVersion> = group<OfferedVersion, OfferedVersion>(
  ["one", extensionUrl("agreement-version"), "The version of the agreement, and where it stands."],
  (offer) => [offer],
  [
    words("agreement", "The agreement, as a URI.", ({ version }) => `urn:uuid:${version.agreement}`),
    words("family", "The family, as a URI.", ({ version }) => `urn:uuid:${version.family}`),
    whole(
      ["one", "number", "1 for the first, and higher for each one after it."],
      ({ version }) => version.number,
    ),
    day(["one", "day", "The day that it is made for."], ({ version }) => version.on),
    code(["one", "stage", "Where it stands."], STAGES, ({ stage }) => [stage.kind]),
    moment(
      ["one", "offered", "Since when it can be signed. By offering it the practice has signed it."],
      ({ offeredAt }) => offeredAt,
    ),
    moment(["may", "since", "From when on it was in force."], ({ stage }) => sinceOf(stage)),
    moment(["may", "until", "Until when."], ({ stage }) => untilOf(stage)),
    group(
      ["may", "template", "The template that it was begun from."],
      ({ version }) => (version.template === null ? [] : [version.template]),
      templateFields,
    ),
    group(["many", "party", "Somebody whom it is about."], ({ version }) => version.parties, partyFields),
    group(
      ["many", "place", "What the law of a place says of minors, as it was then."],
      ({ version }) => version.places,
      placeFields,
    ),
  ],
);

/** One signature that is asked for, and when it was given; null while it is not. */
export interface AskedSignature extends RequiredSignature {
  readonly given: GivenSignature | null;
  /** What stands on record beside it; null where nothing does. */
  readonly proof: SignatureProof | null;
}

/** What a therapist has recorded of one signature. */
export interface SignatureProof extends RequiredSignature {
  readonly authority: AuthorityProof | null;
  readonly witness: string | null;
}

/** As what somebody signs, and when they did. Whether they said no, and why, has no field. */
export const SIGNATURE_FIELD: Field<AskedSignature> = group<AskedSignature, AskedSignature>(
  ["one", extensionUrl("agreement-signature"), "As what somebody signs, and when they did."],
  (asked) => [asked],
  [
    code(
      ["one", "as", "For themselves, by assent, or as the guardian of the patient."],
      CAPACITIES,
      (asked) => [asked.as],
    ),
    moment(["may", "given", "When. Missing while it was not given."], ({ given }) => given?.at ?? null),
    code(
      ["may", "authority", "Which proof of a guardian's authority was seen. Missing while none is recorded."],
      AUTHORITY_PROOFS,
      ({ proof }) => (proof?.authority == null ? [] : [proof.authority]),
    ),
    words("witness", "Who was there as a witness.", ({ proof }) => proof?.witness ?? ""),
  ],
);

/** What becomes of something that the patient told alone. */
export const TELLING_FIELD: Field<TellingRule> = group<TellingRule, TellingRule>(
  [
    "may",
    extensionUrl("agreement-telling-rule"),
    "What becomes of something told alone. No rule opens it by itself.",
  ],
  (rule) => [rule],
  [
    code(["one", "rule", "The rule."], RULES, ({ kind }) => [kind]),
    code(["may", "why", "Why it stays with the speaker."], WHY, (rule) =>
      rule.kind === "speaker-only" ? [rule.why] : [],
    ),
    person(["many", "to", "Whom the therapist may tell."], mayBeTold),
  ],
);
