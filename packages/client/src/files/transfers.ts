import type { EntryId } from "@sotto/domain";
import type { TransferView } from "../client.ts";

const TELL_EVERY_MS = 200;

/** How far files have come, told a few times a second at most. */
export class Transfers {
  readonly #moved: () => void;
  readonly #running = new Map<EntryId, TransferView>();
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(moved: () => void) {
    this.#moved = moved;
  }

  get all(): readonly TransferView[] {
    return [...this.#running.values()];
  }

  begin(entry: EntryId, kind: TransferView["kind"], bytes: number): void {
    this.#running.set(entry, { entry, kind, done: 0, bytes });
    this.#tell();
  }

  add(entry: EntryId, bytes: number): void {
    const known = this.#running.get(entry);
    if (known === undefined) return;
    this.#running.set(entry, { ...known, done: known.done + bytes });
    this.#tell();
  }

  end(entry: EntryId): void {
    if (this.#running.delete(entry)) this.#tell();
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#running.clear();
  }

  #tell(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#moved();
    }, TELL_EVERY_MS);
  }
}
