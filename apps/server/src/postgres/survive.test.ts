/** What the supervisor survives: crashes, leftovers and each other. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openDataFolder, placesIn } from "./data-folder.ts";
import { keepPostgres, type KeepEvent } from "./keep-postgres.ts";
import { isPostmasterOf, readPostmaster } from "./postmaster.ts";
import { startPostgres, type RunningPostgres } from "./start-postgres.ts";
import {
  ask,
  endProcess,
  firstLine,
  makeScratch,
  removeScratch,
  startElsewhere,
} from "../../testing/scratch.ts";

let directory: string;
let children: ChildProcess[];

beforeEach(async () => {
  directory = await makeScratch();
  children = [];
});

afterEach(async () => {
  for (const child of children) child.kill("SIGKILL");
  await removeScratch(directory);
});

function elsewhere(): ChildProcess {
  const child = startElsewhere(directory);
  children.push(child);
  return child;
}

test("kill -9 of the process that started it leaves the server running, and the next start adopts it with what it holds", async () => {
  const parent = elsewhere();
  expect(await firstLine(parent)).toBe("ready false");
  const before = await readPostmaster(placesIn(directory));
  await endProcess(parent, "SIGKILL");
  const server = await startPostgres({ directory, port: 0 });
  expect(server.adopted).toBe(true);
  expect(await readPostmaster(placesIn(directory))).toEqual(before);
  expect(await ask(server.url, "select 1 as one")).toEqual([{ one: 1 }]);
});

test("a start while another process runs the same folder shares its server", async () => {
  const first = await startPostgres({ directory, port: 0 });
  const second = await startPostgres({ directory, port: 0 });
  expect(second).toMatchObject({ adopted: true, port: first.port, url: first.url });
});

test("two first starts at once end in one server", async () => {
  const both = [elsewhere(), elsewhere(), elsewhere()];
  const lines = await Promise.all(both.map(firstLine));
  expect(lines.filter((line) => line === "ready false").length).toBeGreaterThanOrEqual(1);
  const server = await startPostgres({ directory, port: 0 });
  expect(server.adopted).toBe(true);
  expect((await readdir(directory)).filter((name) => name.includes("making"))).toEqual([]);
});

test("kill -9 of the server leaves a stale claim, and the next start recovers all that was acknowledged", async () => {
  const server = await startPostgres({ directory, port: 0 });
  await ask(server.url, "create table kept as select generate_series(1, 100) as id");
  await killServer(directory);
  const again = await startPostgres({ directory, port: 0 });
  expect(again.adopted).toBe(false);
  expect(await ask(again.url, "select count(*)::int as n from kept")).toEqual([{ n: 100 }]);
});

test("a claim that names a living stranger of the same account does not stand in the way", async () => {
  const server = await startPostgres({ directory, port: 0 });
  const { cluster } = placesIn(directory);
  const claim = await readFile(join(cluster, "postmaster.pid"), "utf8");
  await server.stop();
  const { uid, gid } = await stat(cluster);
  const stranger = spawn("sleep", ["600"], { uid, gid, stdio: "ignore" });
  children.push(stranger);
  await once(stranger, "spawn");
  await writeFile(join(cluster, "postmaster.pid"), claim.replace(/^\d+/, String(stranger.pid)));
  const again = await startPostgres({ directory, port: 0 });
  expect(again.adopted).toBe(false);
  expect(stranger.exitCode).toBe(null);
});

test("a claim that names the server of another cluster does not stand in the way, and that server is left alone", async () => {
  const other = await makeScratch();
  const theirs = await startPostgres({ directory: other, port: 0 });
  const ours = await startPostgres({ directory, port: 0 });
  await ours.stop();
  const claim = await readFile(join(placesIn(other).cluster, "postmaster.pid"), "utf8");
  await writeFile(join(placesIn(directory).cluster, "postmaster.pid"), claim);
  const again = await startPostgres({ directory, port: 0 });
  expect(again.port).toBe(ours.port);
  await again.stop();
  expect(await ask(theirs.url, "select 1 as one")).toEqual([{ one: 1 }]);
  await removeScratch(other);
});

test("SIGTERM to the application stops the server cleanly", async () => {
  const parent = elsewhere();
  await firstLine(parent);
  expect(await endProcess(parent, "SIGTERM")).toBe(0);
  expect(await readPostmaster(placesIn(directory))).toBe(null);
  const log = await readFile(placesIn(directory).log, "utf8");
  expect(log.trimEnd()).toMatch(/database system is shut down$/);
});

test("a first start that was killed half way leaves nothing in the way", async () => {
  const killed = elsewhere();
  await waitFor(async () =>
    (await readdir(directory).catch(() => [])).some((name) => name.includes(".making-")),
  );
  await endProcess(killed, "SIGKILL");
  const server = await startPostgres({ directory, port: 0 });
  expect(server.adopted).toBe(false);
  expect((await readdir(directory)).filter((name) => name.includes(".making-"))).toEqual([]);
});

test("an empty folder where the cluster should be is no cluster", async () => {
  const places = await openDataFolder(directory);
  await mkdir(places.cluster);
  const server = await startPostgres({ directory, port: 0 });
  expect(await ask(server.url, "select 1 as one")).toEqual([{ one: 1 }]);
});

test("stopping what has stopped is no fault", async () => {
  const server = await startPostgres({ directory, port: 0 });
  await server.stop();
  await expect(server.stop()).resolves.toBe(undefined);
});

test("a kept server that is killed comes back on its port, and a stopped one stays away", async () => {
  const events: KeepEvent[] = [];
  const server: RunningPostgres = await keepPostgres({ directory, port: 0 }, (event) => events.push(event));
  await killServer(directory);
  await waitFor(() => Promise.resolve(events.length > 0));
  expect(events).toEqual([{ kind: "restarted" }]);
  expect(await ask(server.url, "select 1 as one")).toEqual([{ one: 1 }]);
  await server.stop();
  await sleep(1500);
  expect(await readPostmaster(placesIn(directory))).toBe(null);
});

async function killServer(folder: string): Promise<void> {
  const places = placesIn(folder);
  const claim = await readPostmaster(places);
  if (claim === null) throw new Error("no server to kill");
  process.kill(claim.pid, "SIGKILL");
  await waitFor(() => Promise.resolve(isPostmasterOf(claim.pid, places) === "no"));
}

async function waitFor(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await sleep(5);
}
