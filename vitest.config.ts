import { defineConfig } from "vitest/config";

/**
 * Those that start the program from this checkout, with its build, its locks and its ports, or that watch all that their process does: one at a time, each in
 * a process of its own.
 */
const STARTED = [
  "operator-*",
  "readme-*",
  "demo-start*",
  "upgrade*",
  "custodian-tool*",
  "insider-matrix",
].map((name) => `tests/scenarios/${name}.test.ts`);

// One project per kind of test (docs/architecture.md, "Tests"). Times are limits, never assertions. Files that are not isolated share one load of the code
// in a process: to load all of a server and a client anew takes two seconds of a processor each time.
const project = (
  name: string,
  include: string[],
  testTimeout: number,
  {
    exclude = [],
    isolate = true,
    serial = true,
    setupFiles = [],
  }: {
    readonly exclude?: string[];
    readonly isolate?: boolean;
    readonly serial?: boolean;
    readonly setupFiles?: string[];
  } = {},
) => ({
  test: {
    name,
    include,
    exclude: ["**/node_modules/**", ...exclude],
    globalSetup: "tests/support/test-run.ts",
    isolate,
    setupFiles,
    testTimeout,
    hookTimeout: testTimeout,
    fileParallelism: !serial,
    dangerouslyIgnoreUnhandledErrors: false,
  },
});

export default defineConfig({
  test: {
    projects: [
      project(
        "unit",
        ["packages/**/*.test.ts", "apps/**/*.test.ts", "bench/**/*.test.ts", "tests/vectors/**/*.test.ts"],
        60_000,
        { isolate: false, serial: false },
      ),
      project("tidy", ["tests/tidy/**/*.test.ts"], 60_000),
      project("scenarios", ["tests/scenarios/**/*.test.ts"], 300_000, {
        exclude: STARTED,
        isolate: false,
        serial: false,
      }),
      project("started", STARTED, 300_000),
      project("storms", ["tests/storms/**/*.test.ts"], 600_000, { isolate: false, serial: false }),
      project("secrecy", ["tests/secrecy/**/*.test.ts"], 300_000),
      project("journeys", ["tests/journeys/**/*.test.ts"], 300_000, {
        serial: false,
        setupFiles: ["tests/support/one-story.ts"],
      }),
    ],
  },
});
