import { Aes256Gcm, CipherSuite, HkdfSha512 } from "@hpke/core";
import { XWing } from "@hpke/hybridkem-x-wing";
import { fromHex, idToBytes, toHex } from "@sotto/vault";
import { createHash, hkdfSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { readVectors } from "./shapes.ts";
import type { CustodianVectors, IdentityVectors, RoomVectors } from "./shapes.ts";

/**
 * Opens a room's events by docs/formats/room.md alone, with an HPKE that shares no code with ours, and Node's own HKDF and
 * SHA-256. What our readers accept is therefore what the document says.
 */
const { people } = readVectors<IdentityVectors>("identity");
const events = ["room", "room-2"].flatMap((name) => readVectors<RoomVectors>(name).events);
const suite = new CipherSuite({ kem: new XWing(), kdf: new HkdfSha512(), aead: new Aes256Gcm() });

const label = (text: string): Buffer => Buffer.concat([Buffer.of(text.length), Buffer.from(text)]);

describe("a second implementation", () => {
  it.each(events)("opens event $epoch, $action, for every member", async (event) => {
    const bytes = fromHex(event.bytes);
    const closedLength = event.closed === undefined ? 0 : 1;
    const headerLength = 11 + 6 + 16 + 4 + 32 + 16 + 1 + 2 + 49 * event.members.length + closedLength;
    const headerHash = createHash("sha256").update(bytes.subarray(0, headerLength)).digest();
    const info = Buffer.concat([label("fam/room/1"), label("seed"), headerHash]);
    for (const [place, member] of event.members.entries()) {
      const person = people.find((candidate) => candidate.hash === member.identity);
      const start = headerLength + place * 1168;
      const privateKey = fromHex(person?.kemPrivate ?? "");
      const recipientKey = await suite.kem.importKey("raw", privateKey.buffer, false);
      const enc = bytes.slice(start, start + 1120);
      const recipient = await suite.createRecipientContext({ recipientKey, enc, info });
      const seed = await recipient.open(bytes.slice(start + 1120, start + 1168), idToBytes(member.account));
      const content = hkdfSync("sha256", new Uint8Array(seed), headerHash, label("fam/room/1 content"), 32);
      expect(toHex(new Uint8Array(content))).toBe(event.content);
    }
  });
});

describe("a second implementation of the sheets", () => {
  const vectors = readVectors<CustodianVectors>("custodian");
  const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  const bitsOf = (text: string): string =>
    Array.from(text.replaceAll(" ", ""))
      .map((one) => alphabet.indexOf(one).toString(2).padStart(5, "0"))
      .join("");
  const bytesOf = (bits: string): Uint8Array =>
    Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));

  /** Multiplication modulo x^8 + x^4 + x^3 + x + 1, a bit at a time. */
  const times = (a: number, b: number): number => {
    let [product, left, right] = [0, a, b];
    for (; right > 0; right >>= 1) {
      if ((right & 1) === 1) product ^= left;
      left = (left << 1) ^ (left >= 128 ? 0x11b : 0);
    }
    return product;
  };
  const inverse = (a: number): number =>
    Array.from({ length: 255 }, (_, one) => one + 1).find((one) => times(a, one) === 1) ?? 0;

  it("reads the lines, checks them, and finds the key at zero from any three", async () => {
    const shares = vectors.sheets.map(({ lines, number }) => {
      let soFar = Buffer.alloc(0);
      for (const line of lines) {
        const bits = bitsOf(line);
        soFar = Buffer.concat([soFar, bytesOf(bits.slice(0, 80))]);
        const hash = createHash("sha256").update(label("fam/share/1 line")).update(soFar).digest();
        const check = [...hash.subarray(0, 3)].map((byte) => byte.toString(2).padStart(8, "0")).join("");
        expect(bits.slice(80)).toBe(check.slice(0, 20));
      }
      expect([soFar.subarray(0, 16).toString("hex"), soFar[16]]).toEqual([vectors.tag, number]);
      return soFar.subarray(17);
    });
    for (const three of [shares.slice(0, 3), shares.slice(2), [0, 2, 4].flatMap((at) => shares[at] ?? [])]) {
      const places = three.map((share) => share[32] ?? 0);
      const key = Uint8Array.from({ length: 32 }, (_, byte) =>
        three.reduce((sum, share, mine) => {
          const weight = places.reduce(
            (product, other, at) =>
              at === mine ? product : times(product, times(other, inverse(other ^ (places[mine] ?? 0)))),
            1,
          );
          return sum ^ times(share[byte] ?? 0, weight);
        }, 0),
      );
      expect(toHex(key)).toBe(vectors.key);
    }
    const key = Buffer.from(vectors.key, "hex");
    const derive = (purpose: string) =>
      hkdfSync("sha256", key, "", Buffer.concat([label("fam/custodian/1"), label(purpose)]), 32);
    expect(toHex(new Uint8Array(derive("sign")))).toBe(vectors.signSeed);
    const kemPrivate = new Uint8Array(derive("kem"));
    expect(toHex(kemPrivate)).toBe(vectors.kemPrivate);
    const pair = await suite.kem.importKey("raw", kemPrivate.buffer, false);
    expect(pair.type).toBe("private");
    const tag = createHash("sha256").update(label("fam/custodian/1 key")).update(key).digest();
    expect(tag.subarray(0, 16).toString("hex")).toBe(vectors.tag);
  });
});
