import type { AgreementVersionView, AgreementWork, FamilyView } from "@sotto/client";
import { AGREEMENT_PLACES, placeOf } from "@sotto/content/agreement-places";
import { AGREEMENT_TEMPLATES } from "@sotto/content/agreement-templates";
import { CLAUSE_WORDS } from "@sotto/content/agreement-words";
import { beginDraft, guardiansOf, isMinorRole, partyOf, withWords } from "@sotto/domain";
import type {
  AgreementTemplate,
  Day,
  Family,
  MinorChoice,
  MinorDefault,
  OpenChoices,
  Party,
  Person,
  PersonId,
  RetentionRule,
  TemplateShape,
} from "@sotto/domain";

/** What a draft is begun from besides its template: the family as it is recorded now, who looks after it, and the practice's rule. */
export interface Ground {
  readonly family: FamilyView;
  readonly therapists: readonly PersonId[];
  readonly retention: RetentionRule | null;
  readonly on: Day;
}

/** The day that a moment falls on where the reader is. */
export function dayAt(at: number): Day {
  const date = new Date(at);
  return { year: date.getFullYear(), month: date.getMonth() + 1, day: date.getDate() };
}

/** The draft with its words: the template's own where it has some, otherwise those that are shipped. */
export function worded(work: AgreementWork): AgreementWork {
  return { ...work, ...withWords(work, CLAUSE_WORDS, work.begunFrom?.wordings ?? []) };
}

const recordOf = (family: FamilyView): Family => ({
  family: family.family,
  name: family.name,
  people: family.people.map(({ person }) => person),
});

/** A new draft from a template, for everybody in the family. */
export function beginFromTemplate(template: AgreementTemplate, ground: Ground): AgreementWork {
  const { family, on, retention, therapists } = ground;
  const draft = beginDraft({ template, family: recordOf(family), therapists, places: [], retention, on });
  const name = { template: template.id, version: template.version };
  return worded({ ...draft, template: name, begunFrom: template });
}

/** A new draft that goes on from a version: all that was chosen stays. */
export function beginFromVersion({ version }: AgreementVersionView, ground: Ground): AgreementWork {
  const { choices, parties, places, template } = version;
  const shipped = AGREEMENT_TEMPLATES.find(({ id }) => id === template?.template);
  const { therapists, on } = ground;
  const begun: AgreementWork = {
    on,
    parties,
    therapists,
    places,
    choices,
    words: [],
    template,
    ...(shipped === undefined ? {} : { begunFrom: shipped }),
  };
  return renewed(begun, ground);
}

/** True when a version says the same in other words than those that are shipped. */
export function hasOwnWords({ version }: AgreementVersionView): boolean {
  const usual = withWords(version, CLAUSE_WORDS).words;
  return version.words.some(
    ({ language, part, reader, text }) =>
      usual.find((one) => one.part === part && one.language === language && one.reader === reader)?.text !==
      text,
  );
}

/** A kept draft on another day: names and roles are those of the record, the rules of places those that are known now. */
export function renewed(work: AgreementWork, { family, on, therapists }: Ground): AgreementWork {
  const people = new Map(family.people.map(({ person }) => [person.person, person]));
  const parties = work.parties.map((party): Party => {
    const known = people.get(party.person);
    return known === undefined ? party : { ...party, name: known.name, role: known.role };
  });
  const places = work.places.map((place) => {
    const known = AGREEMENT_PLACES.find(({ code }) => code === place.code);
    return known === undefined ? place : placeOf(known);
  });
  return worded({ ...work, on, therapists, parties, places });
}

/** The draft with other choices. */
export function chosen(work: AgreementWork, choices: Partial<OpenChoices>): AgreementWork {
  return worded({ ...work, choices: { ...work.choices, ...choices } });
}

/** What minors of one kind are promised at first: by the template, or as a family with a teenager or a child usually does. */
const defaultFor = ({ begunFrom }: AgreementWork, role: Party["role"]): MinorDefault | null => {
  const template =
    begunFrom ?? AGREEMENT_TEMPLATES.find(({ shape }) => shape === "family-with-teenager") ?? null;
  return template?.choices.minors[role === "child" ? "child" : "teen"] ?? null;
};

/** A promise to a minor, as a beginning. */
export function promiseTo(work: AgreementWork, party: Party, family: FamilyView): MinorChoice | null {
  const promise = defaultFor(work, party.role);
  if (promise === null) return null;
  return { ...promise, minor: party.person, guardians: guardiansOf(recordOf(family), party.person) };
}

/** Somebody of the record comes into the agreement; a minor with a promise. */
export function withParty(work: AgreementWork, person: Person, family: FamilyView): AgreementWork {
  const party = partyOf(person);
  const next = { ...work, parties: [...work.parties, party] };
  if (!isMinorRole(person.role)) return worded(next);
  const promise = promiseTo(work, party, family);
  const minors = work.choices.minors ?? [];
  return chosen(next, { minors: promise === null ? minors : [...minors, promise] });
}

/** Somebody goes out of the agreement, with all that is said of them in it. */
export function withoutParty(work: AgreementWork, person: PersonId): AgreementWork {
  const { client, minors, outsiders } = work.choices;
  const parties = work.parties.filter((party) => party.person !== person);
  return chosen(
    { ...work, parties },
    {
      client: client?.kind === "individual" && client.client === person ? null : client,
      outsiders: outsiders && {
        ...outsiders,
        supporters: outsiders.supporters.filter(({ of }) => of !== person),
      },
      minors:
        minors &&
        minors
          .filter(({ minor }) => minor !== person)
          .map((one) => ({ ...one, guardians: one.guardians.filter((guardian) => guardian !== person) })),
    },
  );
}

/** One party, otherwise. */
export function withPartyAs(work: AgreementWork, party: Party): AgreementWork {
  const parties = work.parties.map((one) => (one.person === party.person ? party : one));
  return worded({ ...work, parties });
}

/** The template that suits a family by who is in it, to begin with. */
export function usualShape({ people }: FamilyView): TemplateShape {
  const roles = people.map(({ person }) => person.role);
  if (roles.includes("teen")) return "family-with-teenager";
  if (roles.includes("child")) return "family-with-young-child";
  return roles.filter((role) => role === "adult").length > 1 ? "couple" : "individual-with-collaterals";
}
