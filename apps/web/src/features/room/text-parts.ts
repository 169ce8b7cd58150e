/** A text in pieces: what is said, and the addresses in it, exactly as they were written. */
export type TextPart =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "link"; readonly text: string; readonly to: string };

// Characters that turn the direction of writing end an address, so that none reads other than it is. No address is longer than this.
const ADDRESS = /\bhttps?:\/\/[^\s<>"'\u202a-\u202e\u2066-\u2069\u200e\u200f]{1,2000}/giu;
const CLOSING = new Set(".,;:!?…'’\"”*_~");
const OPENING: ReadonlyMap<string, string> = new Map([
  [")", "("],
  ["]", "["],
  ["}", "{"],
]);

/** What belongs to the sentence around an address does not belong to the address: a bracket does when it was opened in there. */
function trimAddress(address: string): string {
  const counts = new Map<string, number>();
  for (const character of address) counts.set(character, (counts.get(character) ?? 0) + 1);
  let end = address.length;
  for (; end > 0; end--) {
    const character = address[end - 1] ?? "";
    const opening = OPENING.get(character);
    const isLoose = opening !== undefined && (counts.get(character) ?? 0) > (counts.get(opening) ?? 0);
    if (!CLOSING.has(character) && !isLoose) break;
    counts.set(character, (counts.get(character) ?? 0) - 1);
  }
  return address.slice(0, end);
}

/** Only http and https are addresses; everything else is words. Nothing is ever asked of an address before somebody taps it. */
export function textParts(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const found of text.matchAll(ADDRESS)) {
    const address = trimAddress(found[0]);
    if (!URL.canParse(address)) continue;
    if (found.index > end) parts.push({ kind: "text", text: text.slice(end, found.index) });
    parts.push({ kind: "link", text: address, to: address });
    end = found.index + address.length;
  }
  if (end < text.length) parts.push({ kind: "text", text: text.slice(end) });
  return parts;
}

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });
/** Making this expression takes as long as drawing a screen, so it is made for the first text that is short enough. */
const isEmoji = (text: string): boolean => /^\p{RGI_Emoji}$/v.test(text);
const BIG_EMOJI_MAX = 3;
/** No emoji is longer than this; a long text is not taken apart to find out that it is none. */
const EMOJI_UNITS_MAX = 40;

/** One to three emoji and nothing else. */
export function isEmojiOnly(text: string): boolean {
  const trimmed = text.trim();
  if (trimmed === "" || trimmed.length > BIG_EMOJI_MAX * EMOJI_UNITS_MAX) return false;
  const seen = [...graphemes.segment(trimmed)]
    .map(({ segment }) => segment)
    .filter((one) => one.trim() !== "");
  return seen.length <= BIG_EMOJI_MAX && seen.every(isEmoji);
}
