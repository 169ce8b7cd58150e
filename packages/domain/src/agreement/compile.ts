import type { PersonId } from "../id.ts";
import { isMinorRole } from "../family/person.ts";
import type {
  Choices,
  ContactKind,
  GuardianTopic,
  ConfidentialityLimit,
  MinorChoice,
  MinorLevel,
  OutsidersChoice,
  PromisesChoice,
  SecretsPolicy,
} from "./choices.ts";
import { birthdayAt } from "./day.ts";
import { OF_AGE } from "./place.ts";
import type { TellingRule, ToldAlone } from "./telling.ts";
import { isGuardianTopicAllowed } from "./minor-level.ts";
import type { RequiredSignature } from "./signer.ts";
import type { AgreementTerms, Party } from "./version.ts";

/** What guardians may be told of a minor: nothing that is not in the list, and only these people. */
export interface GuardianFacts {
  readonly minor: PersonId;
  readonly guardians: readonly PersonId[];
  readonly level: MinorLevel;
  readonly topics: readonly GuardianTopic[];
  readonly tellsMinorFirst: boolean;
  /** From when on they are told nothing any more, since the minor is none; null where it is not known when that is. */
  readonly until: number | null;
}

/** Whose signatures a release of something needs. */
export interface ReleaseFacts {
  /** For what is joint, and for everything where `eachForOwn` is false. */
  readonly everyone: readonly RequiredSignature[];
  readonly eachForOwn: boolean;
  readonly exceptions: OutsidersChoice["exceptions"];
}

/**
 * What an agreement comes to: the facts that every decision about who may know reads, and nothing else configures. Compiled from what was signed, never
 * changed by hand.
 */
export interface PolicyFacts {
  /** Those who have signed for themselves, or assented: only what they tell is governed by it. */
  readonly covered: readonly PersonId[];
  /** Those of them who may be told something under it: never a collateral, who helps and is no client; where one person is the client, that one (section 3). */
  readonly audience: readonly PersonId[];
  /** What becomes of what each of them tells alone, in a contact that is covered. */
  readonly rules: ReadonlyMap<PersonId, TellingRule>;
  readonly contacts: readonly ContactKind[];
  readonly hasIndividualContact: boolean;
  readonly limits: readonly ConfidentialityLimit[];
  /** What was said before may be brought in when its owner permits it by a word of its own; never by this. */
  readonly earlierByPermission: boolean;
  readonly release: ReleaseFacts;
  readonly guardians: readonly GuardianFacts[];
  readonly supporters: Pick<OutsidersChoice, "confiding" | "supporters">;
  readonly promises: PromisesChoice;
  readonly records: Pick<Choices["records"], "form" | "access">;
  readonly testimony: Choices["court"]["testimony"];
}

/** Works out what the choices come to. There is an answer for every combination; where two choices contradict each other, it is the stricter. */
export function compileAgreement({ choices, parties }: AgreementTerms): PolicyFacts {
  const covered = parties.filter(isCovered).map(({ person }) => person);
  const audience = parties
    .filter((party) => isCovered(party) && isClient(party, choices))
    .map(({ person }) => person);
  const { contacts, court, limits, outsiders, policy, promises, records } = choices;
  return {
    covered,
    audience,
    rules: new Map(parties.map((party) => [party.person, ruleOfParty(party, choices, audience)])),
    contacts,
    hasIndividualContact: policy.kind !== "no-individual-contact",
    limits,
    earlierByPermission: choices.earlier === "by-permission",
    release: {
      everyone: parties.flatMap((party) => releasedBy(party, choices)),
      // Of a client that is one unit nobody alone can open what is joint, and nearly everything is.
      eachForOwn: outsiders.release === "each-for-own" && choices.client.kind !== "unit",
      exceptions: outsiders.exceptions,
    },
    guardians: choices.minors.map((choice) => guardianFacts(choice, parties)),
    supporters: { confiding: outsiders.confiding, supporters: outsiders.supporters },
    promises,
    records: { form: records.form, access: records.access },
    testimony: court.testimony,
  };
}

/** What becomes of something that was told alone under these facts; null = no agreement was in force for its owner when they told it. */
export function ruleFor(facts: PolicyFacts | null, { contact, label, owner }: ToldAlone): TellingRule {
  if (label !== null) return { kind: "speaker-only", why: "outside" };
  if (facts === null) return { kind: "speaker-only", why: "no-agreement" };
  const rule = facts.rules.get(owner);
  if (rule === undefined) return { kind: "speaker-only", why: "not-signed" };
  if (rule.kind === "speaker-only" || facts.contacts.includes(contact)) return rule;
  return { kind: "speaker-only", why: "not-covered" };
}

// A guardian who takes no part has agreed for a child, and to nothing about what they say themselves.
const isCovered = ({ role, signs }: Party): boolean => signs && role !== "guardian";

const isClient = ({ person, role }: Party, { client }: Choices): boolean =>
  client.kind === "individual" ? person === client.client : role !== "collateral";

/** Whose signature stands for this person when something leaves: their own, or that of those who stand for them by law (section 3, model A). */
const releasedBy = ({ person, role }: Party, choices: Choices): readonly RequiredSignature[] => {
  const own: RequiredSignature = { person, as: "self", of: person };
  if (role === "guardian") return [];
  if (!isMinorRole(role)) return [own];
  const said = choices.minors.filter(({ minor }) => minor === person);
  if (said.some(({ route }) => route === "minor")) return [own];
  const guardians = [...new Set(said.flatMap((choice) => choice.guardians))];
  const forThem = guardians.map((guardian) => ({ person: guardian, as: "guardian", of: person }) as const);
  // Where nobody is named who could sign for them, nothing leaves without their own.
  const isOwnAsked = forThem.length === 0 || (role === "teen" && choices.outsiders.teensSign);
  return isOwnAsked ? [own, ...forThem] : forThem;
};

const ruleOfParty = (party: Party, choices: Choices, audience: readonly PersonId[]): TellingRule => {
  if (!isCovered(party)) return { kind: "speaker-only", why: "not-signed" };
  const others = audience.filter((person) => person !== party.person);
  const rule = ruleOfPolicy(choices.policy, choices, others);
  const isTold = rule.kind === "therapist-may-tell" || rule.kind === "therapist-judges";
  if (isTold && others.length === 0) return { kind: "speaker-only", why: "no-audience" };
  if (!isTold || !isMinorRole(party.role)) return rule;
  // What a minor was promised holds against a policy that says more may be told.
  const isOpen = choices.minors.filter(({ minor }) => minor === party.person).every(isOpenLevel);
  const isSaid = choices.minors.some(({ minor }) => minor === party.person);
  return isSaid && isOpen ? rule : { kind: "speaker-only", why: "minor-level" };
};

const isOpenLevel = ({ level }: MinorChoice): boolean => level === "open";

const ruleOfPolicy = (policy: SecretsPolicy, choices: Choices, to: readonly PersonId[]): TellingRule => {
  const within = choices.telling;
  switch (policy.kind) {
    case "no-secrets":
      return { kind: "therapist-may-tell", clause: "policy.no-secrets", to, within };
    case "limited":
      return { kind: "speaker-tells", clause: "policy.limited", categories: policy.categories, within };
    case "discretion":
      return {
        kind: "therapist-judges",
        clause: "policy.discretion",
        to,
        tellsSpeakerFirst: policy.tellsSpeakerFirst,
      };
    case "full":
    case "no-individual-contact":
      return { kind: "speaker-only", why: policy.kind };
  }
};

const guardianFacts = (choice: MinorChoice, parties: readonly Party[]): GuardianFacts => {
  const { guardians, level, minor, tellsMinorFirst, told } = choice;
  const born = parties.find(({ person }) => person === minor)?.born ?? null;
  return {
    minor,
    guardians,
    level,
    topics: told.filter((topic) => isGuardianTopicAllowed(level, topic)),
    tellsMinorFirst,
    until: born === null ? null : birthdayAt(born, OF_AGE),
  };
};
