import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { call, enrol } from "@sotto/tests/people";
import { roomWithFrames } from "@sotto/tests/rooms";
import pg from "pg";
import { WebSocket } from "ws";
import { gatherCrowd, type Attendee, type Crowd } from "./crowd.ts";
import { firstLine } from "./first-line.ts";
import { benchLine, median, type BenchLine } from "./line.ts";
import { append, openLiveSocket, roomOfFrame } from "./live-socket.ts";
import { rawCommits } from "./raw-commits.ts";
import { openServerChild, type ServerChild } from "./server-child.ts";

const PRACTICES = 1_000;
const CONNECTIONS = 5_000;
const ROOMS_EACH = 5;
const CLIENTS = 1_000;
const NEW_ENTRIES = 20;
const AT_ONCE = 100;
/** As many connections to the database as the server has. */
const DATABASE_CONNECTIONS = 20;
const SIZES = [10_000, 100_000, 1_000_000] as const;
const SENDS = 300;
const BODY_BYTES = 512;

/**
 * One server process with 1,000 practices, 5,000 live connections and up to a million entries: what a connection holds, what one more message costs
 * as data grows, and how long 1,000 clients take to come into step after a restart.
 */
export async function benchLoad(): Promise<readonly BenchLine[]> {
  const server = await openServerChild();
  const crowd = await gatherCrowd(server.database.adminUrl, {
    practices: PRACTICES,
    peopleEach: CONNECTIONS / PRACTICES,
    roomsEach: ROOMS_EACH,
  });
  try {
    const sends = await sendAsDataGrows(server, crowd);
    const memory = await memoryOfConnections(server, crowd.attendees);
    await server.restart();
    return [...sends, memory, await catchUp(server, crowd.attendees)];
  } finally {
    await crowd.close();
    await server.close();
  }
}

async function sendAsDataGrows(server: ServerChild, crowd: Crowd): Promise<readonly BenchLine[]> {
  const host = await enrol(server.origin(), { code: server.code() });
  const guest = await enrol(server.origin(), { host });
  const room = await roomWithFrames(server.origin(), host, guest, SENDS * (SIZES.length + 1), BODY_BYTES);
  const [reader, writer] = await Promise.all(
    [host, guest].map(({ token }) => openLiveSocket(server.port(), token)),
  );
  if (reader === undefined || writer === undefined) throw new Error("two connections were asked for");
  const lines: BenchLine[] = [];
  let next = 0;
  const sendSome = async () => {
    const ms: number[] = [];
    for (const bytes of room.frames.slice(next, next + SENDS)) {
      const from = performance.now();
      const heard = once(reader, (text) => roomOfFrame(text) === room.room);
      append(writer, room.room, bytes);
      await heard;
      ms.push(performance.now() - from);
    }
    next += SENDS;
    return median(ms);
  };
  // The first messages of a server make it warm.
  await sendSome();
  let there = 0;
  for (const size of SIZES) {
    await crowd.say(size - there);
    there = size;
    const wish = { rows: SENDS, atOnce: 1, bodyBytes: BODY_BYTES };
    const before = median((await rawCommits(server.database.ownerUrl, wish)).ms);
    const sent = await sendSome();
    const after = median((await rawCommits(server.database.ownerUrl, wish)).ms);
    lines.push(benchLine(`load.send.${nameOf(size)}`, "ms", sent, (before + after) / 2));
  }
  for (const socket of [reader, writer]) socket.close();
  const [least, most] = [lines[0]?.ratio ?? 0, lines.at(-1)?.ratio ?? 0];
  return [...lines, benchLine("load.send-growth", "times a commit", most, least)];
}

const nameOf = (size: number): string => (size === 1_000_000 ? "1m" : `${String(size / 1000)}k`);

async function memoryOfConnections(server: ServerChild, attendees: readonly Attendee[]): Promise<BenchLine> {
  const own = await grownBy(server.pid(), () =>
    manyAtOnce(attendees, ({ token }) => openLiveSocket(server.port(), token)),
  );
  const script = fileURLToPath(new URL("./bare-sockets.ts", import.meta.url));
  const bare = spawn(process.execPath, [script], { stdio: ["pipe", "pipe", "inherit"] });
  try {
    const { port } = await firstLine(bare);
    const raw = await grownBy(bare.pid ?? 0, () => manyAtOnce(attendees, () => openBare(port)));
    return benchLine("load.connection", "B", own / attendees.length, raw / attendees.length);
  } finally {
    bare.stdin.end();
  }
}

/** How much more memory a process holds with these connections, some moments after they were made. */
async function grownBy(pid: number, connect: () => Promise<readonly WebSocket[]>): Promise<number> {
  const before = residentBytes(pid);
  const sockets = await connect();
  await pause(3_000);
  const grown = residentBytes(pid) - before;
  for (const socket of sockets) socket.terminate();
  return grown;
}

function residentBytes(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${String(pid)}/status`, "utf8"))?.[1];
  return Number(kilobytes) * 1024;
}

async function openBare(port: number): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${String(port)}`, { perMessageDeflate: false });
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  return socket;
}

/** Clients that were away while something was written, all at once: connection, list of rooms, and what is new. */
async function catchUp(server: ServerChild, attendees: readonly Attendee[]): Promise<BenchLine> {
  const clients = attendees.filter((_, index) => index % (CONNECTIONS / PRACTICES) === 0).slice(0, CLIENTS);
  const raw = await readRaw(server.database.adminUrl, clients);
  const from = performance.now();
  const sockets = await Promise.all(
    clients.map(async ({ room, token }) => {
      const socket = await openLiveSocket(server.port(), token);
      const { rooms } = await call(server.origin(), "listRooms", { token });
      const seq = rooms.find((line) => line.room === room)?.seq ?? 0;
      const query = { after: String(seq - NEW_ENTRIES) };
      const { items } = await call(server.origin(), "readRoom", { token, params: { room }, query });
      if (items.length !== NEW_ENTRIES) throw new Error("what is new was not answered");
      return socket;
    }),
  );
  const took = performance.now() - from;
  for (const socket of sockets) socket.terminate();
  return benchLine("load.catch-up", "ms", took, raw);
}

/** The same rows straight from the database, by the same driver over as many connections. */
async function readRaw(adminUrl: string, clients: readonly Attendee[]): Promise<number> {
  const pool = new pg.Pool({ connectionString: adminUrl, max: DATABASE_CONNECTIONS });
  await Promise.all(Array.from({ length: DATABASE_CONNECTIONS }, () => pool.query("select 1")));
  const from = performance.now();
  await Promise.all(
    clients.map(async ({ account, practice, room }) => {
      const { rows } = await pool.query<{ room_id: string; next_seq: string }>({
        name: "list",
        text: `select room.room_id, room.next_seq from room_member member
          join room on room.practice_id = member.practice_id and room.room_id = member.room_id
          where member.practice_id = $1 and member.account_id = $2`,
        values: [practice, account],
      });
      const next = Number(rows.find((row) => row.room_id === room)?.next_seq);
      const read = await pool.query({
        name: "read",
        text: "select seq, kind, bytes, at from room_item where practice_id = $1 and room_id = $2 and seq > $3 order by seq",
        values: [practice, room, next - 1 - NEW_ENTRIES],
      });
      if (read.rows.length !== NEW_ENTRIES) throw new Error("what is new was not read");
    }),
  );
  const took = performance.now() - from;
  await pool.end();
  return took;
}

async function manyAtOnce<Item, Value>(
  items: readonly Item[],
  work: (item: Item) => Promise<Value>,
): Promise<readonly Value[]> {
  const values: Value[] = [];
  const left = [...items];
  const take = async (): Promise<void> => {
    for (let item = left.pop(); item !== undefined; item = left.pop()) values.push(await work(item));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, take));
  return values;
}

function once(socket: WebSocket, isIt: (text: Buffer) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const take = (text: Buffer) => {
      if (!isIt(text)) return;
      socket.off("message", take);
      resolve();
    };
    socket.on("message", take);
  });
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
