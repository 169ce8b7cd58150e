import type { AccountId, AgreementVersionId, PersonId } from "../id.ts";
import { applyToAgreement } from "./apply.ts";
import type { EventMoment, EventRefusal } from "./event.ts";
import { eventOf, isForEveryone } from "./evidence.ts";
import type {
  AuthorityProof,
  CopyForm,
  Evidence,
  EvidenceLine,
  EvidenceSaid,
  Score,
  SignedWith,
  Signing,
} from "./evidence.ts";
import { isSameSignature, requiredSignatures } from "./signer.ts";
import type { RequiredSignature } from "./signer.ts";
import { EMPTY_AGREEMENT, missingSignatures, versionIn } from "./state.ts";
import type { AgreementState, OfferedVersion, VersionStage } from "./state.ts";
import type { AgreementVersion } from "./version.ts";

/*
 * What a copy of an agreement proves, by the same rules that decide while it lives: every line is taken in by `applyToAgreement`, and one that is refused
 * there counts for nothing here. What is added is who may speak as whom: an account is a person's by a therapist's word alone, and the first therapist who
 * speaks stands for themselves, since somebody has to; whoever reads the verdict compares their fingerprint. Who comes to look after the family later is
 * named by those who did before, and then says what a therapist says, but for an offer, which is their own version's.
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

/** A signature that counts. */
export interface ProvenSignature extends RequiredSignature {
  readonly account: AccountId;
  readonly moment: EventMoment;
  readonly signing: Signing;
  /** Null where it is not in this copy. */
  readonly score: Score | null;
  /** Null where it is not in this copy. */
  readonly signedWith: SignedWith | null;
  /** Who was there as a witness; null where no therapist says so. */
  readonly witness: string | null;
  /** Of a guardian: which proof a therapist has seen; null where none says so, and in every copy but the practice's. */
  readonly authority: AuthorityProof | null;
  /** The copies that they keep, in the practice's copy alone. */
  readonly delivered: readonly { readonly form: CopyForm; readonly at: number }[];
  /** Its place among the lines. */
  readonly line: number;
}

/** What a copy proves of the version that it is about. */
export interface EvidenceVerdict {
  readonly version: AgreementVersion;
  /** Null when no therapist has offered it, as far as this copy tells. */
  readonly stage: VersionStage | null;
  readonly offeredBy: PersonId | null;
  readonly offeredAt: number | null;
  readonly required: readonly RequiredSignature[];
  readonly signatures: readonly ProvenSignature[];
  readonly missing: readonly RequiredSignature[];
  readonly refused: readonly { readonly line: number; readonly why: EvidenceRefusal }[];
  /** Lines whose authors had seen something that this copy leaves out. */
  readonly leavesOut: readonly number[];
  /** The copy neither leaves out nor turns round what its authors had seen: whoever does could put a yes behind the no that took it back. */
  readonly isWhole: boolean;
  /** Everyone required has signed it, it came into force, nobody withdrew, and the copy is whole. */
  readonly isSigned: boolean;
}

/** What lines come to, one after the other. */
export interface HeardAgreement {
  readonly state: AgreementState;
  /** Whose account is whose, by the last word of a therapist about it. */
  readonly accounts: ReadonlyMap<PersonId, AccountId>;
  readonly refused: readonly { readonly line: number; readonly why: EvidenceRefusal }[];
}

/** What is known of an agreement: its versions, and lines of which every signature was checked, in the order in which they were said. */
export type AgreementLines = Pick<Evidence, "versions" | "lines">;

/**
 * Takes in lines one by one, while an agreement lives as well as from a copy of it. `known`: accounts that are known otherwise; a copy knows none, and there the first
 * therapist who speaks stands for themselves.
 */
export function hearAgreement(
  said: AgreementLines,
  known: ReadonlyMap<PersonId, AccountId> = new Map(),
): HeardAgreement {
  const start: HeardAgreement = { state: EMPTY_AGREEMENT, accounts: known, refused: [] };
  return said.lines.reduce((told, line, place) => taken(said, told, line, place), start);
}

/** Judges a copy of which every signature was checked. Null when the version that it is about is not in it. */
export function judgeEvidence(evidence: Evidence): EvidenceVerdict | null {
  const { about, lines, versions } = evidence;
  const version = versions.find((one) => one.version === about);
  if (version === undefined) return null;
  const { refused, state } = hearAgreement(evidence);
  const offer = versionIn(state, about);
  const counts = countsIn({ refused });
  const offerLine = lines.find(
    (line, place) => counts(place) && line.said.kind === "offered" && line.version === about,
  );
  const missing = offer === null ? [] : missingSignatures(offer);
  const leavesOut = lines.flatMap(({ after }, place) => (after === "missing" ? [place] : []));
  const isWhole = leavesOut.length === 0 && !refused.some(({ why }) => why.kind === "out-of-order");
  const isHeld = offer?.stage.kind === "in-force" || offer?.stage.kind === "superseded";
  return {
    version,
    stage: offer?.stage ?? null,
    offeredBy: offerLine?.by ?? null,
    offeredAt: offer?.offeredAt ?? null,
    required: offer?.required ?? [],
    signatures: offer === null ? [] : signaturesOf(evidence, offer, counts),
    missing,
    refused,
    leavesOut,
    isWhole,
    isSigned: isHeld && isWhole && missing.length === 0,
  };
}

const taken = (
  evidence: AgreementLines,
  told: HeardAgreement,
  line: EvidenceLine,
  place: number,
): HeardAgreement => {
  const refuse = (why: EvidenceRefusal): HeardAgreement => ({
    ...told,
    refused: [...told.refused, { line: place, why }],
  });
  const why = whyNotHeard(evidence, told, line, place);
  if (why !== null) return refuse(why);
  const accounts = named(told, line);
  const event = eventOf(line, evidence.versions);
  if (event === null) return { ...told, accounts };
  const after = applyToAgreement(told.state, event, line.moment);
  return after.kind === "refused" ? refuse(after.why) : { ...told, accounts, state: after.state };
};

const isTherapist = ({ versions }: AgreementLines, { by, version }: EvidenceLine): boolean =>
  versions.some((one) => one.version === version && one.therapists.includes(by));

/** What keeps a line from being heard at all; null when nothing does. */
const whyNotHeard = (
  evidence: AgreementLines,
  told: HeardAgreement,
  line: EvidenceLine,
  place: number,
): EvidenceRefusal | null => {
  const { accounts, state } = told;
  const { account, after, by, said } = line;
  const known = accounts.get(by);
  // The first who speaks has to be a therapist, and says who everyone else is: in words that every copy has, or a copy would be judged by another's.
  const isFirst = accounts.size === 0 && isTherapist(evidence, line) && isForEveryone(said);
  if (known === undefined && !isFirst) return { kind: "not-named", person: by };
  if (known !== undefined && known !== account) return { kind: "another-account", person: by };
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
      return isSigned ? null : { kind: "not-theirs" };
    }
    case "delivered": {
      if (!askedBy(evidence, line).some(({ person }) => person === by)) return { kind: "not-asked" };
      return isDelivered(evidence, told, line, place) ? { kind: "told-already" } : null;
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

/** A copy in one form is told once for each person and version. */
const isDelivered = (
  { lines }: AgreementLines,
  { refused }: HeardAgreement,
  { by, said, version }: EvidenceLine,
  place: number,
): boolean =>
  lines
    .slice(0, place)
    .some(
      (one, before) =>
        one.said.kind === "delivered" &&
        said.kind === "delivered" &&
        one.said.form === said.form &&
        one.by === by &&
        one.version === version &&
        !refused.some(({ line }) => line === before),
    );

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

/** Whose account is whose after this line. The last word counts: who lost an account comes back with another. */
const named = (
  { accounts }: HeardAgreement,
  { account, by, said }: EvidenceLine,
): HeardAgreement["accounts"] => {
  const all = new Map(accounts).set(by, account);
  if (said.kind === "named") for (const one of said.people) all.set(one.person, one.account);
  return all;
};

const signaturesOf = (
  { lines }: Evidence,
  { signatures, version }: OfferedVersion,
  counts: Counts,
): readonly ProvenSignature[] =>
  signatures.flatMap((given): readonly ProvenSignature[] => {
    const { as, of, person } = given;
    const line = signaturePlace(lines, { counts, version: version.version }, given);
    const found = lines[line];
    if (found?.said.kind !== "signed") return [];
    const { kind: _kind, ...signing } = found.said;
    const { account, moment } = found;
    const score = scoreOf(lines, line, counts);
    const signedWith = signedWithOf(lines, line, counts);
    const witness = lastAbout(lines, { counts, kind: "witnessed", signature: line })?.name ?? null;
    const here = lines.filter((one, place) => counts(place) && one.version === version.version);
    const authority = as === "guardian" ? authorityIn(here, given) : null;
    const delivered = deliveredTo(here, person);
    const beside = { score, signedWith, witness, authority, delivered };
    return [{ person, as, of, account, moment, signing, ...beside, line }];
  });

/** Whether what stands in a place among lines counts. */
export type Counts = (place: number) => boolean;

/** Tells of each place among lines whether what stands there counts. */
export function countsIn({ refused }: Pick<HeardAgreement, "refused">): Counts {
  const places = new Set(refused.map(({ line }) => line));
  return (place) => !places.has(place);
}

/** Where a signature stands among lines: who took one back may have signed again, and the last is the one that counts. -1 for none. */
export function signaturePlace(
  lines: readonly EvidenceLine[],
  { counts, version }: { readonly counts: Counts; readonly version: AgreementVersionId },
  wanted: RequiredSignature,
): number {
  return lines.findLastIndex(
    (one, place) =>
      counts(place) &&
      one.said.kind === "signed" &&
      one.version === version &&
      isSameSignature({ person: one.by, as: one.said.as, of: one.said.of }, wanted),
  );
}

type Said<Kind extends EvidenceSaid["kind"]> = EvidenceSaid & { readonly kind: Kind };

/** The last that was said of this kind about the signature in a place; null for nothing. */
export function lastAbout<Kind extends "understanding" | "signed-with" | "witnessed">(
  lines: readonly EvidenceLine[],
  { counts, kind, signature }: { readonly counts: Counts; readonly kind: Kind; readonly signature: number },
): Said<Kind> | null {
  const isMeant = (said: EvidenceSaid): said is Said<Kind> => said.kind === kind && "line" in said;
  const found = lines
    .filter((_line, place) => counts(place))
    .map(({ said }) => said)
    .filter(isMeant)
    .findLast(({ line }) => line === signature);
  return found ?? null;
}

const scoreOf = (lines: readonly EvidenceLine[], signature: number, counts: Counts): Score | null => {
  const said = lastAbout(lines, { counts, kind: "understanding", signature });
  if (said === null) return null;
  const { answered, asked, firstPercent, percent } = said;
  return { answered, asked, firstPercent, percent };
};

const signedWithOf = (
  lines: readonly EvidenceLine[],
  signature: number,
  counts: Counts,
): SignedWith | null => {
  const said = lastAbout(lines, { counts, kind: "signed-with", signature });
  return said === null ? null : { device: said.device, utcOffsetMinutes: said.utcOffsetMinutes };
};

/** The proof that was recorded last, of lines that count. */
const authorityIn = (
  lines: readonly EvidenceLine[],
  { of, person }: RequiredSignature,
): AuthorityProof | null => {
  const said = lines.findLast(
    (one) => one.said.kind === "authority" && one.said.guardian === person && one.said.minor === of,
  )?.said;
  return said?.kind === "authority" ? said.proof : null;
};

const deliveredTo = (lines: readonly EvidenceLine[], person: PersonId): ProvenSignature["delivered"] =>
  lines.flatMap(({ by, moment, said }) =>
    said.kind === "delivered" && by === person ? [{ form: said.form, at: moment.writtenAt }] : [],
  );
