import type { AgreementVersion, PersonId } from "@sotto/domain";

/** What somebody is called in a version; empty for whoever is no party to it. */
export function nameIn({ parties }: AgreementVersion, person: PersonId): string {
  return parties.find((party) => party.person === person)?.name ?? "";
}
