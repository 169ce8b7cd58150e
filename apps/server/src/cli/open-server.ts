import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Config } from "../config/read-config.ts";
import { requirePossibleClock } from "../operator/check-clock.ts";
import { holdDataFolder } from "../operator/hold-data-folder.ts";
import { openDatabaseToServe } from "../operator/open-database.ts";
import { openBusOf } from "../operator/open-bus.ts";
import { requireDataFolder } from "../operator/places.ts";
import type { RunningServer, ServerOptions } from "../wiring.ts";

const PAGE = fileURLToPath(new URL("../../../web/dist/", import.meta.url));

export interface OpenServer {
  readonly server: RunningServer;
  /** Closes the doors, stops the database and lets go of the data folder. */
  readonly close: () => Promise<void>;
}

/**
 * A whole server on a data folder: the folder held, its database running, the doors open. Throws what says why not; then nothing of it is left running.
 * `tell` hears what the database goes through meanwhile.
 */
export async function openServer(
  config: Config,
  {
    tell,
    ...options
  }: Pick<ServerOptions, "now" | "log" | "logForm" | "meters"> & { readonly tell: (line: string) => void },
): Promise<OpenServer> {
  requirePossibleClock(Date.now());
  await requireDataFolder(config.dataFolder);
  // What was begun is ended in the opposite order, however far it came.
  const endings: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const end of endings.splice(0)) await end();
  };
  try {
    endings.unshift(await holdDataFolder(config.dataFolder));
    const database = await openDatabaseToServe(config, (event) => {
      tell(
        event.kind === "restarted"
          ? "database restarted"
          : `database fault ${event.fault.code}: ${event.fault.remedy}`,
      );
    });
    endings.unshift(database.stop);
    // Only a server needs the doors; the other commands need not wait for them to load.
    const { REFUSE_AFTER_MS, startServer } = await import("../wiring.ts");
    const server = await startServer({
      databaseUrl: database.appUrl,
      ownerUrl: database.ownerUrl,
      filesFolder: config.filesFolder,
      host: config.host,
      port: config.port,
      origin: config.origin,
      webFolder: existsSync(PAGE) ? PAGE : null,
      reminders: config.reminders,
      ...(config.bus === null ? {} : { bus: openBusOf(config.bus) }),
      limits: config.limits,
      refuseAfterMs: REFUSE_AFTER_MS,
      ...options,
    });
    endings.unshift(server.close);
    return { server, close };
  } catch (error) {
    await close();
    throw error;
  }
}
