import { expect, test } from "vitest";
import { Presence } from "./presence.ts";

function makePresence() {
  let now = 1_000_000;
  let said = 0;
  const presence = new Presence(
    () => now,
    () => {
      said += 1;
    },
  );
  return {
    presence,
    said: () => said,
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
  };
}

test("nothing is said before the device is in step, and whoever has just come in is there then", () => {
  const { presence, said } = makePresence();
  presence.touch();
  expect(said()).toBe(0);
  presence.connected();
  expect(said()).toBe(1);
});

test("a connection that comes back by itself says nothing for somebody who went away", () => {
  const { pass, presence, said } = makePresence();
  presence.connected();
  pass(60_000);
  presence.disconnected();
  presence.connected();
  expect(said()).toBe(1);
  presence.touch();
  expect(said()).toBe(2);
});

test("many touches say it now and then; whoever locks says it once more", () => {
  const { pass, presence, said } = makePresence();
  presence.connected();
  for (let second = 0; second < 60; second += 1) {
    presence.touch();
    pass(1_000);
  }
  expect(said()).toBe(3);
  presence.leave();
  expect(said()).toBe(4);
  presence.disconnected();
  presence.leave();
  expect(said()).toBe(4);
});
