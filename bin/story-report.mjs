/**
 * A Vitest reporter for `check.mjs`: writes to `SOTTO_STORY_REPORT` how many tests passed and failed, which files did not hold, and whether anything went wrong
 * outside of those. A file whose process died has run no test and failed none: it does not hold either.
 */
import { writeFileSync } from "node:fs";

export default class StoryReport {
  onTestRunEnd(modules, unhandled) {
    const files = modules.map((module) => {
      const states = [...module.children.allTests()].map((test) => test.result().state);
      const count = (state) => states.filter((one) => one === state).length;
      const isOver = !["pending", "queued"].includes(module.state()) && count("pending") === 0;
      return {
        name: module.moduleId,
        holds: module.ok() && isOver && states.length > 0,
        passed: count("passed"),
        failed: count("failed"),
      };
    });
    const broken = files.filter(({ holds }) => !holds).map(({ name }) => name);
    // A promise that a broken story left behind is of that story; where many share a process, it may be of any of them.
    const alone = new Set(
      modules.filter(({ project }) => project.config.isolate).map(({ moduleId }) => moduleId),
    );
    const isStray = unhandled.some(
      ({ VITEST_TEST_PATH: path }) => !alone.has(path) || !broken.includes(path),
    );
    const report = { files, broken, isStray };
    writeFileSync(process.env.SOTTO_STORY_REPORT, JSON.stringify(report));
  }
}
