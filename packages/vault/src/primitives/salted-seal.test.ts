import { describe, expect, it } from "vitest";
import { faultOf, readOrNull } from "../../testing/damage.ts";
import { VaultFault } from "../codec/bytes.ts";
import { openSalted, padTo, sealSalted, splitSalted, unpad } from "./salted-seal.ts";

const bytes = (count: number, fill: number): Uint8Array<ArrayBuffer> => new Uint8Array(count).fill(fill);
const sealing = { key: bytes(32, 1), info: bytes(3, 2), salt: bytes(16, 3), aad: bytes(5, 4) };

describe("salted sealing", () => {
  it("opens under the same key, info, salt and context only", async () => {
    const body = bytes(40, 9);
    const sealed = await sealSalted({ ...sealing, body });
    expect(await openSalted({ ...sealing, sealed })).toEqual(body);
    for (const other of [
      { key: bytes(32, 0) },
      { info: bytes(3, 0) },
      { salt: bytes(16, 0) },
      { aad: bytes(4, 4) },
    ]) {
      expect(await faultOf(openSalted({ ...sealing, ...other, sealed }))).toBe("unopenable");
    }
    expect(await faultOf(openSalted({ ...sealing, sealed: bytes(3, 0) }))).toBe("unopenable");
    expect(await faultOf(sealSalted({ ...sealing, salt: bytes(15, 0), body }))).toBe("misuse");
    expect(readOrNull(() => splitSalted(bytes(31, 0)))).toBeNull();
  });
});

describe("padding", () => {
  const sizeFor = (count: number): number => Math.ceil((count + 4) / 8) * 8;

  it("comes off as it was put on", () => {
    for (const count of [0, 3, 4, 5, 12])
      expect(unpad(padTo(bytes(count, 7), sizeFor(count)), sizeFor)).toEqual(bytes(count, 7));
    expect(() => padTo(bytes(5, 7), 8)).toThrow(VaultFault);
  });

  it("is refused when it is longer than needed, not zero, or shorter than it says", () => {
    expect(() => unpad(padTo(bytes(3, 7), 16), sizeFor)).toThrow(VaultFault);
    const dirty = padTo(bytes(3, 7), 8);
    dirty[7] = 1;
    expect(() => unpad(dirty, sizeFor)).toThrow(VaultFault);
    const lying = padTo(bytes(4, 7), 8);
    lying[3] = 5;
    expect(() => unpad(lying, sizeFor)).toThrow(VaultFault);
    expect(() => unpad(bytes(3, 0), sizeFor)).toThrow(VaultFault);
  });
});
