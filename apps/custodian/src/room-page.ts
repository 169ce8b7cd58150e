import type { RecordedLine, RoomRecord } from "@sotto/client/custodian";
import { KINDS, happened, ROLES } from "./words.ts";

/** A room as a page to read and print: no script, nothing fetched, and nobody's words taken for markup. */

/** Where a file was put, or why it could not be; by its place among the lines. */
export type FilePlaces = ReadonlyMap<RecordedLine, { readonly name: string; readonly path: string | null }>;

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
  ["'", "&#39;"],
]);

export function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES.get(character) ?? "");
}

const STYLE = `
  body { font: 12pt/1.5 "Atkinson Hyperlegible Next", Verdana, sans-serif; color: #1c1c1c; max-width: 70ch; margin: 2em auto; padding: 0 1em }
  .event { color: #555; font-style: italic }
  .warning { border-left: 4px solid #a40000; padding-left: 1em }
  article { margin: 0 0 1em; break-inside: avoid }
  article p { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere }
  time { color: #555 }
`;

export function titleOf({ familyName, kind, people, title }: RoomRecord): string {
  const named = people.filter(({ isIn, role }) => isIn && role !== "therapist" && role !== "custodian");
  const whose = kind === "private" ? named.map(({ name }) => name).join(", ") : title;
  return [familyName, KINDS[kind], whose].filter((part) => part !== "").join(" · ");
}

const moment = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC`;

export function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="robots" content="noindex">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
${body}
</main>
</body>
</html>
`;
}

/** The whole room. */
export function roomPage(record: RoomRecord, files: FilePlaces): string {
  const people = record.people.map(
    ({ isIn, name, role }) =>
      `<li>${escaped(name)} (${ROLES[role]})${isIn ? "" : ", not in the room any more"}</li>`,
  );
  const family = record.family.map(({ name, role }) => `<li>${escaped(name)} (${ROLES[role]})</li>`);
  const parts = [
    `<p>Room ${record.room}${record.closed ? ", closed" : ""}</p>`,
    record.agreesWithLog
      ? ""
      : '<p class="warning">The server shows another key log than those who wrote here have seen. Not everybody may have been shown that this room was opened. Tell them.</p>',
    record.isFromTheStart
      ? ""
      : "<p>This record begins later than the room: what was said before was not given to it.</p>",
    `<h2>People</h2><ul>${people.join("\n")}</ul>`,
    family.length === 0 ? "" : `<h2>The family, as recorded</h2><ul>${family.join("\n")}</ul>`,
    "<h2>What was said</h2>",
    ...record.lines.map((line) => lineOf(line, files)),
  ];
  return page(titleOf(record), parts.join("\n"));
}

const lineOf = (line: RecordedLine, files: FilePlaces): string => {
  const time = `<time datetime="${new Date(line.at).toISOString()}">${moment(line.at)}</time>`;
  const event = happened(line);
  if (event !== null) return `<p class="event">${time} ${escaped(event)}</p>`;
  if (line.kind === "message") {
    const edited = line.editedAt === null ? "" : " (changed)";
    return `<article><strong>${escaped(line.by)}</strong> ${time}${edited}<p dir="auto">${escaped(line.text)}</p></article>`;
  }
  const file = files.get(line);
  const by = "by" in line ? escaped(line.by) : "";
  const shown =
    file === undefined || file.path === null
      ? `A file that is not there any more: ${escaped(file?.name ?? "")}`
      : `<a href="${escaped(encodeURI(file.path))}">${escaped(file.name)}</a>`;
  return `<article><strong>${by}</strong> ${time}<p>${shown}</p></article>`;
};
