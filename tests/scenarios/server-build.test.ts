/** T1: what the server does with the build of the page that it gives, and what a client can prove of it. */
import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { verifyDatabase } from "@sotto/server/copy";
import { startServer, type RunningServer } from "@sotto/server/wiring";
import { toHex, verifySignedBuild } from "@sotto/vault";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { houseAt, openPractice, refusalOf, valueOf, type House, type Someone } from "../support/clients.ts";
import { findingsAfter } from "../support/damage.ts";
import { openTestDatabase, type TestDatabase } from "../support/database.ts";
import { writePage, type PageCopy } from "../support/page-copy.ts";

const signSeed = new Uint8Array(randomBytes(32));

let page: PageCopy;
let database: TestDatabase;
let server: RunningServer;
let house: House;
let ada: Someone;

const begin = (port: number): Promise<RunningServer> =>
  startServer({
    databaseUrl: database.appUrl,
    ownerUrl: database.ownerUrl,
    filesFolder: join(page.folder, "..", "files"),
    host: "127.0.0.1",
    port,
    origin: "http://localhost",
    webFolder: page.folder,
  });

beforeAll(async () => {
  page = await writePage({ "/index.html": "<!doctype html><title>page</title>", "/assets/a.js": "one();\n" });
  await page.sign({ number: 1, signSeed });
  database = await openTestDatabase();
  server = await begin(0);
  house = houseAt({
    wayKind: "passkey",
    port: server.port,
    database,
    setupCode: () => server.makeSetupCode(),
    close: () => server.close(),
  });
  ada = await openPractice(house);
});

afterAll(async () => {
  await house.close();
  await page.remove();
});

/** The build that lies there now, by its names. */
async function nameOf(): Promise<{ readonly builder: string; readonly manifest: string }> {
  const bytes = new Uint8Array(await readFile(join(page.folder, "build.signed")));
  const { builder, manifest } = await verifySignedBuild(bytes);
  return { builder: toHex(builder), manifest: toHex(manifest.hash) };
}

const isLogged = async (build: { readonly builder: string; readonly manifest: string }): Promise<boolean> =>
  valueOf(await ada.client.actions.isBuildLogged(build));

async function restart(): Promise<void> {
  const { port } = server;
  await server.close();
  server = await begin(port);
}

test("the build that a practice was set up with stands in its key log, and no other does", async () => {
  const build = await nameOf();
  expect(await isLogged(build)).toBe(true);
  expect(await isLogged({ ...build, manifest: "00".repeat(32) })).toBe(false);
  expect(await isLogged({ ...build, builder: "00".repeat(32) })).toBe(false);
  expect(refusalOf(await ada.client.actions.isBuildLogged({ ...build, builder: "zz" }))).toBe("malformed");
});

test("a newer build is in the log once the server has started with it, and once only, however often it starts", async () => {
  await page.write("/assets/a.js", "two();\n");
  await page.sign({ number: 2, signSeed });
  const build = await nameOf();
  expect(await isLogged(build)).toBe(false);
  await restart();
  expect(await isLogged(build)).toBe(true);
  await restart();
  const client = new pg.Client({ connectionString: database.adminUrl });
  await client.connect();
  const { rows } = await client.query("select build_number from build order by build_number");
  await client.end();
  expect(rows).toEqual([{ build_number: "1" }, { build_number: "2" }]);
  expect((await verifyDatabase(database.appUrl)).findings).toEqual([]);
});

test("a build that was noted and is not in the log is found without keys", async () => {
  const found = await findingsAfter(
    database,
    "update build set manifest_hash = set_byte(manifest_hash, 3, get_byte(manifest_hash, 3) # 1) where build_number = 2",
  );
  expect(found.map(({ kind }) => kind)).toEqual(["build-not-in-log"]);
});

test.each([
  ["a file that was changed", "/assets/a.js", "evil();\n"],
  ["a list that is none", "/build.signed", "nothing"],
])("the server does not start on a page with %s", async (_what, path, text) => {
  const before = await readFile(join(page.folder, path));
  const { port } = server;
  await server.close();
  await page.write(path, text);
  await expect(begin(port)).rejects.toMatchObject({
    code: "page-changed",
    message: expect.stringContaining(path.slice(1)),
  });
  await page.write(path, before);
  server = await begin(port);
});
