import { LIMITS, type ServerMessage } from "@sotto/contract";
import type { Session, Telling } from "../steps/world.ts";

/** One live connection, as the hub sees it. */
export interface Listener {
  readonly session: Session;
  readonly waiting: () => number;
  readonly send: (message: ServerMessage) => void;
  readonly end: () => void;
}

/**
 * Who is connected to this process, and telling them after a commit. A listener that does not keep up is ended: it reads the log when it comes
 * back, so nothing is lost.
 */
export class Hub {
  readonly #listeners = new Map<string, Set<Listener>>();

  join(listener: Listener): () => void {
    const key = keyOf(listener.session.practice, listener.session.account);
    const group = this.#listeners.get(key) ?? new Set();
    group.add(listener);
    this.#listeners.set(key, group);
    return () => {
      group.delete(listener);
      if (group.size === 0) this.#listeners.delete(key);
    };
  }

  tell(telling: Telling): void {
    switch (telling.kind) {
      case "item":
        for (const { account, fromSeq } of telling.to) {
          const { room, item, bytes, at } = telling;
          this.#send(telling.practice, account, {
            kind: "item",
            room,
            seq: telling.seq - fromSeq + 1,
            item,
            bytes,
            at,
          });
        }
        return;
      case "rooms-changed":
      case "invitations-changed":
      case "sessions-changed":
        for (const account of telling.to) this.#send(telling.practice, account, { kind: telling.kind });
        return;
      case "vault-changed":
        for (const account of telling.to) {
          this.#send(telling.practice, account, {
            kind: "vault-changed",
            name: telling.name,
            version: telling.version,
          });
        }
        return;
      case "session-ended":
        for (const listener of [...this.#listeners.values()].flatMap((group) => [...group])) {
          if (Buffer.compare(listener.session.tokenHash, telling.tokenHash) === 0) listener.end();
        }
        return;
    }
  }

  #send(practice: string, account: string, message: ServerMessage): void {
    for (const listener of this.#listeners.get(keyOf(practice, account)) ?? []) {
      if (listener.waiting() > LIMITS.realtimeQueueMax * 1024) listener.end();
      else listener.send(message);
    }
  }
}

const keyOf = (practice: string, account: string): string => `${practice}/${account}`;
