import type { AccountId, PersonId } from "../id.ts";
import { applyToAgreement } from "./apply.ts";
import type { EventRefusal } from "./event.ts";
import { eventOf, isForEveryone } from "./evidence.ts";
import type { Evidence, EvidenceLine, EvidenceSaid, Signing } from "./evidence.ts";
import { isSameSignature, requiredSignatures } from "./signer.ts";
import type { RequiredSignature } from "./signer.ts";
import { EMPTY_AGREEMENT, versionIn } from "./state.ts";
import type { AgreementState } from "./state.ts";

/*
 * What lines about an agreement come to, while it lives and in a copy alike: every line is taken in by `applyToAgreement`, and one that is refused there counts
 * for nothing here. What is added is who may speak as whom: an account is a person's by a therapist's word alone, and the first therapist who speaks stands for
 * themselves, since somebody has to. Who comes to look after the family later is named by those who did before, and then says what a therapist says, but for
 * an offer, which is their own version's.
 */

/** Why a line counts for nothing. */
export type EvidenceRefusal =
  | EventRefusal
  /** No therapist has said before whose account this is. */
  | { readonly kind: "not-named"; readonly person: PersonId }
  /** It is another account than the one that a therapist has named. */
  | { readonly kind: "another-account"; readonly person: PersonId }
  /** The version has no words in that language for that reader. */
  | { readonly kind: "not-shown" }
  /** Its author had seen something that stands after it. */
  | { readonly kind: "out-of-order" }
  /** A reason or a score about what somebody else said, or about something else. */
  | { readonly kind: "not-theirs" }
  /** They have said so before. */
  | { readonly kind: "told-already" };

/** What lines come to, one after the other. */
export interface HeardAgreement {
  readonly state: AgreementState;
  /** Whose account is whose, by the last word of a therapist about it. */
  readonly accounts: ReadonlyMap<PersonId, AccountId>;
  readonly refused: readonly { readonly line: number; readonly why: EvidenceRefusal }[];
}

/** What is known of an agreement: its versions, and lines of which every signature was checked, in the order in which they were said. */
export type AgreementLines = Pick<Evidence, "versions" | "lines">;

/** Whether an account is of the same person as the one that was named: of somebody who lost that one and came back. */
export type IsSamePerson = (named: AccountId, account: AccountId) => boolean;

/**
 * Takes in lines one by one, while an agreement lives as well as from a copy of it. `isSamePerson`: what is known otherwise of who came back; a copy knows nothing of it but
 * what it says.
 */
export function hearAgreement(
  said: AgreementLines,
  isSamePerson: IsSamePerson = () => false,
): HeardAgreement {
  const hearing = begin(said, isSamePerson);
  const refused = said.lines.flatMap((line, place) => {
    const why = hear(hearing, line, place);
    return why === null ? [] : [{ line: place, why }];
  });
  return { state: hearing.state, accounts: hearing.accounts, refused };
}

/**
 * The places of what copies carry, of lines that everyone gets: what counts, and what its author had seen is carried too. The rest is in no copy and nobody's
 * word stands on it, however much somebody posts; without it the same is offered, signed and held. Who answers and has signed nothing says nothing to everyone.
 */
export function carriedLines(said: AgreementLines): ReadonlySet<number> {
  const hearing = begin(said, () => false);
  const carried = new Set<number>();
  for (const [place, line] of said.lines.entries()) {
    if (!isSeen(said, carried, line)) continue;
    const before = hearing.state;
    if (hear(hearing, line, place) !== null) continue;
    if (line.said.kind === "answered" && !takesBack(before, hearing.state, line)) hearing.state = before;
    else carried.add(place);
  }
  return carried;
}

/** Whoever came in later does not have all that therapists had seen; what signers had seen of a version stands behind its beginning. */
const isSeen = (
  { lines }: AgreementLines,
  carried: ReadonlySet<number>,
  { after, said, version }: EvidenceLine,
): boolean => {
  if ("line" in said && !carried.has(said.line)) return false;
  if (after === "missing") return said.kind !== "signed" && said.kind !== "answered";
  return after === null || (carried.has(after) && lines[after]?.version === version);
};

const takesBack = (before: AgreementState, after: AgreementState, { version }: EvidenceLine): boolean =>
  versionIn(before, version)?.takenBack !== versionIn(after, version)?.takenBack;

/** Grows in place, line by line: however many there are, each is heard once. */
interface Hearing {
  readonly said: AgreementLines;
  readonly isSamePerson: IsSamePerson;
  state: AgreementState;
  readonly accounts: Map<PersonId, AccountId>;
  /** The places of what counted so far. */
  readonly counted: Set<number>;
  /** Who has told of which copy, by person, version and form. */
  readonly delivered: Set<string>;
}

const begin = (said: AgreementLines, isSamePerson: IsSamePerson): Hearing => ({
  said,
  isSamePerson,
  state: EMPTY_AGREEMENT,
  accounts: new Map(),
  counted: new Set(),
  delivered: new Set(),
});

/** Takes in one line. Null when it counts; otherwise why it does not, and then nothing has changed. */
const hear = (hearing: Hearing, line: EvidenceLine, place: number): EvidenceRefusal | null => {
  const why = whyNotHeard(hearing, line, place);
  if (why !== null) return why;
  const event = eventOf(line, hearing.said.versions);
  if (event !== null) {
    const after = applyToAgreement(hearing.state, event, line.moment);
    if (after.kind === "refused") return after.why;
    hearing.state = after.state;
  }
  const { account, by, said } = line;
  if (!hearing.accounts.has(by)) hearing.accounts.set(by, account);
  // The last word of a therapist counts: who lost an account comes back with another.
  if (said.kind === "named") for (const one of said.people) hearing.accounts.set(one.person, one.account);
  if (said.kind === "delivered") hearing.delivered.add(deliveredKey(line, said));
  hearing.counted.add(place);
  return null;
};

type Said<Kind extends EvidenceSaid["kind"]> = EvidenceSaid & { readonly kind: Kind };

const isTherapist = ({ versions }: AgreementLines, { by, version }: EvidenceLine): boolean =>
  versions.some((one) => one.version === version && one.therapists.includes(by));

/** What keeps a line from being heard at all; null when nothing does. */
const whyNotHeard = (hearing: Hearing, line: EvidenceLine, place: number): EvidenceRefusal | null => {
  const { accounts, counted, delivered, isSamePerson, said: evidence, state } = hearing;
  const { account, after, by, said } = line;
  const known = accounts.get(by);
  // The first who speaks has to be a therapist, and says who everyone else is: in words that every copy has, or a copy would be judged by another's.
  const isFirst = accounts.size === 0 && isTherapist(evidence, line) && isForEveryone(said);
  if (known === undefined && !isFirst) return { kind: "not-named", person: by };
  if (known !== undefined && known !== account && !isSamePerson(known, account))
    return { kind: "another-account", person: by };
  if (typeof after === "number" && after >= place) return { kind: "out-of-order" };
  const looksAfter = isTherapist(evidence, line) || state.successors.has(by);
  switch (said.kind) {
    case "named":
    case "left":
    case "back":
      return looksAfter ? null : { kind: "not-therapist" };
    case "signed":
      return isShown(evidence, line, said) ? null : { kind: "not-shown" };
    case "reason":
      return isAboutOwn(evidence, line, "answered", said.line) ? null : { kind: "not-theirs" };
    case "understanding":
    case "signed-with":
      return isAboutOwn(evidence, line, "signed", said.line) ? null : { kind: "not-theirs" };
    case "authority": {
      if (!looksAfter) return { kind: "not-therapist" };
      const { guardian: person, minor: of } = said;
      const isAsked = askedBy(evidence, line).some((one) =>
        isSameSignature(one, { person, as: "guardian", of }),
      );
      return isAsked ? null : { kind: "not-guardian", of };
    }
    case "witnessed": {
      if (!looksAfter) return { kind: "not-therapist" };
      const about = evidence.lines[said.line];
      const isSigned = about?.said.kind === "signed" && about.version === line.version;
      // Nobody saw what had not been signed by then: and who has seen nothing does not speak first.
      return isSigned && counted.has(said.line) ? null : { kind: "not-theirs" };
    }
    case "delivered": {
      if (!askedBy(evidence, line).some(({ person }) => person === by)) return { kind: "not-asked" };
      return delivered.has(deliveredKey(line, said)) ? { kind: "told-already" } : null;
    }
    case "offered":
    case "recalled":
    case "answered":
    case "withdrawn":
    case "suspended":
      return null;
  }
};

/** The signatures that the version of a line asks for. */
const askedBy = ({ versions }: AgreementLines, { version }: EvidenceLine): readonly RequiredSignature[] => {
  const found = versions.find((one) => one.version === version);
  return found === undefined ? [] : requiredSignatures(found);
};

const deliveredKey = ({ by, version }: EvidenceLine, { form }: Said<"delivered">): string =>
  `${by}/${version}/${form}`;

const isShown = (
  { versions }: AgreementLines,
  { version }: EvidenceLine,
  { language, reader }: Signing,
): boolean =>
  versions.some(
    (one) =>
      one.version === version &&
      one.words.some((words) => words.language === language && words.reader === reader),
  );

const isAboutOwn = (
  { lines }: AgreementLines,
  { by, version }: EvidenceLine,
  kind: "answered" | "signed",
  other: number,
): boolean => {
  const about = lines[other];
  return about?.said.kind === kind && about.by === by && about.version === version;
};

/** Whether what stands in a place among lines counts. */
export type Counts = (place: number) => boolean;

/** Tells of each place among lines whether what stands there counts. */
export function countsIn({ refused }: Pick<HeardAgreement, "refused">): Counts {
  const places = new Set(refused.map(({ line }) => line));
  return (place) => !places.has(place);
}
