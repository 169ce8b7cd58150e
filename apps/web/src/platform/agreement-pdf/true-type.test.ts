import { expect, test } from "vitest";
import { loadFont } from "../../../testing/agreement-paper.ts";
import { SCRIPTS, WEIGHTS } from "./atlas.ts";
import { readTrueType } from "./true-type.ts";

const files = SCRIPTS.flatMap((script) => WEIGHTS.map((weight) => `${script}-${weight}` as const));

test.each(files)("%s is read, and comes out as a whole font with its sums", async (file) => {
  const { ascent, bytes, descent, glyphOf, widthOf } = await readTrueType(await loadFont(file));
  expect([ascent, descent]).toEqual([1069, -293]);
  expect(glyphOf(0x5fc3)).toBeNull();
  expect(widthOf(0)).toBeGreaterThan(0);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let sum = 0;
  for (let place = 0; place < bytes.length; place += 4) sum = (sum + view.getUint32(place)) >>> 0;
  // What the sum over a whole font is by definition (OpenType, head table).
  expect(sum).toBe(0xb1b0afba);
  const tables = Array.from({ length: view.getUint16(4) }, (_none, place) =>
    String.fromCharCode(...bytes.subarray(12 + place * 16, 16 + place * 16)),
  );
  expect(tables).toEqual(tables.toSorted());
});

test("letters have the widths that their font gives them", async () => {
  const { glyphOf, widthOf } = await readTrueType(await loadFont("latin-400"));
  const widths = Array.from("Aim ñ", (letter) => widthOf(glyphOf(letter.codePointAt(0) ?? 0) ?? 0));
  expect(widths).toEqual([639, 258, 935, 260, 618]);
});

test("a mark takes no room of its own, so that it stands over its letter", async () => {
  const { glyphOf, widthOf } = await readTrueType(await loadFont("latin-400"));
  expect([0x300, 0x301, 0x303, 0x308, 0x323].map((mark) => widthOf(glyphOf(mark) ?? 0))).toEqual([
    0, 0, 0, 0, 0,
  ]);
});

test("a hyphen or a space that a font does not have is drawn as the one that looks the same", async () => {
  const { glyphOf } = await readTrueType(await loadFont("latin-400"));
  expect(glyphOf(0x2011)).toBe(glyphOf(0x2d));
  expect(glyphOf(0x202f)).toBe(glyphOf(0x20));
  expect(glyphOf(0x20)).not.toBeNull();
});
