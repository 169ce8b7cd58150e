import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { damagedBytes, faultOf } from "../../testing/damage.ts";
import { idOf, unsafeSeededRandom, withFlippedBit } from "../../testing/people.ts";
import type { Bytes } from "../codec/bytes.ts";
import { toHex } from "../codec/text.ts";
import { BLOB_BODY_BYTES_MAX, localKey, openBlob, openLocal, sealBlob, sealLocal } from "./blob.ts";
import {
  kekFromOpaque,
  kekFromPrf,
  makeVaultKey,
  openWrap,
  VAULT_PRF_SALT,
  wrapVaultKey,
} from "./vault-key.ts";
import type { WrapPlace } from "./vault-key.ts";

const random = unsafeSeededRandom("envelope");
const vaultKey = makeVaultKey(random);
const place: WrapPlace = { account: idOf("Ana"), kind: "passkey", factor: idOf("passkey"), generation: 0 };
let kek: Bytes;
let wrap: Bytes;

beforeAll(async () => {
  kek = await kekFromPrf({ prf: random(32), credentialId: random(20) });
  wrap = await wrapVaultKey({ kek, vaultKey, place, random });
});

describe("wraps of the vault key", () => {
  it("open with their factor's key in their place", async () => {
    expect(await openWrap({ kek, wrap, place })).toEqual(vaultKey);
    expect(toHex(VAULT_PRF_SALT)).toBe(
      toHex(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode("fam-vault-v1")))),
    );
  });

  it("T9: do not open for another account, kind, factor or generation", async () => {
    const others: readonly Partial<WrapPlace>[] = [
      { account: idOf("Ben") },
      { kind: "recovery" },
      { factor: idOf("other") },
      { generation: 1 },
    ];
    for (const other of others)
      expect(await faultOf(openWrap({ kek, wrap, place: { ...place, ...other } }))).toBe("unopenable");
  });

  it("fail in one way for a wrong key and for damage", async () => {
    expect(await faultOf(openWrap({ kek: random(32), wrap, place }))).toBe("unopenable");
    expect(await faultOf(openWrap({ kek, wrap: wrap.slice(1), place }))).toBe("unopenable");
    expect(await faultOf(openWrap({ kek, wrap: new Uint8Array(0), place }))).toBe("unopenable");
    for (let bit = 0; bit < wrap.length * 8; bit += 13) {
      expect(await faultOf(openWrap({ kek, wrap: withFlippedBit(wrap, bit), place }))).toBe("unopenable");
    }
  });

  it("keys differ by factor even from one secret", async () => {
    const prf = random(32);
    const one = await kekFromPrf({ prf, credentialId: Uint8Array.of(1) });
    const two = await kekFromPrf({ prf, credentialId: Uint8Array.of(2) });
    expect(one).not.toEqual(two);
    const exportKey = random(64);
    const three = await kekFromOpaque({ exportKey, factor: idOf("a") });
    expect(three).not.toEqual(await kekFromOpaque({ exportKey, factor: idOf("b") }));
    expect(await faultOf(kekFromPrf({ prf: random(31), credentialId: Uint8Array.of(1) }))).toBe("misuse");
    expect(await faultOf(kekFromOpaque({ exportKey: random(32), factor: idOf("a") }))).toBe("misuse");
  });
});

describe("vault blobs", () => {
  const blobPlace = { account: idOf("Ana"), name: "vault", version: 7 };

  it("give back every body, and hide its length in steps of 4 KiB", async () => {
    for (const length of [0, 1, 4092, 4093, 10_000]) {
      const body = new Uint8Array(length).fill(5);
      const blob = await sealBlob({ vaultKey, place: blobPlace, body, random });
      expect((blob.length - 12 - 32) % 4096).toBe(0);
      expect(await openBlob({ vaultKey, place: blobPlace, blob })).toEqual(body);
    }
  });

  it("T9: do not open under another version, name or account", async () => {
    const blob = await sealBlob({ vaultKey, place: blobPlace, body: Uint8Array.of(1), random });
    for (const other of [{ version: 8 }, { version: 6 }, { name: "outbox" }, { account: idOf("Ben") }]) {
      expect(await faultOf(openBlob({ vaultKey, place: { ...blobPlace, ...other }, blob }))).toBe(
        "unopenable",
      );
    }
    expect(await faultOf(openBlob({ vaultKey: random(32), place: blobPlace, blob }))).toBe("unopenable");
  });

  it("T24: two sealings of one body share nothing", async () => {
    const seal = (): Promise<Bytes> =>
      sealBlob({ vaultKey, place: blobPlace, body: Uint8Array.of(1), random });
    const [one, two] = [await seal(), await seal()];
    expect(one.slice(12)).not.toEqual(two.slice(12));
    expect(one.slice(12, 28)).not.toEqual(two.slice(12, 28));
  });

  it("T21: damage fails in one way", async () => {
    const blob = await sealBlob({ vaultKey, place: blobPlace, body: Uint8Array.of(1, 2, 3), random });
    await fc.assert(
      fc.asyncProperty(damagedBytes(blob), async (damaged) => {
        expect(await faultOf(openBlob({ vaultKey, place: blobPlace, blob: damaged }))).toBe(
          toHex(damaged) === toHex(blob) ? null : "unopenable",
        );
      }),
      { numRuns: 500 },
    );
    const tooLong = new Uint8Array(BLOB_BODY_BYTES_MAX + 1);
    expect(await faultOf(sealBlob({ vaultKey, place: blobPlace, body: tooLong, random }))).toBe("misuse");
  });
});

describe("the local store", () => {
  it("opens under its own name and key only", async () => {
    const key = await localKey(vaultKey);
    const body = Uint8Array.of(1, 2, 3);
    const sealed = await sealLocal({ key, name: "frames/1", body, random });
    expect(await openLocal({ key, name: "frames/1", sealed })).toEqual(body);
    expect(await faultOf(openLocal({ key, name: "frames/2", sealed }))).toBe("unopenable");
    expect(await faultOf(openLocal({ key: vaultKey, name: "frames/1", sealed }))).toBe("unopenable");
    expect(await faultOf(openLocal({ key, name: "frames/1", sealed: sealed.slice(0, 20) }))).toBe(
      "unopenable",
    );
    expect(await faultOf(openLocal({ key, name: "frames/1", sealed: withFlippedBit(sealed, 250) }))).toBe(
      "unopenable",
    );
  });
});
