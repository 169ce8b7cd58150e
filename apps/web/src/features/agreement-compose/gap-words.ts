import type { AgreementWork, FamilyView } from "@sotto/client";
import type { Gap, GapWeight, PersonId } from "@sotto/domain";
import { agreementCompose } from "../../words/agreement-compose.ts";

/** How people of a draft are called. */
export function nameIn(work: AgreementWork, family: FamilyView, person: PersonId): string {
  const party = work.parties.find((one) => one.person === person);
  const recorded = family.people.find((one) => one.person.person === person);
  return party?.name ?? recorded?.person.name ?? agreementCompose.difference.somebody;
}

/** What is wrong in one sentence, with what to do about it. */
export function gapSentence(gap: Gap, work: AgreementWork, family: FamilyView): string {
  const place = work.places.find(({ code }) => code === gap.place?.code)?.name ?? gap.place?.code ?? "";
  const name = gap.person === undefined ? "" : nameIn(work, family, gap.person);
  return agreementCompose.gaps[gap.kind]({ gap, name, place });
}

const WEIGHTS: readonly GapWeight[] = ["blocks", "doubtful", "note"];

export interface GapCount {
  readonly weight: GapWeight;
  readonly count: number;
}

/** How many of each weight, the heaviest first; those of which there are none are left out. */
export function countGaps(gaps: readonly Gap[]): readonly GapCount[] {
  return WEIGHTS.map((weight) => ({
    weight,
    count: gaps.filter((gap) => gap.weight === weight).length,
  })).filter(({ count }) => count > 0);
}
