import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { benchAgreement } from "./agreement.ts";
import { benchAgreementPdf } from "./agreement-pdf.ts";
import { benchFiles } from "./files.ts";
import { benchFirstLoad } from "./first-load.ts";
import { benchInsiderTiming } from "./insider-timing.ts";
import { benchLighthouse } from "./lighthouse.ts";
import type { BenchLine } from "./line.ts";
import { benchLoad } from "./load.ts";
import { benchPageFiles } from "./page-files.ts";
import { benchRelay } from "./relay.ts";
import { benchRoom } from "./room.ts";
import { benchSearch } from "./search.ts";
import { benchUnlock } from "./unlock.ts";

// `npm run bench` runs all; `npm run bench -- relay` runs those named. JSON lines on standard output; a table in docs/benchmarks.md.
const BENCHES: { readonly [name: string]: () => Promise<readonly BenchLine[]> } = {
  relay: benchRelay,
  insider: benchInsiderTiming,
  load: benchLoad,
  room: benchRoom,
  agreement: benchAgreement,
  search: benchSearch,
  files: benchFiles,
  "page-files": benchPageFiles,
  "agreement-pdf": benchAgreementPdf,
  unlock: benchUnlock,
  "first-load": benchFirstLoad,
  lighthouse: benchLighthouse,
};
const TABLE = fileURLToPath(new URL("../../docs/benchmarks.md", import.meta.url));

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => BENCHES[name] === undefined);
if (unknown.length > 0) {
  console.error(`No benchmark named ${unknown.join(", ")}. There are: ${Object.keys(BENCHES).join(", ")}.`);
  process.exit(2);
}

const lines: BenchLine[] = [];
for (const [name, run] of Object.entries(BENCHES)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  for (const line of await run()) {
    lines.push(line);
    console.log(JSON.stringify(line));
  }
}
await writeFile(TABLE, await tableWith(lines));

/** The table with these lines put in place of older ones of the same name. */
async function tableWith(fresh: readonly BenchLine[]): Promise<string> {
  const before = await readFile(TABLE, "utf8").catch(() => "");
  const rows = new Map<string, string>();
  for (const row of before.split("\n")) {
    const name = /^\| ([a-z][a-zA-Z0-9.-]*) \|/.exec(row)?.[1];
    if (name !== undefined && name !== "name") rows.set(name, row);
  }
  for (const { name, value, unit, reference, ratio } of fresh) {
    rows.set(
      name,
      `| ${name} | ${value === null ? unit : `${String(value)} ${unit}`} | ${reference === null ? "" : `${String(reference)} ${unit}`} | ${ratio === null ? "" : String(ratio)} |`,
    );
  }
  return [
    "# Benchmarks",
    "",
    "Written by `npm run bench`. Read the ratios: value and reference come from the same run on the same machine; the absolute figures move with whatever else it does.",
    "",
    "- `relay.durable`: messages committed and delivered to another client a second, 50 senders in closed loop, over raw single-row insert commits a second of the same driver and database at the same concurrency, both once they are warm; the aim is at least 1. `relay.cpu`: processor time of server and database for one of them, over that of driver and database for one such commit; on a busy machine the steadier figure, since fifty connections of the reference get more turns than one server. `relay.delivery-p99`: from sending to having, at a tenth of that rate with 200 clients, over one raw commit at the same pace, both at the 99th percentile, on the server that has just relayed the messages above (decision 0056); the aim is at most 3. `relay.delivery-p99-over-busy`: over one of those that follow at once on each other (decision 0055). `relay.ejabberd`: ejabberd 23 with its archive on the same PostgreSQL in the same closed loop, over the raw commits between its rounds. It does other work (XML, two archives, no row security); the row says so when it is not installed.",
    "- `load.send.n`: a lone message among n entries in 1,000 practices, from sending to having, over one raw commit before and after, at the median. `load.send-growth`: the ratio with a million over that with 10,000; the aim is 1. `load.connection`: memory of the server for one of 5,000 live connections, over that of a process that holds bare WebSockets. `load.catch-up`: after a restart, 1,000 clients at once connect, list their rooms and read what is new, over reading the same rows by the driver alone.",
    "- `room.make.n`, `room.open.n`: making, and verifying and opening, a room event for n members, over n raw HPKE seals and one raw HPKE open. `room.bytes.n`: its size over n sealed seeds.",
    "- `search.key-p95`: one key of somebody who searches 100,000 messages in four scripts, at the 95th percentile, over a plain `String.includes` through the same texts. `search.first`: making everything ready once, when the search is opened.",
    "- `files.seal`, `files.send`, `files.open`: a file of 32 MiB from choosing it to safe on the device, to readable by others on a server that flushes every chunk to its disk, and from opening it to checked whole; over AES-GCM alone on the same bytes in the same process.",
    "- `agreement.compile`, `agreement.decide`: what a version comes to, and what may become of something told under it, in a family of twelve that has signed forty versions, over one per cent of a frame at 60 Hz. `…-over-nothing`: over a call that does nothing.",
    "- `agreement-pdf.longest-task`: the whole agreement of a family of three as a PDF, with its fonts and evidence, in Chromium with its page processes at a quarter of the machine's speed: the longest task of the page's own thread, over the long-task budget of 50 ms, at the median of five; in processor time, times four, so that what else the machine does is not in it. `agreement-pdf.idle`: the same in that page when it does nothing.",
    '- `unlock.first`, `unlock.kept`: from pressing "Sign in" (six words), and from loading the page of somebody who had not locked it, to a list of rooms that answers a finger; somebody with 1,000 rooms and 10,000 or 100,000 messages on the device, in Chromium with its page processes at a quarter of the machine\'s speed (stopped for three quarters of the time: DevTools slows no worker, and the client is one). `unlock.all`: from loading the page until all rooms are in the list, at full speed. Over reading the same records at once and unsealing as many by AES-GCM, one after the other (timed on 5,000 of them), in the same page at the same speed. `unlock.first-growth`, `unlock.kept-growth`: with 100,000 over with 10,000; the aim is 1.',
    "- `memory.10k`, `memory.100k`: what the page's process holds for itself when all rooms are open, over the bytes of their records on the device.",
    "- `lighthouse`: Lighthouse's marks by its own defaults, a phone on a slow mobile network with a processor four times slower than this one, over what is asked for; `first-visit` on a device that has never been here, the others in a browser that has just been started, where the guard gives the page. Whatever else the machine does costs marks for performance, and none for accessibility.",
    "- `insider`: whether somebody who may not have a thing can tell by the time of the no whether it is there: how often the no for somebody's thing took longer than the no for none, in percent, over the same for two askings of one kind; 50 is guessing. `.control`: the same with a quarter of a millisecond added, which the test must find. Asked in an order drawn by lot, server and asker in one process. `SOTTO_INSIDER_ROUNDS` says how often (600). A difference counts when it is sure (4 standard deviations of Mann and Whitney's test) and large enough to learn by (5 percent from guessing); then the command ends with 1.",
    "- `first-load.gzip`: JavaScript of the page and its worker before sign-in is interactive, over the aim of 120 kB.",
    "",
    "| name | value | reference | ratio |",
    "| --- | --- | --- | --- |",
    ...[...rows.entries()].toSorted(([a], [b]) => a.localeCompare(b)).map(([, row]) => row),
    "",
  ].join("\n");
}
