import { execFileSync } from "node:child_process";
import { readFile, stat } from "node:fs/promises";
import { afterEach, expect, test } from "vitest";
import { placesIn } from "./data-folder.ts";
import { readPostmaster } from "./postmaster.ts";
import { startPostgres } from "./start-postgres.ts";
import { ask, isRoot, makeScratch, removeScratch, sayNotRun } from "../../testing/scratch.ts";

if (!isRoot) sayNotRun("the rows about running as root", "run the tests as root");
const mayMount = isRoot && canMount();
if (!mayMount) sayNotRun("a full disk", "run the tests as root where file systems can be mounted");

const scratches: string[] = [];

async function scratch(kind: "open" | "closed"): Promise<string> {
  const directory = await makeScratch(kind);
  scratches.push(directory);
  return directory;
}

afterEach(async () => {
  for (const directory of scratches.splice(0)) await removeScratch(directory);
});

test.runIf(!isRoot)("without root the server runs as ourselves", async () => {
  const directory = await scratch("closed");
  await startPostgres({ directory, port: 0 });
  expect((await serverProcess(directory)).uid).toBe(process.getuid?.());
});

test.runIf(isRoot)("under root the server runs as a user that exists, and none is created", async () => {
  const usersBefore = await readFile("/etc/passwd", "utf8");
  const directory = await scratch("open");
  const server = await startPostgres({
    directory,
    port: 0,
    identities: { users: ["no-such-user", "nobody"] },
  });
  expect(await ask(server.url, "select 1 as one")).toEqual([{ one: 1 }]);
  const nobody = Number(execFileSync("id", ["-u", "nobody"], { encoding: "utf8" }));
  expect((await serverProcess(directory)).uid).toBe(nobody);
  expect((await stat(placesIn(directory).cluster)).uid).toBe(nobody);
  expect(await readFile("/etc/passwd", "utf8")).toBe(usersBefore);
});

test.runIf(isRoot)("a cluster keeps its owner when another user would be chosen today", async () => {
  const directory = await scratch("open");
  const first = await startPostgres({ directory, port: 0, identities: { users: ["nobody"] } });
  const owner = (await serverProcess(directory)).uid;
  await first.stop();
  await startPostgres({ directory, port: 0 });
  expect((await serverProcess(directory)).uid).toBe(owner);
});

test.runIf(isRoot)(
  "below a folder that only root may enter the server runs in a user namespace, and its files stay root's",
  async () => {
    const directory = await scratch("closed");
    const server = await startPostgres({ directory, port: 0 });
    expect(await ask(server.url, "select 1 as one")).toEqual([{ one: 1 }]);
    const { uid, namespace } = await serverProcess(directory);
    expect(uid).toBe(0);
    expect(namespace).not.toBe(await namespaceOf("self"));
    expect((await stat(placesIn(directory).cluster)).uid).toBe(0);
    await server.stop();
    expect((await startPostgres({ directory, port: 0 })).adopted).toBe(false);
  },
);

test.runIf(isRoot)("without a user and without user namespaces root is told what to do", async () => {
  const directory = await scratch("closed");
  const identities = { users: ["nobody"], unshare: "/no/such/program" };
  await expect(startPostgres({ directory, port: 0, identities })).rejects.toMatchObject({
    code: "no-identity",
    remedy: expect.stringContaining("SOTTO_DATA"),
  });
});

test.runIf(!isRoot)("another account's cluster is not touched", async () => {
  // Every machine has root's own folder; to an ordinary account it cannot be entered or belongs to somebody else.
  await expect(startPostgres({ directory: "/root/sotto", port: 0 })).rejects.toMatchObject({
    code: "no-access",
  });
});

test.runIf(mayMount)("a disk too small for a database is a fault that says so", async () => {
  const directory = await scratch("open");
  execFileSync("mkdir", ["-p", directory]);
  execFileSync("mount", ["-t", "tmpfs", "-o", "size=20m", "tmpfs", directory]);
  try {
    await expect(startPostgres({ directory, port: 0 })).rejects.toMatchObject({ code: "disk" });
  } finally {
    execFileSync("umount", [directory]);
  }
});

function canMount(): boolean {
  try {
    execFileSync("unshare", ["--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

async function serverProcess(directory: string): Promise<Readonly<{ uid: number; namespace: string }>> {
  const claim = await readPostmaster(placesIn(directory));
  if (claim === null) throw new Error("no server runs");
  const status = await readFile(`/proc/${claim.pid}/status`, "utf8");
  return { uid: Number(/^Uid:\s+(\d+)/m.exec(status)?.[1]), namespace: await namespaceOf(claim.pid) };
}

async function namespaceOf(pid: number | "self"): Promise<string> {
  // Which ids a process sees as which; the line differs between user namespaces.
  return await readFile(`/proc/${pid}/uid_map`, "utf8");
}
