import { readFile, stat } from "node:fs/promises";
import { createServer } from "node:net";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { isFreePort } from "./choose-port.ts";
import { placesIn } from "./data-folder.ts";
import { startPostgres } from "./start-postgres.ts";
import { ask, makeScratch, removeScratch } from "../../testing/scratch.ts";
import { rm, writeFile } from "node:fs/promises";

let directory: string;

beforeEach(async () => {
  directory = await makeScratch();
});

afterEach(async () => {
  await removeScratch(directory);
});

test("a first start makes a durable cluster with checksums that other machines and other accounts cannot reach", async () => {
  const server = await startPostgres({ directory, port: 0 });
  const settings = await ask(
    server.url,
    `select name, setting from pg_settings where name in
       ('data_checksums', 'fsync', 'full_page_writes', 'listen_addresses', 'synchronous_commit', 'unix_socket_directories') order by name`,
  );
  expect(settings.map(({ name, setting }) => `${String(name)}=${String(setting)}`)).toEqual([
    "data_checksums=on",
    "fsync=on",
    "full_page_writes=on",
    "listen_addresses=127.0.0.1",
    "synchronous_commit=on",
    "unix_socket_directories=",
  ]);
  for (const address of foreignAddresses()) {
    const url = new URL(server.url);
    url.hostname = address;
    await expect(ask(url.href, "select 1")).rejects.toMatchObject({ code: "ECONNREFUSED" });
  }
  const wrong = server.url.replace(/:[^:@]+@/, ":wrong@");
  await expect(ask(wrong, "select 1")).rejects.toMatchObject({ code: "28P01" });
  const places = placesIn(directory);
  for (const secret of [places.superuserPassword, places.log, places.port]) {
    expect((await stat(secret)).mode & 0o077).toBe(0);
  }
});

test("the next start finds the same port", async () => {
  const first = await startPostgres({ directory, port: 0 });
  await first.stop();
  const second = await startPostgres({ directory, port: 0 });
  expect(second).toMatchObject({ port: first.port, adopted: false });
});

test("settings asked for are in force", async () => {
  const server = await startPostgres({ directory, port: 0, settings: { max_connections: "33" } });
  expect(await ask(server.url, "show max_connections")).toEqual([{ max_connections: "33" }]);
});

test("the log holds nothing of a statement, its values or its errors", async () => {
  const server = await startPostgres({ directory, port: 0 });
  const canary = "canary-7d1f";
  await ask(server.url, `create table t (id text primary key); insert into t values ('${canary}')`);
  await expect(ask(server.url, `insert into t values ('${canary}')`)).rejects.toMatchObject({
    code: "23505",
  });
  await expect(ask(server.url, `select '${canary}'::uuid`)).rejects.toMatchObject({ code: "22P02" });
  await server.stop();
  const log = await readFile(placesIn(directory).log, "utf8");
  expect(log).toContain("database system is shut down");
  expect(log).not.toContain(canary);
});

test("a port that was asked for and is taken is a fault that says so", async () => {
  const stranger = await listen(0);
  await expect(startPostgres({ directory, port: stranger.port })).rejects.toMatchObject({
    code: "port-taken",
  });
  await stranger.close();
});

test("a remembered port that is taken is given up for another, which is remembered", async () => {
  const first = await startPostgres({ directory, port: 0 });
  await first.stop();
  const stranger = await listen(first.port);
  const second = await startPostgres({ directory, port: 0 });
  expect(second.port).not.toBe(first.port);
  await second.stop();
  await stranger.close();
  expect(await startPostgres({ directory, port: 0 })).toMatchObject({ port: second.port });
});

test("a port held by another cluster is never taken for ours", async () => {
  const other = await makeScratch();
  const theirs = await startPostgres({ directory: other, port: 0 });
  await expect(startPostgres({ directory, port: theirs.port })).rejects.toMatchObject({ code: "port-taken" });
  await removeScratch(other);
});

test("a cluster of another major version is refused", async () => {
  const server = await startPostgres({ directory, port: 0 });
  await server.stop();
  await writeFile(join(placesIn(directory).cluster, "PG_VERSION"), "14\n");
  await expect(startPostgres({ directory, port: 0 })).rejects.toMatchObject({ code: "wrong-version" });
});

test("a lost password is a fault, for a running server and for a stopped one, which is left stopped", async () => {
  const server = await startPostgres({ directory, port: 0 });
  await rm(placesIn(directory).superuserPassword);
  await expect(startPostgres({ directory, port: 0 })).rejects.toMatchObject({ code: "wrong-password" });
  await server.stop();
  await expect(startPostgres({ directory, port: 0 })).rejects.toMatchObject({ code: "wrong-password" });
  expect(await isFreePort(server.port)).toBe(true);
});

test("a place where no folder can be is a fault", async () => {
  await expect(startPostgres({ directory: "/dev/null/data", port: 0 })).rejects.toMatchObject({
    code: "no-access",
  });
});

function foreignAddresses(): readonly string[] {
  const all = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return all.filter((one) => one.family === "IPv4" && !one.internal).map((one) => one.address);
}

function listen(port: number): Promise<{ port: number; close: () => Promise<void> }> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      if (address === null || typeof address === "string") throw new Error("no address");
      const close = (): Promise<void> =>
        new Promise((closed) => {
          server.close(() => {
            closed();
          });
        });
      resolve({ port: address.port, close });
    });
  });
}
