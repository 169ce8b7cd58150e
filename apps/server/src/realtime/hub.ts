import { LIMITS, type ServerMessage } from "@sotto/contract";
import type { Session, Telling } from "../steps/world.ts";

/** One live connection, as the hub sees it. */
export interface Listener {
  readonly session: Session;
  readonly waiting: () => number;
  readonly send: (message: ServerMessage) => void;
  /** Whether its session still holds, asked of the store. */
  readonly isStill: () => Promise<boolean>;
  readonly end: () => void;
}

/**
 * Who is connected to this process, and telling them after a commit. A listener that does not keep up is ended: it reads the log when it comes
 * back, so nothing is lost.
 */
export class Hub {
  /** By practice, then by account. */
  readonly #listeners = new Map<string, Map<string, Set<Listener>>>();

  join(listener: Listener): () => void {
    const { account, practice } = listener.session;
    const accounts = this.#listeners.get(practice) ?? new Map<string, Set<Listener>>();
    this.#listeners.set(practice, accounts);
    const group = accounts.get(account) ?? new Set();
    accounts.set(account, group);
    group.add(listener);
    return () => {
      if (!group.delete(listener) || group.size > 0) return;
      accounts.delete(account);
      if (accounts.size === 0 && this.#listeners.get(practice) === accounts) this.#listeners.delete(practice);
    };
  }

  /** Everybody who is connected. */
  *all(): Generator<Listener> {
    for (const accounts of this.#listeners.values()) for (const group of accounts.values()) yield* group;
  }

  /** The accounts of a practice that are connected here. */
  accountsOf(practice: string): readonly string[] {
    return [...(this.#listeners.get(practice)?.keys() ?? [])];
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
        for (const listener of this.all())
          if (Buffer.compare(listener.session.tokenHash, telling.tokenHash) === 0) listener.end();
        return;
      case "stored":
      case "here":
        return;
    }
  }

  #send(practice: string, account: string, message: ServerMessage): void {
    for (const listener of this.#listeners.get(practice)?.get(account) ?? []) {
      if (listener.waiting() > LIMITS.realtimeQueueMax * 1024) listener.end();
      else listener.send(message);
    }
  }
}
