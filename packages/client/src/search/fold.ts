/**
 * Texts as they are compared when somebody looks for words: without case, accents, Arabic and Hebrew vowel signs, and the several forms
 * that Unicode has for one character (NFKD). Marks that make another letter or syllable, as in the scripts of India, stay.
 */

// Combining marks of Latin, Greek and Cyrillic; Arabic and Hebrew vowel signs; the Arabic line that only lengthens; joiners and directions.
const LEFT_OUT =
  /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\u0640]/gu;
const ONE_FOR_ANOTHER: ReadonlyMap<string, string> = new Map([
  ["ς", "σ"],
  ["ß", "ss"],
  ["ı", "i"],
  ["ø", "o"],
  ["ł", "l"],
  ["đ", "d"],
  ["æ", "ae"],
  ["œ", "oe"],
  ["ى", "ي"],
  ["ة", "ه"],
  ["ی", "ي"],
  ["ک", "ك"],
]);
const EXCHANGED = /[ςßıøłđæœىةیک]/gu;
const PLAIN = /^[\u0020-\u007e]*$/;
const UNEVEN_SPACE = /[^\S ]| {2}/;

/** The text as it is compared. */
export function fold(text: string): string {
  // Most of what is written in Latin letters needs no more than this.
  const isPlain = PLAIN.test(text);
  const folded = isPlain ? text.toLowerCase() : foldMarks(text);
  return UNEVEN_SPACE.test(folded) ? folded.replaceAll(/\s+/g, " ") : folded;
}

const foldMarks = (text: string): string => {
  const bare = text.normalize("NFKD").toLowerCase().replaceAll(LEFT_OUT, "");
  return bare.search(EXCHANGED) < 0
    ? bare
    : bare.replaceAll(EXCHANGED, (character) => ONE_FOR_ANOTHER.get(character) ?? character);
};

/** A part of a text, in code units. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Where the folded terms stand in the text itself, in order and without overlaps. */
export function spansOf(text: string, terms: readonly string[]): readonly Span[] {
  const { folded, places } = foldWithPlaces(text);
  const found: Span[] = [];
  for (const term of terms) {
    for (let at = folded.indexOf(term); at >= 0; at = folded.indexOf(term, at + term.length)) {
      const from = places[at];
      if (from !== undefined) found.push({ from, to: places[at + term.length] ?? text.length });
    }
  }
  return joined(found.filter(({ from, to }) => to > from).toSorted((a, b) => a.from - b.from));
}

const joined = (spans: readonly Span[]): readonly Span[] => {
  const result: Span[] = [];
  for (const span of spans) {
    const last = result.at(-1);
    if (last !== undefined && span.from <= last.to) {
      result[result.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
    } else result.push(span);
  }
  return result;
};

/** The folded text with the place in the text that each of its units came from. */
function foldWithPlaces(text: string): { readonly folded: string; readonly places: readonly number[] } {
  let folded = "";
  const places: number[] = [];
  let place = 0;
  for (const character of text) {
    const part = foldMarks(character).replaceAll(/\s+/g, " ");
    const fresh = part === " " && folded.endsWith(" ") ? "" : part;
    for (let unit = 0; unit < fresh.length; unit++) places.push(place);
    folded += fresh;
    place += character.length;
  }
  return { folded, places };
}

/** What somebody looks for: every word of it, anywhere; what stands in quotation marks, as it is. */
export function termsOf(query: string): readonly string[] {
  const wanted = [...query.matchAll(/["“”„«»]([^"“”„«»]*)["“”„«»]?|[^\s"“”„«»]+/gu)];
  const terms = wanted.map(([whole, phrase]) => fold(phrase ?? whole).trim()).filter((term) => term !== "");
  return [...new Set(terms)];
}
