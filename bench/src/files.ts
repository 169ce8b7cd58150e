import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { EntryId, RoomId } from "@sotto/domain";
import { openTestDatabase } from "@sotto/server/unsafe-test-database";
import { houseAt, openFirstRoom, until, valueOf, type Someone } from "@sotto/tests/clients";
import { openTestFolder } from "@sotto/tests/test-folder";
import { benchLine, median, type BenchLine } from "./line.ts";
import { firstLine } from "./first-line.ts";

const FILE_BYTES = 32 * 1024 * 1024;
const CHUNK_BYTES = 1024 * 1024;
const ROUNDS = 5;

/**
 * A file from "send" to "everybody may read it", and from "open" to "all of it is checked", by the headless client against the real server in a process of its own,
 * over encrypting the same bytes with AES-GCM in the same process and the same chunks. The server flushes every chunk to the disk. Rounds alternate.
 */
export async function benchFiles(): Promise<readonly BenchLine[]> {
  const database = await openTestDatabase();
  const files = await openTestFolder();
  const script = fileURLToPath(new URL("./serve.ts", import.meta.url));
  const server = spawn(process.execPath, [script, database.appUrl, database.ownerUrl, files.path], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const { codes, port } = await firstLine(server);
  const [code] = codes;
  if (code === undefined) throw new Error("the server came up without a set-up code");
  const house = houseAt({
    port,
    database,
    setupCode: () => Promise.resolve(code),
    close: async () => {
      server.stdin?.end();
      await new Promise((resolve) => server.once("exit", resolve));
    },
  });
  try {
    const { ben, room, therapist } = await openFirstRoom(house);
    const bytes = new Uint8Array(FILE_BYTES);
    for (let start = 0; start < FILE_BYTES; start += 65_536)
      crypto.getRandomValues(bytes.subarray(start, start + 65_536));
    const [raw, sealed, sent, opened]: [number[], number[], number[], number[]] = [[], [], [], []];
    for (let round = 0; round < ROUNDS; round += 1) {
      raw.push(perSecond(await timed(() => encryptRaw(bytes))));
      const entry = await sendFile(ben, room, bytes, { sealed, sent });
      await until(therapist.client, room, (view) => isSent(view.entries, entry));
      opened.push(perSecond(await timed(() => openFile(therapist, room, entry))));
    }
    return [
      benchLine("files.seal", "MB/s", median(sealed), median(raw)),
      benchLine("files.send", "MB/s", median(sent), median(raw)),
      benchLine("files.open", "MB/s", median(opened), median(raw)),
    ];
  } finally {
    await house.close();
    await files.remove();
  }
}

const perSecond = (milliseconds: number): number => FILE_BYTES / 1e6 / (milliseconds / 1000);

async function timed(run: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await run();
  return performance.now() - from;
}

/** Nothing but the cipher, chunk by chunk, as often as the file has chunks. */
async function encryptRaw(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt"]);
  const iv = new Uint8Array(12);
  for (let start = 0; start < bytes.length; start += CHUNK_BYTES) {
    iv[11] = start / CHUNK_BYTES;
    const algorithm = { name: "AES-GCM", iv: iv.slice() };
    await crypto.subtle.encrypt(algorithm, key, bytes.slice(start, start + CHUNK_BYTES));
  }
}

async function sendFile(
  { client }: Someone,
  room: RoomId,
  bytes: Uint8Array<ArrayBuffer>,
  into: { readonly sealed: number[]; readonly sent: number[] },
): Promise<EntryId> {
  const source = new Blob([bytes]);
  const facts = { room, name: "x", type: "", picture: null, durationMs: null, preview: null } as const;
  const from = performance.now();
  const entry = valueOf(await client.actions.sendFile({ ...facts, source }));
  into.sealed.push(perSecond(performance.now() - from));
  await until(client, room, (view) => isSent(view.entries, entry));
  into.sent.push(perSecond(performance.now() - from));
  return entry;
}

type Entries = Parameters<Parameters<typeof until>[2]>[0]["entries"];

const isSent = (entries: Entries, entry: EntryId): boolean =>
  entries.some((line) => line.kind === "file" && line.entry === entry && line.state.kind === "sent");

async function openFile({ client }: Someone, room: RoomId, entry: EntryId): Promise<void> {
  const blob = valueOf(await client.actions.openFile({ room, entry }));
  if (blob.size !== FILE_BYTES) throw new Error("a file of another size");
}
