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

/** A story that does not end as it should is told once more where a whole run hangs on it, and the run says so behind its name. */
const ONCE_MORE = { retry: process.env["CI"] === undefined ? 0 : 1 };

// One project per kind of test (docs/architecture.md, "Tests"). Times are limits, never assertions. Files that are not isolated share one load of the code
// in a process: to load all of a server and a client anew takes two seconds of a processor each time.
const project = (
  name: string,
  include: string[],
  testTimeout: number,
  {
    exclude = [],
    isolate = true,
    retry = 0,
    serial = true,
  }: {
    readonly exclude?: string[];
    readonly isolate?: boolean;
    readonly retry?: number;
    readonly serial?: boolean;
  } = {},
) => ({
  test: {
    name,
    include,
    exclude: ["**/node_modules/**", ...exclude],
    globalSetup: "tests/support/test-run.ts",
    isolate,
    retry,
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
        ...ONCE_MORE,
      }),
      project("started", STARTED, 300_000, ONCE_MORE),
      project("storms", ["tests/storms/**/*.test.ts"], 600_000, { isolate: false, serial: false }),
      project("secrecy", ["tests/secrecy/**/*.test.ts"], 300_000),
      project("journeys", ["tests/journeys/**/*.test.ts"], 300_000, { serial: false, ...ONCE_MORE }),
    ],
  },
});
