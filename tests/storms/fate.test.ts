import { expect, test } from "vitest";
import { Fate } from "./fate.ts";

const drawn = (fate: Fate) => Array.from({ length: 50 }, () => fate.between(1, 1000));

test("a seed decides the same again, whatever others were asked meanwhile, and another seed decides otherwise", () => {
  const [one, other] = [new Fate("storm 1"), new Fate("storm 1")];
  drawn(other.of("somebody else"));
  expect(drawn(one.of("Ada"))).toEqual(drawn(other.of("Ada")));
  expect(drawn(new Fate("storm 2").of("Ada"))).not.toEqual(drawn(new Fate("storm 1").of("Ada")));
});

test("weights and shares are kept to", () => {
  const fate = new Fate("shares");
  const drawn = Array.from({ length: 2000 }, () => fate.weigh({ often: 9, seldom: 1, never: 0 }));
  const count = (name: string) => drawn.filter((one) => one === name).length;
  expect(count("never")).toBe(0);
  expect(count("seldom")).toBeGreaterThan(120);
  expect(count("seldom")).toBeLessThan(300);
  const yes = Array.from({ length: 2000 }, () => fate.chance(0.25)).filter(Boolean).length;
  expect(yes).toBeGreaterThan(400);
  expect(yes).toBeLessThan(600);
});
