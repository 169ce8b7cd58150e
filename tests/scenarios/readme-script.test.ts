import { spawn } from "node:child_process";
import { readFile, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { invite, openHouse, openPractice, record, valueOf, type House } from "../support/clients.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const script = `${root}tests/readme-script-${process.pid}.mjs`;
let house: House;

beforeAll(async () => {
  house = await openHouse();
});

afterAll(async () => {
  await rm(script, { force: true });
  await house?.close();
});

test("the script in the README joins by an invitation and sends, word for word as it stands there", async () => {
  const readme = await readFile(`${root}README.md`, "utf8");
  const [, code = ""] = /## From a program[\s\S]*?```ts\n([\s\S]*?)```/.exec(readme) ?? [];
  expect(code.trim().split("\n").length).toBeLessThanOrEqual(12);
  await writeFile(script, code);
  const therapist = await openPractice(house);
  const family = valueOf(await therapist.client.actions.createFamily({ name: "Rivera" }));
  const person = await record(therapist, family, { name: "Robin" });
  const fragment = await invite(therapist, family, person);
  expect(await run(script, `${house.origin}/${fragment}`)).toBe(0);
  const heard = new Promise<string>((resolve) => {
    therapist.client.watch("rooms", (rooms) => {
      const found = rooms.find((room) => room.lastText !== "");
      if (found !== undefined) resolve(found.lastText);
    });
  });
  expect(await heard).toBe("Hello from a program");
});

function run(path: string, argument: string): Promise<number | null> {
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", path, argument], {
    stdio: ["ignore", "inherit", "inherit"],
  });
  return new Promise((resolve) => child.on("exit", resolve));
}
