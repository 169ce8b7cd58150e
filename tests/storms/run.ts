/**
 * `npm run storms -- --seeds 10000 --from 1`: storms by hand, one after the other. `--without loss,clock` leaves out parts of each, to find
 * out what a seed needs to fail; `--story` tells what happened in it. Ends with one line that counts.
 */
import { parseArgs } from "node:util";
import { openCamp } from "./camp.ts";
import { KINDS, type Kind } from "./kinds.ts";
import { reportOn } from "./weather-report.ts";

const say = (line: string) => process.stdout.write(`${line}\n`);
const warn = (line: string) => process.stderr.write(`storms: ${line}\n`);

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
  warn(`--seeds and --from take whole numbers, --without some of ${KINDS.join(",")}`);
  process.exit(2);
}

const started = Date.now();
const failed: number[] = [];
let counted = 0;
let [stormy, all] = [0, 0];
const camp = await openCamp();
for (let seed = from; seed < from + seeds; seed++) {
  const { broken, statements, story } = await reportOn(camp, seed, without);
  counted += 1;
  stormy += statements.stormy;
  all += statements.all;
  if (broken.length > 0) failed.push(seed);
  for (const what of broken) say(`seed ${String(seed)}: ${what}`);
  if (values.story) say(story);
  if (counted % 20 === 0) warn(`${String(counted)} of ${String(seeds)}, ${String(failed.length)} failed`);
}
await camp.close();
const seconds = Math.round((Date.now() - started) / 1000);
say(
  `${String(counted)} storms from seed ${String(from)}, ${String(failed.length)} failed${failed.length === 0 ? "" : ` (${failed.join(" ")})`}, in ${String(seconds)} s; ${String(Math.round((100 * stormy) / all))} % of ${String(all)} statements while it stormed`,
);
process.exit(failed.length === 0 ? 0 : 1);
