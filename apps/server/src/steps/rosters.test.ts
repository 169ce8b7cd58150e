import { expect, test } from "vitest";
import { Rosters } from "./rosters.ts";

const head = (byte: number) => new Uint8Array(16).fill(byte);
const roster = (byte: number, ...accounts: string[]) => ({
  head16: head(byte),
  places: accounts.map((account) => ({ account, fromSeq: 1 })),
});

test("who is in a room is known at the head that it was noted at, and at no other", () => {
  const rosters = new Rosters();
  rosters.note("room", roster(1, "ada", "ben"));
  expect(rosters.placesAt("room", head(1))).toEqual(roster(1, "ada", "ben").places);
  expect(rosters.placesAt("room", head(2))).toBeNull();
  expect(rosters.placesAt("other", head(1))).toBeNull();
  rosters.note("room", roster(2, "ada"));
  expect(rosters.placesAt("room", head(1))).toBeNull();
  expect(["ada", "ben"].map((account) => rosters.has("room", account))).toEqual([true, false]);
});

test("what is forgotten is not known, and takes no place any more", () => {
  const rosters = new Rosters(2);
  rosters.note("a", roster(1, "ada"));
  for (let time = 0; time < 5; time += 1) {
    rosters.note("b", roster(1, "ben"));
    rosters.forget("b");
    rosters.forget("never noted");
  }
  expect(rosters.has("b", "ben")).toBe(false);
  expect(rosters.has("a", "ada")).toBe(true);
});

test("no more is kept than there is room for", () => {
  const rosters = new Rosters(2);
  rosters.note("a", roster(1, "ada"));
  rosters.note("b", roster(1, "ben"));
  rosters.note("c", roster(1, "cleo"));
  const known = ["a", "b", "c"].filter((room) => rosters.placesAt(room, head(1)) !== null);
  expect(known).toEqual(["c"]);
});
