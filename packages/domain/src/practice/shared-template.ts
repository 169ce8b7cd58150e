import type { AccountId, TemplateId } from "../id.ts";
import type { Act } from "../retention/entry.ts";
import type { Staffed } from "../retention/disposal.ts";
import { staffBehind } from "../retention/disposal.ts";
import type { Said } from "../retention/said.ts";

/*
 * The templates that a practice shares among its therapists. Each save is a version of its own, numbered by its place in the practice's room: two therapists
 * who save at the same time both have theirs kept, and the later one in the room is the newest. What a version says stands in pieces beside this, and is
 * known by its hash; an agreement that was begun from one has taken it whole, so that nothing here ever changes an agreement.
 */

/** Entries about the practice's templates, in the practice's room. */
export type TemplateEntry =
  /** One piece of a template's file: `about` is the hash of all of it, `index` its place among `count`. */
  | {
      readonly kind: "template-piece";
      readonly about: Uint8Array;
      readonly index: number;
      readonly count: number;
      readonly bytes: Uint8Array;
    }
  /** The file whose hash this is, is from now on the newest version of a template. */
  | { readonly kind: "template-saved"; readonly template: TemplateId; readonly about: Uint8Array }
  /** Retired, no agreement begins from it any more; it is still there. */
  | { readonly kind: "template-retired"; readonly template: TemplateId; readonly retired: boolean }
  /** To somebody who came in later: one version of a template, and whether the template is retired. */
  | {
      readonly kind: "template-told";
      readonly template: TemplateId;
      readonly about: Uint8Array;
      readonly number: number;
      readonly saved: Act;
      readonly retired: boolean;
    };

/** One version of a template, and who saved it. */
export interface TemplateSave extends Act {
  readonly number: number;
  readonly about: Uint8Array;
}

export interface SharedTemplate {
  readonly template: TemplateId;
  /** The oldest first. */
  readonly saves: readonly TemplateSave[];
  readonly retired: boolean;
}

export type SharedTemplates = ReadonlyMap<TemplateId, SharedTemplate>;

/** What a practice shares at most: of more templates than these none is taken, and of more versions of one the oldest make way. */
export const SHARED_TEMPLATE_LIMITS = { templates: 100, versions: 20 } as const;

/** Of a save whose place among the others is not known yet, since those are still being told. */
const NOT_YET = 0;

/** The number that the next save of a template has. */
export function nextTemplateNumber(known: SharedTemplate | undefined): number {
  return Math.max(0, ...(known?.saves ?? []).map(({ number }) => number)) + 1;
}

/** Adds one entry of the practice's room that is about templates. What nobody may say, and what says nothing new, changes nothing. */
export function applyToTemplates(
  templates: SharedTemplates,
  entry: TemplateEntry,
  { said, staffed }: { readonly said: Said; readonly staffed: Staffed },
): SharedTemplates {
  if (entry.kind === "template-piece") return templates;
  const known = templates.get(entry.template);
  if (known === undefined && templates.size >= SHARED_TEMPLATE_LIMITS.templates) return templates;
  switch (entry.kind) {
    case "template-saved": {
      if (!mayWrite(said, staffed)) return templates;
      const { about, template } = entry;
      const number = said.isKnownWhole ? nextTemplateNumber(known) : NOT_YET;
      const save = { number, about, by: said.by, at: said.at };
      const saves = [...(known?.saves ?? []), save];
      return withTemplate(templates, { template, saves, retired: known?.retired ?? false });
    }
    case "template-retired": {
      if (known === undefined || known.retired === entry.retired || !mayWrite(said, staffed))
        return templates;
      return withTemplate(templates, { ...known, retired: entry.retired });
    }
    case "template-told": {
      // Whoever was there has heard it from those who saved it: a third one's word is for those alone who could not.
      if (said.isKnownWhole) return templates;
      const { about, number, retired, saved, template } = entry;
      const save = { number, about, ...saved };
      const others = (known?.saves ?? []).filter((one) => one.number !== number && !isSameSave(one, save));
      return withTemplate(templates, { template, saves: [...others, save], retired });
    }
  }
}

/** All is told: what was saved meanwhile, and was not among what was told, comes after it. */
export function settleTemplates(templates: SharedTemplates): SharedTemplates {
  const isOpen = ({ saves }: SharedTemplate): boolean => saves.some(({ number }) => number === NOT_YET);
  if (![...templates.values()].some(isOpen)) return templates;
  return new Map(
    [...templates].map(([id, one]) => {
      const told = one.saves.filter(({ number }) => number !== NOT_YET);
      const first = nextTemplateNumber({ ...one, saves: told });
      const late = one.saves
        .filter(({ number }) => number === NOT_YET)
        .map((save, index) => ({ ...save, number: first + index }));
      return [id, { ...one, saves: [...told, ...late] }];
    }),
  );
}

/** The entries that tell all of it to somebody who came in later. The pieces go before them. */
export function restateTemplates(templates: SharedTemplates): readonly TemplateEntry[] {
  return [...templates.values()].flatMap(({ retired, saves, template }) =>
    saves.map(({ about, at, by, number }): TemplateEntry => ({
      kind: "template-told",
      template,
      about,
      number,
      saved: { by, at },
      retired,
    })),
  );
}

/** Therapists alone. Whoever is still being told who works here takes a keeper's word for it. */
const mayWrite = ({ by, isKnownWhole }: Said, staffed: Staffed): boolean =>
  !isKnownWhole || isTherapist(staffed, by);

const isTherapist = (staffed: Staffed, account: AccountId): boolean =>
  staffBehind(staffed, account)?.role === "therapist";

const isSameSave = (one: TemplateSave, other: TemplateSave): boolean =>
  one.number === NOT_YET &&
  one.by === other.by &&
  one.at === other.at &&
  one.about.length === other.about.length &&
  one.about.every((byte, index) => byte === other.about[index]);

const withTemplate = (templates: SharedTemplates, changed: SharedTemplate): SharedTemplates => {
  const saves = changed.saves
    .toSorted((one, other) => placeOf(one) - placeOf(other))
    .slice(-SHARED_TEMPLATE_LIMITS.versions);
  return new Map(templates).set(changed.template, { ...changed, saves });
};

const placeOf = ({ number }: TemplateSave): number => (number === NOT_YET ? Number.MAX_SAFE_INTEGER : number);
