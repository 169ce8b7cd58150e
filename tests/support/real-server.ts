/** The real server on a fresh database of its own: what every story without a page happens on. */
import { startServer, type RunningServer, type ServerOptions } from "@sotto/server/wiring";
import { openTestDatabase, type TestDatabase } from "./database.ts";

export interface RealServer {
  readonly server: RunningServer;
  readonly database: TestDatabase;
  /** Where programs reach it. */
  readonly origin: string;
  readonly close: () => Promise<void>;
}

export async function openRealServer(
  options: Pick<ServerOptions, "now" | "log" | "reminders"> = {},
): Promise<RealServer> {
  const database = await openTestDatabase();
  const server = await startServer({
    databaseUrl: database.appUrl,
    ownerUrl: database.ownerUrl,
    host: "127.0.0.1",
    port: 0,
    origin: "http://localhost",
    webFolder: null,
    ...options,
  });
  return {
    server,
    database,
    origin: `http://127.0.0.1:${String(server.port)}`,
    close: async () => {
      await server.close();
      await database.close();
    },
  };
}
