import { AGREEMENT_PLACES, placeOf } from "@sotto/content/agreement-places";
import { AGREEMENT_TEMPLATES } from "@sotto/content/agreement-templates";
import { CLAUSE_WORDS } from "@sotto/content/agreement-words";
import {
  applyToAgreement,
  beginDraft,
  compileAgreement,
  decidedChoices,
  EMPTY_AGREEMENT,
  FAMILY_ROLES,
  mayDisclose,
  ownerRules,
  requiredSignatures,
  ruleAt,
  ruleFor,
  withWords,
} from "@sotto/domain";
import type {
  AgreementEvent,
  AgreementState,
  AgreementVersion,
  AgreementVersionId,
  AgreementId,
  DisclosureWish,
  EntryId,
  FamilyId,
  Person,
  PersonId,
} from "@sotto/domain";
import { benchLine, median, type BenchLine } from "./line.ts";

const PEOPLE = 12;
const VERSIONS = 40;
const ROUNDS = 41;
const CALLS = 200;
/** One per cent of a frame at 60 Hz, in microseconds. */
const AIM_US = (1_000_000 / 60) * 0.01;

// Fresh UUIDs are ids; the brands are compiler-only marks.
const id = <Id extends string>(): Id => crypto.randomUUID() as string as Id;

/** A family of twelve that has signed forty versions, one after the other. */
function grownState(): {
  readonly state: AgreementState;
  readonly owner: PersonId;
  readonly others: readonly PersonId[];
  readonly until: number;
} {
  const family = id<FamilyId>();
  const people = Array.from({ length: PEOPLE }, (_, place): Person => ({
    person: id(),
    name: `Person ${String(place)}`,
    role: FAMILY_ROLES[place % 2] ?? "adult",
    inTreatment: true,
    relations: [],
    safeContact: null,
  }));
  const [template] = AGREEMENT_TEMPLATES;
  const [place] = AGREEMENT_PLACES;
  const [owner] = people;
  if (template === undefined || place === undefined || owner === undefined)
    throw new Error("what is shipped");
  const agreement = id<AgreementId>();
  const therapist = id<PersonId>();
  let state = EMPTY_AGREEMENT;
  let at = 1;
  const tell = (event: AgreementEvent): void => {
    const taken = applyToAgreement(state, event, { at, writtenAt: at });
    if (taken.kind === "refused") throw new Error(taken.why.kind);
    state = taken.state;
    at++;
  };
  for (let number = 1; number <= VERSIONS; number++) {
    const begun = beginDraft({
      template,
      family: { family, name: "", people },
      therapists: [therapist],
      places: [placeOf(place)],
      retention: RULE,
      on: { year: 2026, month: 11, day: 26 },
    });
    const worries = begun.choices.worries;
    const draft = withWords(
      {
        ...begun,
        choices: {
          ...begun.choices,
          client: { kind: "unit" },
          messages: {
            channels: [{ channel: "room", answerHours: 48 }],
            crisisLine: { name: "988", number: "988" },
          },
          worries: worries && { ...worries, routes: [{ route: "therapist", contact: "the room" }] },
          minors: begun.choices.minors?.map((one) => ({ ...one, guardians: [owner.person] })) ?? null,
        },
      },
      CLAUSE_WORDS,
    );
    const choices = decidedChoices(draft.choices);
    if (choices === null) throw new Error("a choice is open");
    const version: AgreementVersion = {
      ...draft,
      choices,
      agreement,
      version: id<AgreementVersionId>(),
      family,
      number,
      template: null,
    };
    tell({ kind: "offered", by: therapist, version });
    for (const { as, of, person } of requiredSignatures(version)) {
      tell({ kind: "signed", by: person, version: version.version, as, of });
    }
  }
  const others = people.slice(1).map(({ person }) => person);
  return { state, owner: owner.person, others, until: at };
}

const RULE = {
  place: "",
  title: "Our own",
  citation: "",
  verified: false,
  asOf: "",
  familyMonths: 84,
  recordMonths: 84,
  minorMonths: 84,
  maximumMonths: null,
};

/** Microseconds of one call: the median over rounds of many. */
function timeUs(run: () => unknown): number {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const from = performance.now();
    for (let call = 0; call < CALLS; call++) run();
    times.push(((performance.now() - from) * 1000) / CALLS);
  }
  return median(times);
}

/** Something that the owner told alone under the newest version, and that all the others would learn. */
function wishOf({ others, owner, state, until }: ReturnType<typeof grownState>): DisclosureWish {
  const entry = {
    entry: id<EntryId>(),
    owners: [owner],
    told: { at: until, writtenAt: until },
    contact: "message",
    label: null,
    topic: null,
    asked: null,
  } as const;
  return {
    entry,
    from: { kind: "private", audience: [owner] },
    to: others.map((person) => ({ kind: "person", person, hasLeft: false })),
    agreement: ownerRules(state, entry),
    releases: [],
    purpose: "family-work",
    ground: null,
    at: until,
  };
}

/**
 * What an agreement comes to, who may be told, and what may become of something told under it: over a family of twelve with forty versions, beside one per cent of a frame at
 * 60 Hz, and beside a call that does nothing.
 */
export async function benchAgreement(): Promise<readonly BenchLine[]> {
  const grown = grownState();
  const { owner, state, until } = grown;
  const newest = state.versions.at(-1)?.version;
  if (newest === undefined) throw new Error("forty versions");
  const facts = compileAgreement(newest);
  const idleUs = timeUs(() => null);
  const compileUs = timeUs(() => compileAgreement(newest));
  const decideUs = timeUs(() => {
    const rule = ruleAt(state, { owner, at: until, writtenAt: until });
    return rule.kind === "version" ? ruleFor(facts, { owner, contact: "message", label: null }) : null;
  });
  const discloseUs = timeUs(() => mayDisclose(wishOf(grown)));
  return Promise.resolve([
    benchLine("agreement.compile", "us", compileUs, AIM_US),
    benchLine("agreement.compile-over-nothing", "us", compileUs, idleUs),
    benchLine("agreement.decide", "us", decideUs, AIM_US),
    benchLine("agreement.decide-over-nothing", "us", decideUs, idleUs),
    benchLine("agreement.disclose", "us", discloseUs, AIM_US),
    benchLine("agreement.disclose-over-nothing", "us", discloseUs, idleUs),
  ]);
}
