import { startServer, type RunningServer } from "@sotto/server/wiring";
import type { StormBus } from "./bus.ts";
import type { KeptConnections } from "./kept-connections.ts";
import { openDatabaseDoor, type DatabaseDoor, type Death } from "./database-door.ts";

/** One server from its start to its end, which may be at any await point of it. */
export interface ServerLife {
  readonly port: number;
  readonly isAlive: () => boolean;
  /** Told when it has died; whoever is connected to it hears nothing of it any more. */
  readonly ended: Promise<void>;
  readonly statements: () => number;
  readonly kill: () => void;
  /** Frees what it held of this process, dead or alive. */
  readonly bury: () => Promise<void>;
}

/** Starts an unmodified server on this database. `death` is the statement at which it dies, maybe of its start; null lets it live. */
export async function startLife(wish: {
  readonly appUrl: string;
  readonly ownerUrl: string;
  readonly kept: KeptConnections;
  readonly filesFolder: string;
  readonly now: () => number;
  /** What it hears of the other servers by; null when it is alone. */
  readonly bus: StormBus | null;
  readonly death: (Death & { readonly isOff: () => boolean }) | null;
}): Promise<ServerLife> {
  let end: () => void = () => undefined;
  let [isAlive, isUp] = [true, false];
  const ended = new Promise<void>((resolve) => {
    end = () => {
      isAlive = false;
      resolve();
    };
  });
  const door: DatabaseDoor = await openDatabaseDoor(wish.kept, wish.death, end);
  let server: RunningServer | null = null;
  try {
    server = await startServer({
      databaseUrl: door.through(wish.appUrl),
      ownerUrl: wish.ownerUrl,
      filesFolder: wish.filesFolder,
      host: "127.0.0.1",
      port: 0,
      origin: "http://localhost",
      webFolder: null,
      now: wish.now,
      ...(wish.bus === null ? {} : { bus: wish.bus.doorOf(() => isAlive) }),
    });
    isUp = true;
  } finally {
    if (!isUp) await door.close();
  }
  const running = server;
  let burying: Promise<void> | null = null;
  return {
    port: running.port,
    isAlive: () => isAlive,
    ended,
    statements: door.count,
    kill: door.cut,
    bury: () => {
      burying ??= (async () => {
        if (!isAlive) {
          await running.close().catch(() => undefined);
          return door.close();
        }
        end();
        await running.close();
        await door.close();
      })();
      return burying;
    },
  };
}
