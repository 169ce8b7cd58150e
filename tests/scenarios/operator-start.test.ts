import { createServer, type Server } from "node:http";
import { writeFile, mkdir, chmod } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeWords, openFirstRoom, untilSaid, valueOf } from "../support/clients.ts";
import {
  houseOf,
  makeGround,
  readUrls,
  runSotto,
  startSotto,
  type Env,
  type RunningSotto,
} from "../support/operator.ts";
import { freePort } from "../support/free-port.ts";
import { openTestDatabase } from "../support/database.ts";

let ground: Awaited<ReturnType<typeof makeGround>>;
let sotto: RunningSotto;
let metricsPort: number;
let env: Env;

beforeAll(async () => {
  ground = await makeGround();
  const port = await freePort();
  metricsPort = await freePort();
  env = {
    SOTTO_DATA: ground.at("data"),
    SOTTO_PORT: String(port),
    SOTTO_ORIGIN: `http://localhost:${String(port)}`,
    SOTTO_METRICS_PORT: String(metricsPort),
    SOTTO_LOG: "json",
  };
  sotto = await startSotto(env);
}, 120_000);

afterAll(async () => {
  await sotto?.stop();
  await ground?.remove();
});

/** A port that somebody else listens on. */
async function takePort(): Promise<{ readonly port: string; readonly server: Server }> {
  const port = await freePort();
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(port, "127.0.0.1", resolve);
  });
  return { port: String(port), server };
}

test.each<readonly [Env, string, RegExp]>([
  [{ SOTTO_PORT: "http" }, "setting", /SOTTO_PORT must be/],
  [{ SOTTO_PROT: "8420" }, "setting", /Did you mean SOTTO_PORT\?/],
  [{ SOTTO_ORIGIN: "http://example.org" }, "setting", /SOTTO_ORIGIN must begin with https/],
  [{ DATABASE_URL: "postgres://a:secret@localhost/x" }, "setting", /go together/],
  [
    { DATABASE_URL: "mysql://a:secret@h/x", DATABASE_OWNER_URL: "postgres://b:secret@h/x" },
    "setting",
    /DATABASE_URL must look like/,
  ],
  [{ SOTTO_DATA: "/dev/null/data" }, "no-access", /Give the folder to Sotto's account/],
  [
    {
      DATABASE_URL: "postgres://a:secret@127.0.0.1:1/x",
      DATABASE_OWNER_URL: "postgres://b:secret@127.0.0.1:1/x",
    },
    "database-away",
    /Look whether it runs/,
  ],
])("starting with %o is refused as %s, with what to do and without a secret", async (wrong, code, says) => {
  const ended = await runSotto(["start"], { SOTTO_DATA: ground.at("other"), ...wrong });
  expect(ended).toMatchObject({ status: 1, said: "", told: expect.stringContaining(`(${code})`) });
  expect(ended.told).toMatch(says);
  expect(ended.told).not.toContain("secret");
});

test("a role or a database that is not there is told apart from a wrong password", async () => {
  const own = await openTestDatabase();
  const as = (change: (url: URL) => void) => {
    const [app, owner] = [new URL(own.appUrl), new URL(own.ownerUrl)];
    change(app);
    change(owner);
    return { SOTTO_DATA: ground.at("other"), DATABASE_URL: app.href, DATABASE_OWNER_URL: owner.href };
  };
  const password = await runSotto(
    ["start"],
    as((url) => (url.password = "wrong")),
  );
  expect(password).toMatchObject({ status: 1, told: expect.stringContaining("role and password") });
  const database = await runSotto(
    ["start"],
    as((url) => (url.pathname = "/nothing")),
  );
  expect(database).toMatchObject({ status: 1, told: expect.stringContaining("is not there") });
  await own.close();
});

test("a role of requests that was not granted the tables is told", async () => {
  const own = await openTestDatabase();
  const client = new pg.Client({ connectionString: own.adminUrl });
  await client.connect();
  await client.query(
    `alter default privileges for role sotto_owner in schema public
     revoke select, insert, update, delete on tables from sotto_app`,
  );
  await client.end();
  const ended = await runSotto(["start"], {
    SOTTO_DATA: ground.at("other"),
    DATABASE_URL: own.appUrl,
    DATABASE_OWNER_URL: own.ownerUrl,
  });
  expect(ended).toMatchObject({ status: 1, told: expect.stringContaining("(database-grants)") });
  await own.close();
});

test("a second server on the same data folder is refused, and the first one goes on", async () => {
  const second = await runSotto(["start"], { ...env, SOTTO_PORT: "8499", SOTTO_METRICS_PORT: "8498" });
  expect(second).toMatchObject({ status: 1, told: expect.stringContaining("(running)") });
  const health = await fetch(`http://127.0.0.1:${String(sotto.port)}/v1/health`);
  expect(await health.json()).toMatchObject({ ok: true });
});

test("a port that is taken is told, whichever of the two, and the database is stopped again", async () => {
  const own = await openTestDatabase();
  const { port, server } = await takePort();
  const base = { SOTTO_DATA: ground.at("ports"), DATABASE_URL: own.appUrl, DATABASE_OWNER_URL: own.ownerUrl };
  const main = await runSotto(["start"], { ...base, SOTTO_PORT: port });
  expect(main).toMatchObject({ status: 1, told: expect.stringMatching(/\(port-taken\)\n.*SOTTO_PORT/) });
  const free = String(await freePort());
  const metrics = await runSotto(["start"], { ...base, SOTTO_PORT: free, SOTTO_METRICS_PORT: port });
  expect(metrics).toMatchObject({
    status: 1,
    told: expect.stringMatching(/\(port-taken\)\n.*SOTTO_METRICS_PORT/),
  });
  server.close();
  await own.close();
});

test("a restore that was cut off is not started on", async () => {
  await mkdir(join(ground.at("half"), "restoring"), { recursive: true });
  const ended = await runSotto(["start"], { SOTTO_DATA: ground.at("half") });
  expect(ended).toMatchObject({ status: 1, told: expect.stringContaining("(half-restored)") });
});

test("a claim that a killed server left is taken over", async () => {
  const own = await openTestDatabase();
  await mkdir(ground.at("claimed"), { recursive: true });
  // A number that is used again, by this very process, since another began.
  await writeFile(
    join(ground.at("claimed"), "server.lock"),
    JSON.stringify({ pid: process.pid, began: "another/1" }),
  );
  const running = await startSotto({
    SOTTO_DATA: ground.at("claimed"),
    DATABASE_URL: own.appUrl,
    DATABASE_OWNER_URL: own.ownerUrl,
  });
  expect(await running.stop()).toMatchObject({ status: 0 });
  await own.close();
});

test("words that no command takes are refused with the nearest, and help is enough to go on", async () => {
  expect(await runSotto(["bakcup"])).toMatchObject({
    status: 2,
    told: expect.stringContaining("Did you mean backup?"),
  });
  expect(await runSotto(["backup"])).toMatchObject({ status: 2, told: expect.stringContaining("FOLDER") });
  expect(await runSotto(["doctor", "--jsno"])).toMatchObject({ status: 2 });
  const help = await runSotto(["--help"]);
  expect(help.status).toBe(0);
  for (const word of ["start", "setup-code", "doctor", "backup", "verify", "restore", "SOTTO_ORIGIN"])
    expect(help.said).toContain(word);
});

test("people use it; the log has one JSON line a request and the metrics count, both without an id of anybody", async () => {
  const house = await houseOf(sotto, await readUrls(ground.at("data")));
  const { ben, room, therapist } = await openFirstRoom(house);
  valueOf(await ben.client.actions.send({ room, text: "measured" }));
  await untilSaid(therapist.client, room, "measured");
  const metrics = await (await fetch(`http://127.0.0.1:${String(metricsPort)}/metrics`)).text();
  const lines = sotto.said().trim().split("\n");
  const requests = lines.filter((line) => line.startsWith("{")).map((line): unknown => JSON.parse(line));
  expect(requests.length).toBeGreaterThan(10);
  for (const request of requests)
    expect(request).toEqual({
      endpoint: expect.stringMatching(/^[a-zA-Z]+$/),
      status: expect.any(Number),
      ms: expect.any(Number),
      request: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  expect(metrics).toMatch(/^sotto_requests_total\{endpoint="enrol",status="200"\} 2$/m);
  expect(metrics).toMatch(/^sotto_live_connections [1-9]\d*$/m);
  expect(metrics).toMatch(/^sotto_append_seconds_count [1-9]\d*$/m);
  for (const name of ["disk_free_bytes", "memory_resident_bytes", "database_connections", "waiting_frames"])
    expect(metrics).toMatch(new RegExp(`^sotto_${name} \\d+$`, "m"));
  for (const id of [room, ...roomIds(therapist), makeWords(therapist.client).name]) {
    expect(metrics).not.toContain(id);
    expect(lines.join("\n")).not.toContain(id);
  }
  expect(metrics).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}/);
  await house.close();
});

/** Everybody and everything that has an id in what a client sees. */
function roomIds({ client }: Pick<Awaited<ReturnType<typeof openFirstRoom>>["therapist"], "client">) {
  const found: string[] = [];
  client.watch("rooms", (rooms) => {
    for (const line of rooms) found.push(line.room, ...line.readers.map((reader) => reader.account));
  })();
  return found;
}

test("the metrics are on a door of their own, not on the public one", async () => {
  const answer = await fetch(`http://127.0.0.1:${String(sotto.port)}/metrics`);
  expect(await answer.text()).not.toContain("sotto_requests_total");
  expect((await fetch(`http://127.0.0.1:${String(metricsPort)}/v1/health`)).status).toBe(404);
});

test("a further set-up code comes while the server runs, and lets a second practice in", async () => {
  const ended = await runSotto(["setup-code", "--json"], env);
  expect(ended).toMatchObject({ status: 0, told: "" });
  const { code, link } = JSON.parse(ended.said) as { code: string; link: string };
  expect(link).toBe(`http://localhost:${String(sotto.port)}/#setup=${code}`);
  const answer = await fetch(`http://127.0.0.1:${String(sotto.port)}/v1/setup/check`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ code }),
  });
  expect(answer.status).toBe(200);
});

test("the doctor finds a running server well, and tells what is wrong", async () => {
  const well = await runSotto(["doctor", "--json"], env);
  const { symptoms } = JSON.parse(well.said) as { symptoms: { name: string; state: string }[] };
  expect(Object.fromEntries(symptoms.map(({ name, state }) => [name, state]))).toEqual({
    settings: "ok",
    versions: "ok",
    address: "ok",
    page: expect.any(String),
    programs: "ok",
    "data folder": "ok",
    disk: expect.any(String),
    log: "ok",
    backup: "look",
    server: "ok",
    database: "ok",
    durability: "ok",
    role: "ok",
    schema: "ok",
    clock: "ok",
    "public address": "ok",
    transport: "ok",
    "proxy clock": "ok",
    "large requests": "ok",
    "live connection": "ok",
    limits: "ok",
  });
  // Whoever runs this test alone need not have built the page.
  expect(well.status).toBe(symptoms.some(({ state }) => state === "broken") ? 1 : 0);
  await chmod(join(ground.at("data"), "passwords"), 0o755);
  const open = await runSotto(["doctor"], env);
  await chmod(join(ground.at("data"), "passwords"), 0o700);
  expect(open).toMatchObject({
    status: 1,
    said: expect.stringMatching(/broken +data folder: .*\n +-> chmod 700/),
  });
  const nobody = String(await freePort());
  const away = await runSotto(["doctor"], { ...env, SOTTO_ORIGIN: `http://localhost:${nobody}` });
  expect(away).toMatchObject({ status: 1, said: expect.stringContaining("cannot be reached from here") });
  const setting = await runSotto(["doctor"], { SOTTO_PRT: "1" });
  expect(setting).toMatchObject({ status: 1, said: expect.stringContaining("Did you mean SOTTO_PORT?") });
});

test("stopping is clean, and leaves the folder for the next", async () => {
  expect(await sotto.stop()).toMatchObject({ status: 0, told: "" });
  const after = await runSotto(["doctor"], { SOTTO_DATA: ground.at("data") });
  expect(after.said).toMatch(/look at this +server: does not run/);
  sotto = await startSotto(env);
});
