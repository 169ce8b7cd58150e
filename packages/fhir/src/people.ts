import type { AgreementVersion, PersonId, PracticeId } from "@sotto/domain";
import { isMinorRole } from "@sotto/domain";
import { concept, GUARDIAN, uuidIdentifier } from "./canonical.ts";
import { dayText, given, listed, writtenText } from "./primitive.ts";
import type {
  Group,
  Organization,
  Patient,
  Practitioner,
  Reference,
  RelatedPerson,
  Resource,
} from "./resource.ts";

/*
 * Who stands in an export, with as little as identifies them: an id, a name, and of somebody under age the birthday, on which rules end. Patients are those
 * in treatment. A guardian is a related person of each minor for whom they sign, by an entry of its own. Whoever only helps is nobody's patient and is
 * related to no single one of them, which an entry would have to say: they are referred to by id and name.
 */

/** Who the practice is, and what people are called whose names are not in the version: its therapists, and guardians who take no part. */
export interface ExportPeople {
  readonly practice: { readonly id: PracticeId; readonly name: string };
  readonly names: ReadonlyMap<PersonId, string>;
}

/** The entries of an export's people, and how everybody is referred to. */
export interface WrittenPeople {
  readonly entries: readonly Resource[];
  readonly practice: Reference;
  readonly family: Reference;
  readonly therapists: readonly Reference[];
  /** Null for whoever is no patient. */
  readonly patient: (person: PersonId) => Reference | null;
  /** Somebody as themselves. */
  readonly refer: (person: PersonId) => Reference;
  /** Somebody as the guardian of a minor. */
  readonly guardian: (person: PersonId, minor: PersonId) => Reference;
}

/** Makes the entries. `nextId` gives a fresh random UUID each time. */
export function writePeople(
  version: AgreementVersion,
  people: ExportPeople,
  nextId: () => string,
): WrittenPeople {
  const nameOf = (person: PersonId): string | null => {
    const party = version.parties.find((one) => one.person === person);
    return writtenText(party?.name ?? people.names.get(person) ?? "");
  };
  const practice = writePractice(people, nextId());
  const therapists = [...new Set(version.therapists)].map((person): Practitioner => ({
    resourceType: "Practitioner",
    id: nextId(),
    identifier: [uuidIdentifier(person)],
    ...named(nameOf(person)),
  }));
  const patients = new Map(
    patientsOf(version).map((person) => [person, writePatient(version, person, nameOf(person), nextId())]),
  );
  const patient = (person: PersonId): Reference | null => {
    const found = patients.get(person);
    return found === undefined ? null : to(found);
  };
  const refer = (person: PersonId): Reference =>
    patient(person) ?? {
      type: "RelatedPerson",
      identifier: uuidIdentifier(person),
      ...given("display", nameOf(person)),
    };
  const guardians = version.choices.minors.flatMap(({ guardians: asked, minor }) =>
    [...new Set(asked)].map((person) => ({
      person,
      minor,
      entry: writeGuardian(person, refer(minor), nameOf(person), nextId()),
    })),
  );
  const family: Group = {
    resourceType: "Group",
    id: nextId(),
    identifier: [uuidIdentifier(version.family)],
    type: "person",
    actual: true,
    ...given("member", listed([...patients.values()].map((one) => ({ entity: to(one) })))),
  };
  return {
    entries: [practice, ...therapists, ...patients.values(), ...guardians.map(({ entry }) => entry), family],
    practice: to(practice),
    family: to(family),
    therapists: therapists.map(to),
    patient,
    refer,
    guardian: (person, minor) => {
      const found = guardians.find((one) => one.person === person && one.minor === minor);
      return found === undefined ? refer(person) : to(found.entry);
    },
  };
}

/** The address of an entry inside its bundle. */
export function addressOf(id: string): string {
  return `urn:uuid:${id}`;
}

const to = ({ id }: Resource): Reference => ({ reference: addressOf(id) });

const named = (name: string | null): Pick<Patient, "name"> =>
  given("name", name === null ? null : [{ text: name }]);

/** Those in treatment, and whoever a choice speaks of as a client or as a minor. */
const patientsOf = ({ choices, parties }: AgreementVersion): readonly PersonId[] => {
  const treated = parties.filter(({ role }) => role === "adult" || isMinorRole(role));
  const client = choices.client.kind === "individual" ? [choices.client.client] : [];
  return [
    ...new Set([
      ...treated.map(({ person }) => person),
      ...choices.minors.map(({ minor }) => minor),
      ...client,
    ]),
  ];
};

const writePractice = ({ practice }: ExportPeople, id: string): Organization => ({
  resourceType: "Organization",
  id,
  identifier: [uuidIdentifier(practice.id)],
  ...given("name", writtenText(practice.name)),
});

const writePatient = (
  { parties }: AgreementVersion,
  person: PersonId,
  name: string | null,
  id: string,
): Patient => {
  const born = parties.find((one) => one.person === person)?.born ?? null;
  return {
    resourceType: "Patient",
    id,
    identifier: [uuidIdentifier(person)],
    ...named(name),
    ...given("birthDate", born === null ? null : dayText(born)),
  };
};

const writeGuardian = (
  person: PersonId,
  patient: Reference,
  name: string | null,
  id: string,
): RelatedPerson => ({
  resourceType: "RelatedPerson",
  id,
  identifier: [uuidIdentifier(person)],
  patient,
  relationship: [concept(GUARDIAN)],
  ...named(name),
});
