import { fileURLToPath } from "node:url";
import { startServer } from "@sotto/server/wiring";

// The server in a process of its own, as users run it; says where it is, ends with its parent's pipe.
const [, , databaseUrl, ownerUrl, filesFolder, pagePort] = process.argv;
if (databaseUrl === undefined || ownerUrl === undefined || filesFolder === undefined)
  throw new Error("usage: serve.ts DATABASE_URL OWNER_URL FILES_FOLDER [PORT, to give the built page there]");
const hasPage = pagePort !== undefined;
const server = await startServer({
  databaseUrl,
  ownerUrl,
  filesFolder,
  host: "127.0.0.1",
  port: Number(pagePort ?? 0),
  origin: hasPage ? `http://localhost:${pagePort}` : "http://localhost",
  webFolder: hasPage ? fileURLToPath(new URL("../../apps/web/dist", import.meta.url)) : null,
});
process.stdin.resume().on("end", () => void server.close().then(() => process.exit(0)));
const codes = [await server.makeSetupCode(), await server.makeSetupCode()];
console.log(JSON.stringify({ port: server.port, codes }));
