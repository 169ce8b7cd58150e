import type { PersonId } from "../id.ts";
import { isMinorRole } from "../family/person.ts";
import type { FamilyRole, SafeContact } from "../family/person.ts";

/*
 * What may be worth a word before a signature is relied upon. It is for a therapist's eyes: nothing is blocked, nobody of the family is told, and neither
 * proves anything. A couple who share a tablet in the waiting room look the same as one who signs for both.
 */

/** Within this time of each other, two adults on one browser are worth a word: long enough to lock it and come in as somebody else. */
const SAME_DEVICE_WITHIN_MS = 60 * 60_000;
/** A new way to be reached counts as just before a signature for this long. */
const CONTACT_BEFORE_MS = 7 * 86_400_000;

/** A signature as far as it is looked at here. `mark` is alike where one browser signed a version twice; null where none is known. */
export interface LookedSignature {
  readonly person: PersonId;
  readonly role: FamilyRole;
  readonly at: number;
  readonly mark: string | null;
}

export type SigningCheck =
  | { readonly kind: "same-device"; readonly people: readonly [PersonId, PersonId] }
  | { readonly kind: "contact-changed"; readonly person: PersonId };

/** What is worth a word about the signatures of one version. Each pair and each person comes once. */
export function signingChecks(wish: {
  readonly signatures: readonly LookedSignature[];
  /** When the record last changed how somebody is reached. */
  readonly contactChanges: readonly { readonly person: PersonId; readonly at: number }[];
}): readonly SigningCheck[] {
  const { contactChanges, signatures } = wish;
  const adults = signatures.filter(({ role }) => !isMinorRole(role));
  const pairs = adults.flatMap((one, place) =>
    adults
      .slice(place + 1)
      .filter((other) => isSameDevice(one, other))
      .map(({ person }) => [one.person, person].toSorted() as [PersonId, PersonId]),
  );
  const people = pairs.filter(
    (pair, place) => pairs.findIndex((one) => one.join() === pair.join()) === place,
  );
  const changed = signatures.filter(({ at, person }) =>
    contactChanges.some((one) => one.person === person && one.at <= at && at - one.at <= CONTACT_BEFORE_MS),
  );
  return [
    ...people.map((pair): SigningCheck => ({ kind: "same-device", people: pair })),
    ...[...new Set(changed.map(({ person }) => person))].map((person): SigningCheck => ({
      kind: "contact-changed",
      person,
    })),
  ];
}

const isSameDevice = (one: LookedSignature, other: LookedSignature): boolean =>
  one.person !== other.person &&
  one.mark !== null &&
  one.mark === other.mark &&
  Math.abs(one.at - other.at) <= SAME_DEVICE_WITHIN_MS;

/** True when somebody who could be reached is reached in another way now, or in none. A first way to reach somebody is no change; a note about it is none either. */
export function isContactChanged(before: SafeContact | null, after: SafeContact | null): boolean {
  if (before === null) return false;
  return before.channel !== after?.channel || before.address !== after.address;
}
