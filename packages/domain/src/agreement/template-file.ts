import * as choose from "./choices.ts";
import type { SecretsPolicy } from "./choices.ts";
import { isClauseCode, clauseValues } from "./clause-code.ts";
import type { ClauseCode, ClauseValue } from "./clause-code.ts";
import { AGREEMENT_BOUNDS } from "./gap-bounds.ts";
import { AGREEMENT_PARTS } from "./part.ts";
import { TEMPLATE_SHAPES } from "./template.ts";
import type { AgreementTemplate, MinorDefault, TemplateChoices, TemplateText } from "./template.ts";
import {
  fieldsOf,
  flag,
  kindOf,
  listOf,
  oneOf,
  orAbsent,
  orNull,
  setOf,
  whole,
  words,
} from "./template-reading.ts";
import type { Read, TemplateRefusal } from "./template-reading.ts";
import type { PartWords } from "./version.ts";
import { AGREEMENT_LANGUAGES, READERS } from "./version.ts";

/** The first word of a template file. Another one is another format. */
export const TEMPLATE_FORMAT = "sotto-agreement-template/1";

/** What a template file may be at most. */
export const TEMPLATE_LIMITS = {
  characters: 400_000,
  textCharacters: 1_200,
  partCharacters: 4_000,
  texts: 1_500,
} as const;

export type ParsedTemplate =
  | { readonly kind: "template"; readonly template: AgreementTemplate }
  | { readonly kind: "refused"; readonly why: readonly TemplateRefusal[] };

/** The refusals that are told at most: a file with more is no template. */
const REFUSALS_MOST = 50;

/** Reads a template file that somebody hands over. Everything in it is known, or it is refused with all that is wrong. Its size is looked at first. */
export function parseTemplate(text: string): ParsedTemplate {
  if (text.length > TEMPLATE_LIMITS.characters) {
    return refused([{ kind: "too-large", charactersMost: TEMPLATE_LIMITS.characters }]);
  }
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch {
    return refused([{ kind: "not-a-template" }]);
  }
  if (typeof file !== "object" || file === null || !("format" in file)) {
    return refused([{ kind: "not-a-template" }]);
  }
  if (file.format !== TEMPLATE_FORMAT) {
    return refused([{ kind: "unknown-format", format: String(file.format).slice(0, 60) }]);
  }
  const why: TemplateRefusal[] = [];
  const read = readFile(file, { at: "", refuse: (one) => why.push(one) });
  if (read === null || why.length > 0) return refused(why.slice(0, REFUSALS_MOST));
  return { kind: "template", template: read.is.template };
}

/** A template as a file: the same template gives the same text, and the text gives the template again. One without words for whole parts does not speak of them. */
export function templateFile({ parts, ...template }: AgreementTemplate): string {
  const said = parts.length === 0 ? template : { ...template, parts };
  return `${JSON.stringify(ordered({ format: TEMPLATE_FORMAT, template: said }), null, 2)}\n`;
}

/** Why words cannot stand for this clause; null when they can. What stands between braces is put in by the software, and has to be one of the clause's values. */
export function brokenReferenceIn(clause: ClauseCode, text: string): string | null {
  const known: readonly string[] = clauseValues(clause);
  const asked = text.match(/\{[^{}]*\}?|\}/g) ?? [];
  return (
    asked.find((one) => !known.includes(one.slice(1, -1)) || one.at(-1) !== "}" || one.at(0) !== "{") ?? null
  );
}

const refused = (why: readonly TemplateRefusal[]): ParsedTemplate => ({ kind: "refused", why });

/** Fields in the order of the alphabet, all the way down. */
const ordered = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== "object" || value === null) return value;
  const fields = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(fields.map(([field, inner]) => [field, ordered(inner)]));
};

const policy = kindOf<SecretsPolicy>({
  "no-secrets": fieldsOf({ kind: oneOf(["no-secrets"]) }),
  limited: fieldsOf({ kind: oneOf(["limited"]), categories: setOf(choose.SECRET_CATEGORIES) }),
  discretion: fieldsOf({ kind: oneOf(["discretion"]), tellsSpeakerFirst: flag }),
  full: fieldsOf({ kind: oneOf(["full"]) }),
  "no-individual-contact": fieldsOf({ kind: oneOf(["no-individual-contact"]), isScreenedFirst: flag }),
});

const upTo = (name: keyof typeof AGREEMENT_BOUNDS): Read<number> => whole(1, AGREEMENT_BOUNDS[name]);
const LINE_CHARACTERS = 200;

const minorDefault = fieldsOf<MinorDefault>({
  level: oneOf(choose.MINOR_LEVELS),
  told: setOf(choose.GUARDIAN_TOPICS),
  tellsMinorFirst: flag,
  route: oneOf(choose.CONSENT_ROUTES),
});

const contact: Read<string> = (value, spot) =>
  value === "" ? { is: "" } : words(LINE_CHARACTERS)(value, spot);

const choices = fieldsOf<TemplateChoices>({
  client: oneOf(choose.CLIENT_MODELS),
  policy,
  contacts: setOf(choose.CONTACT_KINDS),
  telling: fieldsOf({
    graceUnit: oneOf(choose.GRACE_UNITS),
    graceCount: upTo("graceCount"),
    ifNotTold: oneOf(choose.IF_NOT_TOLD),
  }),
  limits: setOf(choose.CONFIDENTIALITY_LIMITS),
  earlier: oneOf(choose.EARLIER_KINDS),
  outsiders: fieldsOf({
    release: oneOf(choose.RELEASE_RULES),
    teensSign: flag,
    exceptions: setOf(choose.RELEASE_EXCEPTIONS),
    confiding: oneOf(choose.CONFIDING_RULES),
  }),
  promises: fieldsOf({
    recordings: oneOf(choose.RECORDING_RULES),
    screenshots: oneOf(choose.SCREENSHOT_RULES),
    markedViews: flag,
    socialMedia: oneOf(choose.SOCIAL_MEDIA_RULES),
    notInCourt: flag,
  }),
  records: fieldsOf({ form: oneOf(choose.RECORD_FORMS), access: oneOf(choose.RECORD_ACCESS) }),
  court: fieldsOf({ secrecy: oneOf(choose.COURT_SECRECY), testimony: oneOf(choose.TESTIMONY_RULES) }),
  minors: fieldsOf({ teen: minorDefault, child: minorDefault }),
  messages: fieldsOf({
    channels: listOf(
      fieldsOf({ channel: oneOf(choose.MESSAGE_CHANNELS), answerHours: orNull(upTo("answerHours")) }),
      choose.MESSAGE_CHANNELS.length,
      ({ channel }) => channel,
    ),
    crisisLine: orNull(fieldsOf({ name: words(LINE_CHARACTERS), number: words(LINE_CHARACTERS) })),
  }),
  change: fieldsOf({ checkInMonths: upTo("checkInMonths"), reviewMonths: upTo("reviewMonths") }),
  worries: fieldsOf({
    routes: listOf(
      fieldsOf({ route: oneOf(choose.WORRY_ROUTES), contact }),
      choose.WORRY_ROUTES.length,
      ({ route }) => route,
    ),
    members: setOf(choose.LEAK_STEPS),
    practice: setOf(choose.LEAK_PROMISES),
    firstWordHours: upTo("firstWordHours"),
  }),
});

const clause: Read<ClauseCode> = (value, spot) => {
  if (typeof value === "string" && isClauseCode(value)) return { is: value };
  spot.refuse({ kind: "unknown-clause", at: spot.at, clause: String(value).slice(0, LINE_CHARACTERS) });
  return null;
};

const templateText: Read<TemplateText> = (value, spot) => {
  const read = fieldsOf<TemplateText>({
    clause,
    language: oneOf(AGREEMENT_LANGUAGES),
    reader: oneOf(READERS),
    text: words(TEMPLATE_LIMITS.textCharacters),
  })(value, spot);
  const broken = read === null ? null : brokenReferenceIn(read.is.clause, read.is.text);
  if (broken === null) return read;
  spot.refuse({ kind: "broken-reference", at: `${spot.at}.text`, to: broken.slice(0, LINE_CHARACTERS) });
  return null;
};

const texts = listOf(
  templateText,
  TEMPLATE_LIMITS.texts,
  ({ clause: code, language, reader }) => `${code} ${language} ${reader}`,
);

/** Words for a whole part. Which sentences they stand for is not known, so that there is nothing to put into them. */
export const partText: Read<string> = (value, spot) => {
  const read = words(TEMPLATE_LIMITS.partCharacters)(value, spot);
  const broken = read?.is.match(/[{}][^{}]*\}?/)?.[0];
  if (broken === undefined) return read;
  spot.refuse({ kind: "broken-reference", at: spot.at, to: broken.slice(0, LINE_CHARACTERS) });
  return null;
};

const parts = listOf(
  fieldsOf<PartWords>({
    part: oneOf(AGREEMENT_PARTS),
    language: oneOf(AGREEMENT_LANGUAGES),
    reader: oneOf(READERS),
    text: partText,
  }),
  AGREEMENT_PARTS.length * AGREEMENT_LANGUAGES.length * READERS.length,
  ({ language, part, reader }) => `${part} ${language} ${reader}`,
);

const name: Read<string> = (value, spot) => {
  const isName = typeof value === "string" && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(value) && value.length <= 60;
  if (isName) return { is: value };
  spot.refuse({ kind: "unknown-value", at: spot.at });
  return null;
};

const VERSION_MOST = 1_000_000;

const readFile = fieldsOf<{ readonly format: string; readonly template: AgreementTemplate }>({
  format: oneOf([TEMPLATE_FORMAT]),
  template: fieldsOf<AgreementTemplate>({
    id: name,
    version: whole(1, VERSION_MOST),
    shape: oneOf(TEMPLATE_SHAPES),
    title: fieldsOf({ en: words(LINE_CHARACTERS), es: words(LINE_CHARACTERS) }),
    choices,
    wordings: texts,
    examples: texts,
    parts: orAbsent(parts, []),
    source: words(TEMPLATE_LIMITS.textCharacters),
    verified: flag,
    asOf: words(LINE_CHARACTERS),
  }),
});

/** The words of a clause with its values put in, as whoever shows them has written these (a name for a person, a number in the language). */
export function fillWords(text: string, values: Readonly<Partial<Record<ClauseValue, string>>>): string {
  return text.replaceAll(/\{([a-z]+)\}/g, (asked: string, key: string) => {
    const value = Object.entries(values).find(([known]) => known === key)?.[1];
    return value ?? asked;
  });
}
