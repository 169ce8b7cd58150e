import type { SessionView } from "@sotto/client";
import type { AccountId } from "@sotto/domain";
import { openDevice, seen, valueOf, type Actor, type StageClock, type Way } from "./stage.ts";
import type { Key } from "./story/story.ts";

/**
 * Everybody of the story who has an account. A session lasts hours and the story weeks: whoever appears on a new day signs in anew,
 * as people do.
 */
export class Troupe {
  readonly #origin: string;
  readonly #clock: StageClock;
  readonly #ways = new Map<Key, { readonly name: string; readonly way: Way; readonly account: AccountId }>();
  readonly #present = new Map<Key, Actor>();

  constructor(origin: string, clock: StageClock) {
    this.#origin = origin;
    this.#clock = clock;
  }

  /** Somebody has just made an account, and is here. */
  async welcome(actor: Actor): Promise<void> {
    const session = await seen<SessionView>(
      (callback) => actor.client.watch("session", callback),
      ({ account, online }) => account !== null && online,
    );
    if (session.account === null) throw new Error("an account that was just seen");
    this.#ways.set(actor.key, { name: actor.name, way: actor.way, account: session.account });
    this.#present.set(actor.key, actor);
  }

  accountOf(key: Key): AccountId {
    return this.#known(key).account;
  }

  wayOf(key: Key): Way {
    return this.#known(key).way;
  }

  /** Somebody at their device, signed in. */
  async call(key: Key): Promise<Actor> {
    const here = this.#present.get(key);
    if (here !== undefined) return here;
    const { name, way } = this.#known(key);
    const client = await openDevice(this.#origin, this.#clock);
    valueOf(await client.actions.signIn(way));
    await seen<SessionView>(
      (callback) => client.watch("session", callback),
      ({ online }) => online,
    );
    const actor = { key, name, client, way };
    this.#present.set(key, actor);
    return actor;
  }

  /** The day is over: everybody locks and goes. */
  async rest(): Promise<void> {
    for (const { client } of this.#present.values()) {
      await client.actions.lock();
      await client.close();
    }
    this.#present.clear();
  }

  #known(key: Key): { readonly name: string; readonly way: Way; readonly account: AccountId } {
    const known = this.#ways.get(key);
    if (known === undefined) throw new Error(`${key} has no account yet`);
    return known;
  }
}
