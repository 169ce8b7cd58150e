import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readConfig, type Config } from "./config/read-config.ts";
import { readReminderSettings } from "./config/read-reminder-settings.ts";
import { keepPostgres } from "./postgres/keep-postgres.ts";
import { prepareRoles } from "./postgres/prepare-roles.ts";
import { startServer } from "./wiring.ts";

const PAGE = fileURLToPath(new URL("../../web/dist/", import.meta.url));

interface Database {
  readonly appUrl: string;
  readonly ownerUrl: string;
  readonly stop: () => Promise<void>;
}

async function openDatabase({ database, dataFolder }: Config): Promise<Database> {
  if (database !== null) return { ...database, stop: async () => undefined };
  const running = await keepPostgres({ directory: dataFolder, port: 0 }, (event) => {
    console.log(
      event.kind === "restarted"
        ? "database restarted"
        : `database fault ${event.fault.code}: ${event.fault.remedy}`,
    );
  });
  const urls = await prepareRoles({ adminUrl: running.url, directory: dataFolder });
  return { ...urls, stop: () => running.stop() };
}

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const reminders = readReminderSettings(process.env);
  const database = await openDatabase(config);
  const server = await startServer({
    databaseUrl: database.appUrl,
    ownerUrl: database.ownerUrl,
    host: "127.0.0.1",
    port: config.port,
    origin: config.origin,
    webFolder: existsSync(PAGE) ? PAGE : null,
    reminders,
    log: (line) => console.log(line),
  });
  console.log(`Sotto is at ${config.origin}`);
  if (!(await server.isClaimed())) {
    const code = await server.makeSetupCode();
    console.log(`Set-up code, good once, for 7 days: ${code}`);
    console.log(`or open ${config.origin}/#setup=${code}`);
  }
  const stop = () => {
    server
      .close()
      .then(() => database.stop())
      .then(() => process.exit(0))
      .catch(() => process.exit(1));
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
}

main().catch((error: unknown) => {
  // Every fault that is ours says what to do; anything else is named by its code alone.
  const isOurs = error instanceof Error && "code" in error;
  console.error(isOurs ? `Sotto did not start: ${error.message}` : "Sotto did not start: unexpected fault");
  if (isOurs && "remedy" in error) console.error(String(error.remedy));
  process.exit(1);
});
