/** The headers of every kind of answer: the page and its files, the interface, refusals, faults, what never becomes a request, and the live door. */
import { randomUUID } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { startServer, type RunningServer } from "@sotto/server/wiring";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestDatabase, type TestDatabase } from "../support/database.ts";
import { enrol, type Person } from "../support/people.ts";
import { openTestFolder } from "../support/test-folder.ts";

const ORIGIN = "https://sotto.example.org";

let database: TestDatabase;
let folder: Awaited<ReturnType<typeof openTestFolder>>;
let server: RunningServer;
let ada: Person;

beforeAll(async () => {
  database = await openTestDatabase();
  folder = await openTestFolder();
  const page = join(folder.path, "page");
  await mkdir(join(page, "assets"), { recursive: true });
  for (const name of ["index.html", "clock.html"])
    await writeFile(join(page, name), "<!doctype html><title>page</title>");
  for (const [name, text] of [
    ["assets/a.js", "export {};"],
    ["assets/a.css", "p { color: red }"],
    ["assets/a.wasm", "\0asm"],
    ["assets/a.woff2", "wOF2"],
    ["sw.js", "self;"],
    ["manifest.webmanifest", "{}"],
    ["icon.svg", "<svg/>"],
    ["icon-192.png", "PNG"],
  ] as const)
    await writeFile(join(page, name), text);
  await writeFile(join(page, "assets", "a.js.br"), brotliCompressSync("export {};"));
  server = await startServer({
    databaseUrl: database.appUrl,
    ownerUrl: database.ownerUrl,
    filesFolder: join(folder.path, "files"),
    host: "127.0.0.1",
    port: 0,
    origin: ORIGIN,
    webFolder: page,
  });
  ada = await enrol(here(), { code: await server.makeSetupCode() });
});

afterAll(async () => {
  await server.close();
  await database.close();
  await folder.remove();
});

const here = (): string => `http://127.0.0.1:${String(server.port)}`;

interface Answer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** Says this on a bare connection, and answers what comes back until the server ends it. */
function say(text: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const socket = connect(server.port, "127.0.0.1", () => socket.write(text));
    const parts: Buffer[] = [];
    socket.on("data", (part: Buffer) => parts.push(part));
    socket.on("error", reject);
    socket.on("close", () => resolve(parse(Buffer.concat(parts).toString("latin1"))));
  });
}

function parse(answer: string): Answer {
  const end = answer.indexOf("\r\n\r\n");
  const [first = "", ...lines] = answer.slice(0, end).split("\r\n");
  const headers = lines.map((line) => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
  });
  return {
    status: Number(first.split(" ")[1]),
    headers: new Map(headers),
    body: answer.slice(end + 4),
  };
}

function ask(
  method: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  body = "",
): Promise<Answer> {
  const all = {
    host: "sotto.example.org",
    connection: "close",
    ...(body === "" ? {} : { "content-type": "application/json", "content-length": String(body.length) }),
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return say(`${method} ${path} HTTP/1.1\r\n${lines.join("")}\r\n${body}`);
}

const policyOf = ({ headers }: Answer): ReadonlyMap<string, string> =>
  new Map(
    (headers.get("content-security-policy") ?? "").split("; ").map((part) => {
      const [name = "", ...values] = part.split(" ");
      return [name, values.join(" ")] as const;
    }),
  );

/** What every answer has, and what none has. */
function expectOfAll(answer: Answer): void {
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
    "cross-origin-resource-policy": "same-origin",
    "strict-transport-security": "max-age=63072000",
  });
  const policy = policyOf(answer);
  expect(policy.get("default-src")).toBe("'none'");
  expect(policy.get("frame-ancestors")).toBe("'none'");
  expect(policy.get("base-uri")).toBe("'none'");
  expect(policy.get("form-action")).toBe("'none'");
  const text = answer.headers.get("content-security-policy") ?? "";
  expect(text).not.toMatch(/'unsafe-inline'|'unsafe-eval'|http:|\*/);
  expect(answer.headers.get("permissions-policy")).toMatch(
    /camera=\(\).*geolocation=\(\).*microphone=\(self\)/,
  );
  for (const never of [
    "server",
    "x-powered-by",
    "set-cookie",
    "access-control-allow-origin",
    "via",
    "etag-v1",
  ])
    expect(answer.headers.has(never)).toBe(false);
}

test.each([
  ["/", "no-cache", /^text\/html; charset=utf-8/i],
  ["/rooms", "no-cache", /^text\/html/],
  ["/clock.html", "no-cache", /^text\/html/],
  ["/sw.js", "no-cache", /^(text|application)\/javascript/],
  ["/manifest.webmanifest", "no-cache", /^application\/manifest\+json/],
  ["/icon.svg", "no-cache", /^image\/svg\+xml/],
  ["/icon-192.png", "no-cache", /^image\/png/],
  ["/assets/a.js", "public, max-age=31536000, immutable", /^(text|application)\/javascript/],
  ["/assets/a.css", "public, max-age=31536000, immutable", /^text\/css/],
  ["/assets/a.wasm", "public, max-age=31536000, immutable", /^application\/wasm/],
  ["/assets/a.woff2", "public, max-age=31536000, immutable", /^font\/woff2/],
])("the page's %s has the page's policy", async (path, cache, type) => {
  for (const encoding of ["identity", "br"]) {
    const answer = await ask("GET", path, { "accept-encoding": encoding });
    expect(answer.status).toBe(200);
    expectOfAll(answer);
    expect(answer.headers.get("cache-control")).toBe(cache);
    expect(answer.headers.get("content-type")).toMatch(type);
    const policy = policyOf(answer);
    expect(policy.get("script-src")).toBe("'self' 'wasm-unsafe-eval'");
    expect(policy.get("object-src")).toBe("'none'");
    expect(policy.get("connect-src")).toBe("'self' wss://sotto.example.org");
    expect(policy.get("require-trusted-types-for")).toBe("'script'");
    expect(policy.get("trusted-types")).toBe("sotto-worker");
  }
});

/** An answer of the interface: kept by nobody, and no page even when somebody opens it as one. */
function expectOfInterface(answer: Answer): void {
  expectOfAll(answer);
  expect(policyOf(answer).has("sandbox")).toBe(true);
  expect(policyOf(answer).has("script-src")).toBe(false);
  expect(answer.headers.get("cache-control")).toBe("no-store");
  expect(answer.headers.get("content-type")).toMatch(/^application\/(json; charset=utf-8|octet-stream)$/);
}

test("what the interface answers, well or not, is kept by nobody and is no page", async () => {
  const bearer = { authorization: `Bearer ${ada.token}` };
  const room = randomUUID();
  const answers = [
    [200, await ask("GET", "/v1/health")],
    [200, await ask("GET", "/v1/rooms", bearer)],
    [401, await ask("GET", "/v1/rooms")],
    [401, await ask("GET", "/v1/rooms", { authorization: "Bearer nobody" })],
    [404, await ask("GET", `/v1/rooms/${room}/log?after=0`, bearer)],
    [404, await ask("GET", `/v1/rooms/${room}/files/${room}/chunks/0`, bearer)],
    [404, await ask("GET", "/v1/nothing")],
    [404, await ask("GET", "/v1/live")],
    [404, await ask("DELETE", "/v1/rooms", bearer)],
    [404, await ask("OPTIONS", "/v1/rooms")],
    [400, await ask("POST", "/v1/setup/check", {}, "{")],
    [400, await ask("POST", "/v1/setup/check", {}, '{"code":1}')],
    [413, await ask("POST", "/v1/setup/check", { "content-length": "3000000" }, "{}")],
    [400, await ask("GET", "/v1/rooms/%/log?after=0", bearer)],
    [404, await ask("GET", `/v1/rooms/${"a".repeat(300)}/log?after=0`, bearer)],
    [400, await ask("POST", "/v1/setup/check", { "content-length": "-1" })],
    [
      400,
      await ask(
        "POST",
        "/v1/setup/check",
        { "transfer-encoding": "chunked", "content-length": "5" },
        "0\r\n\r\n",
      ),
    ],
    [400, await say("nonsense\r\n\r\n")],
    [400, await ask("GET", "/v1/health", { "x-long": "a".repeat(20_000) })],
    [
      404,
      await ask("GET", "/v1/live", {
        connection: "Upgrade",
        upgrade: "websocket",
        origin: "https://evil.example",
      }),
    ],
    [404, await ask("GET", "/v1/other", { connection: "Upgrade", upgrade: "websocket" })],
  ] as const;
  for (const [status, answer] of answers) {
    expect(answer.status).toBe(status);
    expectOfInterface(answer);
    // No answer says back what was asked, or what answered.
    expect(answer.body).not.toMatch(/fastify|FST_|node|stack|aaaaaaaaaa/i);
  }
});

test("what is on the disk beside the page is not served, and a method that says a request back is not known", async () => {
  for (const path of [
    "/../files",
    "/%2e%2e/files",
    "/..%2ffiles",
    "/.git/config",
    "/assets/",
    "/assets/..%5c..%5cfiles",
  ]) {
    const answer = await ask("GET", path);
    expect([200, 400, 403, 404]).toContain(answer.status);
    const isPage = answer.status === 200 && answer.body.includes("<title>page</title>");
    const isNo = answer.status >= 400 && answer.body.startsWith('{"refusal":');
    expect([path, isPage || isNo]).toEqual([path, true]);
    expectOfAll(answer);
  }
  const trace = await ask("TRACE", "/", { "x-secret": "said-back" });
  expect(trace.status).toBeGreaterThanOrEqual(400);
  expect(trace.body).not.toContain("said-back");
});

test("a fault of ours says a random number and nothing else, under the same headers", async () => {
  const broken = await openTestDatabase();
  const files = join(folder.path, "broken");
  const other = await startServer({
    databaseUrl: broken.appUrl,
    ownerUrl: broken.ownerUrl,
    filesFolder: files,
    host: "127.0.0.1",
    port: 0,
    origin: "http://localhost",
    webFolder: null,
  });
  await broken.close();
  const answer = await fetch(`http://127.0.0.1:${String(other.port)}/v1/health`);
  expect(answer.status).toBe(500);
  expect(await answer.text()).toMatch(/^\{"fault":"[0-9a-f-]{36}"\}$/);
  expect(answer.headers.get("content-security-policy")).toContain("sandbox");
  expect(answer.headers.get("cache-control")).toBe("no-store");
  // This address has no TLS, so browsers are not told to insist on it.
  expect(answer.headers.has("strict-transport-security")).toBe(false);
  await other.close();
});
