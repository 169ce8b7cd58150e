import { joinItems, type Hint, type ItemsHint } from "../bus/hint.ts";
import { readNews } from "../usecases/read-news.ts";
import type { World } from "../steps/world.ts";
import type { Hub } from "./hub.ts";
import type { Lookout } from "./lookout.ts";

/**
 * Acts on what other processes have committed: reads it from the store and tells those who are connected here. One look at a practice at a time, each taking with it what
 * was hinted meanwhile, so that a room's items are told in their order and a busy bus asks the store no more often than it can answer.
 */
export class Follower {
  readonly #world: World;
  readonly #hub: Hub;
  readonly #lookout: Lookout;
  readonly #waiting = new Map<string, Map<string, ItemsHint>>();
  readonly #running = new Set<string>();

  constructor(world: World, hub: Hub, lookout: Lookout) {
    this.#world = world;
    this.#hub = hub;
    this.#lookout = lookout;
  }

  follow(hints: readonly Hint[]): void {
    for (const hint of hints) this.#take(hint);
    for (const practice of this.#waiting.keys()) {
      if (this.#running.has(practice)) continue;
      this.#running.add(practice);
      void this.#read(practice);
    }
  }

  #take(hint: Hint): void {
    switch (hint.kind) {
      case "items":
        return this.#wait(hint);
      case "session-ended":
        return this.#hub.tell({ kind: hint.kind, tokenHash: Buffer.from(hint.tokenHash, "base64url") });
      case "here":
        return this.#world.reminding.presence.note(hint.practice, hint.account, this.#world.now());
      case "rooms-changed":
      case "invitations-changed":
      case "sessions-changed":
      case "vault-changed":
        return this.#hub.tell(hint);
    }
  }

  #wait(hint: ItemsHint): void {
    if (hint.roster) this.#world.turns.forget(hint.practice, hint.room);
    // Nobody of that practice is connected here: whoever comes reads the store.
    if (this.#hub.accountsOf(hint.practice).length === 0) return;
    const rooms = this.#waiting.get(hint.practice) ?? new Map<string, ItemsHint>();
    rooms.set(hint.room, joinItems(rooms.get(hint.room), hint));
    this.#waiting.set(hint.practice, rooms);
  }

  async #read(practice: string): Promise<void> {
    for (;;) {
      const rooms = this.#waiting.get(practice);
      if (rooms === undefined) {
        // In the moment in which it is decided: a hint that comes after it begins another look.
        this.#running.delete(practice);
        return;
      }
      this.#waiting.delete(practice);
      try {
        const accounts = this.#hub.accountsOf(practice);
        const news = await readNews(this.#world, practice, { ranges: [...rooms.values()], accounts });
        for (const telling of news) this.#hub.tell(telling);
      } catch {
        // The store is away for a moment; what was hinted is found by looking.
        this.#lookout.missedIn(practice);
      }
    }
  }
}
