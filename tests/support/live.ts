import { ServerMessage, type ClientMessage } from "@sotto/contract";

export interface Live {
  /** All that came, in order. */
  readonly heard: readonly ServerMessage[];
  readonly send: (message: ClientMessage) => void;
  /** The first message for which this holds, come already or still to come; throws when the connection ends before. */
  readonly hear: (isIt: (message: ServerMessage) => boolean) => Promise<ServerMessage>;
  /** Whether the connection has ended, once it has. */
  readonly ended: Promise<void>;
  readonly close: () => void;
}

/** A live connection of this session, welcomed by the server. */
export async function openLive(origin: string, token: string): Promise<Live> {
  const socket = new WebSocket(`${origin.replace("http", "ws")}/v1/live`);
  const heard: ServerMessage[] = [];
  const waiting = new Set<() => void>();
  let isOver = false;
  const wake = () => {
    for (const look of waiting) look();
  };
  const ended = new Promise<void>((resolve) => {
    socket.addEventListener("close", () => {
      isOver = true;
      wake();
      resolve();
    });
  });
  socket.addEventListener("message", ({ data }) => {
    heard.push(ServerMessage.parse(JSON.parse(String(data))));
    wake();
  });
  const hear = (isIt: (message: ServerMessage) => boolean) =>
    new Promise<ServerMessage>((resolve, reject) => {
      const look = () => {
        const found = heard.find(isIt);
        if (found === undefined && !isOver) return;
        waiting.delete(look);
        if (found === undefined) reject(new Error("the connection ended before it was said"));
        else resolve(found);
      };
      waiting.add(look);
      look();
    });
  const send = (message: ClientMessage) => socket.send(JSON.stringify(message));
  socket.addEventListener("open", () => send({ kind: "hello", token }));
  await hear(({ kind }) => kind === "welcome");
  return { heard, send, hear, ended, close: () => socket.close() };
}
