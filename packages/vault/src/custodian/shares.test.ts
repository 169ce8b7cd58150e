import { expect, test } from "vitest";
import { unsafeSeededRandom } from "../../testing/people.ts";
import { joinCustodianShares, splitCustodianKey } from "./shares.ts";

test("defect found by mutation: a share that is too short or too long is damaged, and throws nothing", async () => {
  const [first, ...others] = await splitCustodianKey(unsafeSeededRandom("short")(32));
  if (first === undefined) throw new Error("five shares");
  for (const length of [0, 1, 2, 32, 34]) {
    const changed = { ...first, share: new Uint8Array(length) };
    expect(await joinCustodianShares([changed, ...others])).toEqual({ kind: "refused", problem: "damaged" });
  }
});
