import type { PersonId } from "../id.ts";

/** Somebody who would learn something. */
export type Recipient =
  /** Of the family: in treatment, as a collateral, or as a guardian. `hasLeft`: was, and is no more. */
  | { readonly kind: "person"; readonly person: PersonId; readonly hasLeft: boolean }
  | { readonly kind: "professional"; readonly person: PersonId }
  /** Whoever else: a school, a court, a supporter whom the agreement names. */
  | { readonly kind: "outsider"; readonly name: string };

/** True when both are the same one, whether or not they have left. */
export function isSameRecipient(one: Recipient, other: Recipient): boolean {
  if (one.kind === "outsider" || other.kind === "outsider")
    return one.kind === "outsider" && other.kind === "outsider" && one.name === other.name;
  return one.kind === other.kind && one.person === other.person;
}
