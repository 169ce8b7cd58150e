type Watcher = { readonly show: () => void };

const TOGETHER_MS = 8;

/** Who watches what. Changes that come close together are shown once. */
export class Watchers {
  readonly #watchers = new Set<Watcher>();
  #timer: ReturnType<typeof setTimeout> | null = null;
  #isClosed = false;

  /** Shows at once, then after every change. Answers what stops it. */
  add<View>(compute: () => View, callback: (view: View) => void): () => void {
    const watcher: Watcher = { show: () => callback(compute()) };
    this.#watchers.add(watcher);
    watcher.show();
    return () => this.#watchers.delete(watcher);
  }

  readonly changed = (): void => {
    if (this.#isClosed) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      for (const watcher of this.#watchers) watcher.show();
    }, TOGETHER_MS);
  };

  close(): void {
    this.#isClosed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#watchers.clear();
  }
}
