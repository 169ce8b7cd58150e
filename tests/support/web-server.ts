/** The real server with the built page, for journeys: an address on `localhost`, where passkeys work, and a database of its own. */
import { fileURLToPath } from "node:url";
import { REFUSE_AFTER_MS, startServer, type RunningServer, type ServerOptions } from "@sotto/server/wiring";
import { openTestDatabase, type TestDatabase } from "./database.ts";
import { openTestFolder } from "./test-folder.ts";
import { freePort } from "./free-port.ts";

const builtFolder = fileURLToPath(new URL("../../apps/web/dist", import.meta.url));

export interface WebServer {
  readonly origin: string;
  readonly database: TestDatabase;
  readonly makeSetupCode: () => Promise<string>;
  /** Sends the reminders that are due now. */
  readonly remind: () => Promise<void>;
  /** Stops answering, as a server that is not there; what it holds stays. */
  readonly stop: () => Promise<void>;
  /** Answers again at the same address. */
  readonly start: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Starts a practice's server that nobody has set up yet. The page must have been built, or another one is given. */
export async function openWebServer({
  webFolder = builtFolder,
  ...options
}: Partial<Pick<ServerOptions, "now" | "reminders" | "webFolder">> = {}): Promise<WebServer> {
  const database = await openTestDatabase();
  const files = await openTestFolder();
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const urls = { databaseUrl: database.appUrl, ownerUrl: database.ownerUrl };
  const begin = (): Promise<RunningServer> =>
    startServer({
      ...urls,
      filesFolder: files.path,
      host: "127.0.0.1",
      port,
      origin,
      webFolder,
      // A proxy that is not there: whoever comes from this machine is counted as one network, as people are.
      limits: { proxies: ["192.0.2.1"], times: 1 },
      refuseAfterMs: REFUSE_AFTER_MS,
      ...options,
    });
  let server = await begin();
  return {
    origin,
    database,
    makeSetupCode: () => server.makeSetupCode(),
    remind: () => server.remind(),
    stop: () => server.close(),
    start: async () => {
      server = await begin();
    },
    close: async () => {
      await server.close();
      await database.close();
      await files.remove();
    },
  };
}
