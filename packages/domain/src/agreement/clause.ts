import type { PersonId } from "../id.ts";
import * as choose from "./choices.ts";
import type { Choices, MinorChoice } from "./choices.ts";
import { clausePart } from "./clause-code.ts";
import type { ClauseCode, ClauseValue } from "./clause-code.ts";
import type { AgreementPart } from "./part.ts";
import { AGREEMENT_PARTS } from "./part.ts";

/** A sentence that an agreement says, with what is to be put into its words. People are ids here: whoever shows it knows their names. */
export interface Clause {
  readonly code: ClauseCode;
  readonly part: AgreementPart;
  readonly values: Readonly<Partial<Record<ClauseValue, string | number | readonly PersonId[]>>>;
}

type Said = ClauseCode | readonly [ClauseCode, Clause["values"]];

/**
 * What an agreement says, part by part, sentence by sentence. Two agreements that say the same come to the same; so what changes between two versions can be
 * read from here, and from nowhere else.
 */
export function clausesOf(choices: Choices): readonly Clause[] {
  return AGREEMENT_PARTS.flatMap((part) =>
    SAYING[part](choices).map((said): Clause => {
      const [code, values] = typeof said === "string" ? [said, {}] : said;
      return { code, part: clausePart(code), values };
    }),
  );
}

const MONTHS = 12;

/** The values of a list in their usual order, each once: in which order somebody ticked them says nothing. */
const inOrder = <Value>(all: readonly Value[], chosen: readonly Value[]): readonly Value[] =>
  all.filter((value) => chosen.includes(value));

const policySays = ({ policy }: Choices): readonly Said[] => {
  const first: Said = `policy.${policy.kind}`;
  switch (policy.kind) {
    case "no-secrets":
    case "full":
      return [first];
    case "limited": {
      const categories = inOrder(choose.SECRET_CATEGORIES, policy.categories);
      return [first, ...categories.map((category): Said => `policy.category.${category}`)];
    }
    case "discretion":
      return [first, policy.tellsSpeakerFirst ? "policy.tells-speaker-first" : "policy.may-not-tell-first"];
    case "no-individual-contact":
      return [first, policy.isScreenedFirst ? "policy.screened" : "policy.not-screened"];
  }
};

const tellingSays = ({ policy, telling }: Choices): readonly Said[] => {
  const { graceCount, graceUnit, ifNotTold } = telling;
  switch (policy.kind) {
    case "no-secrets":
    case "limited": {
      const grace: Said = [`telling.${graceUnit}`, { count: graceCount }];
      return ["telling.help-first", grace, `telling.${ifNotTold}`, "telling.no-reason"];
    }
    case "discretion":
      return ["telling.judged"];
    case "full":
      return ["telling.stays"];
    case "no-individual-contact":
      return ["telling.together"];
  }
};

const outsidersSay = ({ outsiders }: Choices): readonly Said[] => [
  `outsiders.${outsiders.release}`,
  ...(outsiders.teensSign ? (["outsiders.teens-sign"] as const) : []),
  ...inOrder(choose.RELEASE_EXCEPTIONS, outsiders.exceptions).map(
    (exception): Said => `outsiders.exception.${exception}`,
  ),
  `outsiders.confide.${outsiders.confiding}`,
  ...outsiders.supporters.map(({ about, name, of }): Said => [
    `outsiders.supporter.${about}`,
    { person: of, name },
  ]),
];

const promisesSay = ({ minors, promises }: Choices): readonly Said[] => [
  `promises.recording.${promises.recordings}`,
  `promises.screenshot.${promises.screenshots}`,
  ...(promises.markedViews ? (["promises.marked"] as const) : []),
  `promises.social.${promises.socialMedia}`,
  "promises.not-in-fights",
  ...(promises.notInCourt ? (["promises.not-in-court"] as const) : []),
  ...(minors.length > 0 ? (["promises.no-questioning"] as const) : []),
];

const recordsSay = ({ records }: Choices): readonly Said[] => {
  const { access, form, retention } = records;
  const kept = (code: ClauseCode, months: number): Said => [
    code,
    { months, years: Math.round((months / MONTHS) * 10) / 10 },
  ];
  return [
    `records.form.${form}`,
    `records.access.${access}`,
    ...(retention === null
      ? (["records.kept-open"] as const)
      : [kept("records.kept", retention.recordMonths), kept("records.kept-minor", retention.minorMonths)]),
    ...(retention === null || retention.maximumMonths === null
      ? []
      : [kept("records.kept-most", retention.maximumMonths)]),
  ];
};

const minorSays = ({
  guardians,
  level,
  minor,
  route,
  tellsMinorFirst,
  told,
}: MinorChoice): readonly Said[] => [
  [`minors.${level}`, { minor }],
  ...inOrder(choose.GUARDIAN_TOPICS, told).map((topic): Said => [`minors.told.${topic}`, { minor }]),
  ...(tellsMinorFirst ? [["minors.tells-first", { minor }] as const] : []),
  [`minors.consent.${route}`, { minor, guardians: [...new Set(guardians)].toSorted() }],
];

const messagesSay = ({ messages }: Choices): readonly Said[] => {
  const { channels, crisisLine } = messages;
  const used = choose.MESSAGE_CHANNELS.flatMap((channel) =>
    channels.filter((one) => one.channel === channel),
  );
  return [
    ...used.flatMap(({ answerHours, channel }): readonly Said[] => [
      `messages.${channel}`,
      ...(answerHours === null ? [] : [[`messages.answer.${channel}`, { hours: answerHours }] as const]),
    ]),
    crisisLine === null ? "messages.no-crisis" : ["messages.crisis", { ...crisisLine }],
  ];
};

const worriesSay = ({ worries }: Choices): readonly Said[] => [
  ...choose.WORRY_ROUTES.flatMap((route) => worries.routes.filter((one) => one.route === route)).map(
    ({ contact, route }): Said => [`worries.route.${route}`, { contact }],
  ),
  ...inOrder(choose.LEAK_STEPS, worries.members).map((step): Said => `worries.members.${step}`),
  ...inOrder(choose.LEAK_PROMISES, worries.practice).map((promise): Said => `worries.practice.${promise}`),
  ["worries.first-word", { hours: worries.firstWordHours }],
];

const SAYING: { readonly [Part in AgreementPart]: (choices: Choices) => readonly Said[] } = {
  client: ({ client }) =>
    client.kind === "individual"
      ? [["client.individual", { person: client.client }]]
      : [`client.${client.kind}`],
  policy: policySays,
  contacts: ({ contacts }) =>
    inOrder(choose.CONTACT_KINDS, contacts).map((contact): Said => `contacts.${contact}`),
  telling: tellingSays,
  limits: ({ limits }) =>
    inOrder(choose.CONFIDENTIALITY_LIMITS, limits).map((limit): Said => `limits.${limit}`),
  earlier: ({ earlier }) => [`earlier.${earlier}`],
  outsiders: outsidersSay,
  promises: promisesSay,
  records: recordsSay,
  court: ({ court }) => [`court.${court.secrecy}`, `court.${court.testimony}`],
  minors: ({ minors }) => minors.flatMap(minorSays),
  messages: messagesSay,
  change: ({ change }) => [
    "change.everyone-signs",
    "change.not-backwards",
    "change.withdraw",
    ["change.check-in", { months: change.checkInMonths }],
    ["change.review", { months: change.reviewMonths }],
  ],
  worries: worriesSay,
};
