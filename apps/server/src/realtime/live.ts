import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { ClientMessage, LIMITS, type RefusalKind, type ServerMessage } from "@sotto/contract";
import { WebSocketServer, type WebSocket } from "ws";
import { appendFrame } from "../usecases/append-frame.ts";
import { noteHere } from "../usecases/note-here.ts";
import type { Session, World } from "../steps/world.ts";
import type { Hub, Listener } from "./hub.ts";

const HELLO_WITHIN_MS = 10_000;
/** Messages of one connection that wait; nothing more is read from it until some are answered. */
const WAITING_MAX = 64;
/** Connections of one network that have not said who they are; and where networks cannot be told apart. */
const UNGREETED_MAX = 100;
const UNGREETED_TOGETHER_MAX = 20_000;
const PATH = "/v1/live";

/** The realtime door. The first message names the session; after that frames may be appended, and items arrive as they are committed. */
export function openLiveDoor(
  server: Server,
  options: {
    readonly world: World;
    readonly hub: Hub;
    readonly origin: string;
    readonly findSession: (token: string) => Promise<Session | null>;
    /** The whole answer to who asks for another connection, or from another page. */
    readonly notHere: string;
    /** From which network somebody comes; null where that cannot be told. */
    readonly networkOf: (request: IncomingMessage) => string | null;
    /** A frame was stored and everybody told, so many seconds after it came. */
    readonly appended: (seconds: number) => void;
  },
): { readonly close: () => void; readonly count: () => number } {
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: LIMITS.realtimeMessageBytesMax,
  });
  const silent = new Silent();
  server.on("upgrade", (request, socket, head) => {
    const path = (request.url ?? "").split("?")[0];
    // A page of another origin may not open a connection; a script outside a browser sends no origin.
    const isForeign = request.headers.origin !== undefined && request.headers.origin !== options.origin;
    if (path !== PATH || isForeign) return refuse(socket, options.notHere);
    sockets.handleUpgrade(request, socket, head, (live) => {
      const network = options.networkOf(request);
      const greeted = silent.add(live, network);
      attend(live, { ...options, willWrite: gatherWrites(socket), greeted, network });
    });
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

/** Answers, and keeps nothing of it: Node.js listens for no error of a socket that asked to be upgraded, and one whose other half stays open would stay too. */
function refuse(socket: Duplex, answer: string): void {
  socket.on("error", () => socket.destroy());
  socket.end(answer, () => socket.destroy());
}

/**
 * Connections that have not said who they are yet. Where one network has too many, the one that has been silent for longest goes: whoever has something to
 * say says it at once, so nobody is kept out by those who only hold connections open.
 */
class Silent {
  readonly #of = new Map<string | null, Set<WebSocket>>();

  /** Answers what takes it out again. */
  add(live: WebSocket, network: string | null): () => void {
    const all = this.#of.get(network) ?? new Set();
    this.#of.set(network, all.add(live));
    const [oldest] = all;
    if (all.size > (network === null ? UNGREETED_TOGETHER_MAX : UNGREETED_MAX)) {
      if (oldest !== undefined) all.delete(oldest);
      oldest?.terminate();
    }
    return () => {
      all.delete(live);
      if (all.size === 0 && this.#of.get(network) === all) this.#of.delete(network);
    };
  }
}

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
  {
    appended,
    findSession,
    greeted,
    hub,
    network,
    willWrite,
    world,
  }: Options & {
    readonly willWrite: () => void;
    readonly greeted: () => void;
    readonly network: string | null;
  },
): void {
  let session: Session | null = null;
  let hello: { readonly token: string; step: number } | null = null;
  let leave: () => void = () => undefined;
  // Messages of one connection are answered one after the other, in their order.
  let queue: Promise<void> = Promise.resolve();
  let waiting = 0;
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
  // Made-up sessions are counted as those of requests are.
  const greet = async (token: string): Promise<Session | null> => {
    const from = { network, knownTo: null };
    if (world.limiter.token(from, token) > 0) return null;
    const no = world.beginNo();
    const found = await findSession(token);
    if (found !== null) no.letGo();
    else {
      world.limiter.tokenFailed(from, token);
      await no.due();
    }
    return found;
  };
  const silence = setTimeout(() => {
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
      greeted();
      session = session === null ? await greet(message.token) : null;
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
    const who = session;
    for (let waitMs = world.limiter.session(who); waitMs > 0; waitMs = world.limiter.session(who)) {
      await new Promise((resolve) => setTimeout(resolve, waitMs));
      // It may have ended meanwhile.
      if (live.readyState !== live.OPEN) return;
    }
    if (message.kind === "here") return noteHere(world, session);
    const since = performance.now();
    if (await append(world, session, message, send)) appended((performance.now() - since) / 1000);
  };
  live.on("message", (data, isBinary) => {
    if (isBinary) return end("malformed");
    const text = Buffer.isBuffer(data) ? data.toString("utf8") : "";
    waiting += 1;
    if (waiting >= WAITING_MAX) live.pause();
    queue = queue
      .then(() => take(text))
      .catch(() => live.terminate())
      .finally(() => {
        waiting -= 1;
        if (waiting < WAITING_MAX && live.isPaused) live.resume();
      });
  });
  live.on("error", () => live.terminate());
  live.on("close", () => {
    clearTimeout(silence);
    clearTimeout(expiry);
    greeted();
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
  const no = world.beginNo();
  try {
    const outcome = await appendFrame(world, session, { room, bytes });
    await (outcome.kind === "done" ? no.letGo() : no.due());
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
