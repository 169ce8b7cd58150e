import { createServer, type Server } from "node:http";
import type { Socket } from "node:net";
import { DemoFault } from "./demo-fault.ts";

const HOST = "127.0.0.1";

/** Opens a door on this machine alone. Answers what closes it, whoever stands in it. Throws `DemoFault` for a port that is taken. */
export function listen(server: Server, port: number): Promise<() => Promise<void>> {
  // A connection that became a live one is none of the http server's any more, and would hold it up for ever.
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  const close = (): Promise<void> =>
    new Promise((closed) => {
      server.close(() => closed());
      for (const socket of sockets) socket.destroy();
    });
  return new Promise((resolve, reject) => {
    server.once("error", (error) => {
      const isTaken = "code" in error && error.code === "EADDRINUSE";
      reject(isTaken ? portTaken(port) : error);
    });
    server.listen(port, HOST, () => resolve(close));
  });
}

/** Looks for a row of ports before anything else is done. Throws `DemoFault` when one of them is taken. */
export async function requireFreeRow(first: number, count: number): Promise<void> {
  for (let port = first; port < first + count; port++) {
    const close = await listen(createServer(), port);
    await close();
  }
}

function portTaken(port: number): DemoFault {
  return new DemoFault(
    "port-taken",
    `Port ${String(port)} is taken. The demo needs a row of them: one for its front page, and one for each person.`,
    "Stop what listens there, or name another beginning of the row: npm run demo -- --port=9480",
  );
}
