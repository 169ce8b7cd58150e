/**
 * The power fails while people write: on a disk that loses all that was not flushed, under the whole program with its embedded database and its files. What
 * was acknowledged is there when the machine comes up, every time. Where this machine has no such disk, that is said, and nothing is claimed.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { verifyDatabase } from "@sotto/server/copy";
import { fromBase64Url, parseFrameHeader, storedFileBytes } from "@sotto/vault";
import { afterAll, expect, test } from "vitest";
import { openBreakableDisk } from "../support/breakable-disk.ts";
import { freePort } from "../support/free-port.ts";
import { readUrls, spawnSotto } from "../support/operator.ts";
import { call, enrol, random, Refused, type Person } from "../support/people.ts";
import { appendNext, makeFrame, place } from "../support/rooms.ts";
import { Fate } from "./fate.ts";

const ROUNDS = 3;
const SENDERS = 4;
const FILE_BYTES = storedFileBytes(20_000);

const disk = await openBreakableDisk();
if ("why" in disk) {
  process.stderr.write(`NOT TESTED: that nothing acknowledged is lost in a power cut: ${disk.why}\n`);
}

afterAll(async () => {
  if (!("why" in disk)) await disk.remove();
});

/** Starts the program on the disk; `kill` ends it and its database at once, as the loss of power does. */
async function startOn(data: string) {
  const port = await freePort();
  const running = spawnSotto(["start"], { SOTTO_DATA: data, SOTTO_PORT: String(port) });
  const ready = new Promise<void>((resolve) => {
    running.child.stdout?.on("data", () => {
      if (/^Sotto is ready\.$/m.test(running.said())) resolve();
    });
  });
  const early = await Promise.race([ready, running.ended]);
  if (early !== undefined) throw new Error(`sotto did not start: ${early.told}`);
  const postmaster = findPostmaster(data);
  return {
    origin: `http://127.0.0.1:${String(port)}`,
    code: /Set-up code, good once, for 7 days: (\S+)/.exec(running.said())?.[1] ?? "",
    kill: async () => {
      const all = [postmaster, ...childrenOf(postmaster)];
      running.child.kill("SIGKILL");
      for (const pid of all) kill(pid);
      await running.ended;
      while (all.some(isThere)) await pause(20);
    },
    stop: async () => {
      running.child.kill("SIGTERM");
      await running.ended;
      while (isThere(postmaster)) await pause(20);
    },
  };
}

const findPostmaster = (data: string): number => {
  const name = readdirSync(data, { recursive: true, encoding: "utf8" }).find((one) =>
    one.endsWith("postmaster.pid"),
  );
  return Number(readFileSync(join(data, name ?? ""), "utf8").split("\n")[0]);
};

const statOf = (pid: number): readonly string[] | null => {
  try {
    const text = readFileSync(`/proc/${String(pid)}/stat`, "utf8");
    return text.slice(text.lastIndexOf(")") + 2).split(" ");
  } catch {
    return null;
  }
};

/** What has ended and has not been fetched yet is not there any more. */
const isThere = (pid: number): boolean => !["Z", "X", undefined].includes(statOf(pid)?.[0]);

const childrenOf = (pid: number): readonly number[] =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((one) => statOf(one)?.[1] === String(pid));

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}

interface Acknowledged {
  readonly frames: Map<string, number>;
  readonly chunks: Map<string, Buffer>;
}

/** Writes until the power fails; a refusal is a defect, no answer is none. */
async function writeOn(
  origin: string,
  keeper: Person,
  at: { readonly room: string; readonly next: () => Promise<string> },
  acknowledged: Acknowledged,
): Promise<void> {
  const { token } = keeper;
  try {
    for (;;) {
      const bytes = await at.next();
      const { seq } = await call(origin, "appendFrame", {
        token,
        params: { room: at.room },
        body: { bytes },
      });
      acknowledged.frames.set(parseFrameHeader(fromBase64Url(bytes)).id, seq);
      const params = { room: at.room, file: crypto.randomUUID() };
      await call(origin, "beginFile", { token, params, body: { bytes: FILE_BYTES } });
      const body = random(FILE_BYTES);
      await call(origin, "putChunk", { token, params: { ...params, chunk: "0" }, body });
      await call(origin, "finishFile", { token, params, body: {} });
      acknowledged.chunks.set(params.file, Buffer.from(body));
    }
  } catch (error) {
    if (error instanceof Refused && error.status < 500) throw error;
  }
}

/** What of the acknowledged is not there, or not as it was. */
async function missing(
  origin: string,
  keeper: Person,
  room: string,
  { chunks, frames }: Acknowledged,
): Promise<readonly string[]> {
  const { token } = keeper;
  const found = new Map<string, number[]>();
  for (let after = 0, more = true; more;) {
    const page = await call(origin, "readRoom", { token, params: { room }, query: { after: String(after) } });
    for (const item of page.items.filter(({ kind }) => kind === "frame")) {
      const { id } = parseFrameHeader(fromBase64Url(item.bytes));
      found.set(id, [...(found.get(id) ?? []), item.seq]);
    }
    after = page.items.at(-1)?.seq ?? after;
    more = page.more;
  }
  const lost = [...frames].filter(([id, seq]) => found.get(id)?.join() !== String(seq));
  const torn: string[] = [];
  for (const [file, body] of chunks) {
    const params = { room, file, chunk: "0" };
    const read = await call(origin, "readChunk", { token, params }).catch(() => null);
    if (read === null || Buffer.compare(read, body) !== 0) torn.push(`file ${file}`);
  }
  return [...lost.map(([id]) => `frame ${id}`), ...torn];
}

test.runIf(!("why" in disk))(
  "after each of several power cuts every frame and every file that was acknowledged is there, once, in its place",
  async () => {
    if ("why" in disk) throw new Error("this is run where there is a disk");
    const fate = new Fate("power cuts");
    const data = join(disk.path, "data");
    let sotto = await startOn(data);
    const keeper = await enrol(sotto.origin, { code: sotto.code });
    const room: string = crypto.randomUUID();
    const members = [place(keeper, "keeper")];
    const created = await appendNext(sotto.origin, keeper, {
      previous: null,
      room,
      action: "create",
      members,
    });
    const next = () => makeFrame(keeper, created);
    const acknowledged: Acknowledged = { frames: new Map(), chunks: new Map() };
    for (let round = 0; round < ROUNDS; round++) {
      const { frames } = acknowledged;
      const before = frames.size;
      const { origin } = sotto;
      const writing = Promise.all(
        Array.from({ length: SENDERS }, () => writeOn(origin, keeper, { room, next }, acknowledged)),
      );
      const enough = before + fate.between(20, 60);
      while (frames.size < enough) await pause(1);
      disk.cutPower();
      await sotto.kill();
      await writing;
      await disk.powerUp();
      sotto = await startOn(data);
      expect(await missing(sotto.origin, keeper, room, acknowledged)).toEqual([]);
    }
    const { appUrl } = await readUrls(data);
    expect((await verifyDatabase(appUrl)).findings).toEqual([]);
    expect(acknowledged.frames.size).toBeGreaterThan(ROUNDS * 20);
    expect(acknowledged.chunks.size).toBeGreaterThan(0);
    await sotto.stop();
  },
);
