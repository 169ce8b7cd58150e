import type { Page } from "playwright-core";

/** How many records the page's device holds in one of its two stores; with a key, whether that one is there. */
export function countOnDevice(page: Page, store: "entries" | "keys", key?: string): Promise<number> {
  return page.evaluate(
    (wish) =>
      new Promise<number>((resolve) => {
        const opening = indexedDB.open("sotto");
        opening.addEventListener("success", () => {
          const counting = opening.result.transaction(wish.store).objectStore(wish.store).count(wish.key);
          counting.addEventListener("success", () => {
            opening.result.close();
            resolve(counting.result);
          });
        });
      }),
    { store, key },
  );
}
