import { expect, test, vi } from "vitest";
import { Watchers } from "./watchers.ts";

test("a watcher is shown at once, and then once for changes that come close together", () => {
  vi.useFakeTimers();
  try {
    const watchers = new Watchers();
    let value = 1;
    const seen: number[] = [];
    const stop = watchers.add(
      () => value,
      (view) => seen.push(view),
    );
    expect(seen).toEqual([1]);
    value = 2;
    watchers.changed();
    value = 3;
    watchers.changed();
    vi.runAllTimers();
    expect(seen).toEqual([1, 3]);
    stop();
    watchers.changed();
    vi.runAllTimers();
    expect(seen).toEqual([1, 3]);
  } finally {
    vi.useRealTimers();
  }
});

test("after closing nothing is shown and no timer is set", () => {
  vi.useFakeTimers();
  try {
    const watchers = new Watchers();
    const seen: number[] = [];
    watchers.add(
      () => 0,
      (view) => seen.push(view),
    );
    watchers.changed();
    watchers.close();
    watchers.changed();
    expect(vi.getTimerCount()).toBe(0);
    expect(seen).toEqual([0]);
  } finally {
    vi.useRealTimers();
  }
});
