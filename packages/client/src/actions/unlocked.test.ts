import { VaultFault } from "@sotto/vault";
import { expect, test } from "vitest";
import { DONE, refused } from "../done.ts";
import type { Home } from "../home.ts";
import { unlocked, whileUnlocked } from "./unlocked.ts";

// Of an account that is open, only that it is the same one is looked at here.
const open = {} as Home;

const wiped = async (): Promise<never> => {
  throw new VaultFault("misuse");
};

test("whoever is locked in the middle of something hears that they are locked, whatever came of the wiped keys", async () => {
  let home: Home | null = open;
  const lockedMeanwhile = async (): Promise<never> => {
    home = null;
    return wiped();
  };
  expect(await unlocked(() => home, lockedMeanwhile)).toEqual(refused("locked"));
  home = open;
  await expect(whileUnlocked(() => home, lockedMeanwhile)).resolves.toBeUndefined();
});

test("what goes wrong while somebody is in is thrown as it is", async () => {
  await expect(unlocked(() => open, wiped)).rejects.toThrow("misuse");
  await expect(whileUnlocked(() => open, wiped)).rejects.toThrow("misuse");
  expect(
    await unlocked(
      () => open,
      async () => DONE,
    ),
  ).toEqual(DONE);
});
