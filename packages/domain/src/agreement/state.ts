import type { AgreementVersionId, PersonId } from "../id.ts";
import type { SignerAnswer, GivenSignature } from "./event.ts";
import type { RequiredSignature } from "./signer.ts";
import { isSameSignature } from "./signer.ts";
import type { AgreementVersion } from "./version.ts";

/** Where a version stands. Its time in force is the span from `since` to `until`; one that is `void` never was in force. */
export type VersionStage =
  | { readonly kind: "open" }
  | { readonly kind: "in-force"; readonly since: number }
  | { readonly kind: "superseded"; readonly since: number; readonly until: number }
  | { readonly kind: "suspended"; readonly since: number; readonly until: number }
  | { readonly kind: "void"; readonly why: "replaced" | "recalled" | "withdrawal" | "somebody-left" };

export interface OfferedVersion {
  readonly version: AgreementVersion;
  readonly offeredAt: number;
  readonly required: readonly RequiredSignature[];
  readonly signatures: readonly GivenSignature[];
  /** What was answered instead of signing; a signature takes it away. */
  readonly answers: ReadonlyMap<PersonId, SignerAnswer>;
  /** How often somebody has taken back by an answer what they had signed of it. */
  readonly takenBack: ReadonlyMap<PersonId, number>;
  /** Who has left since it was offered, and when: what they tell after that is not told under it. */
  readonly left: ReadonlyMap<PersonId, number>;
  readonly stage: VersionStage;
}

/** All that has become of one family's agreement, the oldest version first. */
export interface AgreementState {
  readonly versions: readonly OfferedVersion[];
  readonly gone: ReadonlySet<PersonId>;
  /** Who has come to look after the family since a version was offered, and was named by those who did before: they speak about it as its therapists do. */
  readonly successors: ReadonlySet<PersonId>;
  readonly closed: boolean;
}

export const EMPTY_AGREEMENT: AgreementState = {
  versions: [],
  gone: new Set(),
  successors: new Set(),
  closed: false,
};

/** The version that holds now; null when none does. */
export function versionInForce({ versions }: AgreementState): OfferedVersion | null {
  return versions.find(({ stage }) => stage.kind === "in-force") ?? null;
}

/** The version that waits for signatures; null when none does. There is never more than one. */
export function openOffer({ versions }: AgreementState): OfferedVersion | null {
  return versions.find(({ stage }) => stage.kind === "open") ?? null;
}

/** The signatures that a version still waits for. */
export function missingSignatures({ required, signatures }: OfferedVersion): readonly RequiredSignature[] {
  return required.filter((one) => !signatures.some((given) => isSameSignature(one, given)));
}

/** One version, in whatever stage; null when it was never offered. */
export function versionIn({ versions }: AgreementState, id: AgreementVersionId): OfferedVersion | null {
  return versions.find(({ version }) => version.version === id) ?? null;
}
