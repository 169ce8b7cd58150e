import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { SETTINGS } from "../config/settings.ts";
import { COMMANDS } from "./commands.ts";
import { helpOf, helpOfAll, manualOf } from "./help.ts";

test("docs/sotto.md is what the commands' own table says; npm run manual writes it", async () => {
  const page = await readFile(new URL("../../../../docs/sotto.md", import.meta.url), "utf8");
  expect(page).toBe(manualOf(COMMANDS));
});

test("the help names every command, what it takes, every switch and every setting, and fits a terminal", () => {
  const all = helpOfAll(COMMANDS);
  for (const { name } of SETTINGS) expect(all).toContain(name);
  for (const command of COMMANDS) {
    const help = helpOf(command);
    expect(all).toContain([command.name, ...command.takes].join(" "));
    for (const { name } of command.switches) expect(help).toContain(`--${name}`);
    expect(help).toContain(command.example);
    expect(command.more.length).toBeGreaterThan(0);
    for (const line of `${all}\n${help}`.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  }
});
