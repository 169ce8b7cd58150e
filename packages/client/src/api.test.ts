import { ENDPOINTS, type EndpointName } from "@sotto/contract";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createApi } from "./api.ts";
import { ClientFault } from "./done.ts";
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

test("whatever a server answers, a call answers too or says that the answer was none", async () => {
  // The names are the keys of this very table.
  const names = Object.keys(ENDPOINTS) as EndpointName[];
  const body = fc.oneof(
    fc.json({ maxDepth: 4 }),
    fc.string(),
    fc.constantFrom("", "{}", "null", "[]", '{"__proto__":1}', '{"refusal":"not-here"}', '{"refusal":"new"}'),
  );
  const status = fc.constantFrom(200, 201, 204, 301, 400, 401, 404, 409, 413, 429, 500, 503);
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...names), body, status, async (name, text, code) => {
      const { api } = apiThatMeets([() => new Response(code === 204 ? null : text, { status: code })]);
      const said = await api(name, {}, null).catch((error: unknown) => error);
      const isTyped = said instanceof ClientFault && said.code === "bad-answer";
      const isAnswer = typeof said === "object" && said !== null && "kind" in said;
      expect(isTyped || isAnswer).toBe(true);
    }),
    { numRuns: 500 },
  );
});
