import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { openTestDatabase } from "@sotto/server/unsafe-test-database";
import { freePort } from "@sotto/tests/free-port";
import { openTestFolder } from "@sotto/tests/test-folder";
import { firstLine } from "./first-line.ts";

/** The server with the built page, in a process of its own. */
export async function servePage() {
  const database = await openTestDatabase();
  const files = await openTestFolder();
  const port = await freePort();
  const script = fileURLToPath(new URL("./serve.ts", import.meta.url));
  const args = [script, database.appUrl, database.ownerUrl, files.path, String(port)];
  const server = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"] });
  const exited = new Promise((resolve) => server.once("exit", resolve));
  const { code } = await firstLine(server);
  return {
    origin: `http://localhost:${port}`,
    code,
    adminUrl: database.adminUrl,
    close: async () => {
      server.stdin.end();
      await exited;
      await database.close();
      await files.remove();
    },
  };
}
