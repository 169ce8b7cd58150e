/** The real server on a fresh database of its own: what every story without a page happens on. */
import { startServer, type RunningServer, type ServerOptions } from "@sotto/server/wiring";
import { openTestFolder } from "./test-folder.ts";
import { openTestDatabase, type TestDatabase } from "./database.ts";

export interface RealServer {
  readonly server: RunningServer;
  readonly database: TestDatabase;
  /** Where it keeps the sealed bytes of files. */
  readonly filesFolder: string;
  readonly removeFiles: () => Promise<void>;
  /** Where programs reach it. */
  readonly origin: string;
  readonly close: () => Promise<void>;
}

export async function openRealServer(
  options: Partial<
    Pick<ServerOptions, "now" | "log" | "reminders" | "limits" | "refuseAfterMs" | "filesFolder">
  > = {},
): Promise<RealServer> {
  const database = await openTestDatabase();
  const files = await openTestFolder();
  const server = await startServer({
    databaseUrl: database.appUrl,
    ownerUrl: database.ownerUrl,
    filesFolder: files.path,
    host: "127.0.0.1",
    port: 0,
    origin: "http://localhost",
    webFolder: null,
    ...options,
  });
  return {
    server,
    database,
    filesFolder: options.filesFolder ?? files.path,
    removeFiles: files.remove,
    origin: `http://127.0.0.1:${String(server.port)}`,
    close: async () => {
      await server.close();
      await database.close();
      await files.remove();
    },
  };
}
