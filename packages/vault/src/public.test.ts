import { describe, expect, it } from "vitest";
import * as whole from "./index.ts";
import * as half from "./public.ts";

describe("the public half", () => {
  it("opens and seals nothing of a person's", () => {
    // `open` of a note or checkpoint verifies a signature; nothing there is secret.
    const allowed = ["openCheckpoint", "openNote"];
    const telling =
      /^(?:seal|open|wrap|make|rotate|kek|recovery|localKey|acceptance|decodeVault|encodeVault)/;
    expect(Object.keys(half).filter((name) => telling.test(name) && !allowed.includes(name))).toEqual([]);
  });

  it("is contained in the whole", () => {
    expect(Object.keys(whole)).toEqual(expect.arrayContaining(Object.keys(half)));
    expect(Object.keys(whole).length).toBeGreaterThan(Object.keys(half).length);
  });
});
