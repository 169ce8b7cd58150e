import { readFile, readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { benchLine, type BenchLine } from "./line.ts";

const DIST = fileURLToPath(new URL("../../apps/web/dist/", import.meta.url));
const AIM_BYTES = 120_000;

/**
 * JavaScript, gzipped, that must load before sign-in answers a finger: the scripts of index.html, the worker that says whether anybody
 * is in, and what both import statically. What is imported on demand loads later. The reference is the aim of 120 kB.
 */
export async function benchFirstLoad(): Promise<readonly BenchLine[]> {
  const html = await readFile(`${DIST}index.html`, "utf8");
  const waiting = [...html.matchAll(/<(?:script|link)[^>]+(?:src|href)="\/([^"]+\.js)"/g)].flatMap(
    (found) => found[1] ?? [],
  );
  const worker = (await readdir(`${DIST}assets`)).find((name) => /^client-worker-.*\.js$/.test(name));
  if (worker === undefined) throw new Error("no worker found in the built page; run `npm run build` first");
  waiting.push(`assets/${worker}`);
  const loaded = new Map<string, number>();
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (loaded.has(path)) continue;
    const source = await readFile(`${DIST}${path}`);
    loaded.set(path, gzipSync(source, { level: 9 }).length);
    for (const found of source
      .toString("utf8")
      .matchAll(/(?:^|[;}\s])import(?:[^"'()]*?from)?["']\.\/([^"']+)["']/g)) {
      if (found[1] !== undefined) waiting.push(`assets/${found[1]}`);
    }
  }
  if (loaded.size === 0) throw new Error("no script found in the built page; run `npm run build` first");
  const total = [...loaded.values()].reduce((sum, bytes) => sum + bytes, 0);
  return [benchLine("first-load.gzip", "B", total, AIM_BYTES)];
}
