import { copyDatabase } from "@sotto/server/copy";
import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import {
  inviteAndJoin,
  openHouse,
  openPractice,
  roomWhere,
  seen,
  until,
  untilSaid,
  valueOf,
  type Someone,
} from "../support/clients.ts";

/**
 * Records what this version writes, for the versions that come after: `node tests/upgrade/record.ts 0.2.0` at the commit of a release. A recording is
 * made once and never again; what it holds is invented.
 */
const [, , version] = process.argv;
if (version === undefined) throw new Error("usage: record.ts VERSION");
const place = (name: string) => fileURLToPath(new URL(`./${version}.${name}`, import.meta.url));

const house = await openHouse({ wayKind: "passphrase" });
const ada = await openPractice(house, { name: "Ada" });
const family = valueOf(await ada.client.actions.createFamily({ name: "Rivera" }));
const ben = await inviteAndJoin(house, ada, family, { name: "Ben" });
const cleo = await inviteAndJoin(house, ada, family, { name: "Cleo" });
const said: { readonly room: string; readonly by: string; readonly text: string }[] = [];

async function say(who: Someone, room: string, text: string): Promise<void> {
  const line = await roomWhere(who.client, (candidate) => candidate.room === room);
  valueOf(await who.client.actions.send({ room: line.room, text }));
  await untilSaid(who.client, line.room, text);
  said.push({ room, by: who.name, text });
}

const joint = await roomWhere(cleo.client, (line) => line.kind === "family" && line.readers.length === 3);
await until(ben.client, joint.room, (view) => view.readers.length === 3);
await say(ada, joint.room, "Welcome, both of you.");
await say(ben, joint.room, "Thank you. It is good to be here.");
await say(cleo, joint.room, "I will read along first.");
const own = await roomWhere(ben.client, (line) => line.kind === "private");
await say(ben, own.room, "There is one thing I would like to tell you alone.");
await seen(ada.client, "rooms", (lines) =>
  lines.some((line) => line.room === own.room && line.lastText !== ""),
);
await say(ada, own.room, "It stays here.");
await untilSaid(cleo.client, joint.room, "Thank you. It is good to be here.");

const lines: string[] = [];
await copyDatabase(house.database.ownerUrl, (line) => {
  lines.push(line);
});
await house.close();
await writeFile(place("copy.jsonl"), `${lines.join("\n")}\n`);
const people = [ada, ben, cleo].map(({ name, way }) => ({ name, way }));
await writeFile(place("people.json"), `${JSON.stringify({ people, said }, null, 2)}\n`);
