import { expect, test } from "vitest";
import { Gathering } from "./gathering.ts";

/** A gathering whose runs end when the test says so; each answers its asks in capitals. */
function makeGathering(asksMax: number, aheadMin = 1000) {
  const runs: { readonly asks: readonly string[]; readonly end: (error?: Error) => void }[] = [];
  const gathering = new Gathering<string, string>(
    { asksMax, aheadMin },
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

test("as many as go ahead are on their way behind the run that is under way, and no third run is begun", async () => {
  const { gathering, runs } = makeGathering(10, 3);
  const answers = "abcdefgh".split("").map((ask) => gathering.ask(ask));
  expect(asksOf(runs)).toEqual(["a", "bcd"]);
  runs[0]?.end();
  expect(await answers[0]).toBe("A");
  await expect.poll(() => asksOf(runs)).toEqual(["a", "bcd", "efgh"]);
  runs[2]?.end();
  expect(await Promise.all(answers.slice(4))).toEqual(["E", "F", "G", "H"]);
  runs[1]?.end();
  expect((await Promise.all(answers)).join("")).toBe("ABCDEFGH");
});

test("fewer than go ahead wait for the end of all that is under way", async () => {
  const { gathering, runs } = makeGathering(10, 3);
  const answers = "abcdef".split("").map((ask) => gathering.ask(ask));
  expect(asksOf(runs)).toEqual(["a", "bcd"]);
  runs[0]?.end();
  await answers[0];
  expect(asksOf(runs)).toEqual(["a", "bcd"]);
  runs[1]?.end(new Error("fell"));
  expect((await Promise.allSettled(answers.slice(1, 4))).map(({ status }) => status)).toEqual(
    Array.from({ length: 3 }, () => "rejected"),
  );
  await expect.poll(() => asksOf(runs)).toEqual(["a", "bcd", "ef"]);
  runs[2]?.end();
  expect(await Promise.all(answers.slice(4))).toEqual(["E", "F"]);
});
