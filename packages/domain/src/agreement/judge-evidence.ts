import type { AccountId, AgreementVersionId, PersonId } from "../id.ts";
import type { EventMoment } from "./event.ts";
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
import { countsIn, hearAgreement } from "./hear-agreement.ts";
import type { Counts, EvidenceRefusal } from "./hear-agreement.ts";
import { isSameSignature } from "./signer.ts";
import type { RequiredSignature } from "./signer.ts";
import { missingSignatures, versionIn } from "./state.ts";
import type { OfferedVersion, VersionStage } from "./state.ts";
import type { AgreementVersion } from "./version.ts";

/*
 * What a copy of an agreement proves, by the rules that decide while it lives (`hearAgreement`). Whose account the first therapist's is nobody else says: whoever
 * reads the verdict compares their fingerprint.
 */

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
