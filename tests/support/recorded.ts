/** What a released version wrote, in a database of its own. */
import { fillDatabase } from "@sotto/server/copy";
import { createReadStream } from "node:fs";
import { readFile, readdir } from "node:fs/promises";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Passphrase } from "./clients.ts";
import { openTestDatabase, type TestDatabase } from "./database.ts";

const folder = fileURLToPath(new URL("../upgrade/", import.meta.url));

/** Who is in a recording, and what they said. */
export interface Recorded {
  readonly people: readonly { readonly name: string; readonly way: Passphrase }[];
  readonly said: readonly { readonly room: string; readonly by: string; readonly text: string }[];
}

export async function listRecordings(): Promise<readonly string[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".people.json"));
  return names.map((name) => name.replace(".people.json", ""));
}

/** A fresh database as that version left it: its own steps of the schema and no more. */
export async function openRecorded(
  version: string,
): Promise<{ readonly database: TestDatabase; readonly recorded: Recorded }> {
  const database = await openTestDatabase();
  const lines = createInterface({ input: createReadStream(`${folder}${version}.copy.jsonl`) });
  await fillDatabase(database.ownerUrl, lines);
  // The shape that tests/upgrade/record.ts writes.
  const recorded = JSON.parse(await readFile(`${folder}${version}.people.json`, "utf8")) as Recorded;
  return { database, recorded };
}
