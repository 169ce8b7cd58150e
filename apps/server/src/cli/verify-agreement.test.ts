import { mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { AGREEMENT_FILE_BYTES_MAX } from "../usecases/verify-agreement.ts";
import { runProgram } from "./program.ts";

interface Golden {
  readonly file: string;
  readonly hash: string;
  readonly version: string;
  readonly waiting: { readonly file: string };
}

const golden = JSON.parse(
  await readFile(new URL("../../../../tests/vectors/agreement.json", import.meta.url), "utf8"),
) as Golden;
const bytes = Buffer.from(golden.file, "hex");

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "sotto-agreement-"));
  file = join(folder, "agreement.sotto");
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const run = async (...args: readonly string[]) => {
  const [said, told]: [string[], string[]] = [[], []];
  const terminal = {
    say: (line: string) => said.push(line),
    tell: (line: string) => told.push(line),
    // No settings: nothing but the file is needed.
    env: {},
    stopped: () => new Promise<void>(() => undefined),
  };
  const status = await runProgram(["verify-agreement", ...args], terminal);
  return { status, said, told };
};

test("it says who signed, as what, when, in which words and with which key, without a server", async () => {
  await writeFile(file, bytes);
  const { said, status, told } = await run(file);
  expect(status).toBe(0);
  expect(said[0]).toBe(`version 1 ${golden.version} hash ${golden.hash}`);
  const key = /key(?: [0-9a-f]{4}){5} log [135]$/;
  expect(said[1]).toMatch(/^offered by [0-9a-f-]{36} 2030-03-17 17:47 UTC /);
  expect(said[2]).toBe("stage in-force since 2030-03-17 17:50 UTC");
  expect(said[3]).toMatch(
    /^signed Ana for themselves 2030-03-17 17:48 UTC read in en as adult on-screen agreed key /,
  );
  expect(said[4]).toBe("witness for Ana for themselves Wanda Reyes");
  expect(said[5]).toMatch(/^signed Ben for themselves 2030-03-17 17:50 UTC read in en as adult /);
  for (const place of [1, 3, 5]) expect(said[place]).toMatch(key);
  expect(said.slice(6, 9)).toEqual([
    "interpreter for Ben for themselves language Español",
    "copy kept by Ben pdf 2030-03-17 17:54 UTC",
    "signed-with Ben for themselves phone clock UTC-480 minutes",
  ]);
  expect(said[9]).toMatch(/^key-log sotto\/golden size 6 key/);
  expect(said[10]).toMatch(/^made 2030-03-17 18:46 UTC key/);
  expect(told).toEqual([expect.stringContaining("Everyone who has to sign has signed.")]);
  expect([...said, ...told].join("\n")).not.toMatch(/What policy says|Ruth|Crisis/);
});

test("where a signature is missing or counts for nothing it says so, and ends with 1", async () => {
  await writeFile(file, Buffer.from(golden.waiting.file, "hex"));
  const { said, status, told } = await run(file);
  expect(status).toBe(1);
  expect(said).toContain("stage open");
  expect(said).toContain("missing Ben for themselves");
  expect(said).toContain("refused line 4 signed-already");
  expect(said).toContain("key-log not shown");
  expect(told).toEqual([expect.stringContaining("waits for the signatures that are missing")]);
});

test("as JSON it says the same, and nothing of what the agreement says", async () => {
  await writeFile(file, bytes);
  const { said, status, told } = await run(file, "--json");
  expect([status, told]).toEqual([0, []]);
  const answer: unknown = JSON.parse(said.join(""));
  expect(answer).toMatchObject({
    version: golden.version,
    versionHash: golden.hash,
    isSigned: true,
    stage: { kind: "in-force" },
    signatures: [
      { name: "Ana", as: "self", language: "en", reader: "adult", score: { percent: 100 }, logIndex: 1 },
      { name: "Ben", as: "self", score: null },
    ],
    missing: [],
    refused: [],
    leavesOut: [],
    log: { origin: "sotto/golden", size: 6 },
  });
  expect(said.join("")).not.toMatch(/What policy says|Ruth|Crisis/);
});

test.each([
  ["changed by a byte", () => bytes.with(bytes.length - 1, (bytes.at(-1) ?? 0) ^ 1), "agreement-changed"],
  ["cut", () => bytes.subarray(0, 5_000), "agreement-broken"],
  ["grown", () => Buffer.concat([bytes, Buffer.of(0)]), "agreement-broken"],
  ["empty", () => Buffer.alloc(0), "agreement-broken"],
  ["no such file at all", () => Buffer.from("%PDF-1.7"), "agreement-broken"],
])("a file that is %s proves nothing, and it says what to do", async (_name, damaged, code) => {
  await writeFile(file, damaged());
  const { said, status, told } = await run(file);
  expect([status, said]).toEqual([1, []]);
  expect(told[0]).toContain(`(${code})`);
  expect(told[1]).toMatch(/another copy|copy once more/);
  expect(told.join("\n")).not.toMatch(/Ana|Ben|What policy/);
});

test("a file that is too large is not read", async () => {
  await writeFile(file, "");
  await truncate(file, AGREEMENT_FILE_BYTES_MAX + 1);
  expect((await run(file)).told[0]).toContain("(agreement-broken)");
});

test("where there is no file, or none is named, it says so", async () => {
  const nowhere = await run(join(folder, "nothing"));
  expect([nowhere.status, nowhere.told[0]]).toEqual([1, expect.stringContaining("(agreement-missing)")]);
  expect((await run(folder)).told[0]).toContain("(agreement-missing)");
  expect((await run()).status).toBe(2);
});
