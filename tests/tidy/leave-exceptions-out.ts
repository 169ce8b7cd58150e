import { readText } from "./read-sources.ts";

/** Something that breaks a rule: the rule's name, the file, and what is wrong there. */
export type Finding = Readonly<{ rule: string; file: string; what: string }>;

/** A finding that is borne for a while: by whom, and until when (`2026-12-31`). */
export type Exception = Finding & Readonly<{ owner: string; until: string }>;

/** The committed list of exceptions (`exceptions.json`). */
export function readExceptions(): readonly Exception[] {
  // Our own file; `house.test.ts` checks its shape.
  return JSON.parse(readText("tests/tidy/exceptions.json")) as readonly Exception[];
}

/** How many exceptions there are today. The list may only shrink, and this number with it. */
export const exceptionsMax = 0;

/**
 * The findings of a rule that are no exceptions, and the exceptions that are mended and must leave the list, one line each. Empty when all is well.
 */
export function beyondExceptions(rule: string, findings: readonly Finding[]): readonly string[] {
  const found = new Set(findings.map(asLine));
  const borne = new Set(
    readExceptions()
      .filter((exception) => exception.rule === rule)
      .map(asLine),
  );
  const beyond = [...found].filter((line) => !borne.has(line));
  const mended = [...borne].filter((line) => !found.has(line));
  return [...beyond, ...mended.map((line) => `mended, take it off the list: ${line}`)];
}

function asLine({ file, what }: Finding): string {
  return `${file}: ${what}`;
}
