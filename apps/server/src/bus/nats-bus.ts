import type { NatsConnection } from "@nats-io/transport-node";
import type { OpenBus } from "./bus.ts";

const CONNECT_WITHIN_MS = 5_000;
const RECONNECT_EVERY_MS = 500;
const PING_EVERY_MS = 5_000;

/** Where a NATS server is, and how it lets Sotto in. */
export interface NatsPlace {
  readonly host: string;
  readonly port: number;
  readonly isSealed: boolean;
  readonly user: string | null;
  readonly password: string | null;
}

/** A bus by NATS. The library is loaded only where one is asked for. Goes on trying for ever once it was there. */
export function natsBus(place: NatsPlace): OpenBus {
  return async (name, ear) => {
    const nats = await connectTo(place);
    const subject = `sotto.${name}`;
    let isThere = true;
    nats.subscribe(subject, {
      callback: (error, message) => {
        if (error === null) ear.heard(message.string());
      },
    });
    // Answered by the server behind the subscription: whatever anybody says from here on is heard.
    await nats.flush();
    const turn = (next: boolean): void => {
      if (next === isThere) return;
      isThere = next;
      if (isThere) ear.found();
      else ear.lost();
    };
    void watch(nats, turn);
    return {
      // What could not go out at once is not kept: it would be told late, and everybody looks anyway.
      say: (text) => {
        if (!isThere || nats.isClosed()) return;
        try {
          nats.publish(subject, text);
        } catch {
          // Too long for this server, or closing in this moment: whoever misses it finds the gap in the count.
        }
      },
      close: async () => {
        if (isThere && !nats.isClosed()) await nats.flush().catch(() => undefined);
        await nats.close();
      },
    };
  };
}

/** Whether a NATS server is there and lets Sotto in: throws why not. */
export async function tryNats(place: NatsPlace): Promise<void> {
  const nats = await connectTo(place);
  await nats.close();
}

async function connectTo({ host, isSealed, password, port, user }: NatsPlace): Promise<NatsConnection> {
  const { connect } = await import("@nats-io/transport-node");
  return connect({
    servers: `${host}:${String(port)}`,
    ...(user === null ? {} : { user, pass: password ?? "" }),
    ...(isSealed ? { tls: {} } : {}),
    name: "sotto",
    noEcho: true,
    timeout: CONNECT_WITHIN_MS,
    maxReconnectAttempts: -1,
    ignoreAuthErrorAbort: true,
    reconnectTimeWait: RECONNECT_EVERY_MS,
    pingInterval: PING_EVERY_MS,
    maxPingOut: 2,
  });
}

async function watch(nats: NatsConnection, turn: (isThere: boolean) => void): Promise<void> {
  for await (const { type } of nats.status()) {
    if (type === "disconnect" || type === "close") turn(false);
    else if (type === "reconnect") turn(true);
  }
}
