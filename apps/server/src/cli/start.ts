import { countsNobody, readConfig, type Config } from "../config/read-config.ts";
import { openMetricsDoor } from "../metrics/open-metrics-door.ts";
import { Meters, type Gauge } from "../metrics/meters.ts";
import { readBackupAge } from "../operator/last-backup.ts";
import { freeBytes } from "../operator/places.ts";
import { listenFault } from "../operator/start-faults.ts";
import type { RunningServer } from "../wiring.ts";
import type { Command, Terminal } from "./command.ts";
import { openServer } from "./open-server.ts";

export const startCommand: Command = {
  name: "start",
  takes: [],
  says: "Starts Sotto and runs until it is stopped. `npm start` is the same.",
  more: [
    "Prints the address, and a one-time set-up code as long as no practice has been set up. Ctrl-C or the signal TERM stops it cleanly.",
    "It refuses to start with a wrong setting, on a data folder that another Sotto serves, on data of a newer version, on a full disk, with a clock that cannot be right, and on a database that could lose or show what it must not. It says which, and what to do.",
  ],
  switches: [],
  example: "SOTTO_ORIGIN=https://sotto.example.org sotto start",
  run: async (_called, terminal) => {
    const config = readConfig(terminal.env);
    const meters = config.metricsPort === null ? null : new Meters();
    const { close, server } = await openServer(config, {
      tell: terminal.tell,
      ...(config.log === "off" ? {} : { log: terminal.say, logForm: config.log }),
      ...(meters === null ? {} : { meters }),
    });
    let closeMetrics = async (): Promise<void> => undefined;
    try {
      if (meters !== null && config.metricsPort !== null)
        closeMetrics = await openMetrics(server, meters, { ...config, port: config.metricsPort });
      await greet(server, config, terminal);
      await terminal.stopped();
      return 0;
    } finally {
      await closeMetrics();
      await close();
    }
  },
};

async function greet(server: RunningServer, config: Config, terminal: Terminal): Promise<void> {
  const { origin } = config;
  terminal.say(`Sotto is at ${origin}`);
  if (countsNobody(config))
    terminal.tell("No limit counts people who are not signed in: name the reverse proxy in SOTTO_PROXY.");
  if (!server.hasSignedPage)
    terminal.tell(
      "The page is not signed, so no browser notices when it is changed. Build it: npm run build",
    );
  if (!(await server.isClaimed())) {
    const code = await server.makeSetupCode();
    terminal.say(`Set-up code, good once, for 7 days: ${code}`);
    terminal.say(`or open ${origin}/#setup=${code}`);
  }
  terminal.say("Sotto is ready.");
}

async function openMetrics(
  server: RunningServer,
  meters: Meters,
  { dataFolder, port }: { readonly dataFolder: string; readonly port: number },
): Promise<() => Promise<void>> {
  try {
    const door = await openMetricsDoor({
      port,
      read: async () => meters.write(await readGauges(server, dataFolder)),
    });
    return door.close;
  } catch (error) {
    throw listenFault(error, "127.0.0.1", port, "SOTTO_METRICS_PORT");
  }
}

async function readGauges(server: RunningServer, dataFolder: string): Promise<readonly Gauge[]> {
  const { busyRooms, database, liveConnections, waitingFrames } = server.counts();
  const backupAge = await readBackupAge(dataFolder, Date.now());
  const memory = process.memoryUsage();
  const gauge = (name: string, says: string, value: number): Gauge => ({
    name: `sotto_${name}`,
    says,
    value,
  });
  return [
    gauge("live_connections", "Live connections.", liveConnections),
    gauge("busy_rooms", "Rooms in which something is being appended.", busyRooms),
    gauge("waiting_frames", "Frames that wait to be stored.", waitingFrames),
    gauge("database_connections", "Connections to the database.", database.open),
    gauge("database_connections_idle", "Of these, without work.", database.idle),
    gauge("database_waiting", "Requests that wait for a connection.", database.waiting),
    gauge("disk_free_bytes", "Room left on the disk of the data folder.", await freeBytes(dataFolder)),
    gauge("memory_resident_bytes", "Memory of the server.", memory.rss),
    gauge("memory_heap_bytes", "Of that, objects.", memory.heapUsed),
    ...(backupAge === null
      ? []
      : [gauge("backup_age_seconds", "Since the newest backup was whole.", backupAge / 1000)]),
  ];
}
