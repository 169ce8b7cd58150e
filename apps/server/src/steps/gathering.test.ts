import { expect, test } from "vitest";
import { Gathering } from "./gathering.ts";

/** A gathering whose runs end when the test says so; each answers its asks in capitals. */
function makeGathering(limits: { readonly runsMax: number; readonly asksMax: number }) {
  const runs: { readonly asks: readonly string[]; readonly end: (error?: Error) => void }[] = [];
  const gathering = new Gathering<string, string>(
    limits,
    (asks) =>
      new Promise((resolve, reject) => {
        runs.push({
          asks,
          end: (error) =>
            error === undefined ? resolve(asks.map((ask) => ask.toUpperCase())) : reject(error),
        });
      }),
  );
  return { gathering, runs };
}

const asksOf = (runs: readonly { readonly asks: readonly string[] }[]) =>
  runs.map((run) => run.asks.join(""));

test("a lone ask is run at once; what comes meanwhile waits together for the next run", async () => {
  const { gathering, runs } = makeGathering({ runsMax: 1, asksMax: 10 });
  const answers = ["a", "b", "c"].map((ask) => gathering.ask(ask));
  expect(asksOf(runs)).toEqual(["a"]);
  runs[0]?.end();
  expect(await answers[0]).toBe("A");
  await expect.poll(() => asksOf(runs)).toEqual(["a", "bc"]);
  runs[1]?.end();
  expect(await Promise.all(answers)).toEqual(["A", "B", "C"]);
});

test("no more runs, and no more asks in a run, than allowed", async () => {
  const { gathering, runs } = makeGathering({ runsMax: 2, asksMax: 3 });
  const answers = "abcdefgh".split("").map((ask) => gathering.ask(ask));
  expect(asksOf(runs)).toEqual(["a", "b"]);
  runs[0]?.end();
  await expect.poll(() => asksOf(runs)).toEqual(["a", "b", "cde"]);
  runs[1]?.end();
  await expect.poll(() => asksOf(runs)).toEqual(["a", "b", "cde", "fgh"]);
  for (const run of runs) run.end();
  expect((await Promise.all(answers)).join("")).toBe("ABCDEFGH");
});

test("a run that throws takes its own asks with it and no others", async () => {
  const { gathering, runs } = makeGathering({ runsMax: 1, asksMax: 10 });
  const outcomes = Promise.allSettled(["a", "b"].map((ask) => gathering.ask(ask)));
  runs[0]?.end(new Error("fell"));
  await expect.poll(() => asksOf(runs)).toEqual(["a", "b"]);
  runs[1]?.end();
  expect((await outcomes).map((outcome) => outcome.status)).toEqual(["rejected", "fulfilled"]);
});
