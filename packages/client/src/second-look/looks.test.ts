import type { RoomId } from "@sotto/domain";
import { emptyVaultState } from "@sotto/vault";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { LOOK_LASTS_MS, Looks, markLook } from "./looks.ts";

const room = "11111111-1111-4111-8111-111111111111" as RoomId;
const other = "22222222-2222-4222-8222-222222222222" as RoomId;
let state = emptyVaultState();
let changes = 0;
let looks: Looks;

beforeEach(() => {
  vi.useFakeTimers();
  state = markLook(emptyVaultState(), room, true);
  changes = 0;
  looks = new Looks(
    () => state,
    () => changes++,
  );
});

afterEach(() => vi.useRealTimers());

test("a room that is marked is hidden until it is opened; others never are", () => {
  expect([looks.isHidden(room), looks.isHidden(other)]).toEqual([true, false]);
  looks.open(room);
  expect(looks.isHidden(room)).toBe(false);
  looks.hideAll();
  expect(looks.isHidden(room)).toBe(true);
  state = markLook(state, room, false);
  expect(looks.isHidden(room)).toBe(false);
  expect(state.settings).toEqual([]);
});

test("it stays open while it is looked at, and is hidden two minutes after it was left", () => {
  const leave = looks.watch(room);
  looks.open(room);
  vi.advanceTimersByTime(10 * LOOK_LASTS_MS);
  expect(looks.isHidden(room)).toBe(false);
  leave();
  vi.advanceTimersByTime(LOOK_LASTS_MS - 1);
  expect(looks.isHidden(room)).toBe(false);
  const before = changes;
  vi.advanceTimersByTime(1);
  expect(looks.isHidden(room)).toBe(true);
  expect(changes).toBe(before + 1);
});

test("coming back within the two minutes keeps it open, and two who look count as two", () => {
  const [one, two] = [looks.watch(room), looks.watch(room)];
  looks.open(room);
  one();
  vi.advanceTimersByTime(2 * LOOK_LASTS_MS);
  expect(looks.isHidden(room)).toBe(false);
  two();
  vi.advanceTimersByTime(LOOK_LASTS_MS - 1);
  const again = looks.watch(room);
  vi.advanceTimersByTime(2 * LOOK_LASTS_MS);
  expect(looks.isHidden(room)).toBe(false);
  again();
  vi.advanceTimersByTime(LOOK_LASTS_MS);
  expect(looks.isHidden(room)).toBe(true);
});

test("one that was opened and never looked at is hidden again as well", () => {
  looks.open(room);
  vi.advanceTimersByTime(LOOK_LASTS_MS);
  expect(looks.isHidden(room)).toBe(true);
});
