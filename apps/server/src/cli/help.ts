import { SETTINGS } from "../config/settings.ts";
import type { Command } from "./command.ts";

const WIDTH = 78;

/** Everything, one line each. */
export function helpOfAll(commands: readonly Command[]): string {
  return [
    "Sotto keeps what a family says in therapy among the people it was said to.",
    "",
    "Use: sotto COMMAND [--help]",
    "",
    ...columns(commands.map((command) => [usageOf(command), command.says])),
    "",
    "Settings, read from the environment:",
    "",
    ...columns(SETTINGS.map(({ name, says, standard }) => [name, `${says} (${standard})`])),
    "",
    "A command ends with 0 when all is well, 1 when it is not, and 2 when it was",
    "called wrongly. None of them can show what people write, but custodian with",
    "three of its five sheets.",
  ].join("\n");
}

/** One command. */
export function helpOf(command: Command): string {
  return [
    ...wrap(command.says, WIDTH),
    "",
    `Use: sotto ${usageOf(command)}`,
    ...command.more.flatMap((paragraph) => ["", ...wrap(paragraph, WIDTH)]),
    ...(command.switches.length === 0 ? [] : [""]),
    ...columns(command.switches.map(({ name, says }) => [`--${name}`, says])),
    "",
    "Example:",
    "",
    `  ${command.example}`,
  ].join("\n");
}

/** The page docs/sotto.md: the same words for reading outside a terminal. */
export function manualOf(commands: readonly Command[]): string {
  const lines = [
    "# sotto",
    "",
    "The commands of whoever runs Sotto. In the project's folder: `npm run sotto -- COMMAND` or `npx sotto COMMAND`.",
    "This page is made from the same table as `sotto --help` (`npm run manual`).",
    "",
    "A command ends with 0 when all is well, 1 when it is not, and 2 when it was called wrongly. None of them can show what people write, but `custodian` with three of its five sheets.",
    ...commands.flatMap((command) => [
      "",
      `## sotto ${usageOf(command)}`,
      "",
      `${command.says} `.trim(),
      ...command.more.flatMap((paragraph) => ["", paragraph]),
      ...(command.switches.length === 0 ? [] : [""]),
      ...command.switches.map(({ name, says }) => `- \`--${name}\`: ${says}`),
      "",
      `    ${command.example}`,
    ]),
    "",
    "## Settings",
    "",
    "| setting | meaning | without it |",
    "| --- | --- | --- |",
    ...SETTINGS.map(({ name, says, standard }) => `| \`${name}\` | ${says} | ${standard} |`),
    "",
  ];
  return lines.join("\n");
}

function usageOf({ name, takes }: Command): string {
  return [name, ...takes].join(" ");
}

function columns(rows: readonly (readonly [string, string])[]): readonly string[] {
  const first = Math.max(0, ...rows.map(([left]) => left.length)) + 2;
  return rows.flatMap(([left, right]) =>
    wrap(right, WIDTH - first - 2).map(
      (line, index) => `  ${(index === 0 ? left : "").padEnd(first)}${line}`,
    ),
  );
}

function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length + 1 > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
