import type { AgreementWork } from "@sotto/client";
import { decidedChoices, namesSomebody, ownWordsForTemplate } from "@sotto/domain";
import type {
  AgreementTemplate,
  Choices,
  Day,
  MinorDefault,
  TemplateChoices,
  TemplateShape,
} from "@sotto/domain";

/** What a template needs besides the choices. */
export interface TemplateWish {
  readonly title: { readonly en: string; readonly es: string };
  readonly shape: TemplateShape;
  readonly source: string;
  readonly on: Day;
  /** Everybody whose name stands in no template. */
  readonly names: readonly string[];
}

const NAME_CHARACTERS = 60;

/** A title as the short name of a file: small letters and dashes. */
export function nameFrom(title: string): string {
  const plain = title.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
  const name = plain.replaceAll(/[^a-z0-9]+/g, "-").slice(0, NAME_CHARACTERS);
  return name.replaceAll(/^-+|-+$/g, "") || "template";
}

/** The choices of a draft as a template for other families: without anybody's name. Null while a part is open. Nobody has checked it, so it is for counsel again. */
export function templateFrom(work: AgreementWork, wish: TemplateWish): AgreementTemplate | null {
  const choices = decidedChoices(work.choices);
  if (choices === null) return null;
  const id = nameFrom(wish.title.en);
  const { begunFrom } = work;
  const two = (value: number): string => String(value).padStart(2, "0");
  return {
    id,
    version: begunFrom?.id === id ? begunFrom.version + 1 : 1,
    shape: wish.shape,
    title: { en: wish.title.en.trim(), es: wish.title.es.trim() },
    choices: templateChoices(work, choices),
    wordings: (begunFrom?.wordings ?? []).filter(({ text }) => !namesSomebody(text, wish.names)),
    examples: (begunFrom?.examples ?? []).filter(({ text }) => !namesSomebody(text, wish.names)),
    parts: ownWordsForTemplate(work.own ?? [], wish.names).go,
    source: wish.source,
    verified: false,
    asOf: `${wish.on.year}-${two(wish.on.month)}-${two(wish.on.day)}`,
  };
}

/** Where in a template, besides words for whole parts, a text stands that is typed by hand and has one of these names in it. */
export function namedIn(
  { choices, source, title }: AgreementTemplate,
  names: readonly string[],
): readonly ("title" | "messages" | "worries")[] {
  const { crisisLine } = choices.messages;
  const typed = {
    title: [title.en, title.es, source],
    messages: crisisLine === null ? [] : [crisisLine.name, crisisLine.number],
    worries: choices.worries.routes.map(({ contact }) => contact),
  };
  return (["title", "messages", "worries"] as const).filter((place) =>
    typed[place].some((text) => namesSomebody(text, names)),
  );
}

/** Whether a template has nothing in it that somebody typed for one family: then it may be shared without being read again. */
export function isPlain(template: AgreementTemplate, names: readonly string[]): boolean {
  const { examples, parts, wordings } = template;
  return (
    [examples, parts, wordings].every(({ length }) => length === 0) && namedIn(template, names).length === 0
  );
}

/** What no minor is told of: as little as possible is promised to guardians, and danger always. */
const CAREFUL: MinorDefault = {
  level: "private",
  told: ["attendance", "serious-risk"],
  tellsMinorFirst: true,
  route: "guardians",
};

const templateChoices = (work: AgreementWork, choices: Choices): TemplateChoices => {
  const { confiding, exceptions, release, teensSign } = choices.outsiders;
  const { access, form } = choices.records;
  const promiseTo = (role: "teen" | "child"): MinorDefault => {
    const found = choices.minors.find(({ minor }) =>
      work.parties.some((party) => party.person === minor && party.role === role),
    );
    if (found === undefined) return work.begunFrom?.choices.minors[role] ?? CAREFUL;
    const { level, route, tellsMinorFirst, told } = found;
    return { level, route, tellsMinorFirst, told };
  };
  return {
    client: choices.client.kind,
    policy: choices.policy,
    contacts: choices.contacts,
    telling: choices.telling,
    limits: choices.limits,
    earlier: choices.earlier,
    outsiders: { confiding, exceptions, release, teensSign },
    promises: choices.promises,
    records: { access, form },
    court: choices.court,
    minors: { teen: promiseTo("teen"), child: promiseTo("child") },
    messages: choices.messages,
    change: choices.change,
    worries: choices.worries,
  };
};
