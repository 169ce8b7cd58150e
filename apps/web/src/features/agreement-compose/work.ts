import type { AgreementVersionView, AgreementWork, FamilyView } from "@sotto/client";
import { AGREEMENT_PLACES, placeOf } from "@sotto/content/agreement-places";
import { AGREEMENT_TEMPLATES } from "@sotto/content/agreement-templates";
import { CLAUSE_WORDS } from "@sotto/content/agreement-words";
import {
  beginDraft,
  guardiansOf,
  isMinorRole,
  isSamePlace,
  ownWordsFrom,
  ownWordsIn,
  partyOf,
  saidIn,
  withFitting,
  withWords,
} from "@sotto/domain";
import type {
  AgreementPart,
  AgreementTemplate,
  Day,
  Family,
  MinorChoice,
  MinorDefault,
  OpenChoices,
  PartWords,
  Party,
  Person,
  PersonId,
  RetentionRule,
  TemplateId,
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

/** The draft with its words: the practice's own where it has some, otherwise the template's, otherwise those that are shipped. */
export function worded(work: AgreementWork): AgreementWork {
  return { ...work, ...withWords(work, CLAUSE_WORDS, work.begunFrom?.wordings ?? [], work.own) };
}

const recordOf = (family: FamilyView): Family => ({
  family: family.family,
  name: family.name,
  people: family.people.map(({ person }) => person),
});

/** A new draft from a template, for everybody in the family. */
export function beginFromTemplate(
  template: AgreementTemplate,
  ground: Ground,
  shared: TemplateId | null = null,
): AgreementWork {
  const { family, on, retention, therapists } = ground;
  const draft = beginDraft({ template, family: recordOf(family), therapists, places: [], retention, on });
  const name = { template: template.id, version: template.version };
  const own = ownWordsFrom(template, draft);
  const from = shared === null ? {} : { shared };
  return worded({ ...draft, template: name, begunFrom: template, own, ...from });
}

/** A new draft that goes on from a version: all that was chosen stays, and what it says in words of the practice's own it goes on saying. */
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
    own: ownWordsIn(version, CLAUSE_WORDS, shipped?.wordings),
  };
  return renewed(begun, ground);
}

/** True when a version says the same in other words than those that are shipped. */
export function hasOwnWords({ version }: AgreementVersionView): boolean {
  return ownWordsIn(version, CLAUSE_WORDS).length > 0;
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

export type WordsPlace = Omit<PartWords, "text">;

/** What would stand in a place if nobody had written own words for it. */
export function usualText(work: AgreementWork, place: WordsPlace): string {
  const { words } = withWords(work, CLAUSE_WORDS, work.begunFrom?.wordings ?? []);
  return words.find((one) => isSamePlace(one, place))?.text ?? "";
}

/** The draft with own words in one place. What says the same as would stand there anyway is nobody's own; whether they still fit is said by itself. */
export function ownWritten(work: AgreementWork, place: WordsPlace, text: string): AgreementWork {
  if (text === usualText(work, place)) return ownLeft(work, place);
  const known = work.own?.find((one) => isSamePlace(one, place));
  const fits = known === undefined ? saidIn(work, place.part) : known.fits;
  const others = ownLeft(work, place).own ?? [];
  return worded({ ...work, own: [...others, { ...place, text, fits }] });
}

/** The draft without own words in one place. */
export function ownLeft(work: AgreementWork, place: WordsPlace): AgreementWork {
  const own = (work.own ?? []).filter((one) => !isSamePlace(one, place));
  return worded({ ...work, own });
}

/** The therapist has looked: the own words of a part fit what is chosen in it now. */
export function ownFitting(work: AgreementWork, part: AgreementPart): AgreementWork {
  return { ...work, own: withFitting(work.own ?? [], work, part) };
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

/** Everybody whose name may stand in what is written for this family. */
export function namesIn(work: AgreementWork, family: FamilyView): readonly string[] {
  return [
    family.name,
    ...work.parties.map(({ name }) => name),
    ...family.people.map(({ person }) => person.name),
    ...family.left,
    ...(work.choices.outsiders?.supporters ?? []).map(({ name }) => name),
  ];
}

/** The draft with the words of a template, its own choices kept: whether the words fit what is chosen here, a person has to look. What was answered of the template before says nothing of this one. */
export function wordsTaken(work: AgreementWork, from: AgreementTemplate): AgreementWork {
  const { askedToShare: _asked, own = [], shared: _shared, ...kept } = work;
  const others = own.filter((one) => !from.parts.some((other) => isSamePlace(one, other)));
  const taken = from.parts.map((one) => ({ ...one, fits: null }));
  const template = { template: from.id, version: from.version };
  return worded({ ...kept, template, begunFrom: from, own: [...others, ...taken] });
}
