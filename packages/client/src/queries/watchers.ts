type Watcher = { readonly show: () => void };

const TOGETHER_MS = 8;
/** A screen that is drawn anew more often than this shows nobody more, and keeps its device from answering a finger. */
const APART_MS = 60;

/** Who watches what. Changes that come close together are shown once: the first at once, those that follow it a little apart. */
export class Watchers {
  readonly #watchers = new Set<Watcher>();
  #timer: ReturnType<typeof setTimeout> | null = null;
  #shownAt = -Infinity;
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
    const sinceMs = performance.now() - this.#shownAt;
    this.#timer ??= setTimeout(
      () => {
        this.#timer = null;
        for (const watcher of this.#watchers) watcher.show();
        this.#shownAt = performance.now();
      },
      Math.max(TOGETHER_MS, APART_MS - sinceMs),
    );
  };

  close(): void {
    this.#isClosed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#watchers.clear();
  }
}
