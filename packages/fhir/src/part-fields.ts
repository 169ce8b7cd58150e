import * as domain from "@sotto/domain";
import type {
  AgreementPart,
  ChannelChoice,
  Choices,
  ClientChoice,
  MinorChoice,
  RetentionRule,
  SecretsPolicy,
  Supporter,
} from "@sotto/domain";
import { extensionUrl } from "./canonical.ts";
import { code, flag, group, person, whole, words } from "./field.ts";
import type { Field } from "./field.ts";

/* The fourteen parts, each an extension of a Consent by its own. They hold every choice, also those that stand in provisions as well: a reader who knows them needs nothing else. */

const part = <Part extends AgreementPart>(
  name: Part,
  says: string,
  fields: readonly Field<Choices[Part]>[],
): Field<Choices> =>
  group(["may", extensionUrl(`agreement-${name}`), says], (choices) => [choices[name]], fields);

const clientOf = (choice: ClientChoice) => (choice.kind === "individual" ? [choice.client] : []);
const listOf = (policy: SecretsPolicy) => (policy.kind === "limited" ? policy.categories : []);
const firstOf = (policy: SecretsPolicy) => (policy.kind === "discretion" ? [policy.tellsSpeakerFirst] : []);
const screenedOf = (policy: SecretsPolicy) =>
  policy.kind === "no-individual-contact" ? [policy.isScreenedFirst] : [];
const some = <Value>(value: Value | null): readonly Value[] => (value === null ? [] : [value]);

const policyFields: readonly Field<SecretsPolicy>[] = [
  code(["one", "kind", "The policy."], domain.POLICY_KINDS, ({ kind }) => [kind]),
  code(["many", "category", "Limited: what the speaker is asked to tell."], domain.SECRET_CATEGORIES, listOf),
  flag(["may", "tells-speaker-first", "Discretion: the therapist says so to the speaker before."], firstOf),
  flag(
    ["may", "screened-first", "No individual contact: each was asked alone about violence before."],
    screenedOf,
  ),
];

const minorFields: readonly Field<MinorChoice>[] = [
  person(["one", "minor", "Who is under age."], ({ minor }) => [minor]),
  code(["one", "level", "How much stays with the therapist."], domain.MINOR_LEVELS, ({ level }) => [level]),
  code(
    ["many", "told", "What guardians are told; the same is promised to both sides."],
    domain.GUARDIAN_TOPICS,
    ({ told }) => told,
  ),
  flag(
    ["one", "tells-minor-first", "The therapist tells the minor before the guardians."],
    ({ tellsMinorFirst }) => [tellsMinorFirst],
  ),
  code(["one", "route", "Who agrees to the treatment."], domain.CONSENT_ROUTES, ({ route }) => [route]),
  person(["many", "guardian", "Whose consent is asked for."], ({ guardians }) => guardians),
];

type CrisisLine = NonNullable<Choices["messages"]["crisisLine"]>;
type Route = Choices["worries"]["routes"][number];

const retentionFields: readonly Field<RetentionRule>[] = [
  words("place", "The place whose rule it started from.", ({ place }) => place),
  words("title", "What the rule is called.", ({ title }) => title),
  words("citation", "Where it stands.", ({ citation }) => citation),
  flag(["one", "verified", "False: to be confirmed with counsel."], ({ verified }) => [verified]),
  words("as-of", "How it stood when.", ({ asOf }) => asOf),
  whole(["one", "family-months", "The rooms with the family."], ({ familyMonths }) => familyMonths),
  whole(["one", "record-months", "The record."], ({ recordMonths }) => recordMonths),
  whole(["one", "minor-months", "After coming of age."], ({ minorMonths }) => minorMonths),
  whole(["may", "maximum-months", "No longer than this."], ({ maximumMonths }) => maximumMonths),
];

const supporterFields: readonly Field<Supporter>[] = [
  person(["one", "of", "The member."], ({ of }) => [of]),
  words("name", "Whom they may tell.", ({ name }) => name),
  code(["one", "about", "What about."], domain.SUPPORTER_TOPICS, ({ about }) => [about]),
];

const channelFields: readonly Field<ChannelChoice>[] = [
  code(["one", "kind", "Which."], domain.MESSAGE_CHANNELS, ({ channel }) => [channel]),
  whole(["may", "answer-hours", "Within how many hours it is answered."], ({ answerHours }) => answerHours),
];

const crisisFields: readonly Field<CrisisLine>[] = [
  words("name", "Who answers.", ({ name }) => name),
  words("number", "The number.", ({ number }) => number),
];

const routeFields: readonly Field<Route>[] = [
  code(["one", "kind", "To whom."], domain.WORRY_ROUTES, ({ route }) => [route]),
  words("contact", "How they are reached.", ({ contact }) => contact),
];

const recordsField = part("records", "Records and who sees them.", [
  code(["one", "form", "How they are kept."], domain.RECORD_FORMS, ({ form }) => [form]),
  code(["one", "access", "Who gets to see them."], domain.RECORD_ACCESS, ({ access }) => [access]),
  group(
    ["may", "retention", "How long they are kept, once the practice has said so."],
    ({ retention }) => some(retention),
    retentionFields,
  ),
]);

/** A field for every part, total by type. */
const PART_FIELDS: { readonly [Part in AgreementPart]: Field<Choices> } = {
  client: part("client", "Who the client is.", [
    code(
      ["one", "model", "The unit, one person, or several side by side."],
      domain.CLIENT_MODELS,
      (client) => [client.kind],
    ),
    person(["may", "client", "The one person, where it is one."], clientOf),
  ]),
  policy: part("policy", "What the therapist does with what one member tells alone.", policyFields),
  contacts: part("contacts", "The ways of telling something alone that the policy covers.", [
    code(["many", "kind", "A way that is covered."], domain.CONTACT_KINDS, (contacts) => contacts),
  ]),
  telling: part(
    "telling",
    "How long somebody has to tell something themselves, with help, and what follows.",
    [
      code(["one", "grace-unit", "What is counted."], domain.GRACE_UNITS, ({ graceUnit }) => [graceUnit]),
      whole(["one", "grace-count", "How many."], ({ graceCount }) => graceCount),
      code(
        ["one", "if-not-told", "What follows when it is not told. A reason is never given."],
        domain.IF_NOT_TOLD,
        ({ ifNotTold }) => [ifNotTold],
      ),
    ],
  ),
  limits: part("limits", "What has to be told whatever was promised: a duty, and nobody's permission.", [
    code(["many", "limit", "A limit of confidentiality."], domain.CONFIDENTIALITY_LIMITS, (limits) => limits),
  ]),
  earlier: part("earlier", "What was said before signing.", [
    code(["one", "rule", "It stays, or its owner may permit it apart."], domain.EARLIER_KINDS, (earlier) => [
      earlier,
    ]),
  ]),
  outsiders: part("outsiders", "What leaves the family, and how.", [
    code(["one", "release", "Who has to sign a release."], domain.RELEASE_RULES, ({ release }) => [release]),
    flag(["one", "teens-sign", "Teenagers sign it too."], ({ teensSign }) => [teensSign]),
    code(
      ["many", "exception", "What may leave without one."],
      domain.RELEASE_EXCEPTIONS,
      ({ exceptions }) => exceptions,
    ),
    code(["one", "confiding", "What members may say outside."], domain.CONFIDING_RULES, ({ confiding }) => [
      confiding,
    ]),
    group(
      ["many", "supporter", "Somebody in whom one member may confide."],
      ({ supporters }) => supporters,
      supporterFields,
    ),
  ]),
  promises: part("promises", "What members promise each other.", [
    code(["one", "recordings", "Who records."], domain.RECORDING_RULES, ({ recordings }) => [recordings]),
    code(
      ["one", "screenshots", "Who takes pictures of the screen."],
      domain.SCREENSHOT_RULES,
      ({ screenshots }) => [screenshots],
    ),
    flag(["one", "marked-views", "Views carry the name of whoever looks."], ({ markedViews }) => [
      markedViews,
    ]),
    code(["one", "social-media", "What is posted."], domain.SOCIAL_MEDIA_RULES, ({ socialMedia }) => [
      socialMedia,
    ]),
    flag(["one", "not-in-court", "Nobody brings it to court against another."], ({ notInCourt }) => [
      notInCourt,
    ]),
  ]),
  records: recordsField,
  court: part("court", "What the practice says of court.", [
    code(["one", "secrecy", "Whether secrecy in court is promised."], domain.COURT_SECRECY, ({ secrecy }) => [
      secrecy,
    ]),
    code(["one", "testimony", "When a therapist testifies."], domain.TESTIMONY_RULES, ({ testimony }) => [
      testimony,
    ]),
  ]),
  minors: part("minors", "What guardians are told of those under age.", [
    group(["many", "promise", "What was promised about one minor."], (minors) => minors, minorFields),
  ]),
  messages: part("messages", "Ways to write and call, and whom to call when it cannot wait.", [
    group(["many", "channel", "A way in use."], ({ channels }) => channels, channelFields),
    group(
      ["may", "crisis-line", "Whom to call when it cannot wait."],
      ({ crisisLine }) => some(crisisLine),
      crisisFields,
    ),
  ]),
  change: part("change", "When it is talked about again.", [
    whole(["one", "check-in-months", "Until it is talked about."], ({ checkInMonths }) => checkInMonths),
    whole(["one", "review-months", "Until it is looked at whole."], ({ reviewMonths }) => reviewMonths),
  ]),
  worries: part("worries", "Where a worry goes, and what follows when something got out.", [
    group(["many", "route", "Where a worry can go."], ({ routes }) => routes, routeFields),
    code(
      ["many", "member-step", "What follows when a member passed something on."],
      domain.LEAK_STEPS,
      ({ members }) => members,
    ),
    code(
      ["many", "practice-promise", "What the practice does."],
      domain.LEAK_PROMISES,
      ({ practice }) => practice,
    ),
    whole(
      ["one", "first-word-hours", "Within how many hours it speaks to those whom it touches."],
      ({ firstWordHours }) => firstWordHours,
    ),
  ]),
};

/** All fourteen, in the order in which they are read. */
export const ALL_PART_FIELDS: readonly Field<Choices>[] = domain.AGREEMENT_PARTS.map(
  (name) => PART_FIELDS[name],
);
