import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createApi } from "./api.ts";
import { memoryPorts } from "./memory-ports.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const tooSoon = () =>
  Response.json({ refusal: "too-many-requests" }, { status: 429, headers: { "retry-after": "7" } });
const well = () => Response.json({ rooms: [] });

function apiThatMeets(answers: (() => Response)[]) {
  const askedAt: number[] = [];
  const api = createApi({
    ...memoryPorts("https://sotto.example.org"),
    fetch: () => {
      askedAt.push(Date.now());
      return Promise.resolve((answers.shift() ?? well)());
    },
  });
  return { api, askedAt };
}

test("whoever is signed in and asked too often waits as long as the server says, and asks again", async () => {
  const { api, askedAt } = apiThatMeets([tooSoon, tooSoon]);
  const asking = api("listRooms", {}, "token");
  await vi.advanceTimersByTimeAsync(20_000);
  expect(await asking).toEqual({ kind: "done", value: { rooms: [] } });
  const [first = 0, ...more] = askedAt;
  expect(more.map((at) => at - first)).toEqual([7_000, 14_000]);
});

test("it gives up when the server does not relent", async () => {
  const { api, askedAt } = apiThatMeets([tooSoon, tooSoon, tooSoon, tooSoon]);
  const asking = api("listRooms", {}, "token");
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await asking).toEqual({ kind: "refused", refusal: "too-many-requests" });
  expect(askedAt).toHaveLength(4);
});

test("whoever comes in is told at once, and so is whoever met a limit that waiting does not lift", async () => {
  const full = () => Response.json({ refusal: "too-many" }, { status: 429 });
  const { api, askedAt } = apiThatMeets([tooSoon, full]);
  expect(await api("checkSetupCode", { body: { code: "A" } }, null)).toEqual({
    kind: "refused",
    refusal: "too-many-requests",
  });
  expect(await api("listRooms", {}, "token")).toEqual({ kind: "refused", refusal: "too-many" });
  expect(askedAt).toHaveLength(2);
});

test("whoever gives it up does not wait", async () => {
  const { api } = apiThatMeets([tooSoon]);
  const end = new AbortController();
  const asking = api("listRooms", {}, "token", end.signal);
  await vi.advanceTimersByTimeAsync(10);
  end.abort();
  expect(await asking).toEqual({ kind: "done", value: { rooms: [] } });
});
