/**
 * `npm run storms -- --seeds 10000 --from 1`: storms by hand. It stops at a seed that fails, and tells what happened in it; `--on` goes on behind it. `--without
 * loss,clock` leaves out parts of each, to find out what a seed needs to fail; `--story` tells what happened in all of them; `--together 1` lets one storm at a
 * time pass. Ends with one line that counts.
 */
import { parseArgs } from "node:util";
import { Camps, TOGETHER } from "./camps.ts";
import { KINDS, type Kind } from "./kinds.ts";
import { reportOn } from "./weather-report.ts";

const say = (line: string) => process.stdout.write(`${line}\n`);
const warn = (line: string) => process.stderr.write(`storms: ${line}\n`);

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "100" },
    from: { type: "string", default: "1" },
    together: { type: "string", default: String(TOGETHER) },
    without: { type: "string", default: "" },
    on: { type: "boolean", default: false },
    story: { type: "boolean", default: false },
  },
});

const [from, seeds, together] = [Number(values.from), Number(values.seeds), Number(values.together)];
const left = values.without.split(",").filter((name) => name !== "");
const isKind = (name: string): name is Kind => KINDS.some((kind) => kind === name);
const without = left.filter(isKind);
const isCount = (count: number) => Number.isSafeInteger(count) && count >= 1;
if (!Number.isSafeInteger(from) || ![seeds, together].every(isCount) || without.length < left.length) {
  warn(`--seeds, --from and --together take whole numbers, --without some of ${KINDS.join(",")}`);
  process.exit(2);
}

const TOLD_EVERY = 20;
const started = Date.now();
const failed: number[] = [];
let [next, counted] = [from, 0];
let [stormy, all] = [0, 0];
const camps = await Camps.open(Math.min(together, seeds));

async function goOn(): Promise<void> {
  while (next < from + seeds && (values.on || failed.length === 0)) {
    const seed = next++;
    const { broken, statements, story } = await camps.with((camp) => reportOn(camp, seed, without));
    counted += 1;
    stormy += statements.stormy;
    all += statements.all;
    if (broken.length > 0) failed.push(seed);
    for (const what of broken) say(`seed ${String(seed)}: ${what}`);
    if (values.story || broken.length > 0) say(story);
    if (counted % TOLD_EVERY === 0) warn(progress());
  }
}

const secondsSince = (): number => Math.round((Date.now() - started) / 1000);

function progress(): string {
  const minutes = Math.round(((seeds - counted) * secondsSince()) / counted / 60);
  return `${String(counted)} of ${String(seeds)}, ${String(failed.length)} failed, about ${String(minutes)} min left`;
}

await Promise.all(Array.from({ length: together }, goOn));
await camps.close();
const ending =
  failed.length === 0
    ? ""
    : ` (${failed.join(" ")}; again: npm run storms -- --seeds 1 --from ${String(failed[0])})`;
say(
  `${String(counted)} storms from seed ${String(from)}, ${String(failed.length)} failed${ending}, in ${String(secondsSince())} s; ${String(Math.round((100 * stormy) / all))} % of ${String(all)} statements while it stormed`,
);
process.exit(failed.length === 0 ? 0 : 1);
