/** The table of OWASP ASVS is whole, and names nothing that is not there. */
import { expect, test } from "vitest";
import { ASVS_PAGE, asvsPage, readAsvs } from "./asvs-table.ts";
import { listFiles, readText } from "./read-sources.ts";

const asvs = readAsvs();
const files = new Set(listFiles());

/** What is wrong with one piece of evidence; null when it is there. */
function staleness(evidence: string): string | null {
  const [path = "", title] = evidence.split("#");
  if (!files.has(path)) return `${path} is not there`;
  if (title === undefined) return null;
  const isThere = readText(path).replaceAll('\\"', '"').includes(title);
  return isThere ? null : `${path} has no test called ${title}`;
}

test("every requirement of levels 1 and 2 has a row, once, and there is no other", () => {
  expect(Object.keys(asvs.levels)).toHaveLength(253);
  expect(asvs.requirements.map(({ id }) => id)).toEqual(Object.keys(asvs.levels));
  expect(new Set(Object.values(asvs.levels))).toEqual(new Set([1, 2]));
});

test("what is met has evidence, and whatever is not says why", () => {
  for (const { evidence, how, id, status, what } of asvs.requirements) {
    expect([id, what.length > 0, how.length > 0]).toEqual([id, true, true]);
    expect(["met", "not-met", "not-applicable"]).toContain(status);
    const isBare = status === "met" && evidence.length === 0;
    expect([id, isBare]).toEqual([id, false]);
  }
});

test("every file and every test that is named is there", () => {
  const stale = asvs.requirements.flatMap(({ evidence, id }) =>
    evidence.map((each) => ({ id, what: staleness(each) })).filter(({ what }) => what !== null),
  );
  expect(stale).toEqual([]);
});

test("a file or a test that has gone is noticed", () => {
  expect(staleness("docs/security.md")).toBeNull();
  expect(staleness("docs/insecurity.md")).toBe("docs/insecurity.md is not there");
  expect(staleness("tests/tidy/asvs.test.ts#a file or a test that has gone is noticed")).toBeNull();
  const gone = ["a test", "nobody wrote"].join(" ");
  expect(staleness(`tests/tidy/asvs.test.ts#${gone}`)).toContain("has no test");
});

test("the page is what the data says; `npm run asvs` writes it anew", () => {
  expect(readText(ASVS_PAGE)).toBe(asvsPage(asvs));
});
