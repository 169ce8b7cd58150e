import { createServer, type Socket } from "node:net";
import { join } from "node:path";
import { openTestFolder } from "../support/test-folder.ts";
import type { FarEnd, KeptConnections } from "./kept-connections.ts";

/** When a server dies: at its so-and-so-manieth statement, before PostgreSQL hears of it or after it has carried it out and before the answer comes. */
export interface Death {
  readonly statement: number;
  readonly when: "before" | "after";
}

/**
 * What stands between one server and its database. It passes everything on as it is and counts the statements; at the one that was named it cuts every
 * connection, as kill -9 of the server would: what was not committed is undone, what was is there and nobody was told. Connections on which nothing is under way
 * are kept for the next server.
 */
export interface DatabaseDoor {
  /** The same address by way of this door. */
  readonly through: (databaseUrl: string) => string;
  /** How many statements have gone through. */
  readonly count: () => number;
  readonly cut: () => void;
  /** Takes no connections any more, and lets go of its port. */
  readonly close: () => Promise<void>;
}

const SYNC = "S".charCodeAt(0);
const QUERY = "Q".charCodeAt(0);
const TERMINATE = "X".charCodeAt(0);
/** What pg looks for in a folder has a port in its name. */
const PORT = "5432";

export async function openDatabaseDoor(
  kept: KeptConnections,
  death: (Death & { readonly isOff: () => boolean }) | null,
  died: () => void,
): Promise<DatabaseDoor> {
  const sockets = new Set<Socket>();
  let [statements, isCut] = [0, false];
  const cut = (): void => {
    if (isCut) return;
    isCut = true;
    for (const socket of sockets) socket.destroy();
    died();
  };
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    // What is passed on in pieces waits for nothing.
    socket.setNoDelay(true);
    socket.on("close", () => sockets.delete(socket));
    // Whoever is cut off hears of it; that is the point.
    socket.on("error", () => socket.destroy());
  };
  /** Whether it dies at one of the next statements, so many of them. */
  const isDue = (from: number, count: number): boolean =>
    death !== null && !death.isOff() && from < death.statement && from + count >= death.statement;
  const server = createServer((near) => {
    keep(near);
    if (isCut) return void near.destroy();
    let far: FarEnd | null = null;
    let isLast = false;
    const begin = (beginning: Buffer): FarEnd => {
      const taken = kept.take(beginning);
      taken.attach(
        (answer) => {
          // It has answered: what it was asked has been carried out.
          if (isLast) return cut();
          near.write(answer);
        },
        () => near.destroy(),
      );
      return taken;
    };
    const read = makeReader();
    near.on("data", (piece) => {
      far?.gather();
      for (const { bytes, statements: count } of read(piece)) {
        if (isCut || isLast) return;
        if (far === null) {
          far = begin(bytes);
          continue;
        }
        if (bytes[0] === TERMINATE) return;
        const isNow = isDue(statements, count);
        statements += count;
        if (isNow && death?.when === "before") return cut();
        isLast = isNow;
        far.write(bytes, count);
      }
    });
    near.on("close", () => {
      if (far !== null) void kept.leave(far);
    });
  });
  // A socket in a folder costs half of what one of the network does.
  const folder = await openTestFolder();
  await new Promise<void>((resolve) => server.listen(join(folder.path, `.s.PGSQL.${PORT}`), resolve));
  return {
    through: (databaseUrl) => {
      const url = new URL(databaseUrl);
      url.port = PORT;
      url.searchParams.set("host", folder.path);
      return url.href;
    },
    count: () => statements,
    cut,
    close: async () => {
      cut();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await folder.remove();
    },
  };
}

/**
 * Cuts what a client says to PostgreSQL into whole messages, those of one piece together up to each statement's end: the first message has no letter and
 * stands alone, all others begin with one, then their length.
 */
function makeReader(): (piece: Buffer) => readonly { readonly bytes: Buffer; readonly statements: number }[] {
  let rest: Buffer = Buffer.alloc(0);
  let isFirst = true;
  return (piece) => {
    rest = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    const parts: { bytes: Buffer; statements: number }[] = [];
    let [from, to] = [0, 0];
    const put = (statements: number): void => {
      if (to > from) parts.push({ bytes: rest.subarray(from, to), statements });
      from = to;
    };
    for (;;) {
      const at = to + (isFirst ? 0 : 1);
      if (rest.length < at + 4) break;
      const end = at + rest.readUInt32BE(at);
      if (rest.length < end) break;
      const isBeginning = isFirst;
      const isStatement = !isFirst && (rest[to] === SYNC || rest[to] === QUERY);
      [to, isFirst] = [end, false];
      if (isStatement || isBeginning) put(isStatement ? 1 : 0);
    }
    put(0);
    rest = rest.subarray(from);
    return parts;
  };
}
