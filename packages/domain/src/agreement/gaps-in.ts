import { boundGaps } from "./gap-bounds.ts";
import { choiceGaps } from "./gap-choices.ts";
import { minorGaps } from "./gap-minors.ts";
import type { Gap } from "./gap.ts";
import type { OwnWords } from "./own-words.ts";
import { ownWordGaps } from "./own-words.ts";
import type { AgreementPart } from "./part.ts";
import { AGREEMENT_PARTS } from "./part.ts";
import type { AgreementDraft, AgreementLanguage, Party, Reader } from "./version.ts";
import { minorsOf, readerOf } from "./version.ts";

/** Everything that is missing, contradictory or doubtful in a draft, in the order of its parts. Shown while composing, from the first moment on. `own`: words of the practice's own, which nobody reads but for what may stand nowhere. */
export function gapsIn(draft: AgreementDraft, own: readonly OwnWords[] = []): readonly Gap[] {
  const all = [
    ...partyGaps(draft),
    ...openGaps(draft),
    ...wordGaps(draft),
    ...choiceGaps(draft),
    ...minorGaps(draft),
    ...boundGaps(draft.choices),
    ...ownWordGaps(draft, own),
  ];
  return AGREEMENT_PARTS.flatMap((part) => all.filter((gap) => gap.part === part));
}

/** The gaps that keep it from being offered. */
export function blockingGaps(draft: AgreementDraft): readonly Gap[] {
  return gapsIn(draft).filter(({ weight }) => weight === "blocks");
}

const partyGaps = ({ parties, places, therapists }: AgreementDraft): readonly Gap[] => {
  const people = parties.map(({ person }) => person);
  const twice = people.filter((person, index) => people.indexOf(person) !== index);
  // That an adult does not sign is no mistake: the therapist may offer something else, or go on knowing it.
  // A teenager is old enough to be asked for assent.
  const isAsked = (role: Party["role"]): boolean => role !== "guardian" && role !== "child";
  const unsigned = parties.filter(({ role, signs }) => !signs && isAsked(role));
  return [
    ...(parties.some(({ role, signs }) => signs && role !== "guardian")
      ? []
      : [{ kind: "nobody-bound", weight: "blocks", part: "client" } as const]),
    ...(therapists.length > 0 ? [] : [{ kind: "no-therapist", weight: "blocks", part: "client" } as const]),
    ...twice.map((person): Gap => ({ kind: "person-twice", weight: "blocks", part: "client", person })),
    ...unsigned.map(({ person }): Gap => ({
      kind: "does-not-sign",
      weight: "doubtful",
      part: "client",
      person,
    })),
    ...(places.length > 0 ? [] : [{ kind: "no-place", weight: "doubtful", part: "client" } as const]),
    ...places
      .filter(({ verified }) => !verified)
      .map(({ asOf, citation, code, verified }): Gap => {
        const place = { code, citation, verified, asOf };
        return { kind: "place-unverified", weight: "note", part: "client", place };
      }),
  ];
};

const isPartUsed = (part: AgreementPart, { parties }: AgreementDraft): boolean =>
  part !== "minors" || minorsOf(parties).length > 0;

const openGaps = ({ choices }: AgreementDraft): readonly Gap[] =>
  AGREEMENT_PARTS.filter((part) => choices[part] === null).map((part) => ({
    kind: "part-open",
    weight: "blocks",
    part,
  }));

/** Every part says something to everyone who is in it, in each language that it is written in. */
const wordGaps = (draft: AgreementDraft): readonly Gap[] => {
  const { parties, words } = draft;
  const readers = [...new Set(parties.map(({ role }) => readerOf(role)))];
  const written = [...new Set(words.map(({ language }) => language))];
  const languages: readonly AgreementLanguage[] = written.length === 0 ? ["en"] : written;
  const has = (part: AgreementPart, language: AgreementLanguage, reader: Reader): boolean =>
    words.some(
      (one) =>
        one.part === part && one.language === language && one.reader === reader && one.text.trim() !== "",
    );
  return AGREEMENT_PARTS.filter((part) => isPartUsed(part, draft)).flatMap((part) =>
    languages.flatMap((language) =>
      readers
        .filter((reader) => !has(part, language, reader))
        .map((reader): Gap => ({
          kind: "part-without-words",
          weight: "blocks",
          part,
          about: `${language}.${reader}`,
        })),
    ),
  );
};
