import type { PersonId } from "../id.ts";
import type { RetentionRule } from "../retention/rule.ts";
import { isMinorRole } from "../family/person.ts";
import type {
  Choices,
  ClientModel,
  MinorChoice,
  OpenChoices,
  OutsidersChoice,
  RecordsChoice,
} from "./choices.ts";
import type { ClauseCode } from "./clause-code.ts";
import type { AgreementLanguage, Party, PartWords, Reader } from "./version.ts";

/** For which family a template is meant. */
export const TEMPLATE_SHAPES = [
  "couple",
  "family-with-teenager",
  "family-with-young-child",
  "separated-parents",
  "individual-with-collaterals",
] as const;
export type TemplateShape = (typeof TEMPLATE_SHAPES)[number];

/** What is promised to a minor of one kind; who they are is not known yet. */
export type MinorDefault = Omit<MinorChoice, "minor" | "guardians">;

/** The choices that a template begins with: all that need no name. */
export interface TemplateChoices extends Omit<Choices, "client" | "outsiders" | "records" | "minors"> {
  readonly client: ClientModel;
  readonly outsiders: Omit<OutsidersChoice, "supporters">;
  readonly records: Omit<RecordsChoice, "retention">;
  readonly minors: { readonly teen: MinorDefault; readonly child: MinorDefault };
}

/** Words of a practice's own for one clause, instead of those that are shipped, or an example that stands beside it. */
export interface TemplateText {
  readonly clause: ClauseCode;
  readonly language: AgreementLanguage;
  readonly reader: Reader;
  readonly text: string;
}

/** Where an agreement begins. A template is never signed: what is signed is the version that was made from it. */
export interface AgreementTemplate {
  /** Short, in small letters and dashes. */
  readonly id: string;
  readonly version: number;
  readonly shape: TemplateShape;
  readonly title: { readonly [Language in AgreementLanguage]: string };
  readonly choices: TemplateChoices;
  readonly wordings: readonly TemplateText[];
  readonly examples: readonly TemplateText[];
  /** Words of the practice's own for whole parts, in place of all their sentences. Nothing is put into them, and nobody is named in them. */
  readonly parts: readonly PartWords[];
  /** What it is drawn from. */
  readonly source: string;
  /** False: to be confirmed with counsel. */
  readonly verified: boolean;
  readonly asOf: string;
}

/** The choices of a template for these people, to go on from. Guardians are those who are named for each minor; the period is the practice's own. */
export function choicesFrom(
  { choices }: AgreementTemplate,
  family: {
    readonly parties: readonly Party[];
    readonly guardians: ReadonlyMap<PersonId, readonly PersonId[]>;
    readonly client: PersonId | null;
    readonly retention: RetentionRule | null;
  },
): OpenChoices {
  const { client, guardians, parties, retention } = family;
  const minors = parties.flatMap(({ person, role }): readonly MinorChoice[] => {
    if (!isMinorRole(role)) return [];
    const promise = choices.minors[role === "child" ? "child" : "teen"];
    return [{ ...promise, minor: person, guardians: guardians.get(person) ?? [] }];
  });
  return {
    ...choices,
    client: clientFrom(choices.client, client),
    outsiders: { ...choices.outsiders, supporters: [] },
    records: { ...choices.records, retention },
    minors,
  };
}

const clientFrom = (model: ClientModel, client: PersonId | null): OpenChoices["client"] => {
  if (model !== "individual") return { kind: model };
  return client === null ? null : { kind: "individual", client };
};
