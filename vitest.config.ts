import { defineConfig } from "vitest/config";

/** Those that start the program from this checkout, with its build, its locks and its ports: one at a time. */
const STARTED = ["operator-*", "readme-*", "demo-start*", "upgrade*", "custodian-tool*"].map(
  (name) => `tests/scenarios/${name}.test.ts`,
);

/** A story that does not end as it should is told once more where a whole run hangs on it, and the run says so behind its name. */
const ONCE_MORE = { retry: process.env["CI"] === undefined ? 0 : 1 };

// One project per kind of test (docs/architecture.md, "Tests"). Times are limits, never assertions.
const project = (
  name: string,
  include: string[],
  testTimeout: number,
  {
    exclude = [],
    retry = 0,
    serial = true,
  }: { readonly exclude?: string[]; readonly retry?: number; readonly serial?: boolean } = {},
) => ({
  test: {
    name,
    include,
    exclude: ["**/node_modules/**", ...exclude],
    globalSetup: "tests/support/test-run.ts",
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
        { serial: false },
      ),
      project("tidy", ["tests/tidy/**/*.test.ts"], 60_000),
      project("scenarios", ["tests/scenarios/**/*.test.ts"], 300_000, {
        exclude: STARTED,
        serial: false,
        ...ONCE_MORE,
      }),
      project("started", STARTED, 300_000, ONCE_MORE),
      project("storms", ["tests/storms/**/*.test.ts"], 600_000, { serial: false }),
      project("secrecy", ["tests/secrecy/**/*.test.ts"], 300_000),
      project("journeys", ["tests/journeys/**/*.test.ts"], 300_000, ONCE_MORE),
    ],
  },
});
