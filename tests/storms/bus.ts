import { setTimeout as pause } from "node:timers/promises";
import type { ServerOptions } from "@sotto/server/wiring";
import type { Fate } from "./fate.ts";

const LATE_MS_MAX = 25;

/** What carries hints between the servers of a storm: some are lost, some come late, and so after later ones, some come twice. */
export class StormBus {
  readonly #ears = new Map<string, (text: string) => void>();
  readonly #fate: Fate;
  readonly #isStormy: () => boolean;
  #joined = 0;

  constructor(fate: Fate, isStormy: () => boolean) {
    this.#fate = fate;
    this.#isStormy = isStormy;
  }

  /** The way in for one server, for as long as it lives. */
  doorOf(isAlive: () => boolean): NonNullable<ServerOptions["bus"]> {
    return async (_name, ear) => {
      const self = String(++this.#joined);
      const fate = this.#fate.of(self);
      this.#ears.set(self, (text) => {
        if (isAlive()) ear.heard(text);
      });
      let said = 0;
      return {
        say: (text) => {
          if (!isAlive()) return;
          const at = fate.of(String(++said));
          for (const [other, hear] of this.#ears)
            if (other !== self) void this.#carry(text, hear, at.of(other));
        },
        close: async () => {
          this.#ears.delete(self);
        },
      };
    };
  }

  async #carry(text: string, hear: (text: string) => void, fate: Fate): Promise<void> {
    const how = this.#isStormy() ? fate.weigh({ fair: 70, lost: 12, late: 12, twice: 6 }) : "fair";
    if (how === "lost") return;
    if (how === "late") await pause(fate.between(1, LATE_MS_MAX));
    hear(text);
    if (how === "twice") hear(text);
  }
}
