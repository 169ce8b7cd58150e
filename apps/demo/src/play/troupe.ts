import type { SessionView } from "@sotto/client";
import type { AccountId } from "@sotto/domain";
import { seen, valueOf, type Actor, type Way } from "./stage.ts";
import type { Key } from "../story/story.ts";

type Known = Omit<Actor, "client"> & { readonly account: AccountId };

/**
 * Everybody of the story who has an account. A session lasts hours and the story weeks: whoever appears on a new day signs in anew,
 * as people do.
 */
export class Troupe {
  readonly #known = new Map<Key, Known>();
  readonly #present = new Map<Key, Actor>();

  /** Somebody has just made an account, and is here. */
  async welcome(actor: Actor): Promise<void> {
    const { client, ...known } = actor;
    const { account } = await seen<SessionView>(
      (callback) => client.watch("session", callback),
      (session) => session.account !== null && session.online,
    );
    if (account === null) throw new Error("an account that was just seen");
    this.#known.set(actor.key, { ...known, account });
    this.#present.set(actor.key, actor);
  }

  accountOf(key: Key): AccountId {
    return this.#find(key).account;
  }

  wayOf(key: Key): Way {
    return this.#find(key).way;
  }

  /** Somebody at their device, signed in and in step with everybody else. */
  async call(key: Key): Promise<Actor> {
    const actor = this.#present.get(key) ?? (await this.#signIn(this.#find(key)));
    await seen<SessionView>(
      (callback) => actor.client.watch("session", callback),
      ({ inStep, online }) => online && inStep,
    );
    return actor;
  }

  async #signIn({ account: _account, ...known }: Known): Promise<Actor> {
    const client = await known.device();
    valueOf(await client.actions.signIn(known.way));
    const actor = { ...known, client };
    this.#present.set(known.key, actor);
    return actor;
  }

  /** The day is over: everybody locks and goes. */
  async rest(): Promise<void> {
    const leaving = [...this.#present.values()];
    this.#present.clear();
    await Promise.all(
      leaving.map(async ({ client }) => {
        await client.actions.leave();
        await client.close();
      }),
    );
  }

  #find(key: Key): Known {
    const known = this.#known.get(key);
    if (known === undefined) throw new Error(`${key} has no account yet`);
    return known;
  }
}
