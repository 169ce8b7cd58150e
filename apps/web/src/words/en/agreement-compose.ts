import type { TemplateVersionView } from "@sotto/client";
import type {
  AgreementPart,
  Capacity,
  ClientModel,
  ConfidentialityLimit,
  ConfidingRule,
  ConsentRoute,
  ContactKind,
  Gap,
  GapKind,
  GapWeight,
  GraceUnit,
  GuardianTopic,
  IfNotTold,
  LeakPromise,
  LeakStep,
  MessageChannel,
  MinorLevel,
  PlaceTelling,
  PolicyKind,
  Reader,
  RecordAccess,
  RecordForm,
  RecordingRule,
  ReleaseException,
  ReleaseRule,
  ScreenshotRule,
  SecretCategory,
  SocialMediaRule,
  SupporterTopic,
  TemplateRefusal,
  TemplateShape,
  WorryRoute,
} from "@sotto/domain";
import { date, list } from "./say.ts";

const MONTHS = 12;

/** So many, as people say it. */
const many = (count: number, one: string, more: string): string => `${count} ${count === 1 ? one : more}`;
const things = (count: number): string => many(count, "thing", "things");

const partHints: Readonly<Record<AgreementPart, string>> = {
  client: "Who is the client decides who has to sign before anything goes out.",
  policy: "What you do with what one of them tells you alone. Danger stands outside of this.",
  contacts: "The ways in which somebody may tell you something outside a meeting of all.",
  telling: "How long somebody has, with your help, to tell it themselves.",
  limits: "When you have to tell, whatever was promised.",
  earlier: "A signature never opens what was told before it.",
  outsiders: "What may go out of the family, and to whom members may talk.",
  promises: "What they promise each other. Nobody uses it in fights: that always holds.",
  records: "How many files you keep, and who gets to see them.",
  court: "What you do when a court asks.",
  minors: "What each minor is promised, and what guardians are told. Both read the same list.",
  messages: "How to reach you, how fast you answer, and whom to call when it cannot wait.",
  change: "When you talk about it again. All sign a change, and it never looks back.",
  worries: "Where to go with a worry, and what happens when something got out.",
};

const weights: Readonly<Record<GapWeight, string>> = {
  blocks: "To mend",
  doubtful: "To look at",
  note: "To know",
};

const clients: Readonly<Record<ClientModel, string>> = {
  unit: "All of them together",
  individual: "One person, others help",
  parallel: "Each one, side by side",
};

const policies: Readonly<Record<PolicyKind, string>> = {
  "no-secrets": "No secrets",
  limited: "Limited secrets",
  discretion: "You weigh it each time",
  full: "What is said alone stays",
  "no-individual-contact": "Nobody meets you alone",
};

/** What speaks for a policy and against it (domain.md 5). */
const policyTrades: Readonly<Record<PolicyKind, string>> = {
  "no-secrets": "Simple, and takes no side. But people may hide things, and harm at home too.",
  limited: "You learn more. But you may know something that the others do not.",
  discretion: "It bends. But people find it hard to foresee, and it brings the most complaints.",
  full: "Best to ask about harm at home, and good for teens. But a secret may trap you.",
  "no-individual-contact": "No secrets come up. But you have to ask each one alone about harm first.",
};

const categories: Readonly<Record<SecretCategory, string>> = {
  affair: "A love affair that goes on now",
  ending: "A mind made up to leave",
  money: "Debts, or money the others count on",
  health: "An illness the others should know of",
  substances: "Drink or drugs",
  goals: "Working against what they came for",
};

const contacts: Readonly<Record<ContactKind, string>> = {
  "individual-session": "Meetings alone",
  call: "Phone calls",
  text: "Text messages",
  email: "Mail",
  message: "Rooms in this app",
  note: "Notes and letters",
  "social-media": "Other apps and web pages",
  "third-party": "What other people tell you",
};

const limits: Readonly<Record<ConfidentialityLimit, string>> = {
  "child-abuse": "A child may be hurt",
  "adult-abuse": "An old or weak adult may be hurt",
  "danger-to-self": "Somebody may hurt themselves",
  "danger-to-others": "Somebody may hurt others",
  "court-order": "A judge orders it",
  claim: "Somebody takes you to court",
  oversight: "An office checks your work",
  payment: "A health plan pays",
  supervision: "You ask a colleague, without names",
  emergency: "A doctor has to know at once",
  death: "Somebody dies",
};

const graceUnits: Readonly<Record<GraceUnit, string>> = { sessions: "Meetings", days: "Days" };

const ifNotTold: Readonly<Record<IfNotTold, string>> = {
  pause: "Meetings of all stop for a while",
  end: "Meetings of all end",
  refer: "You help them to find someone else",
};

const releases: Readonly<Record<ReleaseRule, string>> = {
  everyone: "All adults sign",
  "each-for-own": "Each for their own, all for what is shared",
};

const exceptions: Readonly<Record<ReleaseException, string>> = {
  payment: "What it takes to be paid",
  supervision: "A talk with a colleague, without names",
  emergency: "What a doctor has to know at once",
};

const confiding: Readonly<Record<ConfidingRule, string>> = {
  "own-words": "Their own part, to anybody",
  "named-supporters": "Only people who are named here",
  nobody: "Nobody",
};

const supporterTopics: Readonly<Record<SupporterTopic, string>> = {
  "own-words": "Only their own part",
  "what-was-said": "What was said here",
};

const recordings: Readonly<Record<RecordingRule, string>> = {
  nobody: "No recordings",
  "when-all-agree": "Recordings if all agree",
  "therapist-for-training": "You, to learn from it, if all agree",
};

const screenshots: Readonly<Record<ScreenshotRule, string>> = {
  nobody: "No screenshots",
  "own-words": "Screenshots of their own words",
  "when-all-agree": "Screenshots if all agree",
};

const social: Readonly<Record<SocialMediaRule, string>> = {
  nothing: "Nothing is posted",
  "own-story": "Each may post about themselves",
};

const forms: Readonly<Record<RecordForm, string>> = {
  one: "One file for all",
  "one-with-own-parts": "One file, with a part for each",
  separate: "A file for each",
};

const access: Readonly<Record<RecordAccess, string>> = {
  "all-agree": "All have to agree",
  "own-part": "Each may see their own part",
};

const levels: Readonly<Record<MinorLevel, string>> = {
  private: "All stays with you, but danger",
  partial: "Guardians hear how it goes",
  open: "Guardians may hear all",
};

const levelsShort: Readonly<Record<MinorLevel, string>> = {
  private: "private",
  partial: "in part",
  open: "open",
};

const topics: Readonly<Record<GuardianTopic, string>> = {
  attendance: "Whether they came",
  "serious-risk": "Serious danger",
  "how-it-goes": "How it goes on the whole",
  topics: "What they talk about",
  content: "What they said",
};

const routes: Readonly<Record<ConsentRoute, string>> = {
  guardians: "Their guardians say yes",
  minor: "They say yes themselves",
  court: "A court has decided who",
  agency: "An office for children says yes",
};

const channels: Readonly<Record<MessageChannel, string>> = {
  room: "Rooms in this app",
  call: "Phone calls",
  text: "Text messages",
  email: "Mail",
  video: "Video",
};

const worryRoutes: Readonly<Record<WorryRoute, string>> = {
  therapist: "You",
  "privacy-officer": "The privacy officer",
  outside: "An office outside the practice",
};

const leakSteps: Readonly<Record<LeakStep, string>> = {
  talk: "You talk about it first",
  "repair-plan": "They make a plan to mend it",
  "pause-alone": "Nobody meets you alone for a while",
  "end-joint": "If it goes on, meetings of all may end",
};

const leakPromises: Readonly<Record<LeakPromise, string>> = {
  "safety-first": "First look that everybody is safe",
  "stop-it": "Do all you can to stop it",
  "tell-you": "Tell them what got out",
  "say-sorry": "Say sorry, and blame nobody",
  "your-choices": "Say what they can do now",
  "mend-cause": "Find the cause and mend it",
  "ask-again": "Ask later how they are",
};

const readers: Readonly<Record<Reader, string>> = { adult: "Adults", teen: "Teens", child: "Children" };

const shapes: Readonly<Record<TemplateShape, string>> = {
  couple: "No secrets that matter for both. One file, and both sign for it.",
  "family-with-teenager": "A short list of things to tell. The teen's details stay with you.",
  "family-with-young-child": "A short list of things to tell. Guardians may hear what the child says.",
  "separated-parents": "Nothing of one parent goes to the other. Court may be near.",
  "individual-with-collaterals": "One person decides what goes out. The others come to help.",
};

const shapeNames: Readonly<Record<TemplateShape, string>> = {
  couple: "A couple",
  "family-with-teenager": "A family with a teen",
  "family-with-young-child": "A family with a young child",
  "separated-parents": "Parents who live apart",
  "individual-with-collaterals": "One person, with others who help",
};

const tellings: Readonly<Record<PlaceTelling, string>> = {
  "minor-decides": "A minor who may say yes also decides who hears of it.",
  "professional-may-tell": "You may tell guardians, and do not have to.",
  "guardians-take-part": "Guardians are meant to take part.",
  "by-consent": "Who said yes decides who hears of it.",
  "other-law": "Another law decides what guardians hear.",
};

const numbers: Readonly<Record<string, string>> = {
  graceCount: "the time to tell it",
  answerHours: "the hours until an answer",
  checkInMonths: "the months until you talk about it again",
  reviewMonths: "the months until you read it all again",
  firstWordHours: "the hours until the first word",
};

/** What a gap is about, with names instead of ids. */
export interface GapSaid {
  /** The name of the person, or of nobody. */
  readonly name: string;
  readonly place: string;
  readonly gap: Gap;
}

const lookUp = (labels: Readonly<Record<string, string>>, { about }: Gap): string =>
  (about === undefined ? undefined : labels[about])?.toLowerCase() ?? "";

const doubts: Readonly<Record<string, (place: string) => string>> = {
  "guardians-may-ask": (place) => `${place}: guardians may have a right to ask what is said.`,
  "guardians-take-part": (place) => `${place}: the law wants guardians to take part.`,
  "minor-decides": (place) => `${place}: it may be theirs to decide who hears of it.`,
  "by-consent": (place) => `${place}: whoever said yes decides what is told. Look at the rule.`,
  "other-law": (place) => `${place}: the law of another place decides. Add that place too.`,
  "too-young": (place) => `${place}: they are too young to say yes alone.`,
  "no-age": (place) => `${place}: no age is fixed from which they may say yes alone.`,
  conditions: (place) => `${place}: they may say yes alone only under some conditions. Look at them.`,
};

const doubt = ({ gap, name, place }: GapSaid): string => {
  const say = gap.about === undefined ? undefined : doubts[gap.about];
  return `${name}, ${say?.(place) ?? `${place}: look at the rule.`}`;
};

/** For whom words are, and in which language. */
const placeIn = ({ about }: Gap): string => {
  const [language = "", reader = ""] = about?.split(".") ?? [];
  const who = Object.entries(readers).find(([key]) => key === reader)?.[1];
  return `${who?.toLowerCase() ?? ""} in ${language === "es" ? "Spanish" : "English"}`;
};

/** What is wrong, and what to do about it. */
const gaps: { readonly [Kind in GapKind]: (said: GapSaid) => string } = {
  "part-open": () => "Nothing is chosen here yet. Choose.",
  "part-without-words": ({ gap }) =>
    `There are no words here for ${placeIn(gap)}. Choose something that says it.`,
  "nobody-bound": () => "Nobody would sign this. Choose at least one person who signs.",
  "no-therapist": () => "Nobody looks after this family. Let a therapist in first.",
  "person-twice": ({ name }) => `${name} is in here twice. Take one out.`,
  "person-unknown": ({ name }) => `${name} is not part of this. Take out what is said of them.`,
  "does-not-sign": ({ name }) =>
    `${name} does not sign. That is allowed. What ${name} says stays with you, and nobody may pass it on.`,
  "no-place": () => "No place is chosen. Choose whose law counts.",
  "place-unverified": ({ place }) => `${place}: nobody has checked this rule. Confirm with counsel.`,
  "client-missing": ({ name }) => `${name} is the client and no part of this. Choose somebody else.`,
  "policy-over-unsigned": ({ name }) =>
    `You cannot pass on what ${name} says: ${name} has not agreed to it. Let ${name} sign, or choose another rule.`,
  "nobody-to-tell": () => "One person is the client. There is nobody to whom they owe it. Look again.",
  "no-categories": () => "The list is empty. Choose what is on it.",
  "not-screened": () => "First ask each of them alone about harm at home. Then tick it here.",
  "alone-though-never-alone": () =>
    "You meet nobody alone. Take out the meetings alone, or choose another rule.",
  "nothing-covered": () => "This counts nowhere. Choose at least one way.",
  "channel-not-covered": ({ gap }) =>
    `You use ${lookUp(channels, gap)}, and this does not count there. Add it, or look again.`,
  "limit-missing": ({ gap }) => `This has to be in: ${lookUp(limits, gap)}. Add it.`,
  "release-too-narrow": () => "All of them are the client. Then all of them sign before anything goes out.",
  "supporter-not-allowed": () => "Nobody may talk outside, and people are named. Take one of the two out.",
  "access-too-wide": () => "There is one file, and nobody has a part of it alone. Look again at who sees it.",
  "retention-open": () => "Your practice has not said how long it keeps files. Set its rule first.",
  "retention-unverified": () =>
    "Nobody has checked the practice's rule on how long to keep files. Confirm with counsel.",
  "secrecy-in-court": () =>
    "No one can promise this. Courts have opened such talks before. Choose “No promise”.",
  "minor-without-promise": ({ name }) => `Nothing is promised to ${name} yet. Add it.`,
  "minor-twice": ({ name }) => `There are two promises to ${name}. Take one out.`,
  "minor-not-party": ({ name }) => `There is a promise to ${name}, who is not under age here. Take it out.`,
  "minor-without-consent": ({ name }) => `Nobody says yes for ${name}. Name who does.`,
  "guardian-unknown": ({ name }) =>
    `Somebody decides for ${name} who is no part of this. Take them out, or add them.`,
  "promises-differ": ({ gap, name }) =>
    `${name} is promised more than guardians are. Take this out, or change what ${name} is promised: ${lookUp(topics, gap)}.`,
  "risk-not-told": ({ name }) => `Guardians have to hear of serious danger to ${name}. Add it.`,
  "level-against-policy": ({ name }) =>
    `The rule for all says that you may tell. ${name} is promised that you will not. Talk about it.`,
  "age-unknown": ({ name }) =>
    `How old is ${name}? Add the birthday, so that the rules of the place can be looked up.`,
  "of-age": ({ name }) => `${name} is 18 or older. Change the role in the family's record.`,
  "level-doubtful": doubt,
  "route-doubtful": doubt,
  "no-channel": () => "There is no way to write to you. Choose one.",
  "open-channel": ({ gap }) =>
    `Others may read ${lookUp(channels, gap)}. What one of them wants does not cover what another said.`,
  "no-crisis-line": () => "Nobody is named to call when it cannot wait. Add a name and a number.",
  "review-late": () => "More than a year is long. Read it all again each year.",
  "no-worry-route": () => "There is nobody to go to with a worry. Choose somebody.",
  "no-leak-promise": () => "You promise nothing for when something gets out. Choose what you will do.",
  "out-of-range": ({ gap }) => {
    const number = gap.about === undefined ? undefined : numbers[gap.about];
    return `Write a whole number for ${number ?? "this"} that is not too high.`;
  },
  "own-words-refused": ({ gap }) =>
    `Your words for ${placeIn(gap)} cannot stand like this. Mend them, or take them out.`,
  "own-words-unsure": () =>
    "Your own words stand here. What was chosen is not the same any more, or is new. Read them: do they still fit?",
};

/** Why a file was not taken, and what to do about it. `at` is the place in the file, said beside it. */
const refusals: {
  readonly [Kind in TemplateRefusal["kind"]]: (why: TemplateRefusal & { readonly kind: Kind }) => string;
} = {
  "too-large": ({ charactersMost }) =>
    `This file is too big for a template. It may have ${charactersMost.toLocaleString("en")} characters at most. Choose another file, or take words out.`,
  "not-a-template": () => "This is no template file. Choose a file that was saved here as a template.",
  "unknown-format": ({ format }) =>
    `This file is of another kind: “${format}”. Save it anew where it comes from, with this version of the app.`,
  missing: () => "Something is missing here. Fill it in.",
  "unknown-field": () => "This field is not known. Take it out, or look if it is spelled right.",
  "unknown-value": () => "This value is not known here. Write one that a saved template has.",
  "too-many": ({ most }) => `There are too many here. Leave ${most} at most.`,
  twice: () => "This is there twice. Take one out.",
  "unknown-clause": ({ clause }) =>
    `There is no sentence with the name “${clause}”. Take it out, or look if it is spelled right.`,
  "broken-reference": ({ to }) =>
    `The words ask for “${to}”, and nothing stands behind it. Take it out, or write one that fits this sentence.`,
  "text-too-long": ({ charactersMost }) => `This text is too long. Cut it to ${charactersMost} characters.`,
  "script-in-text": () => "There is code in this text. Write plain words, without signs such as < and &.",
  "hidden-characters": () => "There are signs in this text that nobody can see. Type it anew.",
};

const capacities: Readonly<Record<Capacity, (of: string) => string>> = {
  self: () => "for their own part",
  assent: () => "with a yes of their own",
  guardian: (of) => `as guardian of ${of}`,
};

/**
 * What the screen says on which a therapist composes an agreement. Apart from the catalogue, which loads before sign-in: only the staff's screens say this.
 */
export const agreementCompose = {
  title: "Compose the agreement",
  back: "To the agreement",
  partHints,
  clients,
  policies,
  policyTrades,
  categories,
  contacts,
  limits,
  graceUnits,
  ifNotTold,
  releases,
  exceptions,
  confiding,
  supporterTopics,
  recordings,
  screenshots,
  social,
  forms,
  access,
  levels,
  levelsShort,
  topics,
  routes,
  channels,
  worryRoutes,
  leakSteps,
  leakPromises,
  readers,
  languages: { en: "English", es: "Spanish" },
  shapes,
  tellings,
  weights,
  gaps,
  refusals,
  capacities,

  counsel: "Confirm with counsel",
  source: "Source",
  version: "Version",
  dated: (version: number, asOf: string) => `${version}, as of ${asOf}`,
  shapeNames,

  begin: {
    text: "Choose where to begin. You can change each choice after that. Nobody sees it until you offer it.",
    template: "Begin from a template",
    go: "Begin",
    go2: "Begin from this version",
    earlier: (number: number) => `Go on from version ${number}`,
    earlierText: "All that was chosen stays. You change what has to change, and all of them sign anew.",
    ownWords: "This version has words of your practice. They come along.",
    brought: "Brought in from a file",
    bring: "Bring in a template file",
  },
  shared: {
    savedBy: ({ isMine, savedAt, savedBy }: TemplateVersionView) =>
      `Saved by ${isMine ? "you" : savedBy === "" ? "somebody of your practice" : savedBy} on ${date(savedAt)}`,
    numbered: (number: number) => `Version ${number}:`,
    older: (count: number) => many(count, "earlier version", "earlier versions"),
    beginFrom: (number: number) => `Begin from version ${number}`,
    retire: "Take it off the list",
    retireHint: "Then nobody begins from it. What was begun from it stays as it is.",
    restore: "Put it back on the list",
    retired: (count: number) => `Off the list (${count})`,
    as: "Share it as",
    asNext: (title: string) => `The next version of “${title}”`,
    asNew: "A new template",
    asNewHint: "The other one stays as it is.",
    share: "Share with your practice",
    done: "Shared. Each therapist of your practice finds it now.",
    onlyHere: (title: string) =>
      `The template “${title}” is on this device only. Share it, and each therapist of your practice finds it.`,
    shareIt: "Share it",
    readFirst: "Read it, then share it",
    keepHere: "Keep it here",
  },
  kept: "Kept on this device",
  keeping: "Keeping it…",
  notKept: "This could not be kept on this device. Do not close the page.",
  keepAgain: "Try again",

  summary: {
    title: "What is left to do",
    none: "Nothing is missing, and all of it fits.",
    blocks: (count: number) => `${things(count)} to mend before you can offer it`,
    doubtful: (count: number) => `${things(count)} to look at and decide`,
    note: (count: number) => `${things(count)} to know`,
    show: "Show all of it",
  },
  mark: {
    blocks: (count: number) => `${count} to mend`,
    doubtful: (count: number) => `${count} to look at`,
    note: (count: number) => `${count} to know`,
  },
  cited: (citation: string, asOf: string) => `${citation} (as of ${asOf})`,
  next: (title: string) => `Next: ${title}`,
  reads: "What families read here",
  who: (of: readonly Reader[]) => list(of.map((reader) => readers[reader])),
  noWords: "The words come when each part has a choice.",
  fourteen: "The fourteen parts",
  around: "Before you offer it",

  people: {
    title: "People",
    hint: "Who is part of this, and who signs. Names and roles come from the family's record.",
    short: (of: number, sign: number) => `${of} in it, ${sign} sign`,
    isIn: (name: string) => `${name} is part of this`,
    signs: (name: string) => `${name} signs`,
    unsigned: "Under no rule is anything of theirs told.",
    guardianSigns: "Signs as guardian, for each minor who names them.",
    born: (name: string) => `Birthday of ${name}, if you know it`,
    bornHint: "It is used to look up the rules of the place. All who sign can see it.",
    decide: (name: string, names: readonly string[]) =>
      names.length === 0 ? `Nobody decides for ${name} yet.` : `Who decides for ${name}: ${list(names)}.`,
    change: "Change it in “Children and teenagers”",
    gone: "Not in the family any more",
    age: (years: number) => many(years, "year old", "years old"),
  },
  places: {
    title: "Places",
    hint: "Whose law counts for this family. More than one may. It is shown to you and decides nothing.",
    short: (names: readonly string[]) => (names.length === 0 ? "None chosen" : list(names)),
    add: "Add a place",
    choose: "Choose a place",
    remove: (name: string) => `Take out ${name}`,
    age: (age: number | null) =>
      age === null
        ? "No age is fixed from which a minor may say yes alone."
        : `From ${age} on, a minor may say yes alone.`,
    conditions: "Conditions",
    sessions: "Limits",
    rule: "What guardians may be told",
    checked: "Source seen",
    words: "What the law says",
    notes: "To know",
  },

  choosePerson: "Choose a person",
  remove: "Take out",
  open: "Not chosen yet",
  usual: "Begin with the usual choice",
  individualHint: "One person is the client. The others come to help, and are not clients.",
  client: { legend: "Who is the client?", who: "Who is the one client?" },
  policy: {
    legend: "What do you do with what one of them tells you alone?",
    list: "What is on the list",
    listHint: "Danger is never on it. That is told in any case.",
    first: "You tell the speaker before you share it",
    screened: "Each of them was asked alone about harm at home",
    short: (title: string, count: number) => `${title}: ${count} on the list`,
  },
  contactsOf: { legend: "This counts for", short: (count: number, of: number) => `${count} of ${of} ways` },
  telling: {
    unused: "With the rule that you chose, there is no set time. These are kept in case you change it.",
    unit: "Counted in",
    count: "How many",
    ifNot: "And if they do not tell it?",
    reason: "You never say why. The words are always the same.",
    short: (count: number, unit: GraceUnit) =>
      unit === "days" ? many(count, "day", "days") : many(count, "meeting", "meetings"),
    none: "No set time",
  },
  limitsOf: { legend: "You have to tell when", short: (count: number, of: number) => `${count} of ${of}` },
  earlier: {
    legend: "What was told before they signed",
    "stays-private": "It stays as it was",
    "by-permission": "Whoever told it may open it",
  },
  outsiders: {
    release: "Who signs before anything goes out?",
    teens: "Teens sign too, for what they said",
    exceptions: "What may go out all the same",
    confiding: "To whom may members talk about it?",
    supporters: "People to whom somebody may talk",
    noSupporters: "Nobody is named yet.",
    supporter: (of: string, name: string) => `${of} may talk to ${name}`,
    of: "Who may talk",
    name: "Name of the person outside",
    about: "About what",
    add: "Name somebody",
    addIt: "Add this person",
    remove: (name: string) => `Take out ${name}`,
  },
  promises: {
    recordings: "Recordings",
    screenshots: "Screenshots",
    social: "Posting",
    marked: "Pages carry the name of whoever looks",
    court: "Nobody uses it in court against another",
  },
  records: {
    form: "How many files do you keep?",
    access: "Who gets to see it?",
    kept: "How long it is kept",
    years: (months: number) =>
      months % MONTHS === 0 ? many(months / MONTHS, "year", "years") : many(months, "month", "months"),
    keptFor: (time: string) => `${time} after the end. This is your practice's rule.`,
    keptMinor: (time: string) => `Where a minor is in it: ${time} after they turn 18, if that is later.`,
    keptMost: (time: string) => `Not longer than ${time}.`,
    noRule: "Your practice has no rule yet. Set it on the page of your practice.",
    take: "Take the practice's rule as it is now",
    short: (form: string, time: string | null) => (time === null ? form : `${form}, ${time}`),
  },
  court: {
    secrecy: "Do you promise that nothing gets to a court?",
    "not-promised": "No promise",
    promised: "A promise",
    testimony: "When do you speak in court?",
    "by-order": "Only if a judge orders it",
    "when-all-agree": "If all agree, or a judge orders it",
  },
  minors: {
    none: "Nobody in this is under age.",
    level: (name: string) => `What is ${name} promised?`,
    told: "What are guardians told?",
    toldHint: "They read the same list. Some of it is only there if the promise allows it.",
    first: (name: string) => `${name} is told before guardians are`,
    route: (name: string) => `Who says yes to this for ${name}?`,
    guardians: (name: string) => `Who decides for ${name}?`,
    nobody: "Nobody of age is in this. Add somebody under “People”.",
    add: (name: string) => `Add a promise to ${name}`,
    remove: "Take this promise out",
    short: (name: string, level: string) => `${name}: ${level}`,
    noneShort: "Nobody under age",
  },
  messages: {
    channels: "How can they reach you?",
    hours: (channel: string) => `Answer within how many hours: ${channel}`,
    hoursHint: "Leave it empty where you promise nothing.",
    crisis: "Whom to call when it cannot wait",
    crisisHint: "Counts when both are filled in.",
    name: "Name of the crisis line",
    number: "Number of the crisis line",
    short: (ways: number, crisis: string | null) =>
      `${many(ways, "way", "ways")}, ${crisis === null ? "no crisis line" : crisis}`,
  },
  change: {
    checkIn: "Months until you talk about it again",
    review: "Months until you read it all again",
    always: "These always hold",
    short: (checkIn: number, review: number) => `After ${checkIn} and ${review} months`,
  },
  worries: {
    routes: "Where can somebody go with a worry?",
    contact: (route: string) => `How to reach: ${route}`,
    contactHint: "A name, a number or a place. Families read it behind the sentence.",
    members: "When one of them passed something on",
    practice: "When the practice let something out, you promise to",
    hours: "Hours until you first speak to whom it touches",
    short: (ways: number, hours: number) =>
      `${many(ways, "way", "ways")}, first word in ${many(hours, "hour", "hours")}`,
  },

  own: {
    title: "Write it in your own words",
    some: (count: number) => `In your own words (${count})`,
    note: "Nobody checks your words against the choices. The choices decide what counts and what the app does.",
    label: (reader: string, language: string) => `What this part says: ${reader}, ${language}`,
    shipped: "These are the usual words. Change them, and yours stand there in their place.",
    own: "These are your own words. They stand in place of all usual sentences of this part.",
    notYet: "The usual words stand there until this is mended.",
    refused: "These words do not stand yet",
    back: "Go back to the usual words",
    fits: "My words still fit",
    hardest: (grade: string) => `Hardest sentence, grade ${grade}:`,
  },
  reading: {
    title: "How it reads",
    hint: "Each person reads it in words for their age. Grade 6 or below is easy for nearly all.",
    short: (grade: string) => `Grade ${grade} at most`,
    language: "Language",
    reader: "Reader",
    grade: (grade: string) => `Reading grade ${grade}`,
    easy: "Good to read",
    hard: "Harder than grade 6",
    hardest: "The hardest sentences",
    sentence: (grade: string) => `Grade ${grade}`,
    measured:
      "Counted by rule, from the length of words and sentences. It does not say if somebody understands it.",
    preview: "The whole text",
    none: "Choose something in each part. Then you can read it here.",
    who: (reader: string, language: string) => `${reader}, ${language}`,
  },
  difference: {
    title: "What changes",
    hint: (number: number) => `Compared with version ${number}.`,
    short: (count: number) => (count === 0 ? "Nothing" : many(count, "part", "parts")),
    same: "Nothing is different.",
    open: "Choose something in each part first.",
    removed: "No longer says",
    added: "Says now",
    words: "The same choice, in other words",
    wordsToo: "There are own words here. So it reads, for each of them:",
    before: "Before",
    after: "Now",
    people: "People",
    joined: (name: string) => `${name} is new in it.`,
    left: (name: string) => `${name} is no longer in it.`,
    changed: (name: string) => `What is said of ${name} is different: name, role, birthday, or if they sign.`,
    therapistJoined: (name: string) => `${name} looks after the family now.`,
    therapistLeft: (name: string) => `${name} does not look after the family any more.`,
    placeAdded: (name: string) => `The law of this place counts now: ${name}.`,
    placeRemoved: (name: string) => `The law of this place does not count any more: ${name}.`,
    somebody: "Somebody",
  },
  offer: {
    title: "Offer it",
    hint: "Then all of them can read it, ask and sign.",
    blocked: (count: number) => `Not yet: ${things(count)} to mend`,
    go: "Offer it to them",
    askTitle: "Offer this to all of them?",
    asked: "Who is asked to sign",
    holds: "Nothing of it holds until all of them have signed.",
    replaces: "The version that waits for signatures now is taken back. Who signed it signs anew.",
    goesOn: "What is in force now goes on until then.",
    later: "Whoever has not joined yet is asked as soon as they have.",
    looked: (count: number) =>
      `I have looked at ${count === 1 ? "this doubt" : `these ${count} doubts`} and want to go on`,
    doubts: "What you have to look at",
    notNow: "Not now",
    signs: (name: string, as: readonly string[]) => `${name}: ${as.join(", and ")}`,
  },
  file: {
    title: "Templates and files",
    hint: "Save your choices as a template for other families. It carries no names of this family.",
    from: (title: string, version: number) => `Begun from: ${title}, version ${version}`,
    fromVersion: "Begun from an earlier version",
    save: "Save or share as a template",
    saveIt: "Save the file",
    nameEn: "Name of the template, in English",
    nameEs: "Name of the template, in Spanish",
    shape: "For which family",
    madeFrom: (title: string) => `Made in our practice, from: ${title}`,
    made: "Made in our practice",
    crisis: "Names and numbers that you wrote under “Messages” and “Worries” are in the file.",
    needAll: "Choose something in each part first. Then you can save it.",
    bring: "Choose a file",
    bringHint:
      "It is read strictly: what is not known is not taken. A file that you bring in stays with this draft, unless you share it.",
    refused: "This file was not taken",
    wrong: (count: number) => `${things(count)} to mend:`,
    at: (at: string) => `Where: ${at}`,
    unreadable: "This file could not be read. Choose it again.",
    taken: (title: string) => `This file is good: ${title}`,
    words: "Take its words only",
    wordsHint: "Your choices stay. Sentences that the template words in its own way are taken from it.",
    anew: "Begin anew from it",
    anewTitle: "Begin anew?",
    anewText: "What you have chosen in this draft is lost.",
    anewYes: "Begin anew",
    ownGo: "Your own words that go with it. Read them: no name of the family may be in them.",
    ownStay: "These stay here, as a name is in them or they cannot stand:",
    named: (where: readonly string[]) =>
      `A name of this family may stand in ${list(where)}. Take it out first.`,
    namedIn: { title: "the title", messages: "the crisis line", worries: "how to reach somebody" },
    nobody: "It is not the name of anybody of this family",
    ownIn: (part: string, reader: string, language: string) => `${part} (${reader}, ${language})`,
    notSaved: "This was not saved",
    other: "Begin anew from something else",
    ownParts: (count: number) => `${many(count, "part", "parts")} written in own words`,
    own: (count: number) => `${many(count, "sentence", "sentences")} in words of its own`,
  },
};
