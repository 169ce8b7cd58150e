import { describe, expect, it } from "vitest";
import { faultOf } from "../../testing/damage.ts";
import { withFlippedBit } from "../../testing/people.ts";
import {
  hpkeBackEnd,
  KEM_PRIVATE_BYTES,
  KEM_PUBLIC_BYTES,
  makeKemPair,
  openWithKey,
  sealToKey,
} from "./hpke.ts";
import type { HpkeBackEnd } from "./hpke.ts";

const info = Uint8Array.of(1, 2, 3);
const aad = Uint8Array.of(4);
const body = new Uint8Array(32).fill(9);
// A runtime without native ML-KEM tests the portable back end against itself; CI runs where both exist.
const backEnds: readonly HpkeBackEnd[] = hpkeBackEnd() === "native" ? ["native", "portable"] : ["portable"];
const pairs = backEnds.flatMap((holder) => backEnds.map((sealer) => ({ holder, sealer })));

describe("HPKE with X-Wing", () => {
  it.each(pairs)(
    "opens with $holder keys in both back ends what $sealer sealed",
    async ({ holder, sealer }) => {
      const { kemPrivate, kemPublic } = await makeKemPair(holder);
      expect([kemPrivate.length, kemPublic.length]).toEqual([KEM_PRIVATE_BYTES, KEM_PUBLIC_BYTES]);
      const sealed = await sealToKey({ kemPublic, info, aad, body }, sealer);
      expect(sealed.length).toBe(1120 + 32 + 16);
      for (const opener of backEnds) {
        expect(await openWithKey({ kemPrivate, info, aad, sealed }, opener)).toEqual(body);
      }
    },
  );

  it.each(backEnds)("fails in one way in the %s back end", async (backEnd) => {
    const { kemPrivate, kemPublic } = await makeKemPair(backEnd);
    const other = await makeKemPair(backEnd);
    const sealed = await sealToKey({ kemPublic, info, aad, body }, backEnd);
    const fault = (change: Partial<Parameters<typeof openWithKey>[0]>): Promise<string | null> =>
      faultOf(openWithKey({ kemPrivate, info, aad, sealed, ...change }, backEnd));
    expect(await fault({ kemPrivate: other.kemPrivate })).toBe("unopenable");
    expect(await fault({ info: aad })).toBe("unopenable");
    expect(await fault({ aad: info })).toBe("unopenable");
    expect(await fault({ sealed: withFlippedBit(sealed, 0) })).toBe("unopenable");
    expect(await fault({ sealed: withFlippedBit(sealed, 1125 * 8) })).toBe("unopenable");
    expect(await fault({ sealed: sealed.slice(0, 20) })).toBe("unopenable");
    expect(await fault({ sealed: new Uint8Array(0) })).toBe("unopenable");
    expect(await faultOf(sealToKey({ kemPublic: kemPublic.slice(1), info, aad, body }, backEnd))).toBe(
      "misuse",
    );
  });
});
