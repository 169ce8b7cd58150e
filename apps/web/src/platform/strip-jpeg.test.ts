import fc from "fast-check";
import { expect, test } from "vitest";
import { stripJpeg } from "./strip-jpeg.ts";

const segment = (kind: number, body: readonly number[]): readonly number[] => [
  0xff,
  kind,
  (body.length + 2) >> 8,
  (body.length + 2) & 0xff,
  ...body,
];
const text = (words: string): readonly number[] => Array.from(words, (letter) => letter.charCodeAt(0));
const exif = (orientation: number, little: boolean): readonly number[] => {
  const two = (value: number) => (little ? [value & 0xff, value >> 8] : [value >> 8, value & 0xff]);
  const four = (value: number) => (little ? [...two(value), 0, 0] : [0, 0, ...two(value)]);
  return [
    text("Exif"),
    [0, 0],
    text(little ? "II" : "MM"),
    two(42),
    four(8),
    two(2),
    [...two(0x010f), ...two(2), ...four(4), ...text("ACME")],
    [...two(0x0112), ...two(3), ...four(1), ...two(orientation), 0, 0],
    four(0),
    text("GPS 52.52 13.40"),
  ].flat();
};
const SOF = segment(0xc0, [8, 0, 1, 0, 1, 1, 1, 0x11, 0]);
const ADOBE = segment(0xee, [...text("Adobe"), 0, 100, 0, 0, 0, 0, 1]);
const SCAN = [...segment(0xda, [1, 1, 0, 0, 63, 0]), 0x12, 0xff, 0x00, 0x34, 0xff, 0xd3, 0x56];
const jpeg = (...parts: readonly (readonly number[])[]): Uint8Array<ArrayBuffer> =>
  new Uint8Array([0xff, 0xd8, ...parts.flat(), 0xff, 0xd9]);

const words = (bytes: Uint8Array | null): string => String.fromCharCode(...(bytes ?? []));

test("nothing but the picture is left: no place, camera, comment or profile, and nothing behind the end", () => {
  const full = jpeg(
    segment(0xe0, text("JFIF\0....")),
    segment(0xe1, exif(1, true)),
    segment(0xe1, text("http://ns.adobe.com/xap/1.0/\0<gps>")),
    segment(0xe2, text("ICC_PROFILE of my camera")),
    segment(0xfe, text("made at home")),
    ADOBE,
    SOF,
    SCAN,
  );
  const stripped = stripJpeg(new Uint8Array([...full, ...text("a film from the garden")]));
  expect(stripped).toEqual(jpeg(ADOBE, SOF, SCAN));
  expect(words(stripped)).not.toMatch(/GPS|ACME|home|film|ns\.adobe|ICC/);
});

test("which way is up stays, and is all that the new Exif says", () => {
  for (const little of [true, false]) {
    const stripped = stripJpeg(jpeg(segment(0xe1, exif(6, little)), SOF, SCAN));
    expect(words(stripped)).not.toMatch(/GPS|ACME/);
    // What was stripped says the same when it is stripped again.
    expect(stripJpeg(stripped ?? new Uint8Array(0))).toEqual(stripped);
    expect(words(stripped)).toContain("Exif");
    expect(stripped).toHaveLength(jpeg(SOF, SCAN).length + 36);
  }
});

test("several scans are kept; what is cut off or is no JPEG is refused", () => {
  const whole = jpeg(SOF, SCAN, segment(0xc4, [0, 1]), SCAN);
  expect(stripJpeg(whole)).toEqual(whole);
  for (let length = 0; length < whole.length; length++) expect(stripJpeg(whole.slice(0, length))).toBeNull();
  expect(stripJpeg(new Uint8Array(text("GIF89a")))).toBeNull();
});

test("whatever a picture holds, it is refused, or stripped once and for all", () => {
  const parts = [segment(0xe1, exif(6, false)), segment(0xfe, text("made at home")), SOF, SCAN, SCAN];
  const good = [...jpeg(...parts), ...text("behind the end")];
  const step = fc.tuple(fc.nat(good.length), fc.nat(6), fc.array(fc.nat(255), { maxLength: 6 }));
  const mutated = fc.array(step, { minLength: 1, maxLength: 4 }).map((steps) => {
    let bytes = good;
    for (const [at, out, put] of steps) bytes = [...bytes.slice(0, at), ...put, ...bytes.slice(at + out)];
    return new Uint8Array(bytes);
  });
  fc.assert(
    fc.property(mutated, (bytes) => {
      const stripped = stripJpeg(bytes);
      // What is added is the one field that says which way is up.
      expect((stripped ?? bytes).length).toBeLessThanOrEqual(bytes.length + 36);
      expect(stripped === null ? null : stripJpeg(stripped)).toEqual(stripped);
    }),
    { numRuns: Number(process.env["SOTTO_TEST_RUNS"] ?? 1_500) },
  );
});
