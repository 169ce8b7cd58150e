import type { DrawPicture, Picture } from "./picture.ts";
import { readTrueType } from "./true-type.ts";
import type { TrueType } from "./true-type.ts";

/*
 * Which letters can be drawn, and with which font. Noto Sans comes as one small file for each script and weight: those are loaded that the text needs, so
 * that most papers carry two of them, 28 kB each. Scripts that need more than one glyph after the other (Arabic, Hebrew, the scripts of India and of East Asia)
 * are in none of them: the device draws those as pictures, where it can.
 */

export const WEIGHTS = [400, 700] as const;
export type Weight = (typeof WEIGHTS)[number];
export const SCRIPTS = [
  "latin",
  "vietnamese",
  "latin-ext",
  "greek",
  "greek-ext",
  "cyrillic",
  "cyrillic-ext",
] as const;
export type Script = (typeof SCRIPTS)[number];

/** One font of the paper, with the characters that were drawn with it. */
export interface Face {
  readonly script: Script;
  readonly weight: Weight;
  readonly font: TrueType;
  /** What each character is called in the content of the pages, from 1 on in the order of their first use. */
  readonly codes: Map<number, number>;
}

/** Gives the bytes of a font file. */
export type LoadFont = (file: `${Script}-${Weight}`) => Promise<Uint8Array>;

export interface Atlas {
  /** The font that has a character; null when none has. */
  readonly faceFor: (codePoint: number, weight: Weight) => Face | null;
  /** Letters that no font has, as the device draws them; null when it cannot. */
  readonly pictureOf: (letters: string, weight: Weight) => Picture | null;
  readonly faces: () => readonly Face[];
}

/** Different pictures on one paper at most: as many as somebody's names need, and a page or two in another script. */
const PICTURES_MOST = 1_000;

/** Where a character is looked for. What belongs to no script alone (marks, signs, punctuation) is looked for where the Latin letters are. */
const scriptsOf = (letter: string): readonly Script[] => {
  // What is there and cannot be seen is not drawn as nothing: it is shown as a code.
  if (/[\p{C}\p{Default_Ignorable_Code_Point}]/u.test(letter)) return [];
  if (/\p{Script=Greek}/u.test(letter)) return ["greek", "greek-ext"];
  if (/\p{Script=Cyrillic}/u.test(letter)) return ["cyrillic", "cyrillic-ext"];
  const isLatin = /[\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u.test(letter);
  return isLatin ? ["latin", "vietnamese", "latin-ext"] : [];
};

const keyOf = (codePoint: number, weight: Weight): number => codePoint * 1000 + weight;

/** Loads the fonts that texts need. */
export async function openAtlas(
  texts: readonly { readonly text: string; readonly weight: Weight }[],
  { draw, load }: { readonly load: LoadFont; readonly draw: DrawPicture },
): Promise<Atlas> {
  const faces = new Map<string, Face>();
  const found = new Map<number, Face>();
  for (const weight of WEIGHTS) {
    const letters = new Set<string>();
    for (const one of texts) if (one.weight === weight) for (const letter of one.text) letters.add(letter);
    for (const letter of letters) {
      for (const script of scriptsOf(letter)) {
        const name = `${script}-${weight}` as const;
        // One after the other: the next file is wanted only where this one has no such letter.
        // oxlint-disable-next-line no-await-in-loop
        const font = faces.get(name)?.font ?? (await readTrueType(await load(name)));
        const face = faces.get(name) ?? { script, weight, font, codes: new Map<number, number>() };
        faces.set(name, face);
        const codePoint = letter.codePointAt(0) ?? 0;
        if (font.glyphOf(codePoint) === null) continue;
        found.set(keyOf(codePoint, weight), face);
        break;
      }
    }
  }
  const pictures = new Map<string, Picture | null>();
  return {
    pictureOf: (letters, weight) => {
      const name = `${String(weight)} ${letters}`;
      const known = pictures.get(name);
      if (known !== undefined) return known;
      const drawn = pictures.size < PICTURES_MOST ? draw(letters, weight) : null;
      pictures.set(name, drawn);
      return drawn;
    },
    faceFor: (codePoint, weight) => found.get(keyOf(codePoint, weight)) ?? null,
    faces: () => [...faces.values()].filter(({ codes }) => codes.size > 0),
  };
}
