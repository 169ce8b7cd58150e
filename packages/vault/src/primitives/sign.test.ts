import { describe, expect, it } from "vitest";
import { fromHex, toHex } from "../codec/text.ts";
import { authenticate, deriveBytes, isAuthentic } from "./derive.ts";
import { sha256 } from "./hash.ts";
import { signBytes, signPublicOf, verifySignature } from "./sign.ts";

describe("primitives agree with their specifications", () => {
  it("signs as RFC 8032 section 7.1 test 3", async () => {
    const signSeed = fromHex("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7");
    const message = fromHex("af82");
    const signPublic = await signPublicOf(signSeed);
    expect(toHex(signPublic)).toBe("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025");
    const signature = await signBytes({ signSeed, message });
    expect(toHex(signature)).toBe(
      "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    );
    expect(await verifySignature({ signPublic, message, signature })).toBe(true);
    expect(await verifySignature({ signPublic, message: fromHex("af83"), signature })).toBe(false);
    expect(await verifySignature({ signPublic: signPublic.slice(1), message, signature })).toBe(false);
    expect(await verifySignature({ signPublic, message, signature: signature.slice(1) })).toBe(false);
  });

  it("derives as RFC 5869 test case 1", async () => {
    const derived = await deriveBytes({
      secret: new Uint8Array(22).fill(0x0b),
      salt: fromHex("000102030405060708090a0b0c"),
      info: fromHex("f0f1f2f3f4f5f6f7f8f9"),
      count: 42,
    });
    expect(toHex(derived)).toBe(
      "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
    );
  });

  it("authenticates as RFC 4231 test case 1 and hashes as FIPS 180", async () => {
    const key = new Uint8Array(20).fill(0x0b);
    const message = new TextEncoder().encode("Hi There");
    const code = await authenticate({ key, message });
    expect(toHex(code)).toBe("b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    expect(await isAuthentic({ key, message, code })).toBe(true);
    expect(await isAuthentic({ key, message, code: code.slice(1) })).toBe(false);
    const parts = [new TextEncoder().encode("a"), new TextEncoder().encode("bc")];
    expect(toHex(sha256(...parts))).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  });
});
