import { entries, type Place, placesOfCode } from "./import-table.ts";
import { type ImportUse, resolveRelative } from "./read-sources.ts";

/** The place a file belongs to, or null when the table has no line for it. */
export function placeOf(path: string): Place | null {
  return placesOfCode.find(({ at }) => (at.endsWith("/") ? path.startsWith(at) : path === at)) ?? null;
}

/** True for a test, and for what the tests of one package share (its folder `testing`): not shipped, and may use what tests use. */
export function isTestFile(path: string): boolean {
  return /\.test\.tsx?$|^(packages|apps)\/[a-z]+\/testing\/|^(tests|bench)\//.test(path);
}

// ical.js reads the calendar files that we write.
const testPackages = ["vitest", "fast-check", "ical.js", "node:"];

/** Why a file may not have this import, or null when it may. */
export function judgeImport(path: string, use: ImportUse): string | null {
  const place = placeOf(path);
  if (place === null) return "its folder has no line in tests/tidy/import-table.ts";
  const target = resolveRelative(path, use.from);
  if (target !== null) return judgeRelative(path, place, target, use);
  const entry = entries[use.from];
  // What the tests of one package share may be used by those of another, and by nothing that is shipped.
  if (entry?.endsWith(" testing") === true) return isTestFile(path) ? null : `${use.from} is for tests alone`;
  if (entry !== undefined) return judgePlace(path, place, entry, use);
  if (use.from.startsWith("@sotto/")) return `${use.from} is no entry of a package`;
  const isKnown = isAmong(use.from, place.packages);
  if (isKnown || (isTestFile(path) && isAmong(use.from, testPackages))) return null;
  return `${place.name} may not use ${use.from}`;
}

function judgeRelative(path: string, place: Place, target: string, use: ImportUse): string | null {
  if (workspaceOf(path) !== workspaceOf(target)) return `${use.from} leaves the package: import it by name`;
  const other = placeOf(target);
  if (other === null) return `${target} has no line in tests/tidy/import-table.ts`;
  if (isTestFile(target)) return isTestFile(path) ? null : `${target} is for tests alone`;
  return judgePlace(path, place, other.name, use, target);
}

function judgePlace(
  path: string,
  place: Place,
  other: string,
  use: ImportUse,
  target?: string,
): string | null {
  if (other === place.name) return judgeSibling(path, place, use, target);
  if (place.places.includes(other)) return null;
  if (use.isTypeOnly && place.typesOf?.includes(other) === true) return null;
  return `${place.name} may not import ${other}`;
}

/** Inside one place: features never import features, use cases never call use cases. A test may import what it tests. */
function judgeSibling(path: string, place: Place, use: ImportUse, target?: string): string | null {
  if (place.name === "web features" && target !== undefined) {
    const [mine, theirs] = [path, target].map((one) => one.slice(place.at.length).split("/")[0]);
    return mine === theirs ? null : `feature ${mine ?? ""} may not import feature ${theirs ?? ""}`;
  }
  if (place.own === false && !use.isTypeOnly && !isTestFile(path))
    return `${place.name} may not call each other`;
  return null;
}

function isAmong(from: string, packages: readonly string[]): boolean {
  return packages.some((name) =>
    name === "node:" ? from.startsWith(name) : from === name || from.startsWith(`${name}/`),
  );
}

function workspaceOf(path: string): string {
  const [first = "", second = ""] = path.split("/");
  return first === "packages" || first === "apps" ? `${first}/${second}` : first;
}
