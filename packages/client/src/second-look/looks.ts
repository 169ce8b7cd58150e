import type { RoomId } from "@sotto/domain";
import type { VaultState } from "@sotto/vault";

/** After being left for so long, a room that was opened by a second look is hidden again. */
export const LOOK_LASTS_MS = 2 * 60_000;

const SETTING = "devices/second-look/";

type Timer = ReturnType<typeof setTimeout>;

/**
 * Rooms that this person wants hidden until they show once more that it is they. Which those are stands in the vault, so it holds on all their
 * devices and nobody else learns of it. That one is open is known in memory only, until it has been left for a while or the account is locked.
 * It holds against somebody who has the unlocked screen in their hands, and against nobody who could come in.
 */
export class Looks {
  readonly #vault: () => VaultState;
  readonly #changed: () => void;
  /** Rooms that are open, with what hides them again; null while somebody looks at them. */
  readonly #open = new Map<RoomId, Timer | null>();
  readonly #watchers = new Map<RoomId, number>();

  constructor(vault: () => VaultState, changed: () => void) {
    this.#vault = vault;
    this.#changed = changed;
  }

  isMarked(room: RoomId): boolean {
    return this.#vault().settings.some(({ key }) => key === SETTING + room);
  }

  isHidden(room: RoomId): boolean {
    return this.isMarked(room) && !this.#open.has(room);
  }

  /** It was shown again that it is they. */
  open(room: RoomId): void {
    this.#stop(room);
    this.#open.set(room, this.#isWatched(room) ? null : this.#later(room));
    this.#changed();
  }

  /** Somebody has begun to look at a room on the screen. Answers what says that they no longer do. */
  watch(room: RoomId): () => void {
    this.#watchers.set(room, (this.#watchers.get(room) ?? 0) + 1);
    if (this.#open.has(room)) {
      this.#stop(room);
      this.#open.set(room, null);
    }
    return () => {
      this.#watchers.set(room, (this.#watchers.get(room) ?? 1) - 1);
      if (this.#isWatched(room)) return;
      this.#watchers.delete(room);
      if (this.#open.has(room)) this.#open.set(room, this.#later(room));
    };
  }

  /** Hides what was opened, at once. */
  hideAll(): void {
    for (const room of this.#open.keys()) this.#stop(room);
    this.#open.clear();
    this.#changed();
  }

  /** The room has ended: there is nothing left to hide. */
  letGo(room: RoomId): void {
    this.#stop(room);
    this.#open.delete(room);
  }

  close(): void {
    for (const room of this.#open.keys()) this.#stop(room);
    this.#open.clear();
  }

  #isWatched(room: RoomId): boolean {
    return (this.#watchers.get(room) ?? 0) > 0;
  }

  #later(room: RoomId): Timer {
    return setTimeout(() => {
      this.#open.delete(room);
      this.#changed();
    }, LOOK_LASTS_MS);
  }

  #stop(room: RoomId): void {
    const timer = this.#open.get(room) ?? null;
    if (timer !== null) clearTimeout(timer);
  }
}

/** The vault with a room marked, or no longer marked. */
export function markLook(state: VaultState, room: RoomId, isOn: boolean): VaultState {
  const others = state.settings.filter(({ key }) => key !== SETTING + room);
  return { ...state, settings: isOn ? [...others, { key: SETTING + room, value: "1" }] : others };
}

/** How many rooms are marked: settings have room for so many. */
export function countLooks(state: VaultState): number {
  return state.settings.filter(({ key }) => key.startsWith(SETTING)).length;
}
