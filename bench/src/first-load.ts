import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { benchLine, type BenchLine } from "./line.ts";

const DIST = fileURLToPath(new URL("../../apps/web/dist/", import.meta.url));
const AIM_BYTES = 120_000;

/**
 * JavaScript, gzipped, that the page itself must load before sign-in answers a finger: the scripts of index.html and what those import
 * statically. The worker and everything imported on demand load later. The reference is the aim of 120 kB.
 */
export async function benchFirstLoad(): Promise<readonly BenchLine[]> {
  const html = await readFile(`${DIST}index.html`, "utf8");
  const waiting = [...html.matchAll(/<(?:script|link)[^>]+(?:src|href)="\/([^"]+\.js)"/g)].flatMap(
    (found) => found[1] ?? [],
  );
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
