/**
 * `npm run check`: everything that must hold, what tells most in least time first; stops at the first that does not. Names as arguments run those alone
 * (`npm run check -- lint unit`). In CI a few stories that do not end as they should are told once more, whole, and it says which. The last line is
 * `N passed, N failed` over all tests that ran.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { giveUp, run, say } from "./prepare.mjs";

const scratch = mkdtempSync(join(tmpdir(), "sotto-check-"));
const onDebian = { SOTTO_TEST_DATABASE: "debian" };
/** The stories in which the database has a part of its own; `SOTTO_TEST_DATABASE=debian npm run scenarios` tells all of them there. */
const databaseStories = (
  "server-account server-ended server-erasure server-files server-killed server-live server-rooms server-sessions " +
  "client-first-room client-rooms"
)
  .split(" ")
  .map((name) => `tests/scenarios/${name}`);
const startedStories = ["operator-backup", "upgrade"].map((name) => `tests/scenarios/${name}`);
/** As many files at once as there are cores. */
const TOGETHER = "--maxWorkers=100%";
/** A machine that is busy with something else breaks a story or two; what breaks more than so many is in the code. */
const TOLD_AGAIN_MAX = 3;

const steps = [
  command("format", "oxfmt", "--check", "."),
  command("lint", "oxlint"),
  command("types", "tsc", "--build"),
  tests("unit", ["unit"], {}, [TOGETHER]),
  command("rebuild", "npm", "run", "--silent", "rebuild", "--workspace", "apps/web"),
  stories("scenarios", ["scenarios"], {}, [TOGETHER]),
  beside(stories("started", ["started"]), [
    command("knip", "knip"),
    tests("tidy", ["tidy"]),
    tests("secrecy", ["secrecy"]),
  ]),
  stories("scenarios-debian", ["scenarios"], onDebian, [TOGETHER, ...databaseStories]),
  stories("started-debian", ["started"], onDebian, startedStories),
  tests("storms", ["storms"], {}, [TOGETHER]),
  stories("journeys", ["journeys"], {}, [TOGETHER]),
];

const asked = process.argv.slice(2);
const names = steps.flatMap(namesOf);
const unknown = asked.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  giveUp(`no check is called ${unknown.join(", ")}`, `there are: ${names.join(", ")}`);
}

const total = { passed: 0, failed: 0 };
process.exitCode = (await runAll(steps)) ? 0 : 1;
rmSync(scratch, { recursive: true, force: true });
console.log(`${total.passed} passed, ${total.failed} failed`);

function namesOf(step) {
  return [step.name, ...(step.meanwhile ?? []).map(({ name }) => name)];
}

async function runAll(all) {
  for (const step of all) {
    const chosen = [step, ...(step.meanwhile ?? [])].filter(
      ({ name }) => asked.length === 0 || asked.includes(name),
    );
    const [first, ...others] = chosen;
    if (first === undefined) continue;
    const both = await Promise.all([runOne(first, null), runMeanwhile(others)]);
    if (!both.every(Boolean)) return false;
  }
  return true;
}

/** One after the other; what each said is shown when it is over. */
async function runMeanwhile(others) {
  for (const step of others) {
    const heard = [];
    const holds = await runOne(step, (piece) => heard.push(piece));
    process.stdout.write(Buffer.concat(heard));
    if (!holds) return false;
  }
  return true;
}

async function runOne(step, hear) {
  say(`check ${step.name}`);
  const started = Date.now();
  const holds = await step.run(hear);
  const took = `${((Date.now() - started) / 1000).toFixed(1)} s`;
  if (holds) say(`check ${step.name} holds (${took})`);
  else {
    say(`check ${step.name} FAILED after ${took}; nothing after it was run`);
    // A check without tests of its own, or tests that did not even start, count as one failure.
    total.failed = Math.max(total.failed, 1);
  }
  return holds;
}

/** A step that takes long and leaves half of the machine idle, with others that are run meanwhile. */
function beside(step, meanwhile) {
  return { ...step, meanwhile };
}

function command(name, program, ...args) {
  return { name, run: async (hear) => (await run(program, args, {}, hear)) === 0 };
}

/** A run of Vitest projects. An empty project fails: a check that looks at nothing would always hold. */
function tests(name, projects, environment = {}, options = []) {
  return {
    name,
    run: async (hear) => {
      const { holds, report } = await tell(name, projects, { environment, options, hear });
      count(report.files);
      return holds;
    },
  };
}

/**
 * The same for stories, which take long and wait for much: told again from the start, alone, where a whole run hangs on a few of them. What went wrong outside of them is never
 * left at that.
 */
function stories(name, projects, environment = {}, options = []) {
  return {
    name,
    run: async (hear) => {
      const first = await tell(name, projects, { environment, options, hear });
      const { broken, isStray } = first.report;
      const isAgain =
        process.env.CI !== undefined && !isStray && broken.length > 0 && broken.length <= TOLD_AGAIN_MAX;
      if (first.holds || !isAgain) {
        count(first.report.files);
        return first.holds;
      }
      for (const file of broken) say(`told again: ${file}`);
      const second = await tell(`${name}-again`, projects, { environment, options: broken, hear });
      count(first.report.files.filter(({ holds }) => holds));
      count(second.report.files);
      const told = second.report.files.filter(({ holds }) => holds).map(({ name: file }) => file);
      return second.holds && broken.every((file) => told.includes(file));
    },
  };
}

function count(files) {
  for (const { failed, passed } of files) {
    total.passed += passed;
    total.failed += failed;
  }
}

/** Runs Vitest once: whether all of it held, and what `story-report.mjs` says. */
async function tell(name, projects, { environment, options, hear }) {
  const path = join(scratch, `${name}.json`);
  const reporters = ["--reporter=default", "--reporter=./bin/story-report.mjs"];
  const args = ["run", ...projects.map((project) => `--project=${project}`), ...options, ...reporters];
  const status = await run("vitest", args, { ...environment, SOTTO_STORY_REPORT: path }, hear);
  const report = readReport(path);
  const isWhole = status === 0 && report.broken.length === 0 && !report.isStray;
  return { report, holds: isWhole && report.files.some(({ passed }) => passed > 0) };
}

/** A run that ended before it could say anything went wrong outside of every file. */
function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return { files: [], broken: [], isStray: true };
  }
}
