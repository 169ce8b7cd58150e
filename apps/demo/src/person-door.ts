/**
 * One person's way to the demo's server: an address of their own, so that a browser keeps everybody apart as it keeps strangers apart. All goes through as it is, but for three
 * things that the server itself would never do: the page may stand within the front page, connections may come from this address, and a script signs the
 * person in by the same form that everybody uses. The server learns nothing of it.
 */
import {
  createServer,
  request as ask,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import { connect } from "node:net";
import type { Duplex } from "node:stream";
import { pipeline } from "node:stream/promises";
import { listen } from "./listen.ts";

export interface PersonDoor {
  readonly port: number;
  /** Where the front page is, which alone may show this one within itself. */
  readonly front: string;
  /** The demo's server: where it listens, and what it takes for its address. */
  readonly server: { readonly port: number; readonly origin: string };
  /** The script that comes before the page's own. */
  readonly script: string;
}

const HOST = "127.0.0.1";
const SCRIPT = "/demo/come-in.js";
const CLEAN = "/demo/clean";
/** What is between two ends of a connection, and not passed on (RFC 9110, 7.6.1). */
const OF_ONE_CONNECTION = new Set(["connection", "keep-alive", "transfer-encoding"]);
const PAGE_MARK = '<div id="root">';

/** Opens the door. Answers what closes it. */
export function openPersonDoor(door: PersonDoor): Promise<() => Promise<void>> {
  const server = createServer((request, response) => {
    const [path] = (request.url ?? "").split("?");
    if (path === SCRIPT) return answer(response, "text/javascript", door.script);
    // A browser forgets all that it kept under this address (W3C Clear Site Data).
    if (path === CLEAN) {
      response.setHeader("clear-site-data", '"cache", "storage"');
      return answer(response, "text/plain", "clean");
    }
    return pass(door, request, response);
  });
  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) =>
    passUpgrade(door, request, socket, head),
  );
  return listen(server, door.port);
}

function answer(response: ServerResponse, type: string, text: string): void {
  response.setHeader("content-type", `${type}; charset=utf-8`);
  response.setHeader("cache-control", "no-store");
  response.end(text);
}

function pass(door: PersonDoor, request: IncomingMessage, response: ServerResponse): void {
  const headers = headersFor(door, request.headers);
  const asked = ask(
    { host: HOST, port: door.server.port, method: request.method, path: request.url, headers },
    (answered) => {
      response.statusCode = answered.statusCode ?? 502;
      for (const [name, value] of Object.entries(answered.headers))
        if (value !== undefined && !OF_ONE_CONNECTION.has(name))
          response.setHeader(name, forThisDoor(door, name, value));
      const isPage = answered.headers["content-type"]?.startsWith("text/html") === true;
      const passed = isPage ? passPage(answered, response) : pipeline(answered, response);
      // Either side may go in the middle; the other then ends as well.
      passed.catch(() => response.destroy());
    },
  );
  asked.on("error", () => {
    if (!response.headersSent) response.statusCode = 502;
    response.end();
  });
  response.on("close", () => asked.destroy());
  request.pipe(asked);
}

/** What the server hears: its own address in place of this one, and no wish for what could not be read here. */
function headersFor({ port, server }: PersonDoor, headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const {
    "accept-encoding": _encoding,
    "if-modified-since": _since,
    "if-none-match": _match,
    ...rest
  } = headers;
  const isOurs = headers.origin === originOf(port);
  return { ...rest, host: `${HOST}:${String(server.port)}`, ...(isOurs ? { origin: server.origin } : {}) };
}

const originOf = (port: number): string => `http://localhost:${String(port)}`;

/** The policy of the page names the server's address for its live connection, and forbids to show it within another. */
function forThisDoor(
  { front, port, server }: PersonDoor,
  name: string,
  value: string | string[],
): string | string[] {
  if (name !== "content-security-policy" || typeof value !== "string") return value;
  return value
    .replace(server.origin.replace(/^http/, "ws"), originOf(port).replace(/^http/, "ws"))
    .replace("frame-ancestors 'none'", `frame-ancestors ${front}`);
}

async function passPage(answered: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of answered) chunks.push(Buffer.from(chunk));
  const text = Buffer.concat(chunks).toString("utf8");
  const page = text.includes(PAGE_MARK)
    ? text.replace("<head>", `<head><script src="${SCRIPT}"></script>`)
    : text;
  response.setHeader("content-length", Buffer.byteLength(page));
  response.end(page);
}

function passUpgrade(door: PersonDoor, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  const other = connect(door.server.port, HOST, () => {
    const headers = Object.entries(headersFor(door, request.headers)).flatMap(([name, value]) =>
      value === undefined ? [] : [`${name}: ${String(value)}`],
    );
    other.write(`GET ${request.url ?? "/"} HTTP/1.1\r\n${headers.join("\r\n")}\r\n\r\n`);
    other.write(head);
    other.pipe(socket);
    socket.pipe(other);
  });
  for (const [one, opposite] of [
    [other, socket],
    [socket, other],
  ] as const) {
    one.on("error", () => opposite.destroy());
    one.on("close", () => opposite.destroy());
  }
}
