import { enrol, invite } from "@sotto/tests/people";
import { roomWithFrames } from "@sotto/tests/rooms";
import type { WebSocket } from "ws";
import { collect } from "./collect.ts";
import { processCpu, watchDatabaseCpu } from "./cpu.ts";
import { benchLine, median, quantile, type BenchLine } from "./line.ts";
import { append, openLiveSocket, roomOfFrame } from "./live-socket.ts";
import { benchPeers } from "./peers.ts";
import { pacedCommits, rawCommits } from "./raw-commits.ts";
import { openServerChild, type ServerChild } from "./server-child.ts";
import { until } from "./until.ts";

const SENDERS = 50;
const FRAMES_EACH = 60;
const ROUNDS = 6;
/** The first rounds of both sides make them warm, and are not counted: a server runs for weeks. */
const WARMING_ROUNDS = 4;
const BODY_BYTES = 512;

/** 200 clients at a tenth of what was relayed: pairs of one who writes and one who reads. */
const PAIRS = 100;
/** Many, since one burst of the machine's own pauses is a hundredth of a few rounds. */
const PACED_ROUNDS = 12;
const PACED_SECONDS = 4;
const PACED_FRAMES_EACH = 12;
/** The first messages of these people open their connections and make known who is in their rooms: they are not counted. */
const WARMING_EACH = 24;
/** On a busy machine there are fewer rounds, so that it ends. */
const ROUNDS_WITHIN_MS = 60_000;
const RAW_COMMITS = 400;

type Room = Awaited<ReturnType<typeof roomWithFrames>>;

/**
 * Messages a second that are committed and delivered to another client, 50 senders in closed loop (the next goes out when the receiver has
 * the last), over single-row insert commits a second through the same driver on the same database at the same concurrency. Rounds alternate. Then how long a
 * message takes to its reader, at a tenth of that.
 */
export async function benchRelay(): Promise<readonly BenchLine[]> {
  const server = await openServerChild();
  try {
    const closed = await closedLoop(server);
    const peers = await benchPeers(server.database.adminUrl);
    return [...closed.lines, ...peers, ...(await paced(server, closed.perSecond / 10))];
  } finally {
    await server.close();
  }
}

async function closedLoop(
  server: ServerChild,
): Promise<{ readonly lines: readonly BenchLine[]; readonly perSecond: number }> {
  const host = await enrol(server.origin(), { code: server.code() });
  const rooms: Room[] = [];
  for (let sender = 0; sender < SENDERS; sender += 1) {
    const guest = await enrol(server.origin(), { host });
    rooms.push(
      await roomWithFrames(server.origin(), host, guest, FRAMES_EACH * (WARMING_ROUNDS + ROUNDS), BODY_BYTES),
    );
  }
  const receiver = await openLiveSocket(server.port(), host.token);
  const senders = await Promise.all(rooms.map((room) => openLiveSocket(server.port(), room.guest.token)));
  const databaseCpu = await watchDatabaseCpu(server.database.adminUrl);
  const serverCpu = () => processCpu(server.pid()) + databaseCpu();
  const driverCpu = () => processCpu(process.pid) + databaseCpu();
  const [relayed, committed, latencies]: [number[], number[], number[]] = [[], [], []];
  const [spent, spentRaw]: [number[], number[]] = [[], []];
  const began = performance.now();
  for (
    let round = 0;
    round < WARMING_ROUNDS + ROUNDS && performance.now() - began < ROUNDS_WITHIN_MS;
    round += 1
  ) {
    const isCounted = round >= WARMING_ROUNDS;
    const before = driverCpu();
    const raw = { rows: SENDERS * FRAMES_EACH, atOnce: SENDERS, bodyBytes: BODY_BYTES };
    const { perSecond } = await rawCommits(server.database.ownerUrl, raw);
    const from = serverCpu();
    const rawCpu = driverCpu() - before;
    const relay = await relayRound({ rooms, senders, receiver, round }, isCounted ? latencies : []);
    if (!isCounted) continue;
    committed.push(perSecond);
    spentRaw.push(rawCpu);
    relayed.push(relay);
    spent.push(serverCpu() - from);
  }
  for (const socket of [receiver, ...senders]) socket.close();
  const each = (seconds: readonly number[]) => (median(seconds) * 1e6) / (SENDERS * FRAMES_EACH);
  return {
    perSecond: median(relayed),
    lines: [
      benchLine("relay.durable", "msg/s", median(relayed), median(committed)),
      benchLine("relay.cpu", "us", each(spent), each(spentRaw)),
      benchLine("relay.delivery-p50", "ms", median(latencies), null),
    ],
  };
}

async function relayRound(
  at: {
    readonly rooms: readonly Room[];
    readonly senders: readonly WebSocket[];
    readonly receiver: WebSocket;
    readonly round: number;
  },
  latencies: number[],
): Promise<number> {
  const { receiver, rooms, round, senders } = at;
  const sentAt = new Map<string, number>();
  const left = new Map(
    rooms.map((room) => [room.room, room.frames.slice(round * FRAMES_EACH, (round + 1) * FRAMES_EACH)]),
  );
  const socketOf = new Map(rooms.map((room, index) => [room.room, senders[index]]));
  let delivered = 0;
  const from = performance.now();
  const send = (room: string) => {
    const bytes = left.get(room)?.shift();
    const socket = socketOf.get(room);
    if (bytes === undefined || socket === undefined) return;
    sentAt.set(room, performance.now());
    append(socket, room, bytes);
  };
  await new Promise<void>((resolve) => {
    const take = (text: Buffer) => {
      const room = roomOfFrame(text);
      if (room === null) return;
      latencies.push(performance.now() - (sentAt.get(room) ?? 0));
      delivered += 1;
      if (delivered === rooms.length * FRAMES_EACH) {
        receiver.off("message", take);
        resolve();
      } else send(room);
    };
    receiver.on("message", take);
    for (const room of rooms) send(room.room);
  });
  return (delivered / (performance.now() - from)) * 1000;
}

/** Messages at an even pace, whether the last has arrived or not, beside single commits at the same pace, and beside those that follow at once on each other. */
async function paced(server: ServerChild, perSecond: number): Promise<readonly BenchLine[]> {
  const origin = server.origin();
  const host = await enrol(origin, { code: server.code() });
  const rooms: Room[] = [];
  const readers: WebSocket[] = [];
  const writers: WebSocket[] = [];
  for (let pair = 0; pair < PAIRS; pair += 1) {
    const reader = await enrol(origin, { link: await invite(origin, host, { standing: "practice" }) });
    const guest = await enrol(origin, { host });
    const frames = PACED_FRAMES_EACH * PACED_ROUNDS + WARMING_EACH;
    rooms.push(await roomWithFrames(origin, reader, guest, frames, BODY_BYTES));
    readers.push(await openLiveSocket(server.port(), reader.token));
    writers.push(await openLiveSocket(server.port(), guest.token));
  }
  const [latencies, raw, rawPaced]: [number[], number[], number[]] = [[], [], []];
  const sentAt = new Map<string, number[]>();
  for (const reader of readers) {
    reader.on("message", (text: Buffer) => {
      const room = roomOfFrame(text);
      const at = room === null ? undefined : sentAt.get(room)?.shift();
      if (at !== undefined) latencies.push(performance.now() - at);
    });
  }
  const count = Math.min(PAIRS * PACED_FRAMES_EACH, Math.round(perSecond * PACED_SECONDS));
  let sent = 0;
  const sendAtPace = async (messages: number): Promise<void> => {
    const [from, last] = [performance.now(), latencies.length + messages];
    for (let message = 0; message < messages; message += 1) {
      await until(from + (message * 1000) / perSecond);
      const room = rooms[sent % PAIRS];
      const bytes = room?.frames[Math.floor(sent / PAIRS)];
      const writer = writers[sent % PAIRS];
      sent += 1;
      if (room === undefined || bytes === undefined || writer === undefined)
        throw new Error("fewer frames than messages");
      sentAt.set(room.room, [...(sentAt.get(room.room) ?? []), performance.now()]);
      append(writer, room.room, bytes);
    }
    while (latencies.length < last) await until(performance.now() + 5);
  };
  await sendAtPace(PAIRS * WARMING_EACH);
  latencies.length = 0;
  const began = performance.now();
  for (let round = 0; round < PACED_ROUNDS && performance.now() - began < ROUNDS_WITHIN_MS; round += 1) {
    const wish = { rows: RAW_COMMITS, atOnce: 1, bodyBytes: BODY_BYTES };
    raw.push(...(await rawCommits(server.database.ownerUrl, wish)).ms);
    const atPace = { rows: count, perSecond, bodyBytes: BODY_BYTES };
    collect();
    rawPaced.push(...(await pacedCommits(server.database.ownerUrl, atPace)));
    collect();
    await sendAtPace(count);
  }
  for (const socket of [...readers, ...writers]) socket.close();
  const p99 = quantile(latencies, 0.99);
  return [
    benchLine("relay.delivery-p99", "ms", p99, quantile(rawPaced, 0.99)),
    benchLine("relay.delivery-p99-over-busy", "ms", p99, quantile(raw, 0.99)),
  ];
}
