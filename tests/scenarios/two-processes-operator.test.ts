import { writeFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestDatabase, type TestDatabase } from "../support/database.ts";
import { openLive } from "../support/live.ts";
import { startNats, type NatsServer } from "../support/nats.ts";
import { makeGround, runSotto, startSotto, type Env } from "../support/operator.ts";
import { enrol } from "../support/people.ts";
import { appendNext, place } from "../support/rooms.ts";

let database: TestDatabase;
let nats: NatsServer;
let ground: Awaited<ReturnType<typeof makeGround>>;

beforeAll(async () => {
  ground = await makeGround();
  const config = ground.at("nats.conf");
  await writeFile(config, 'authorization { user: sotto, password: "a b:c@d" }\n');
  database = await openTestDatabase();
  nats = await startNats(["--config", config]);
});

afterAll(async () => {
  await nats.kill();
  await database.close();
  await ground.remove();
});

const bus = (password: string) =>
  `nats://sotto:${encodeURIComponent(password)}@127.0.0.1:${String(nats.port)}`;

const envOf = (name: string, SOTTO_BUS = bus("a b:c@d")): Env => ({
  DATABASE_URL: database.appUrl,
  DATABASE_OWNER_URL: database.ownerUrl,
  SOTTO_DATA: ground.at(name),
  SOTTO_FILES: ground.at("files"),
  SOTTO_BUS,
});

test("two Sottos that an operator starts at the same moment on an empty database hear of each other, and stop cleanly", async () => {
  const [one, two] = await Promise.all([startSotto(envOf("one")), startSotto(envOf("two"))]);
  const [here, there] = [one, two].map(({ port }) => `http://127.0.0.1:${String(port)}`);
  if (here === undefined || there === undefined) throw new Error("both are up");
  const keeper = await enrol(here, { code: two.code });
  const guest = await enrol(there, { host: keeper });
  const live = await openLive(there, guest.token);
  const members = [place(keeper, "keeper"), place(guest, "member")];
  const room: string = crypto.randomUUID();
  await appendNext(here, keeper, { previous: null, room, action: "create", members });
  await live.hear((message) => message.kind === "item" && message.room === room);
  const doctor = await runSotto(["doctor"], envOf("one"));
  expect(doctor.said).toMatch(/^ok +bus: the NATS server answers and lets Sotto in$/m);
  // One that finds its port taken ends, and leaves nothing open on the bus.
  const third = await runSotto(["start"], { ...envOf("three"), SOTTO_PORT: String(one.port) });
  expect(third.told).toContain("port-taken");
  for (const running of [one, two]) expect((await running.stop()).status).toBe(0);
});

test.each([
  ["bus-refuses", () => bus("wrong")],
  // Port 1 refuses.
  ["bus-away", () => "nats://127.0.0.1:1"],
])(
  "a bus that cannot be used is told apart (%s), by the start and by the doctor, without its password",
  async (code, url) => {
    const env = envOf("one", url());
    const started = await runSotto(["start"], { ...env, SOTTO_PORT: "8499" });
    expect(started.status).not.toBe(0);
    expect(started.told).toContain(code);
    const doctor = await runSotto(["doctor"], env);
    expect(doctor.status).toBe(1);
    expect(doctor.said).toMatch(/^broken +bus: /m);
    for (const text of [started.told, started.said, doctor.said]) expect(text).not.toContain("wrong");
  },
);
