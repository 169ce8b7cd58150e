import type { Server } from "node:http";
import type { Duplex } from "node:stream";
import { ClientMessage, LIMITS, type RefusalKind, type ServerMessage } from "@sotto/contract";
import { WebSocketServer, type WebSocket } from "ws";
import { appendFrame } from "../usecases/append-frame.ts";
import { noteHere } from "../usecases/note-here.ts";
import type { Session, World } from "../steps/world.ts";
import type { Hub, Listener } from "./hub.ts";

const HELLO_WITHIN_MS = 10_000;
const PATH = "/v1/live";

/** The realtime door. The first message names the session; after that frames may be appended, and items arrive as they are committed. */
export function openLiveDoor(
  server: Server,
  options: {
    readonly world: World;
    readonly hub: Hub;
    readonly origin: string;
    readonly findSession: (token: string) => Promise<Session | null>;
  },
): { readonly close: () => void } {
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: LIMITS.realtimeMessageBytesMax,
  });
  server.on("upgrade", (request, socket, head) => {
    const path = (request.url ?? "").split("?")[0];
    // A page of another origin may not open a connection; a script outside a browser sends no origin.
    const isForeign = request.headers.origin !== undefined && request.headers.origin !== options.origin;
    if (path !== PATH || isForeign) {
      socket.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n");
      return;
    }
    sockets.handleUpgrade(request, socket, head, (live) => attend(live, gatherWrites(socket), options));
  });
  return {
    close: () => {
      for (const live of sockets.clients) live.terminate();
      sockets.close();
    },
  };
}

type Options = Parameters<typeof openLiveDoor>[1];

/**
 * Before something is written: holds what is written to a socket until this turn of the event loop is over, so that all that one commit brings goes out
 * in one system call.
 */
function gatherWrites(socket: Duplex): () => void {
  let isHeld = false;
  return () => {
    if (isHeld) return;
    isHeld = true;
    socket.cork();
    setImmediate(() => {
      isHeld = false;
      socket.uncork();
    });
  };
}

function attend(live: WebSocket, willWrite: () => void, { world, hub, findSession }: Options): void {
  let session: Session | null = null;
  let leave: () => void = () => undefined;
  // Messages of one connection are answered one after the other, in their order.
  let queue: Promise<void> = Promise.resolve();
  const send = (message: ServerMessage) => {
    if (live.readyState !== live.OPEN) return;
    willWrite();
    live.send(JSON.stringify(message));
  };
  const end = (refusal: RefusalKind) => {
    send({ kind: "bye", refusal });
    live.close(1000);
  };
  const greet = setTimeout(() => {
    if (session === null) end("not-signed-in");
  }, HELLO_WITHIN_MS);
  let expiry: NodeJS.Timeout | undefined;
  const take = async (text: string) => {
    const message = parseMessage(text);
    if (message === null) return end("malformed");
    if (message.kind === "ping") return send({ kind: "pong" });
    if (message.kind === "hello") {
      session = session === null ? await findSession(message.token) : null;
      if (session === null) return end("not-signed-in");
      // The connection may have closed while the session was looked up; then nobody would ever leave.
      if (live.readyState !== live.OPEN) return;
      expiry = setTimeout(() => end("not-signed-in"), session.expiresAt - world.now());
      const listener: Listener = {
        session,
        waiting: () => live.bufferedAmount,
        send,
        end: () => end("not-signed-in"),
      };
      leave = hub.join(listener);
      return send({ kind: "welcome" });
    }
    if (session === null || session.expiresAt <= world.now()) return end("not-signed-in");
    if (message.kind === "here") return noteHere(world, session);
    return append(world, session, message, send);
  };
  live.on("message", (data, isBinary) => {
    if (isBinary) return end("malformed");
    const text = Buffer.isBuffer(data) ? data.toString("utf8") : "";
    queue = queue.then(() => take(text)).catch(() => live.terminate());
  });
  live.on("error", () => live.terminate());
  live.on("close", () => {
    clearTimeout(greet);
    clearTimeout(expiry);
    leave();
  });
}

async function append(
  world: World,
  session: Session,
  message: Extract<ClientMessage, { kind: "append" }>,
  send: (message: ServerMessage) => void,
): Promise<void> {
  const { ref, room, bytes } = message;
  try {
    const outcome = await appendFrame(world, session, { room, bytes });
    send(
      outcome.kind === "done"
        ? { kind: "appended", ref, ...outcome.value }
        : { kind: "refused", ref, refusal: outcome.refusal },
    );
  } catch (error) {
    const isMalformed =
      typeof error === "object" && error !== null && "code" in error && error.code === "malformed";
    if (!isMalformed) throw error;
    send({ kind: "refused", ref, refusal: "malformed" });
  }
}

function parseMessage(text: string): ClientMessage | null {
  try {
    const parsed = ClientMessage.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
