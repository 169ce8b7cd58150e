import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { openTestDatabase } from "@sotto/server/unsafe-test-database";
import { ClientMessage, ServerMessage } from "@sotto/contract";
import pg from "pg";
import { WebSocket } from "ws";
import { processCpu, watchDatabaseCpu } from "./cpu.ts";
import { firstLine } from "./first-line.ts";
import { benchLine, median, type BenchLine } from "./line.ts";
import { enrol } from "@sotto/tests/people";
import { roomWithFrames } from "@sotto/tests/rooms";
import { openTestFolder } from "@sotto/tests/test-folder";

const SENDERS = 50;
const FRAMES_EACH = 40;
const ROUNDS = 3;
const BODY_BYTES = 512;

type Room = Awaited<ReturnType<typeof roomWithFrames>>;

/**
 * Messages a second that are committed and delivered to another client, 50 senders in closed loop (the next goes out when the receiver has
 * the last), over single-row insert commits a second through the same driver on the same database at the same concurrency. Rounds alternate.
 */
export async function benchRelay(): Promise<readonly BenchLine[]> {
  const database = await openTestDatabase();
  const files = await openTestFolder();
  const server = spawn(
    process.execPath,
    [fileURLToPath(new URL("./serve.ts", import.meta.url)), database.appUrl, database.ownerUrl, files.path],
    {
      stdio: ["pipe", "pipe", "inherit"],
    },
  );
  try {
    const { port, code } = await firstLine(server);
    const origin = `http://127.0.0.1:${String(port)}`;
    const host = await enrol(origin, { code });
    const rooms: Room[] = [];
    for (let sender = 0; sender < SENDERS; sender += 1) {
      const guest = await enrol(origin, { host });
      rooms.push(await roomWithFrames(origin, host, guest, FRAMES_EACH * ROUNDS, BODY_BYTES));
    }
    const receiver = await connect(port, host.token);
    const senders = await Promise.all(rooms.map((room) => connect(port, room.guest.token)));
    const relayed: number[] = [];
    const committed: number[] = [];
    const latencies: number[] = [];
    const databaseCpu = await watchDatabaseCpu(database.adminUrl);
    const serverCpu = () => processCpu(server.pid ?? 0) + databaseCpu();
    const driverCpu = () => processCpu(process.pid) + databaseCpu();
    const [spent, spentRaw]: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round += 1) {
      const before = driverCpu();
      committed.push(await rawCommits(database.ownerUrl, SENDERS * FRAMES_EACH));
      spentRaw.push(driverCpu() - before);
      const from = serverCpu();
      relayed.push(await relayRound(rooms, senders, receiver, round, latencies));
      spent.push(serverCpu() - from);
    }
    const each = (seconds: readonly number[]) => (median(seconds) * 1e6) / (SENDERS * FRAMES_EACH);
    for (const socket of [receiver, ...senders]) socket.close();
    return [
      benchLine("relay.durable", "msg/s", median(relayed), median(committed)),
      benchLine("relay.cpu", "us", each(spent), each(spentRaw)),
      benchLine("relay.delivery-p50", "ms", median(latencies), null),
    ];
  } finally {
    server.stdin?.end();
    await new Promise((resolve) => server.once("exit", resolve));
    await database.close();
    await files.remove();
  }
}

async function relayRound(
  rooms: readonly Room[],
  senders: readonly WebSocket[],
  receiver: WebSocket,
  round: number,
  latencies: number[],
): Promise<number> {
  const sentAt = new Map<string, number>();
  const left = new Map(
    rooms.map((room) => [room.room, room.frames.slice(round * FRAMES_EACH, (round + 1) * FRAMES_EACH)]),
  );
  const socketOf = new Map(rooms.map((room, index) => [room.room, senders[index]]));
  let delivered = 0;
  const from = performance.now();
  const send = (room: string) => {
    const bytes = left.get(room)?.shift();
    if (bytes === undefined) return;
    sentAt.set(room, performance.now());
    const message: ClientMessage = { kind: "append", ref: delivered, room, bytes };
    socketOf.get(room)?.send(JSON.stringify(message));
  };
  await new Promise<void>((resolve, reject) => {
    const take = (text: Buffer) => {
      // The server's own words; checked again they would cost the machine as much as sending them did.
      const message = JSON.parse(text.toString()) as ServerMessage;
      if (message.kind === "refused") reject(new Error(`refused: ${message.refusal}`));
      if (message.kind !== "item" || message.item !== "frame") return;
      latencies.push(performance.now() - (sentAt.get(message.room) ?? 0));
      delivered += 1;
      if (delivered === rooms.length * FRAMES_EACH) {
        receiver.off("message", take);
        resolve();
      } else send(message.room);
    };
    receiver.on("message", take);
    for (const room of rooms) send(room.room);
  });
  return (delivered / (performance.now() - from)) * 1000;
}

async function rawCommits(url: string, rows: number): Promise<number> {
  const pool = new pg.Pool({ connectionString: url, max: SENDERS });
  await pool.query("create table if not exists raw_commit (id uuid primary key, body bytea not null)");
  const body = Buffer.alloc(BODY_BYTES);
  await Promise.all(Array.from({ length: SENDERS }, () => pool.query("select 1")));
  let left = rows;
  const from = performance.now();
  await Promise.all(
    Array.from({ length: SENDERS }, async () => {
      while (left > 0) {
        left -= 1;
        await pool.query({
          name: "raw",
          text: "insert into raw_commit values ($1, $2)",
          values: [crypto.randomUUID(), body],
        });
      }
    }),
  );
  const rate = (rows / (performance.now() - from)) * 1000;
  await pool.end();
  return rate;
}

async function connect(port: number, token: string): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${String(port)}/v1/live`, { perMessageDeflate: false });
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  const welcome = new Promise<void>((resolve) => {
    const wait = (text: Buffer) => {
      if (ServerMessage.parse(JSON.parse(text.toString())).kind !== "welcome") return;
      socket.off("message", wait);
      resolve();
    };
    socket.on("message", wait);
  });
  const hello: ClientMessage = { kind: "hello", token };
  socket.send(JSON.stringify(hello));
  await welcome;
  return socket;
}
