import { expect, test } from "vitest";
import { Gathering } from "./gathering.ts";

/** A gathering whose runs end when the test says so; each answers its asks in capitals. */
function makeGathering(asksMax: number) {
  const runs: { readonly asks: readonly string[]; readonly end: (error?: Error) => void }[] = [];
  const gathering = new Gathering<string, string>(
    asksMax,
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
  const { gathering, runs } = makeGathering(10);
  const answers = ["a", "b", "c"].map((ask) => gathering.ask(ask));
  expect(asksOf(runs)).toEqual(["a"]);
  runs[0]?.end();
  expect(await answers[0]).toBe("A");
  await expect.poll(() => asksOf(runs)).toEqual(["a", "bc"]);
  runs[1]?.end();
  expect(await Promise.all(answers)).toEqual(["A", "B", "C"]);
});

test("no more asks in a run than allowed; the rest waits for the one after it", async () => {
  const { gathering, runs } = makeGathering(3);
  const answers = "abcdefg".split("").map((ask) => gathering.ask(ask));
  for (const seen of ["a", "bcd", "efg"]) {
    await expect.poll(() => runs.at(-1)?.asks.join("")).toBe(seen);
    runs.at(-1)?.end();
  }
  expect((await Promise.all(answers)).join("")).toBe("ABCDEFG");
});

test("a run that throws takes its own asks with it and no others", async () => {
  const { gathering, runs } = makeGathering(10);
  const outcomes = Promise.allSettled(["a", "b"].map((ask) => gathering.ask(ask)));
  runs[0]?.end(new Error("fell"));
  await expect.poll(() => asksOf(runs)).toEqual(["a", "b"]);
  runs[1]?.end();
  expect((await outcomes).map((outcome) => outcome.status)).toEqual(["rejected", "fulfilled"]);
});
