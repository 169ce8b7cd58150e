import { readConfig, restoreBackup, takeBackup } from "@sotto/server/copy";
import { execFileSync } from "node:child_process";
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  openFirstRoom,
  roomWhere,
  textsOf,
  until,
  untilSaid,
  valueOf,
  type FamilyMember,
  type House,
  type Someone,
} from "../support/clients.ts";
import { openTestDatabase } from "../support/database.ts";
import { untilAlarm, untilAsked } from "../support/meddling.ts";
import {
  flipBit,
  houseOf,
  makeGround,
  mayMount,
  readUrls,
  runSotto,
  spawnSotto,
  startSotto,
  type RunningSotto,
} from "../support/operator.ts";

let ground: Awaited<ReturnType<typeof makeGround>>;
let sotto: RunningSotto;
let house: House;
let ada: Someone;
let ben: FamilyMember;
let room: Awaited<ReturnType<typeof openFirstRoom>>["room"];

beforeAll(async () => {
  ground = await makeGround();
  sotto = await startSotto({ SOTTO_DATA: ground.at("data") });
  house = await houseOf(sotto, await readUrls(ground.at("data")));
  await mkdir(join(ground.at("data"), "files", "ab"), { recursive: true });
  await writeFile(join(ground.at("data"), "files", "ab", "blob"), "sealed");
  ({ therapist: ada, ben, room } = await openFirstRoom(house));
}, 120_000);

afterAll(async () => {
  await house?.close();
  await sotto?.stop();
  await ground?.remove();
});

/** Writes one message after the other until it is told to stop; answers those that the server has acknowledged. */
function writeOn(who: Someone): {
  readonly acknowledged: () => readonly string[];
  readonly stop: () => Promise<void>;
} {
  let isOver = false;
  const acknowledged: string[] = [];
  const writing = (async () => {
    for (let count = 1; !isOver; count += 1) {
      const text = `word ${String(count)}`;
      valueOf(await who.client.actions.send({ room, text }));
      await untilSaid(who.client, room, text);
      acknowledged.push(text);
    }
  })();
  return {
    acknowledged: () => [...acknowledged],
    stop: async () => {
      isOver = true;
      await writing;
    },
  };
}

/** Something happens that the key log holds, and the therapist's device has the log's growth proven to it. */
async function growLog(name: string): Promise<void> {
  const steps = () => ada.device.asked.filter((request) => request.includes("consistency?")).length;
  const before = steps();
  valueOf(await ada.client.actions.createFamily({ name }));
  await untilAsked(ada.device, () => steps() > before);
}

test("a backup taken while people write is restored elsewhere with all that was acknowledged before it began", async () => {
  const writing = writeOn(ben);
  await until(ben.client, room, (view) => textsOf(view).length > 3);
  const before = writing.acknowledged();
  const backup = await runSotto(["backup", ground.at("backup")], { SOTTO_DATA: ground.at("data") });
  expect(backup).toMatchObject({ status: 0, told: "" });
  await writing.stop();
  const check = await runSotto(["verify", ground.at("backup")]);
  expect(check).toMatchObject({
    status: 0,
    told: "",
    said: expect.stringContaining("All is as it must be: 1 practices"),
  });
  expect(before.length).toBeGreaterThan(2);
  // What comes after the backup is lost by a restore, and devices that have seen it will say so.
  for (const name of ["After", "After that"]) await growLog(name);
  valueOf(await ada.client.actions.send({ room, text: "after the backup" }));
  await untilSaid(ada.client, room, "after the backup");
  await untilSaid(ben.client, room, "after the backup");
  await sotto.stop();

  const elsewhere = { SOTTO_DATA: ground.at("elsewhere") };
  expect(await runSotto(["restore", ground.at("backup")], elsewhere)).toMatchObject({ status: 0, told: "" });
  sotto = await startSotto({ ...elsewhere, SOTTO_PORT: String(sotto.port) });
  expect(sotto.code).toBe("");

  for (const who of [ben, ada]) {
    const client = await house.open(house.newDevice());
    valueOf(await client.actions.signIn(who.way));
    const line = await roomWhere(client, (candidate) => candidate.room === room);
    const view = await until(client, line.room, (at) => before.every((text) => textsOf(at).includes(text)));
    expect(textsOf(view)).not.toContain("after the backup");
    valueOf(await client.actions.send({ room, text: `${who.name} goes on` }));
    await untilSaid(client, room, `${who.name} goes on`);
  }
}, 180_000);

test("whoever had seen more is told of it on the device that had seen it, and still has what they saw there", async () => {
  await ada.client.actions.lock();
  valueOf(await ada.client.actions.signIn(ada.way));
  const alarms = await untilAlarm(ada.client, "log-rewritten");
  // None of them says that somebody wrote in another's name: a restore is told apart from that.
  for (const { kind } of alarms) expect(["log-rewritten", "vault-rolled-back"]).toContain(kind);
  const view = await untilSaid(ada.client, room, "after the backup");
  expect(textsOf(view).length).toBeGreaterThan(3);
});

const target = () => ({ SOTTO_DATA: ground.at("target") });

/** A copy of the backup, with one thing done to it. */
async function damaged(name: string, damage: (folder: string) => Promise<unknown>): Promise<string> {
  await cp(ground.at("backup"), ground.at(name), { recursive: true });
  await damage(ground.at(name));
  return ground.at(name);
}

test.each<readonly [string, string, (folder: string) => Promise<unknown>]>([
  ["a flipped bit", "backup-broken", (folder) => flipBit(join(folder, "database/cluster.tar.gz"), 2_000_000)],
  ["a missing file", "backup-broken", (folder) => rm(join(folder, "passwords/app"))],
  [
    "a changed password",
    "backup-broken",
    (folder) => writeFile(join(folder, "passwords/app"), "x".repeat(32)),
  ],
  ["a file too many", "backup-broken", (folder) => writeFile(join(folder, "files/more"), "")],
  ["no manifest", "backup-unfinished", (folder) => rm(join(folder, "manifest.json"))],
  ["a torn manifest", "backup-broken", (folder) => writeFile(join(folder, "manifest.json"), '{"format":')],
  [
    "data of a newer version",
    "newer-data",
    async (folder) => {
      const manifest = await readFile(join(folder, "manifest.json"), "utf8");
      await writeFile(join(folder, "manifest.json"), manifest.replace(/"steps": \[/, '"steps": [9999,'));
    },
  ],
])("a backup with %s is refused as %s, and nothing is put anywhere", async (name, code, damage) => {
  const folder = await damaged(name.replaceAll(" ", "-"), damage);
  await expect(restoreBackup(readConfig(target()), folder)).rejects.toMatchObject({ code });
  expect(await readdir(ground.at("target")).catch(() => [])).toEqual([]);
});

test("a restore never goes where something is, a backup never overwrites and never lies in the data folder", async () => {
  const there = readConfig({ SOTTO_DATA: ground.at("elsewhere") });
  const wish = { kind: "cluster", now: Date.now() } as const;
  const taken = { code: "folder-taken" };
  await expect(restoreBackup(there, ground.at("backup"))).rejects.toMatchObject(taken);
  await expect(takeBackup(there, ground.at("backup"), wish)).rejects.toMatchObject(taken);
  const inside = join(ground.at("elsewhere"), "files", "b");
  await expect(takeBackup(there, inside, wish)).rejects.toMatchObject({ code: "place" });
});

test("a backup that is killed leaves nothing that is taken for one, and the next clears it away", async () => {
  const killed = ground.at("killed");
  const making = async () =>
    (await readdir(ground.at("."))).some((name) => name.startsWith("killed.making-"));
  const command = spawnSotto(["backup", killed], { SOTTO_DATA: ground.at("elsewhere") });
  while (!(await making())) await new Promise((resolve) => setTimeout(resolve, 5));
  command.child.kill("SIGKILL");
  await command.ended;
  expect(await making()).toBe(true);
  const restore = await runSotto(["restore", killed], target());
  expect(restore).toMatchObject({ status: 1, told: expect.stringContaining("(backup-unfinished)") });
  const next = await runSotto(["backup", killed, "--json"], { SOTTO_DATA: ground.at("elsewhere") });
  expect(next.status).toBe(0);
  expect(JSON.parse(next.said)).toMatchObject({ folder: killed, kind: "cluster", steps: expect.any(Array) });
  expect(await making()).toBe(false);
});

test.runIf(mayMount())("a disk that is too small for a backup is told, and nothing of it stays", async () => {
  await mkdir(ground.at("small"));
  execFileSync("mount", ["-t", "tmpfs", "-o", "size=2m", "none", ground.at("small")]);
  try {
    const ended = await runSotto(["backup", join(ground.at("small"), "b")], {
      SOTTO_DATA: ground.at("elsewhere"),
    });
    expect(ended).toMatchObject({ status: 1, told: expect.stringContaining("(disk)") });
    expect(await readdir(ground.at("small"))).toEqual([]);
  } finally {
    execFileSync("umount", [ground.at("small")]);
  }
});

test("rows of the embedded database go into a PostgreSQL of one's own, and from there into a backup again", async () => {
  const rows = await runSotto(["backup", ground.at("rows"), "--rows"], {
    SOTTO_DATA: ground.at("elsewhere"),
  });
  expect(rows).toMatchObject({ status: 0, told: "" });
  const own = await openTestDatabase();
  const env = {
    SOTTO_DATA: ground.at("own"),
    DATABASE_URL: own.appUrl,
    DATABASE_OWNER_URL: own.ownerUrl,
  };
  const cluster = await runSotto(["restore", ground.at("backup")], env);
  expect(cluster).toMatchObject({ status: 1, told: expect.stringContaining("(wrong-kind)") });
  expect(await runSotto(["restore", ground.at("rows")], env)).toMatchObject({ status: 0, told: "" });
  expect(await readFile(join(ground.at("own"), "files", "ab", "blob"), "utf8")).toBe("sealed");
  const moved = await startSotto(env);
  const there = await houseOf(moved, own);
  const client = await there.open(there.newDevice());
  valueOf(await client.actions.signIn(ben.way));
  const line = await roomWhere(client, (candidate) => candidate.room === room);
  await untilSaid(client, line.room, "Ben goes on");
  const full = await runSotto(["restore", ground.at("rows")], { ...env, SOTTO_DATA: ground.at("target") });
  expect(full).toMatchObject({ status: 1, told: expect.stringContaining("(folder-taken)") });
  const again = await runSotto(["backup", ground.at("rows again"), "--json"], env);
  expect(JSON.parse(again.said)).toMatchObject({ kind: "copy" });
  await there.close();
  await moved.stop();
  await own.close();
});
