import type { EntryId, FamilyId, PersonId, ReleaseId } from "../id.ts";
import type { RequiredSignature } from "../agreement/signer.ts";
import { OUTSIDE_LABELS } from "../agreement/telling.ts";
import type { DisclosedEntry } from "./owner-rule.ts";
import type { Recipient } from "./recipient.ts";
import { isSameRecipient } from "./recipient.ts";

/**
 * A release of information: signed permission to tell stated content to a stated recipient for a stated purpose until a stated end (domain 10.3, after
 * 45 CFR 164.508(c)). An end that is an event is a release without that date, taken back when it happens.
 */

/** What it is for. Permission for one purpose is none for another. */
export const RELEASE_PURPOSES = ["family-work", "care", "school", "court", "payment", "own-request"] as const;
export type ReleasePurpose = (typeof RELEASE_PURPOSES)[number];

/** What stands outside every policy leaves only where it is named. */
export const RELEASE_LABELS = ["ordinary", ...OUTSIDE_LABELS] as const;
export type ReleaseLabel = (typeof RELEASE_LABELS)[number];

/** Which entries it is about: these, or all that these people told in a span of time. */
export type ReleaseContent =
  | { readonly kind: "entries"; readonly entries: readonly EntryId[] }
  | {
      readonly kind: "told";
      readonly by: readonly PersonId[];
      readonly from: number;
      readonly until: number;
    };

/** One person's own authorisation. `expiresAt` is the first moment at which it counts no more. */
export interface ReleaseSignature extends RequiredSignature {
  readonly at: number;
  readonly expiresAt: number;
  /** When it was taken back; null while it was not. It counts at once. */
  readonly revokedAt: number | null;
}

export interface Release {
  readonly release: ReleaseId;
  readonly family: FamilyId;
  readonly content: ReleaseContent;
  readonly labels: readonly ReleaseLabel[];
  readonly recipient: Recipient;
  readonly purpose: ReleasePurpose;
  readonly signatures: readonly ReleaseSignature[];
}

/** Why a release that is about this permits nothing now. */
export type ReleaseLack = "revoked" | "expired" | "unsigned";

/** Whether a release is about this entry, this recipient and this purpose. Whether it counts is another question. */
export function isAbout(
  { content, labels, purpose, recipient }: Release,
  wish: { readonly entry: DisclosedEntry; readonly to: Recipient; readonly purpose: ReleasePurpose },
): boolean {
  const { entry, to } = wish;
  return (
    purpose === wish.purpose &&
    isSameRecipient(recipient, to) &&
    isContent(content, entry) &&
    isLabel(labels, entry)
  );
}

/**
 * What keeps a release from counting; null when it counts. A release of several people is one set: it stops for all when one of them takes it back or
 * theirs runs out.
 */
export function releaseLack(
  { signatures }: Release,
  required: readonly RequiredSignature[],
  at: number,
): { readonly why: ReleaseLack; readonly missing: readonly RequiredSignature[] } | null {
  if (signatures.some(({ revokedAt }) => revokedAt !== null)) return { why: "revoked", missing: [] };
  if (signatures.some(({ expiresAt }) => at >= expiresAt)) return { why: "expired", missing: [] };
  const given = signatures.filter((one) => one.at <= at);
  const missing = required.filter((one) => !given.some((other) => isTheirs(one, other)));
  // Where nobody is known who could sign, nobody has.
  return missing.length > 0 || required.length === 0 ? { why: "unsigned", missing } : null;
}

/** A minor's own word is theirs, whether it was given as consent or as assent; a guardian's is another decision. */
const isTheirs = (one: RequiredSignature, other: RequiredSignature): boolean =>
  one.person === other.person && one.of === other.of && (one.as === "guardian") === (other.as === "guardian");

const isContent = (content: ReleaseContent, { entry, owners, told }: DisclosedEntry): boolean => {
  switch (content.kind) {
    case "entries":
      return content.entries.includes(entry);
    case "told":
      return (
        owners.every((owner) => content.by.includes(owner)) &&
        [told.at, told.writtenAt].every((at) => at >= content.from && at < content.until)
      );
  }
};

/** Notes of a therapist are released alone, and never along with anything else (domain 10.2). */
const isLabel = (labels: readonly ReleaseLabel[], { label }: DisclosedEntry): boolean =>
  labels.includes(label ?? "ordinary") &&
  (label !== "psychotherapy-note" || labels.every((one) => one === label));
