import { startServer } from "@sotto/server/wiring";

// The server in a process of its own, as users run it; says where it is, ends with its parent's pipe.
const [, , databaseUrl, ownerUrl, filesFolder] = process.argv;
if (databaseUrl === undefined || ownerUrl === undefined || filesFolder === undefined)
  throw new Error("usage: serve.ts DATABASE_URL OWNER_URL FILES_FOLDER");
const server = await startServer({
  databaseUrl,
  ownerUrl,
  filesFolder,
  host: "127.0.0.1",
  port: 0,
  origin: "http://localhost",
  webFolder: null,
});
process.stdin.resume().on("end", () => void server.close().then(() => process.exit(0)));
console.log(JSON.stringify({ port: server.port, code: await server.makeSetupCode() }));
