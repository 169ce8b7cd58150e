import type { SearchHit, SearchPart } from "../client.ts";
import { beginningOf } from "../queries/said.ts";
import { spansOf } from "./fold.ts";

const BEFORE_UNITS = 40;
const SHOWN_GRAPHEMES = 160;
const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** The part of a text around what was looked for, in pieces, so that a screen can say which were found. */
export function partsAround(text: string, terms: readonly string[]): SearchHit["parts"] {
  const [first] = spansOf(text, terms);
  const start = first === undefined ? 0 : startBefore(text, first.from);
  const shown = beginningOf(text.slice(start), SHOWN_GRAPHEMES);
  const parts: SearchPart[] = start > 0 ? [{ text: "…", isFound: false }] : [];
  let end = 0;
  for (const { from, to } of spansOf(shown, terms)) {
    if (from > end) parts.push({ text: shown.slice(end, from), isFound: false });
    parts.push({ text: shown.slice(from, to), isFound: true });
    end = to;
  }
  if (end < shown.length) parts.push({ text: shown.slice(end), isFound: false });
  return parts;
}

/** A little before a place: at the start of a word where there is one near, else between what a reader sees as characters. */
const startBefore = (text: string, place: number): number => {
  if (place <= BEFORE_UNITS) return 0;
  const near = text.slice(place - BEFORE_UNITS, place);
  const space = near.search(/\s/u);
  if (space >= 0) return place - BEFORE_UNITS + space + 1;
  return graphemes.segment(text).containing(place - BEFORE_UNITS)?.index ?? place;
};
