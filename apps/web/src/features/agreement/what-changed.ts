import type { AgreementVersionView } from "@sotto/client";
import { differenceOf } from "@sotto/domain";
import type { AgreementDifference, AgreementPart, AgreementVersion } from "@sotto/domain";
import { linesIn } from "./part-lines.ts";
import type { Reading } from "./part-lines.ts";

/** What one part says no more, and says now, in the words that somebody reads. Both are empty where only other words have changed. */
export interface ChangedPart {
  readonly part: AgreementPart;
  readonly gone: readonly string[];
  readonly added: readonly string[];
}

/** The version that another is read against: the newest before it that was ever in force, or else the newest before it. Null for the first. */
export function versionBefore(
  versions: readonly AgreementVersionView[],
  { version }: AgreementVersionView,
): AgreementVersionView | null {
  const older = versions.filter((one) => one.version.number < version.number);
  return older.find(({ stage }) => "since" in stage) ?? older[0] ?? null;
}

/** The difference between two versions, its parts by the lines that stand there: what is signed is what is read. */
export function changedParts(
  before: AgreementVersion,
  after: AgreementVersion,
  reading: Reading,
): { readonly parts: readonly ChangedPart[]; readonly difference: AgreementDifference } {
  const difference = differenceOf(before, after);
  const parts = difference.parts.map(({ part }): ChangedPart => {
    const [was, is] = [linesIn(before, part, reading), linesIn(after, part, reading)];
    return {
      part,
      gone: [...new Set(was)].filter((line) => !is.includes(line)),
      added: [...new Set(is)].filter((line) => !was.includes(line)),
    };
  });
  return { parts, difference };
}
