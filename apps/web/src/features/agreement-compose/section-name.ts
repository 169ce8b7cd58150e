import { PART_NAMES } from "@sotto/content/part-names";
import type { AgreementPart, Gap } from "@sotto/domain";
import { AGREEMENT_PARTS } from "@sotto/domain";
import { agreementCompose as said } from "../../words/agreement-compose.ts";
import { spokenLanguage } from "../../words/words.ts";

/** The parts of the screen that fold, in their order. */
export type SectionName = "people" | "places" | AgreementPart | "reading" | "difference" | "file";

export const SECTIONS: readonly SectionName[] = [
  "people",
  "places",
  ...AGREEMENT_PARTS,
  "reading",
  "difference",
  "file",
];

export function sectionTitle(section: SectionName): string {
  switch (section) {
    case "people":
      return said.people.title;
    case "places":
      return said.places.title;
    case "reading":
      return said.reading.title;
    case "difference":
      return said.difference.title;
    case "file":
      return said.file.title;
    default:
      return PART_NAMES[spokenLanguage()][section];
  }
}

/** Where a gap is mended: beside its part, or where people and places are chosen. */
export function sectionOf({ kind, part }: Gap): SectionName {
  switch (kind) {
    case "nobody-bound":
    case "no-therapist":
    case "person-twice":
    case "does-not-sign":
    case "age-unknown":
      return "people";
    case "no-place":
    case "place-unverified":
      return "places";
    default:
      return part;
  }
}
