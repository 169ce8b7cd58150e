import type { AgreementTemplate } from "@sotto/domain";

/** A template for tests, with a title of its own. */
export const templateCalled = (title: string): AgreementTemplate => ({
  id: "our-own",
  version: 1,
  shape: "couple",
  title: { en: title, es: title },
  choices: {
    client: "unit",
    policy: { kind: "full" },
    contacts: [],
    telling: { graceUnit: "days", graceCount: 1, ifNotTold: "end" },
    limits: [],
    earlier: "stays-private",
    outsiders: { release: "everyone", teensSign: false, exceptions: [], confiding: "nobody" },
    promises: {
      recordings: "nobody",
      screenshots: "nobody",
      markedViews: false,
      socialMedia: "nothing",
      notInCourt: true,
    },
    records: { form: "one", access: "all-agree" },
    court: { secrecy: "not-promised", testimony: "by-order" },
    minors: {
      teen: { level: "private", told: ["serious-risk"], tellsMinorFirst: true, route: "guardians" },
      child: { level: "open", told: ["content"], tellsMinorFirst: false, route: "court" },
    },
    messages: { channels: [], crisisLine: null },
    change: { checkInMonths: 1, reviewMonths: 1 },
    worries: { routes: [], members: [], practice: [], firstWordHours: 1 },
  },
  wordings: [],
  examples: [],
  parts: [{ part: "court", language: "en", reader: "adult", text: "We stay out of court." }],
  source: "Ours",
  verified: false,
  asOf: "2026",
});
