/** The table of OWASP ASVS: its data, and the page that is made of it. */
import { readText } from "./read-sources.ts";

export type Status = "met" | "not-met" | "not-applicable";

export interface Requirement {
  readonly id: string;
  readonly what: string;
  readonly status: Status;
  readonly how: string;
  /** `file`, or `file#title of a test in it`. */
  readonly evidence: readonly string[];
}

export interface Asvs {
  readonly source: string;
  /** Every requirement of levels 1 and 2, with its level. */
  readonly levels: Readonly<Record<string, number>>;
  readonly requirements: readonly Requirement[];
}

export const ASVS_DATA = "docs/asvs/requirements.json";
export const ASVS_PAGE = "docs/asvs.md";

export function readAsvs(): Asvs {
  // Our own file; the tests beside this look at every field of it.
  return JSON.parse(readText(ASVS_DATA)) as Asvs;
}

const CHAPTERS: Readonly<Record<string, string>> = {
  1: "Encoding and sanitization",
  2: "Validation and business logic",
  3: "Web front end",
  4: "Interfaces and web services",
  5: "Files",
  6: "Authentication",
  7: "Sessions",
  8: "Authorization",
  9: "Self-contained tokens",
  10: "OAuth and OpenID Connect",
  11: "Cryptography",
  12: "Secure communication",
  13: "Configuration",
  14: "Data protection",
  15: "Secure coding and architecture",
  16: "Logging and error handling",
  17: "WebRTC",
};

const SAID: Readonly<Record<Status, string>> = {
  met: "met",
  "not-met": "**not met**",
  "not-applicable": "not applicable",
};

/** The page, from the data. */
export function asvsPage({ levels, requirements, source }: Asvs): string {
  const count = (status: Status) => requirements.filter((one) => one.status === status).length;
  const chapters = Map.groupBy(requirements, ({ id }) => id.split(".")[0] ?? "");
  return [
    "# OWASP ASVS 5.0, levels 1 and 2",
    "",
    `${source} Made from \`${ASVS_DATA}\` by \`npm run asvs\`; \`tests/tidy\` sees to it that every requirement has a row and that each file and test named here is there.`,
    "It is our own judgement, and nobody else has checked it. *Met* names what was looked at; *not met* says why, and what it would take.",
    "",
    `${String(requirements.length)} requirements: ${String(count("met"))} met, ${String(count("not-met"))} not met, ${String(count("not-applicable"))} not applicable.`,
    ...[...chapters].flatMap(([chapter, rows]) => [
      "",
      `## V${chapter} ${CHAPTERS[chapter] ?? ""}`,
      "",
      "| | level | requirement | | how, or why not | evidence |",
      "| --- | --- | --- | --- | --- | --- |",
      ...rows.map(
        ({ evidence, how, id, status, what }) =>
          `| ${id} | ${String(levels[id])} | ${cell(what)} | ${SAID[status]} | ${cell(how)} | ${evidence.map(linkOf).join("; ")} |`,
      ),
    ]),
    "",
  ].join("\n");
}

const cell = (text: string): string => text.replaceAll("|", "\\|");

function linkOf(evidence: string): string {
  const [path = "", title] = evidence.split("#");
  const name = path.split("/").at(-1) ?? path;
  return `[${name}](../${path})${title === undefined ? "" : `: ${cell(title)}`}`;
}
