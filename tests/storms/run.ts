/**
 * `npm run storms -- --seeds 10000 --from 1`: storms by hand, one after the other, with every key tried. `--without loss,clock` leaves out parts of each, to find
 * out what a seed needs to fail; `--story` tells what happened in it. Ends with one line that counts.
 */
import { parseArgs } from "node:util";
import { openCamp } from "./camp.ts";
import { takeEvidence } from "./evidence.ts";
import { judge } from "./judge.ts";
import { KINDS, type Kind } from "./kinds.ts";
import { runStorm } from "./storm.ts";

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "100" },
    from: { type: "string", default: "1" },
    without: { type: "string", default: "" },
    story: { type: "boolean", default: false },
  },
});

const [from, seeds] = [Number(values.from), Number(values.seeds)];
const without = values.without.split(",").filter((name) => name !== "");
const isKind = (name: string): name is Kind => KINDS.some((kind) => kind === name);
if (!Number.isSafeInteger(from) || !Number.isSafeInteger(seeds) || seeds < 1 || !without.every(isKind)) {
  console.error(`storms: --seeds and --from take whole numbers, --without some of ${KINDS.join(",")}`);
  process.exit(2);
}

const started = Date.now();
const failed: number[] = [];
let counted = 0;
const camp = await openCamp();
for (let seed = from; seed < from + seeds; seed++) {
  const storm = await runStorm(camp, { seed, without });
  const found = await judge(await takeEvidence(storm));
  await storm.close();
  counted += 1;
  if (found.length > 0) failed.push(seed);
  for (const what of found) console.log(`seed ${String(seed)}: ${what}`);
  if (values.story) console.log(storm.story);
  if (counted % 100 === 0)
    console.error(`storms: ${String(counted)} of ${String(seeds)}, ${String(failed.length)} failed`);
}
await camp.close();
const seconds = Math.round((Date.now() - started) / 1000);
console.log(
  `${String(counted)} storms from seed ${String(from)}, ${String(failed.length)} failed${failed.length === 0 ? "" : ` (${failed.join(" ")})`}, in ${String(seconds)} s`,
);
process.exit(failed.length === 0 ? 0 : 1);
