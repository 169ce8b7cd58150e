import { chmod, mkdir, realpath, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { PostgresFault, systemCode } from "./postgres-fault.ts";

/** Where the supervisor keeps things inside the data folder. All but `cluster` belong to the user who runs Sotto. */
export type DataFolder = Readonly<{
  root: string;
  cluster: string;
  log: string;
  port: string;
  superuserPassword: string;
  ownerPassword: string;
  appPassword: string;
}>;

/** The places inside a data folder. Nothing is made or read. */
export function placesIn(root: string): DataFolder {
  const passwords = join(root, "passwords");
  return {
    root,
    cluster: join(root, "postgres"),
    log: join(root, "postgres.log"),
    port: join(root, "postgres.port"),
    superuserPassword: join(passwords, "superuser"),
    ownerPassword: join(passwords, "owner"),
    appPassword: join(passwords, "app"),
  };
}

/**
 * Makes the data folder if it is missing. Under root others may pass through it, because the server runs as somebody else,
 * but not list it; otherwise it is closed. Throws `no-access` where it cannot be made or entered.
 */
export async function openDataFolder(directory: string): Promise<DataFolder> {
  try {
    const fresh = await mkdir(directory, { recursive: true, mode: 0o700 });
    if (fresh !== undefined && process.getuid?.() === 0) await chmod(directory, 0o711);
    const places = placesIn(await realpath(directory));
    await mkdir(dirname(places.appPassword), { recursive: true, mode: 0o700 });
    return places;
  } catch (error) {
    throw new PostgresFault(
      systemCode(error) === "ENOSPC" ? "disk" : "no-access",
      `The data folder ${directory} cannot be made or entered.`,
      "Give its owner's account to Sotto, or name another folder in SOTTO_DATA.",
      error,
    );
  }
}

/** True once the cluster has been made whole; a half-made one never stands in this place. */
export async function hasCluster(places: DataFolder): Promise<boolean> {
  try {
    return (await stat(join(places.cluster, "PG_VERSION"))).isFile();
  } catch (error) {
    const code = systemCode(error);
    if (code === "ENOENT" || code === "ENOTDIR") return false;
    throw new PostgresFault(
      "no-access",
      `The database folder ${places.cluster} belongs to another account.`,
      "Run Sotto as the account that made it, or as root.",
      error,
    );
  }
}
