import type { OpenChoices } from "./choices.ts";
import type { Gap } from "./gap.ts";
import type { AgreementPart } from "./part.ts";

/** The most that a number of an agreement may be; each is a whole number and at least 1. */
export const AGREEMENT_BOUNDS = {
  graceCount: 90,
  answerHours: 720,
  checkInMonths: 24,
  reviewMonths: 36,
  firstWordHours: 720,
} as const;
export type AgreementNumber = keyof typeof AGREEMENT_BOUNDS;

/** Numbers that make no sense. */
export function boundGaps(choices: OpenChoices): readonly Gap[] {
  const { change, messages, telling, worries } = choices;
  const hours = messages?.channels.map(({ answerHours }) => answerHours) ?? [];
  return [
    ...bound("telling", "graceCount", [telling?.graceCount]),
    ...bound("messages", "answerHours", hours),
    ...bound("change", "checkInMonths", [change?.checkInMonths]),
    ...bound("change", "reviewMonths", [change?.reviewMonths]),
    ...bound("worries", "firstWordHours", [worries?.firstWordHours]),
  ];
}

const bound = (
  part: AgreementPart,
  about: AgreementNumber,
  values: readonly (number | null | undefined)[],
): readonly Gap[] => {
  const isWithin = (value: number): boolean =>
    Number.isInteger(value) && value >= 1 && value <= AGREEMENT_BOUNDS[about];
  const isBad = values.some((value) => value !== null && value !== undefined && !isWithin(value));
  return isBad ? [{ kind: "out-of-range", weight: "blocks", part, about }] : [];
};
