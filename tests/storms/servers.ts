import { StormBus } from "./bus.ts";
import type { Camp } from "./camp.ts";
import type { Death } from "./database-door.ts";
import type { Fate } from "./fate.ts";
import type { Kind } from "./kinds.ts";
import { startLife, type ServerLife } from "./server-life.ts";

const STATEMENTS_MAX = 360;
const DEATHS_MAX = 2;
/** A death that waits for no statement comes within so long. */
const DEATH_AFTER_MS_MAX = 700;

/** The servers of a storm, one or two on one database. One that dies is started again, as a supervisor would. */
export class Servers {
  readonly #camp: Camp;
  readonly #filesFolder: string;
  readonly #fate: Fate;
  readonly #isOn: (kind: Kind) => boolean;
  readonly #first: Death | null;
  readonly #lives: (ServerLife | null)[] = [];
  readonly #buried: Promise<void>[] = [];
  readonly #starting = new Set<Promise<void>>();
  #isOver = false;
  readonly #bus: StormBus;
  /** How far the clock of each is off, in milliseconds. */
  readonly #clockShifts: number[] = [];
  deaths = 0;
  /** What the servers that are dead asked the database. */
  #spoken = 0;

  constructor(
    camp: Camp,
    wish: {
      readonly filesFolder: string;
      readonly fate: Fate;
      readonly isOn: (kind: Kind) => boolean;
      /** When the first server dies, where that is not left to fate. */
      readonly first: Death | null;
    },
  ) {
    this.#camp = camp;
    this.#filesFolder = wish.filesFolder;
    this.#fate = wish.fate;
    this.#isOn = wish.isOn;
    this.#first = wish.first;
    this.#bus = new StormBus(wish.fate.of("bus"), () => !this.#isOver && wish.isOn("bus"));
  }

  get count(): number {
    return this.#lives.length;
  }

  async start(): Promise<void> {
    const count = this.#isOn("two-servers") && this.#fate.of("how many").chance(0.4) ? 2 : 1;
    for (let place = 0; place < count; place++) {
      this.#lives.push(null);
      this.#clockShifts.push(0);
    }
    for (const place of this.#lives.keys()) {
      await this.#begin(place, 0).catch(() => this.#begin(place, DEATHS_MAX));
    }
  }

  /** How many statements of all of them have gone to the database. */
  get statements(): number {
    return this.#lives.reduce((sum, life) => sum + (life?.statements() ?? 0), this.#spoken);
  }

  /** The server at a place; null while it is dead. */
  at(place: number): ServerLife | null {
    const life = this.#lives[place % Math.max(1, this.#lives.length)] ?? null;
    return life?.isAlive() === true ? life : null;
  }

  /** Sets the clock of one server, or of all. */
  setClock(ms: number, place: number | null = null): void {
    for (const one of this.#clockShifts.keys())
      if (place === null || place % this.#clockShifts.length === one) this.#clockShifts[one] = ms;
  }

  /** From here on no server dies. Done when all of them are there. */
  async calm(): Promise<void> {
    this.#isOver = true;
    while (this.#starting.size > 0) await Promise.all(this.#starting);
  }

  async end(): Promise<void> {
    this.#isOver = true;
    while (this.#starting.size > 0) await Promise.all(this.#starting);
    const lives = this.#lives.splice(0);
    for (const life of lives) await life?.bury();
    await Promise.all(this.#buried);
  }

  async #begin(place: number, nth: number): Promise<void> {
    const fate = this.#fate.of(`death ${String(place)} ${String(nth)}`);
    const isFirst = place === 0 && nth === 0;
    const isMortal = !this.#isOver && nth < DEATHS_MAX && this.#isOn("server-death") && fate.chance(0.7);
    const dies = isMortal ? fate.weigh({ "at a statement": 3, "at any moment": 1 }) : "not";
    const drawn: Death | null =
      dies === "at a statement"
        ? { statement: fate.between(1, STATEMENTS_MAX), when: fate.pick(["before", "after"]) }
        : null;
    const death = isFirst && this.#first !== null ? this.#first : drawn;
    const life = await startLife({
      appUrl: this.#camp.database.appUrl,
      ownerUrl: this.#camp.database.ownerUrl,
      kept: this.#camp.kept,
      filesFolder: this.#filesFolder,
      now: () => Date.now() + (this.#clockShifts[place] ?? 0),
      bus: this.#lives.length > 1 ? this.#bus : null,
      death: death === null ? null : { ...death, isOff: () => this.#isOver },
    });
    this.#lives[place] = life;
    void life.ended.then(() => this.#again(place, nth + 1, life));
    if (dies !== "at any moment") return;
    const kill = setTimeout(
      () => {
        if (!this.#isOver) life.kill();
      },
      fate.between(1, DEATH_AFTER_MS_MAX),
    );
    void life.ended.then(() => clearTimeout(kill));
  }

  #again(place: number, nth: number, dead: ServerLife): void {
    if (this.#lives[place] !== dead) return;
    this.#lives[place] = null;
    this.deaths += 1;
    this.#spoken += dead.statements();
    this.#buried.push(dead.bury());
    const starting: Promise<void> = this.#begin(place, nth)
      // It died while it started; the next one comes up.
      .catch(() => this.#begin(place, DEATHS_MAX))
      .finally(() => this.#starting.delete(starting));
    this.#starting.add(starting);
  }
}
