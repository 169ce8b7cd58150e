import { createServer, connect, type AddressInfo, type Socket } from "node:net";

/** When a server dies: at its so-and-so-manieth statement, before PostgreSQL hears of it or after it has carried it out and before the answer comes. */
export interface Death {
  readonly statement: number;
  readonly when: "before" | "after";
}

/**
 * What stands between one server and its database. It passes everything on as it is and counts the statements; at the one that was named it cuts every
 * connection, as kill -9 of the server would: what was not committed is undone, what was is there and nobody was told.
 */
export interface DatabaseDoor {
  readonly url: string;
  /** How many statements have gone through. */
  readonly count: () => number;
  readonly cut: () => void;
  /** Takes no connections any more, and lets go of its port. */
  readonly close: () => Promise<void>;
}

const SYNC = "S".charCodeAt(0);
const QUERY = "Q".charCodeAt(0);

export async function openDatabaseDoor(
  databaseUrl: string,
  death: (Death & { readonly isOff: () => boolean }) | null,
  died: () => void,
): Promise<DatabaseDoor> {
  const target = new URL(databaseUrl);
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
    const far = connect(Number(target.port), target.hostname);
    keep(far);
    let isLast = false;
    const read = makeReader();
    near.on("data", (piece) => {
      far.cork();
      process.nextTick(() => far.uncork());
      for (const { bytes, statements: count } of read(piece)) {
        if (isCut || isLast) return;
        const isNow = isDue(statements, count);
        statements += count;
        if (isNow && death?.when === "before") return cut();
        isLast = isNow;
        far.write(bytes);
      }
    });
    far.on("data", (piece) => {
      // It has answered: what it was asked has been carried out.
      if (isLast) return cut();
      near.write(piece);
    });
    near.on("close", () => far.destroy());
    far.on("close", () => near.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = new URL(databaseUrl);
  // A server that listens on a port has such an address.
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    count: () => statements,
    cut,
    close: async () => {
      cut();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/**
 * Cuts what a client says to PostgreSQL into whole messages, those of one piece together up to each statement's end: the first message has no letter, all
 * others begin with one, then their length.
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
      const isStatement = !isFirst && (rest[to] === SYNC || rest[to] === QUERY);
      [to, isFirst] = [end, false];
      if (isStatement) put(1);
    }
    put(0);
    rest = rest.subarray(from);
    return parts;
  };
}
