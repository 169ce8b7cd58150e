import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  inviteAndJoin,
  openPractice,
  roomWhere,
  untilSaid,
  valueOf,
  type House,
  wordsOf,
} from "../support/clients.ts";
import { openTestDatabase, type TestDatabase } from "../support/database.ts";
import { houseOf, makeGround, runSotto, startSotto, type RunningSotto } from "../support/operator.ts";
import { freePort } from "../support/free-port.ts";
import { isIn } from "./find-canary.ts";

// What people are called and say must not lie in anything that whoever runs Sotto sees or keeps.
const WORDS = {
  therapist: "Thelonia Canarykeeper",
  practice: "Canary Lane Family Practice",
  family: "The Canaryfields",
  member: "Philippa Canarywood",
  sent: "the canary sang about the debt",
} as const;

let ground: Awaited<ReturnType<typeof makeGround>>;
let database: TestDatabase;
let sotto: RunningSotto;
let house: House;
let secrets: readonly string[];
const seen = new Map<string, string>();

beforeAll(async () => {
  ground = await makeGround();
  database = await openTestDatabase();
  const metrics = String(await freePort());
  const env = {
    SOTTO_DATA: ground.at("data"),
    SOTTO_LOG: "json",
    SOTTO_METRICS_PORT: metrics,
    DATABASE_URL: database.appUrl,
    DATABASE_OWNER_URL: database.ownerUrl,
  };
  sotto = await startSotto(env);
  house = await houseOf(sotto, database);
  const ada = await openPractice(house, { name: WORDS.therapist, practiceName: WORDS.practice });
  const family = valueOf(await ada.client.actions.createFamily({ name: WORDS.family }));
  const member = await inviteAndJoin(house, ada, family, { name: WORDS.member });
  const { room } = await roomWhere(member.client, (line) => line.kind === "family");
  valueOf(await member.client.actions.send({ room, text: WORDS.sent }));
  await untilSaid(ada.client, room, WORDS.sent);
  secrets = [...Object.values(WORDS), wordsOf(ada).words, wordsOf(member).words];
  seen.set("measurements", await (await fetch(`http://127.0.0.1:${metrics}/metrics`)).text());
  for (const args of [
    ["verify"],
    ["verify", "--json"],
    ["doctor"],
    ["backup", ground.at("backup"), "--json"],
  ]) {
    const ended = await runSotto(args, env);
    seen.set(args.join(" "), ended.said + ended.told);
  }
  const ended = await sotto.stop();
  seen.set("log", ended.said + ended.told);
  seen.set("manifest", await readFile(join(ground.at("backup"), "manifest.json"), "utf8"));
  const rows = await readFile(join(ground.at("backup"), "database/rows.jsonl.gz"));
  seen.set("rows", gunzipSync(rows).toString("utf8"));
}, 180_000);

afterAll(async () => {
  await house?.close();
  await database?.close();
  await ground?.remove();
});

test("log, measurements, commands and backups have much to say, and none of what people are called, say or come in by", () => {
  expect(seen.size).toBe(8);
  for (const [name, text] of seen) {
    expect([name, text.length > 20]).toEqual([name, true]);
    expect([name, secrets.filter((secret) => isIn(text, secret))]).toEqual([name, []]);
  }
  expect(seen.get("rows")?.split("\n").length).toBeGreaterThan(50);
});

test("a backup with a word in clear would be found", () => {
  const [first = ""] = secrets;
  expect(isIn(`${seen.get("rows") ?? ""}${Buffer.from(first).toString("base64")}`, first)).toBe(true);
});
