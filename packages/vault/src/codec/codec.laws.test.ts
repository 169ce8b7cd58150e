import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readOrNull } from "../../testing/damage.ts";
import { compareBytes, concatBytes, equalBytes, VaultFault } from "./bytes.ts";
import type { Bytes } from "./bytes.ts";
import { ByteReader } from "./reader.ts";
import {
  fromBase64,
  fromBase64Url,
  fromHex,
  idFromBytes,
  idToBytes,
  toBase64,
  toBase64Url,
  toHex,
} from "./text.ts";
import { ByteWriter } from "./writer.ts";

const someBytes = fc.uint8Array({ maxLength: 300 }).map((bytes) => new Uint8Array(bytes));

describe("text forms of bytes", () => {
  it("gives back every byte string", () => {
    fc.assert(
      fc.property(someBytes, (bytes) => {
        expect(fromHex(toHex(bytes))).toEqual(bytes);
        expect(fromBase64(toBase64(bytes))).toEqual(bytes);
        expect(fromBase64Url(toBase64Url(bytes))).toEqual(bytes);
      }),
    );
  });

  it("reads one text per value and no other", () => {
    const texts = fc.oneof(
      fc.string({ maxLength: 20 }),
      fc.base64String({ maxLength: 24 }),
      fc.stringMatching(/^[\w-]{0,9}$/),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const again = (read: (text: string) => Bytes, write: (bytes: Bytes) => string): string =>
          readOrNull(() => write(read(text))) ?? text;
        expect(again(fromBase64Url, toBase64Url)).toBe(text);
        expect(again(fromBase64, toBase64)).toBe(text);
        expect(again(fromHex, toHex)).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });

  it.each(["AB", "AAB=", "A", "AA==", " AAA", "A A A", "AAA+"])("refuses the loose base64url %j", (text) => {
    expect(() => fromBase64Url(text)).toThrow(VaultFault);
  });

  it("takes lower-case UUID text as the only form of an id", () => {
    fc.assert(fc.property(fc.uuid(), (id) => idFromBytes(idToBytes(id)) === id));
    expect(() => idToBytes("0F0E0D0C-0000-4000-8000-000000000000")).toThrow(VaultFault);
    expect(() => idToBytes("0f0e0d0c00004000800000000000000000")).toThrow(VaultFault);
    expect(() => idFromBytes(new Uint8Array(15))).toThrow(VaultFault);
  });
});

describe("fields", () => {
  it("reads what was written and nothing more", () => {
    const fields = fc.record({
      width: fc.constantFrom<1 | 2 | 4 | 6 | 8>(1, 2, 4, 6, 8),
      block: someBytes,
      text: fc.string({ unit: "binary", maxLength: 40 }),
      id: fc.uuid(),
      hole: fc.option(fc.nat(255)),
      list: fc.array(fc.nat(0xffff), { maxLength: 5 }),
    });
    fc.assert(
      fc.property(fields, fc.nat(0xffff), ({ width, block, text, id, hole, list }, number) => {
        const value = number % 256 ** width;
        const writer = ByteWriter.labelled("law/1")
          .unsigned(value, width)
          .block16(block)
          .block32(block, 300)
          .text(text, 200)
          .id(id);
        writer
          .optional(hole, (present) => writer.unsigned(present, 1))
          .list(list, 5, (item) => writer.unsigned(item, 2));
        const bytes = writer.bytes();
        const reader = ByteReader.labelled(bytes, "law/1", bytes.length);
        expect(reader.unsigned(width)).toBe(value);
        expect(reader.block16()).toEqual(block);
        expect(reader.block32(300)).toEqual(block);
        expect(reader.text(200)).toBe(text);
        expect(reader.id()).toBe(id);
        expect(reader.optional(() => reader.unsigned(1))).toBe(hole);
        expect(reader.list(5, () => reader.unsigned(2))).toEqual(list);
        expect(() => reader.end()).not.toThrow();
        expect(() => ByteReader.labelled(bytes, "law/2", bytes.length)).toThrow(VaultFault);
        expect(() => ByteReader.labelled(bytes, "law/1", bytes.length - 1)).toThrow(VaultFault);
      }),
    );
  });

  it("refuses numbers that the field cannot hold and text that UTF-8 cannot say", () => {
    expect(() => new ByteWriter().unsigned(256, 1)).toThrow(VaultFault);
    expect(() => new ByteWriter().unsigned(-1, 4)).toThrow(VaultFault);
    expect(() => new ByteWriter().unsigned(1.5, 4)).toThrow(VaultFault);
    expect(() => new ByteWriter().unsigned(2 ** 53, 8)).toThrow(VaultFault);
    expect(() => new ByteWriter().text("\ud800", 10)).toThrow(VaultFault);
    expect(() => new ByteWriter().text("four", 3)).toThrow(VaultFault);
    expect(() => new ByteReader(Uint8Array.of(255, 255, 255, 255, 255, 255, 255, 255)).unsigned(8)).toThrow(
      VaultFault,
    );
    expect(() => new ByteReader(Uint8Array.of(0, 1, 0xff)).text(10)).toThrow(VaultFault);
    expect(() => new ByteReader(Uint8Array.of(2)).optional(() => 0)).toThrow(VaultFault);
  });

  it("keeps a byte order mark as content", () => {
    const bytes = new ByteWriter().text("\ufeffx", 10).bytes();
    expect(new ByteReader(bytes).text(10)).toBe("\ufeffx");
  });
});

describe("comparing", () => {
  it("orders and equates as numbers do", () => {
    const four = fc.uint8Array({ minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(four, four, (a, b) => {
        const [x, y] = [Number(`0x${toHex(a)}`), Number(`0x${toHex(b)}`)];
        expect(Math.sign(compareBytes(a, b))).toBe(Math.sign(x - y));
        expect(equalBytes(a, b)).toBe(x === y);
        expect(equalBytes(a, concatBytes(a))).toBe(true);
      }),
    );
    expect(equalBytes(new Uint8Array(2), new Uint8Array(3))).toBe(false);
  });
});
