import { stat } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Config } from "../config/read-config.ts";
import { bytesInWords, durationInWords } from "../config/words.ts";
import { placesIn } from "../postgres/data-folder.ts";
import { findEmbeddedPrograms } from "../postgres/find-programs.ts";
import { PostgresFault } from "../postgres/postgres-fault.ts";
import { readBackupAge } from "./last-backup.ts";
import { freeBytes, FREE_BYTES_MIN, isThere, operatorPlaces } from "./places.ts";
import { broken, look, ok, type Symptom } from "./symptom.ts";
import { readSottoVersion } from "./versions.ts";

const NODE_MIN = 24;
const FREE_BYTES_GOOD = 1_000_000_000;
const LOG_BYTES_MAX = 50_000_000;
const BACKUP_AGE_MAX_MS = 2 * 24 * 60 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Looks at everything that can be seen without the database: versions, settings, the data folder, its disk, its backups. */
export async function examineMachine(config: Config, now: number): Promise<readonly Symptom[]> {
  return [
    examineNode(),
    examineOrigin(config),
    await examinePage(),
    await examinePrograms(config),
    ...(await examineFolder(config)),
    await examineBackup(config, now),
  ];
}

function examineNode(): Symptom {
  const version = process.versions.node;
  return Number.parseInt(version, 10) >= NODE_MIN
    ? ok("versions", `Sotto ${readSottoVersion()} on Node.js ${version}`)
    : broken(
        "versions",
        `Node.js ${version} is too old`,
        "Start Sotto by npm start, which brings its own, or install Node.js 24.",
      );
}

/** Where the built page lies. */
const PAGE = fileURLToPath(new URL("../../../web/dist/index.html", import.meta.url));

async function examinePage(): Promise<Symptom> {
  return (await isThere(PAGE))
    ? ok("page", "is built")
    : broken("page", "is not built", "npm run build, in the folder of the project.");
}

/** Finding the programs also makes the links to their libraries, where it may: once as the account that installed them is enough. */
async function examinePrograms({ database }: Config): Promise<Symptom> {
  if (database !== null) return ok("programs", "none needed: the database is your own");
  try {
    await findEmbeddedPrograms();
    return ok("programs", "those of the embedded database are ready");
  } catch (error) {
    if (error instanceof PostgresFault) return broken("programs", error.message, error.remedy);
    throw error;
  }
}

function examineOrigin({ host, isOriginSet, origin }: Config): Symptom {
  if (isOriginSet) return ok("address", `people open ${origin}`);
  const isOpen = host !== "127.0.0.1" && host !== "::1" && host !== "localhost";
  return look(
    "address",
    isOpen
      ? "it can be reached from elsewhere, and only without TLS"
      : "it can be opened on this machine alone",
    "For a practice, put a reverse proxy with TLS before it and set SOTTO_ORIGIN: see docs/operator.md.",
  );
}

async function examineFolder({ dataFolder }: Config): Promise<readonly Symptom[]> {
  if (!(await isThere(dataFolder)))
    return [
      look(
        "data folder",
        `${dataFolder} is not there`,
        "Start Sotto once, or name the right one in SOTTO_DATA.",
      ),
    ];
  return [await examineAccess(dataFolder), await examineDisk(dataFolder), await examineLog(dataFolder)];
}

async function examineAccess(dataFolder: string): Promise<Symptom> {
  const { passwords } = operatorPlaces(dataFolder);
  for (const path of [dataFolder, passwords]) {
    if (!(await isThere(path))) continue;
    const { mode, uid } = await stat(path);
    // Others may pass through the data folder, where the database runs as somebody else; they may not look, and into the passwords not even pass.
    const tooMuch = path === dataFolder ? mode & 0o066 : mode & 0o077;
    if (tooMuch !== 0)
      return broken(
        "data folder",
        `others may look into ${path}`,
        `chmod ${path === dataFolder ? "711" : "700"} ${path}`,
      );
    if (process.getuid?.() !== uid && process.getuid?.() !== 0)
      return broken(
        "data folder",
        `${path} belongs to another account`,
        "Run Sotto as the account that made it.",
      );
  }
  return ok("data folder", `${dataFolder}, closed to others`);
}

async function examineDisk(dataFolder: string): Promise<Symptom> {
  const free = await freeBytes(dataFolder);
  const says = `${bytesInWords(free)} free`;
  if (free < FREE_BYTES_MIN)
    return broken("disk", says, "Free some room now: nothing can be written any more.");
  return free < FREE_BYTES_GOOD
    ? look("disk", says, "Free some room, or move the data folder to a larger disk.")
    : ok("disk", says);
}

async function examineLog(dataFolder: string): Promise<Symptom> {
  const { log } = placesIn(dataFolder);
  const bytes = (await isThere(log)) ? (await stat(log)).size : 0;
  const says = `the database's log has ${bytesInWords(bytes)}`;
  return bytes > LOG_BYTES_MAX
    ? look(
        "log",
        says,
        "Look at its end for what repeats; it is set aside at the next start of the database.",
      )
    : ok("log", says);
}

async function examineBackup({ dataFolder }: Config, now: number): Promise<Symptom> {
  const age = await readBackupAge(dataFolder, now);
  if (age === null)
    return look(
      "backup",
      "there has been none yet",
      "sotto backup FOLDER, every night: see docs/operator.md.",
    );
  const says = `the newest is ${durationInWords(Math.max(0, age))} old`;
  return age > BACKUP_AGE_MAX_MS || age < -DAY_MS
    ? look("backup", says, "Look why the nightly backup did not run, and run sotto backup FOLDER.")
    : ok("backup", says);
}
