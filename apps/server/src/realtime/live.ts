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
    /** A frame was stored and everybody told, so many seconds after it came. */
    readonly appended: (seconds: number) => void;
  },
): { readonly close: () => void; readonly count: () => number } {
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
    count: () => sockets.clients.size,
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

function attend(
  live: WebSocket,
  willWrite: () => void,
  { world, hub, findSession, appended }: Options,
): void {
  let session: Session | null = null;
  let hello: { readonly token: string; step: number } | null = null;
  let leave: () => void = () => undefined;
  // Messages of one connection are answered one after the other, in their order.
  let queue: Promise<void> = Promise.resolve();
  const send = (message: ServerMessage) => {
    if (live.readyState !== live.OPEN) return;
    willWrite();
    live.send(JSON.stringify(message));
  };
  const end = (refusal: RefusalKind) => {
    // What is still on its way here comes from nobody any more.
    session = null;
    send({ kind: "bye", refusal });
    live.close(1000);
  };
  const greet = setTimeout(() => {
    if (session === null) end("not-signed-in");
  }, HELLO_WITHIN_MS);
  let expiry: NodeJS.Timeout | undefined;
  const stepNow = () => Math.floor(world.now() / LIMITS.sessionSeenStepMs);
  // A connection may stand for hours without a request: now and then the session is looked up, which also notes that it is there.
  const isStillThere = async (greeted: { readonly token: string; step: number }): Promise<boolean> => {
    if (greeted.step === stepNow()) return true;
    greeted.step = stepNow();
    return (await findSession(greeted.token)) !== null;
  };
  const take = async (text: string) => {
    const message = parseMessage(text);
    if (message === null) return end("malformed");
    if (message.kind === "ping") {
      if (hello !== null && !(await isStillThere(hello))) return end("not-signed-in");
      return send({ kind: "pong" });
    }
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
        isStill: async () => (await findSession(message.token)) !== null,
        end: () => end("not-signed-in"),
      };
      leave = hub.join(listener);
      hello = { token: message.token, step: stepNow() };
      // Ended between being found and being joined, it would never hear of it.
      if ((await findSession(message.token)) === null) return end("not-signed-in");
      return send({ kind: "welcome" });
    }
    if (session === null || session.expiresAt <= world.now()) return end("not-signed-in");
    if (message.kind === "here") return noteHere(world, session);
    const since = performance.now();
    if (await append(world, session, message, send)) appended((performance.now() - since) / 1000);
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

/** Answers whether the frame has its place. */
async function append(
  world: World,
  session: Session,
  message: Extract<ClientMessage, { kind: "append" }>,
  send: (message: ServerMessage) => void,
): Promise<boolean> {
  const { ref, room, bytes } = message;
  try {
    const outcome = await appendFrame(world, session, { room, bytes });
    send(
      outcome.kind === "done"
        ? { kind: "appended", ref, ...outcome.value }
        : { kind: "refused", ref, refusal: outcome.refusal },
    );
    return outcome.kind === "done";
  } catch (error) {
    const isMalformed =
      typeof error === "object" && error !== null && "code" in error && error.code === "malformed";
    if (!isMalformed) throw error;
    send({ kind: "refused", ref, refusal: "malformed" });
    return false;
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
