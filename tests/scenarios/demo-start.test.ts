/** What the demo refuses before it touches anything, and what becomes of one that was cut short. */
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freeRow, runDemo, spawnDemo } from "../support/demo.ts";
import { makeGround } from "../support/operator.ts";

let ground: Awaited<ReturnType<typeof makeGround>>;

beforeAll(async () => {
  ground = await makeGround();
});
afterAll(() => ground?.remove());

test.each([[[]], [["--fresh"]]])(
  "a folder that no demo made is left alone, whatever is wished: %o",
  async (more) => {
    const folder = ground.at("real");
    await mkdir(join(folder, "postgres"), { recursive: true });
    await writeFile(join(folder, "postgres", "PG_VERSION"), "18");
    expect(await runDemo([`--data=${folder}`, ...more])).toMatchObject({
      status: 1,
      told: expect.stringMatching(/may be real data\. \(not-a-demo\)\n.*Nothing was touched/),
    });
    expect(await readdir(folder)).toEqual(["postgres"]);
    expect(await readFile(join(folder, "postgres", "PG_VERSION"), "utf8")).toBe("18");
  },
);

test("a file is no folder, and a demo of another version says what to do", async () => {
  await writeFile(ground.at("file"), "mine");
  expect(await runDemo([`--data=${ground.at("file")}`])).toMatchObject({
    status: 1,
    told: expect.stringContaining("(not-a-demo)"),
  });
  await mkdir(ground.at("older"));
  await writeFile(join(ground.at("older"), "demo.json"), JSON.stringify({ version: 0, made: null }));
  const port = `--port=${String(await freeRow(20))}`;
  expect(await runDemo([`--data=${ground.at("older")}`, port])).toMatchObject({
    status: 1,
    told: expect.stringMatching(/\(demo-unreadable\)\n.*--fresh/),
  });
});

test.each(["--frsh", "--port=http", "--port=70000", "--data="])(
  "%s is refused with what there is",
  async (word) => {
    expect(await runDemo([word])).toMatchObject({
      status: 1,
      told: expect.stringContaining("--data=FOLDER"),
    });
  },
);

test("a port of the row that is taken is told before anything is made", async () => {
  const first = await freeRow(20);
  const taken = createServer();
  await new Promise<void>((resolve) => {
    taken.listen(first + 7, "127.0.0.1", resolve);
  });
  const folder = ground.at("ports");
  expect(await runDemo([`--data=${folder}`, `--port=${String(first)}`])).toMatchObject({
    status: 1,
    said: "",
    told: expect.stringMatching(
      new RegExp(`^Port ${String(first + 7)} is taken.*\\(port-taken\\)\n.*--port=`),
    ),
  });
  await expect(readdir(folder)).rejects.toThrow("ENOENT");
  taken.close();
});

test("one that is stopped while it makes its practice ends cleanly, and the next start begins anew", async () => {
  const wishes = [`--data=${ground.at("short")}`, `--port=${String(await freeRow(20))}`];
  for (let beginning = 1; beginning <= 2; beginning++) {
    const running = spawnDemo(wishes);
    await expect.poll(() => running.said(), { timeout: 120_000 }).toContain("Lindenhof opens");
    const ended = await running.stop();
    expect(ended).toMatchObject({ status: 130, told: "" });
    expect(ended.said).toContain("Stopped before the practice was made");
    expect(JSON.parse(await readFile(join(ground.at("short"), "demo.json"), "utf8"))).toMatchObject({
      made: null,
    });
  }
}, 400_000);
