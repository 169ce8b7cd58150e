import type { Server } from "node:http";
import { DemoFault } from "./demo-fault.ts";

const HOST = "127.0.0.1";

/** Opens a door on this machine alone. Answers what closes it. Throws `DemoFault` for a port that is taken. */
export function listen(server: Server, port: number): Promise<() => Promise<void>> {
  return new Promise((resolve, reject) => {
    server.once("error", (error) => {
      const isTaken = "code" in error && error.code === "EADDRINUSE";
      reject(
        isTaken
          ? new DemoFault(
              "port-taken",
              `Port ${String(port)} is taken. The demo needs a row of them: one for its front page, and one for each person.`,
              "Stop what listens there, or name another beginning of the row: npm run demo -- --port=9480.",
            )
          : error,
      );
    });
    server.listen(port, HOST, () => {
      resolve(
        () =>
          new Promise((closed) => {
            server.close(() => closed());
            server.closeAllConnections();
          }),
      );
    });
  });
}
