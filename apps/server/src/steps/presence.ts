/** For how long somebody who gave a sign of being there still counts as being there. */
const HERE_FOR_MS = 3 * 60 * 1000;

/** Who is there right now, of those who have reminders. Kept in memory alone: whoever is still there after a restart says so again. */
export class Presence {
  readonly #here = new Map<string, number>();

  note(practice: string, account: string, at: number): void {
    this.#here.set(`${practice}/${account}`, at);
  }

  isHere(practice: string, account: string, now: number): boolean {
    const key = `${practice}/${account}`;
    const at = this.#here.get(key);
    if (at === undefined) return false;
    if (now - at < HERE_FOR_MS) return true;
    this.#here.delete(key);
    return false;
  }
}
