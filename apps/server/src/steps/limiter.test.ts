import { expect, test } from "vitest";
import { Limiter, USUAL_RATES } from "./limiter.ts";

const home = { network: "198.51.100.7", knownTo: null };
const make = () => new Limiter(1, () => 1_000_000);

test("a session that is not known, as all are after a restart, is looked up beside somebody who makes tokens up", () => {
  const limiter = make();
  const waits = Array.from({ length: USUAL_RATES.token.burst + 40 }, (_, made) => {
    expect(limiter.token(home, `made-up ${String(made)}`)).toBe(0);
    return limiter.tokenFailed(home, `made-up ${String(made)}`);
  });
  expect(waits.filter((waitMs) => waitMs === 0).length).toBe(USUAL_RATES.token.burst);
  expect(limiter.token(home, "real")).toBe(0);
});

test("a network looks up no more sessions that are not known than strangers may ask, and a known one always", () => {
  const limiter = make();
  limiter.opened("known");
  for (let made = 0; made < USUAL_RATES.stranger.burst; made += 1) limiter.token(home, `made-up ${made}`);
  expect(limiter.token(home, "not known")).toBeGreaterThan(0);
  expect(limiter.token(home, "known")).toBe(0);
  expect(limiter.token({ ...home, network: "203.0.113.40" }, "not known")).toBe(0);
  // One that has ended is a stranger's again.
  limiter.tokenFailed(home, "known");
  expect(limiter.token(home, "known")).toBeGreaterThan(0);
});
