/**
 * `npm run fuzz -- --runs 100000`: every decoder and every endpoint, tried so many times each with what nobody means. `--only decoders` and `--only endpoints` run
 * one half, `--of "parseFrameHeader|openFrame"` those of it that are named so; decoders that open something sealed are tried a twentieth as often. What fails prints the seed and the input, and what it names is mended with a test of its own.
 */
import { parseArgs } from "node:util";
import { giveUp, run, say } from "./prepare.mjs";

const HALVES = { decoders: ["unit", "decoders.laws"], endpoints: ["scenarios", "server-fuzz"] };

const { values } = parseArgs({
  options: { runs: { type: "string", default: "10000" }, only: { type: "string" }, of: { type: "string" } },
});
const runs = Number(values.runs);
if (!Number.isSafeInteger(runs) || runs < 1)
  giveUp("--runs must be a whole number from 1", "like --runs 100000");
if (values.only !== undefined && !Object.hasOwn(HALVES, values.only))
  giveUp(`there is no half called ${values.only}`, `there are: ${Object.keys(HALVES).join(", ")}`);

for (const [name, [project, filter]] of Object.entries(HALVES)) {
  if (values.only !== undefined && values.only !== name) continue;
  say(`fuzz ${name}, ${String(runs)} times each`);
  const named = values.of === undefined ? [] : ["--testNamePattern", `(${values.of}) answers`];
  const status = await run(
    "vitest",
    ["run", `--project=${project}`, filter, "--reporter=verbose", ...named],
    { SOTTO_TEST_RUNS: String(runs) },
  );
  if (status !== 0) process.exitCode = 1;
}
