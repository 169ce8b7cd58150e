import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { joinCustodianShares, parseShare, readCustodianText, custodianIdentity } from "@sotto/vault";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runCustodian, type Terminal } from "./program.ts";
import { codeOnPage } from "./sheet-page.ts";

let ground: string;
let made: string;
let codes: readonly string[];
let making: ReturnType<typeof terminalOf>;

/** A terminal at which these lines are typed, and what it showed. */
function terminalOf(
  ...typed: readonly string[]
): Terminal & { readonly said: string[]; readonly told: string[] } {
  const left = [...typed];
  const [said, told]: [string[], string[]] = [[], []];
  return {
    said,
    told,
    say: (line) => said.push(line),
    tell: (line) => told.push(line),
    ask: () => Promise.resolve(left.shift() ?? null),
    clear: () => undefined,
  };
}

const NOWHERE = ["--address", "http://127.0.0.1:1"];
const linesOf = (number: number): readonly string[] => (codes[number - 1] ?? "").split("\n");

beforeAll(async () => {
  ground = await mkdtemp(join(tmpdir(), "sotto-custodian-"));
  made = join(ground, "made");
  making = terminalOf();
  await runCustodian(["make", made], making);
  const pages = await Promise.all(
    [1, 2, 3, 4, 5].map((number) => readFile(join(made, `sheet-${String(number)}.html`), "utf8")),
  );
  codes = pages.map(codeOnPage);
});

afterAll(() => rm(ground, { recursive: true, force: true }));

test("T23: five pages and a public text are written, for their owner alone, and nothing holds the key whole", async () => {
  expect(making.said.join("\n")).toContain("all ten ways were tried");
  const names = (await readdir(made)).toSorted();
  expect(names).toEqual([
    "custodian-public.txt",
    ...[1, 2, 3, 4, 5].map((number) => `sheet-${String(number)}.html`),
  ]);
  expect((await stat(made)).mode & 0o777).toBe(0o700);
  const shares = codes.flatMap((code) => {
    const parsed = parseShare(code);
    return parsed.kind === "share" ? [parsed.share] : [];
  });
  const joined = await joinCustodianShares(shares.slice(2));
  if (joined.kind !== "key") throw new Error("three sheets give the key");
  const me = await custodianIdentity(joined.key);
  const text = await readFile(join(made, "custodian-public.txt"), "utf8");
  expect((await readCustodianText(text))?.bytes).toEqual(me.record);
  for (const name of names) {
    expect((await stat(join(made, name))).mode & 0o777).toBe(0o600);
    const whole = await readFile(join(made, name));
    for (const secret of [joined.key, me.signSeed, me.kemPrivate]) {
      for (const form of ["hex", "base64", "base64url"] as const)
        expect(whole.toString("latin1")).not.toContain(Buffer.from(secret).toString(form));
      expect(whole.includes(Buffer.from(secret))).toBe(false);
    }
  }
});

test("a folder that is there is never written into", async () => {
  const terminal = terminalOf();
  expect(await runCustodian(["make", made], terminal)).toBe(1);
  expect(terminal.told[0]).toContain("(folder-there)");
});

test("a mistyped line is asked for again by its number, and a sheet that was typed already is not taken twice", async () => {
  const wrong = linesOf(1).with(
    1,
    (linesOf(1)[1] ?? "").replace(/^./, (one) => (one === "A" ? "B" : "A")),
  );
  const right = linesOf(1)[1] ?? "";
  const typed = [...wrong, right, ...linesOf(1), ...linesOf(3), ...linesOf(4)];
  const terminal = terminalOf(...typed);
  expect(await runCustodian(["rooms", ...NOWHERE], terminal)).toBe(1);
  const told = terminal.told.join("\n");
  expect(told).toContain("Line 2 is not as it was printed.");
  expect(told).toContain("Sheet 1 is here already.");
  // Three sheets were enough to go to the server, which is not there.
  expect(told).toContain("the server cannot be reached");
});

test("two sheets do not get as far as the server, nor do sheets that do not belong together", async () => {
  const two = terminalOf(...linesOf(1), ...linesOf(2));
  expect(await runCustodian(["rooms", ...NOWHERE], two)).toBe(1);
  expect(two.told.join("\n")).toContain("(sheets-too-few)");
  const other = join(ground, "other");
  await runCustodian(["make", other], terminalOf());
  const strange = codeOnPage(await readFile(join(other, "sheet-5.html"), "utf8")).split("\n");
  const mixed = terminalOf(...linesOf(1), ...linesOf(2), ...strange);
  expect(await runCustodian(["rooms", ...NOWHERE], mixed)).toBe(1);
  expect(mixed.told.join("\n")).toContain("(sheets-of-two-keys)");
});

test("a sheet comes from a file too, and one that is none is refused with its line", async () => {
  const files = await Promise.all(
    [1, 2, 5].map(async (number) => {
      const file = join(ground, `typed-${String(number)}`);
      await writeFile(file, codes[number - 1] ?? "");
      return ["--share", file];
    }),
  );
  const terminal = terminalOf();
  expect(await runCustodian(["rooms", ...NOWHERE, ...files.flat()], terminal)).toBe(1);
  expect(terminal.told.join("\n")).toContain("the server cannot be reached");
  const damaged = join(ground, "damaged");
  await writeFile(
    damaged,
    linesOf(2)
      .with(3, linesOf(3)[3] ?? "")
      .join("\n"),
  );
  const refused = terminalOf();
  expect(await runCustodian(["rooms", ...NOWHERE, "--share", damaged], refused)).toBe(1);
  expect(refused.told.join("\n")).toContain("Line 4 is not as it was printed.");
});

test("what it is called wrongly with is said, before any sheet is asked for", async () => {
  const open = ["open", join(ground, "never")];
  const wrong = [
    [],
    ["shut"],
    ["make"],
    ["make", "a", "b"],
    [...open, "--reason", "curiosity", "--all"],
    [...open, "--reason", "law", "--allowed-by", "nobody", "--all"],
    [...open, "--why", "law"],
    [...open, "--reason"],
    [...open, "--reason", "law", "--reason", "danger"],
  ];
  for (const args of wrong) {
    const terminal = terminalOf();
    expect(await runCustodian(args, terminal)).toBe(2);
    expect(terminal.told.join("\n")).toContain("--help");
  }
});
