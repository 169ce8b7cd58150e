import { natsBus } from "@sotto/server/bus";
import { startServer } from "@sotto/server/wiring";
import { natsAt } from "./nats.ts";

// The real server in a process of its own, so that a test can kill it. Prints one JSON line when it is up.
const [, , databaseUrl, ownerUrl, port, filesFolder, smtpUrl = "", busPort = ""] = process.argv;
if (databaseUrl === undefined || ownerUrl === undefined || port === undefined || filesFolder === undefined)
  throw new Error("usage: serve.ts DATABASE_URL OWNER_URL PORT FILES_FOLDER [SMTP_URL] [BUS_PORT]");
const server = await startServer({
  databaseUrl,
  ownerUrl,
  filesFolder,
  host: "127.0.0.1",
  port: Number(port),
  origin: "http://localhost",
  webFolder: null,
  ...(busPort === "" ? {} : { bus: natsBus(natsAt(Number(busPort))) }),
  ...(smtpUrl === ""
    ? {}
    : { reminders: { mail: { url: smtpUrl, from: "hello@example.org" }, pushHosts: [] } }),
});
console.log(JSON.stringify({ port: server.port, code: await server.makeSetupCode() }));
