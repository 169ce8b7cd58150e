/**
 * `npm run drills`: at every point of every course a server or a page dies or a request is lost, one after the other. `--course words` takes one course, `--of ask`
 * one kind (`server`, `page`, `ask`), `--every 7` every seventh point, `--from 3` begins at the third, `--together 1` lets one drill at a time pass. Each point is tried in all its ways. Goes on behind what fails, and ends with one line that counts.
 */
import { parseArgs } from "node:util";
import { Camps, TOGETHER } from "./camps.ts";
import { COURSES, type CourseName } from "./courses.ts";
import { reportOnDrill } from "./weather-report.ts";
import type { Mishap } from "./world.ts";

const say = (line: string) => process.stdout.write(`${line}\n`);
const warn = (line: string) => process.stderr.write(`drills: ${line}\n`);

const { values } = parseArgs({
  options: {
    course: { type: "string", default: "" },
    of: { type: "string", default: "" },
    every: { type: "string", default: "1" },
    from: { type: "string", default: "1" },
    together: { type: "string", default: String(TOGETHER) },
  },
});

const isCourse = (name: string): name is CourseName => name in COURSES;
const all = Object.keys(COURSES).filter(isCourse);
const courses = values.course === "" ? all : [values.course].filter(isCourse);
const [every, from, together] = [Number(values.every), Number(values.from), Number(values.together)];
const isCount = (count: number) => Number.isSafeInteger(count) && count >= 1;
const isKind = ["", "server", "page", "ask"].includes(values.of);
if (courses.length === 0 || !isKind || ![every, from, together].every(isCount)) {
  warn(
    `--every, --from and --together take whole numbers, --of server, page or ask, --course one of ${all.join(", ")}`,
  );
  process.exit(2);
}

const TOLD_EVERY = 100;
const started = Date.now();
const camps = await Camps.open(together);
let [tried, met, failed] = [0, 0, 0];

async function drill(course: CourseName, mishap: Mishap | null) {
  const report = await camps.with((camp) => reportOnDrill(camp, course, mishap));
  tried += 1;
  if (report.isMet) met += 1;
  if (report.broken.length > 0) failed += 1;
  for (const what of report.broken) say(what);
  if (report.broken.length > 0) say(report.story);
  if (tried % TOLD_EVERY === 0) warn(`${String(tried)} tried, ${String(failed)} failed`);
  return report;
}

for (const course of courses) {
  const { points } = await drill(course, null);
  const ofKind = points.filter(([way]) => values.of === "" || (way !== undefined && values.of in way));
  const chosen = ofKind.filter((_, index) => index >= from - 1 && (index - from + 1) % every === 0);
  warn(`${course}: ${String(chosen.length)} of ${String(points.length)} points`);
  const left = chosen.flat();
  const goOn = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const mishap = next;
      await drill(course, mishap).catch((error: unknown) => {
        failed += 1;
        say(`${course} ${JSON.stringify(mishap)}: ${String(error)}`);
      });
    }
  };
  await Promise.all(Array.from({ length: together }, goOn));
}
await camps.close();
const seconds = Math.round((Date.now() - started) / 1000);
say(
  `${String(tried)} drills, in ${String(met)} it went wrong, ${String(failed)} failed, in ${String(seconds)} s`,
);
process.exit(failed === 0 && met > 0 ? 0 : 1);
