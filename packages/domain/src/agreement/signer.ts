import type { PersonId } from "../id.ts";
import { isMinorRole } from "../family/person.ts";
import type { AgreementTerms } from "./version.ts";

/** As what somebody signs: for themselves, to say that they agree although others consent for them, or as the guardian of a minor (domain section 16). */
export const CAPACITIES = ["self", "assent", "guardian"] as const;
export type Capacity = (typeof CAPACITIES)[number];

/** One signature that an agreement needs. `of` is whom it is about: the minor for a guardian, otherwise the signer. */
export interface RequiredSignature {
  readonly person: PersonId;
  readonly as: Capacity;
  readonly of: PersonId;
}

/**
 * The signatures without which an agreement is not in force. Adults and collaterals sign for themselves. A minor signs where they can: assent where
 * guardians consent, for themselves where they consent alone; every guardian named for them consents, linked by `of`. Somebody who is a guardian and takes
 * part signs twice, since the two are two decisions. Guardians who do not take part sign as guardians alone. The practice signs by offering it.
 */
export function requiredSignatures({ choices, parties }: AgreementTerms): readonly RequiredSignature[] {
  const own = parties.flatMap((party): RequiredSignature[] => {
    const { person, role, signs } = party;
    if (!signs || role === "guardian") return [];
    if (!isMinorRole(role)) return [{ person, as: "self", of: person }];
    const isAlone = choices.minors.some(({ minor, route }) => minor === person && route === "minor");
    return [{ person, as: isAlone ? "self" : "assent", of: person }];
  });
  const guardians = choices.minors.flatMap(({ guardians: asked, minor, route }): RequiredSignature[] =>
    route === "minor"
      ? []
      : [...new Set(asked)].map((person) => ({ person, as: "guardian", of: minor }) as const),
  );
  const all = [...own, ...guardians];
  return all.filter((one, index) => all.findIndex((other) => isSameSignature(one, other)) === index);
}

/** True when both say the same of the same people. */
export function isSameSignature(one: RequiredSignature, other: RequiredSignature): boolean {
  return one.person === other.person && one.as === other.as && one.of === other.of;
}
