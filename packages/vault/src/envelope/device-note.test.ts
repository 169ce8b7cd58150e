import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { faultOf } from "../../testing/damage.ts";
import { idOf, unsafeSeededRandom, withFlippedBit } from "../../testing/people.ts";
import { BROWSERS, openDeviceNote, sealDeviceNote, SYSTEMS } from "./device-note.ts";
import type { DeviceNote } from "./device-note.ts";
import { makeVaultKey } from "./vault-key.ts";

const random = unsafeSeededRandom("device note");
const vaultKey = makeVaultKey(random);
const place = { account: idOf("Ana"), session: idOf("session") };
const note: DeviceNote = {
  device: idOf("phone"),
  browser: "firefox",
  system: "android",
  timeZone: "Europe/Berlin",
};

describe("notes of devices", () => {
  it("open in their place, whatever they say, and are all of one size", async () => {
    const saying = fc.record({
      device: fc.uuid(),
      browser: fc.constantFrom(...BROWSERS),
      system: fc.constantFrom(...SYSTEMS),
      timeZone: fc.string({ maxLength: 21, unit: "binary" }).filter((text) => text.isWellFormed()),
    });
    const size = (await sealDeviceNote({ vaultKey, place, note, random })).length;
    await fc.assert(
      fc.asyncProperty(saying, async (said) => {
        // Four bytes of UTF-8 a letter at most: what is longer is refused, below.
        fc.pre(new TextEncoder().encode(said.timeZone).length <= 64);
        const sealed = await sealDeviceNote({ vaultKey, place, note: said, random });
        expect(sealed).toHaveLength(size);
        expect(await openDeviceNote({ vaultKey, place, sealed })).toEqual(said);
      }),
      { numRuns: 40 },
    );
  });

  it("do not open for another session, account or key, or when damaged", async () => {
    const sealed = await sealDeviceNote({ vaultKey, place, note, random });
    for (const other of [{ account: idOf("Ben") }, { session: idOf("other") }]) {
      const fault = await faultOf(openDeviceNote({ vaultKey, place: { ...place, ...other }, sealed }));
      expect(fault).toBe("unopenable");
    }
    expect(await faultOf(openDeviceNote({ vaultKey: makeVaultKey(random), place, sealed }))).toBe(
      "unopenable",
    );
    expect(await faultOf(openDeviceNote({ vaultKey, place, sealed: sealed.slice(0, 20) }))).toBe(
      "unopenable",
    );
    for (let bit = 0; bit < sealed.length * 8; bit += 37) {
      const damaged = withFlippedBit(sealed, bit);
      expect(await faultOf(openDeviceNote({ vaultKey, place, sealed: damaged }))).toBe("unopenable");
    }
  });

  it("refuse a time zone that does not fit", async () => {
    const long = { ...note, timeZone: "x".repeat(65) };
    expect(await faultOf(sealDeviceNote({ vaultKey, place, note: long, random }))).toBe("misuse");
  });
});
