import type { AgreementWork, FamilyView } from "@sotto/client";
import { CLAUSE_WORDS } from "@sotto/content/agreement-words";
import { clausePart, partWords } from "@sotto/domain";
import type { Clause, OpenChoices, PersonId, RetentionRule } from "@sotto/domain";
import { nameIn } from "./gap-words.ts";
import type { SectionName } from "./section-name.ts";
import { spokenLanguage } from "../../words/words.ts";

/** What each part of the screen is given to change the draft with. */
export interface Editing {
  readonly work: AgreementWork;
  readonly family: FamilyView;
  readonly retention: RetentionRule | null;
  readonly choose: (choices: Partial<OpenChoices>) => void;
  /** Any other change of the draft. */
  readonly change: (work: AgreementWork) => void;
  readonly onGo: (section: SectionName) => void;
}

/** The sentence that adults read for a choice, in the language of this device: what a choice means is said in the words that are signed. */
export function sentenceOf(
  { family, work }: Pick<Editing, "family" | "work">,
  code: Clause["code"],
  values: Clause["values"] = {},
): string {
  const language = spokenLanguage();
  const [words] = partWords({
    clauses: [{ code, part: clausePart(code), values }],
    catalogue: CLAUSE_WORDS[language],
    wordings: work.begunFrom?.wordings ?? [],
    language,
    readers: ["adult"],
    nameOf: (person: PersonId) => nameIn(work, family, person),
  });
  return words?.text ?? "";
}
