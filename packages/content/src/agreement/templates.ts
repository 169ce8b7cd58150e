import type { AgreementTemplate, MinorDefault, TemplateChoices } from "@sotto/domain";
import { examplesFor } from "./examples.ts";

/*
 * The templates that are shipped. Each choice is a beginning that a therapist goes on from: nobody's agreement is decided here. What they rest on is named with
 * each; none of them was looked at by a lawyer, and all say so.
 */

const TOLD_PARTIAL = ["attendance", "serious-risk", "how-it-goes"] as const;
const teen: MinorDefault = {
  level: "partial",
  told: TOLD_PARTIAL,
  tellsMinorFirst: true,
  route: "guardians",
};
const child: MinorDefault = {
  level: "open",
  told: ["attendance", "serious-risk", "how-it-goes", "topics", "content"],
  tellsMinorFirst: true,
  route: "guardians",
};

/** What all of them begin with. */
const usual: TemplateChoices = {
  client: "unit",
  policy: { kind: "limited", categories: ["affair", "ending", "money", "health", "substances"] },
  contacts: ["individual-session", "call", "text", "email", "message", "note", "social-media", "third-party"],
  telling: { graceUnit: "sessions", graceCount: 3, ifNotTold: "end" },
  limits: [
    "child-abuse",
    "adult-abuse",
    "danger-to-self",
    "danger-to-others",
    "court-order",
    "claim",
    "oversight",
    "payment",
    "supervision",
    "emergency",
    "death",
  ],
  earlier: "stays-private",
  outsiders: {
    release: "everyone",
    teensSign: true,
    exceptions: ["payment", "supervision", "emergency"],
    confiding: "named-supporters",
  },
  promises: {
    recordings: "nobody",
    screenshots: "nobody",
    markedViews: true,
    socialMedia: "nothing",
    notInCourt: true,
  },
  records: { form: "one", access: "all-agree" },
  court: { secrecy: "not-promised", testimony: "by-order" },
  minors: { teen, child },
  messages: {
    channels: [
      { channel: "room", answerHours: 48 },
      { channel: "call", answerHours: 48 },
    ],
    crisisLine: null,
  },
  change: { checkInMonths: 3, reviewMonths: 12 },
  worries: {
    routes: [
      { route: "therapist", contact: "" },
      { route: "privacy-officer", contact: "" },
      { route: "outside", contact: "" },
    ],
    members: ["talk", "repair-plan", "pause-alone", "end-joint"],
    practice: ["safety-first", "stop-it", "tell-you", "say-sorry", "your-choices", "mend-cause", "ask-again"],
    firstWordHours: 24,
  },
};

const shipped = { version: 1, wordings: [], parts: [], verified: false, asOf: "2026-11-23" } as const;

const ALWAYS = [
  "limits.child-abuse",
  "outsiders.everyone",
  "outsiders.confide.named-supporters",
  "promises.not-in-fights",
  "change.not-backwards",
] as const;

/** A couple: the relationship is the client, and no secrets are kept that matter for it (domain.md 3, model A; 5, the policy most used by couple therapists). */
const couple: AgreementTemplate = {
  ...shipped,
  id: "couple",
  shape: "couple",
  title: { en: "A couple", es: "Una pareja" },
  choices: { ...usual, policy: { kind: "no-secrets" }, telling: { ...usual.telling, graceCount: 2 } },
  examples: examplesFor(["policy.no-secrets", "court.not-promised", ...ALWAYS]),
  source: "domain.md sections 3 (model A), 5 (no-secrets), 7, 17; R-02, R-04, R-06, R-23",
};

/** A family with a teenager: a short list, and the teenager's details stay with the therapist (domain.md 5, sample "Teen in family work"; R-63). */
const familyWithTeenager: AgreementTemplate = {
  ...shipped,
  id: "family-with-teenager",
  shape: "family-with-teenager",
  title: { en: "A family with a teen", es: "Una familia con un joven" },
  choices: usual,
  examples: examplesFor(["policy.limited", "minors.partial", "promises.no-questioning", ...ALWAYS]),
  source: "domain.md sections 3 (model A), 5 (limited-secrets, teen in family work), 8; R-60, R-63",
};

/** A family with a young child: what the child says may be shown to those who care for it, with the child told first (domain.md 8.4). */
const familyWithYoungChild: AgreementTemplate = {
  ...shipped,
  id: "family-with-young-child",
  shape: "family-with-young-child",
  title: { en: "A family with a young child", es: "Una familia con un niño" },
  choices: usual,
  examples: examplesFor(["policy.limited", "minors.open", "promises.no-questioning", ...ALWAYS]),
  source: "domain.md sections 3 (model A), 5 (limited-secrets), 8; R-60, R-63",
};

/** Separated parents: nothing of one goes to the other, each has their own part, and court is near (domain.md 9). */
const separatedParents: AgreementTemplate = {
  ...shipped,
  id: "separated-parents",
  shape: "separated-parents",
  title: { en: "Parents who live apart", es: "Padres que viven aparte" },
  choices: {
    ...usual,
    client: "parallel",
    policy: { kind: "full" },
    outsiders: { ...usual.outsiders, release: "each-for-own" },
    records: { form: "separate", access: "own-part" },
    minors: {
      teen: { ...teen, told: ["attendance", "serious-risk"], level: "private" },
      child: { ...child, level: "partial", told: TOLD_PARTIAL },
    },
    change: { checkInMonths: 3, reviewMonths: 6 },
  },
  examples: examplesFor([
    "policy.full",
    "minors.private",
    "minors.partial",
    "court.not-promised",
    "promises.no-questioning",
    ...ALWAYS,
  ]),
  source: "domain.md sections 3 (model C), 5 (full), 9; R-70 to R-76",
};

/** One person whose relatives come to help: the person decides what leaves, and the others know that they are not clients (domain.md 3, model B). */
const individualWithCollaterals: AgreementTemplate = {
  ...shipped,
  id: "individual-with-collaterals",
  shape: "individual-with-collaterals",
  title: { en: "One person, with others who help", es: "Una persona, con otros que ayudan" },
  choices: {
    ...usual,
    client: "individual",
    policy: { kind: "full" },
    outsiders: { ...usual.outsiders, release: "each-for-own", confiding: "own-words" },
    records: { form: "one-with-own-parts", access: "own-part" },
  },
  examples: examplesFor([
    "policy.full",
    "limits.child-abuse",
    "promises.not-in-fights",
    "court.not-promised",
    "change.not-backwards",
  ]),
  source: "domain.md sections 3 (model B; Mrozinski), 5 (full), 7; R-02, R-23",
};

export const AGREEMENT_TEMPLATES: readonly AgreementTemplate[] = [
  couple,
  familyWithTeenager,
  familyWithYoungChild,
  separatedParents,
  individualWithCollaterals,
];
