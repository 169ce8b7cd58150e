import { mkdir, writeFile } from "node:fs/promises";
import { get } from "node:http";
import { join } from "node:path";
import { brotliCompressSync, brotliDecompressSync } from "node:zlib";
import { startServer, type RunningServer } from "@sotto/server/wiring";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestDatabase, type TestDatabase } from "../support/database.ts";
import { openTestFolder } from "../support/test-folder.ts";

const SCRIPT = "export const said = 1;\n".repeat(200);

let database: TestDatabase;
let folder: Awaited<ReturnType<typeof openTestFolder>>;
let server: RunningServer;

beforeAll(async () => {
  database = await openTestDatabase();
  folder = await openTestFolder();
  const page = join(folder.path, "page");
  await mkdir(join(page, "assets"), { recursive: true });
  await writeFile(join(page, "index.html"), "<!doctype html><title>page</title>");
  await writeFile(join(page, "assets", "a.js"), SCRIPT);
  await writeFile(join(page, "assets", "a.js.br"), brotliCompressSync(SCRIPT));
  await writeFile(join(page, "assets", "b.js"), SCRIPT);
  server = await startServer({
    databaseUrl: database.appUrl,
    ownerUrl: database.ownerUrl,
    filesFolder: join(folder.path, "files"),
    host: "127.0.0.1",
    port: 0,
    origin: "http://localhost",
    webFolder: page,
  });
});

afterAll(async () => {
  await server.close();
  await database.close();
  await folder.remove();
});

/** An answer as it travels: `fetch` would unpack it. */
function ask(
  path: string,
  encoding: string,
): Promise<{ readonly headers: Record<string, unknown>; readonly body: Buffer }> {
  return new Promise((resolve, reject) => {
    const url = `http://127.0.0.1:${String(server.port)}${path}`;
    get(url, { headers: { "accept-encoding": encoding } }, (answer) => {
      const parts: Buffer[] = [];
      answer.on("data", (part: Buffer) => parts.push(part));
      answer.on("end", () => resolve({ headers: answer.headers, body: Buffer.concat(parts) }));
    }).on("error", reject);
  });
}

test("a text of the page goes out compressed to whoever takes it so, under the same headers", async () => {
  const packed = await ask("/assets/a.js", "gzip, br");
  expect(packed.headers).toMatchObject({
    "content-encoding": "br",
    "cache-control": "public, max-age=31536000, immutable",
    "x-content-type-options": "nosniff",
  });
  expect(String(packed.headers["content-type"])).toMatch(/^(text|application)\/javascript/);
  expect(String(packed.headers["vary"]).toLowerCase()).toContain("accept-encoding");
  expect(brotliDecompressSync(packed.body).toString()).toBe(SCRIPT);
});

test("whoever takes it plain only, and what was not compressed, is answered plain", async () => {
  for (const [path, encoding] of [
    ["/assets/a.js", "identity"],
    ["/assets/b.js", "gzip, br"],
  ] as const) {
    const plain = await ask(path, encoding);
    expect(plain.headers["content-encoding"]).toBeUndefined();
    expect(plain.body.toString()).toBe(SCRIPT);
  }
  const page = await ask("/anywhere", "gzip, br");
  expect(page.body.toString()).toContain("<title>page</title>");
  expect(page.headers["cache-control"]).toBe("no-cache");
});
