const NAME = "sotto";
export const ENTRIES = "entries";
export const KEYS = "keys";

let opening: Promise<IDBDatabase> | null = null;

/** The one IndexedDB of this origin: sealed entries, and the key that cannot be taken out of the device. */
export function openDatabase(): Promise<IDBDatabase> {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.addEventListener("upgradeneeded", () => {
      request.result.createObjectStore(ENTRIES);
      request.result.createObjectStore(KEYS);
    });
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error ?? new Error("database")));
  });
  return opening;
}

/** The result of one request. */
export function settle<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error ?? new Error("database")));
  });
}

/** Runs writes in one transaction; resolves when the device has them on disk. */
export async function writeAll(store: string, change: (store: IDBObjectStore) => void): Promise<void> {
  const database = await openDatabase();
  await new Promise<void>((resolve, reject) => {
    const transaction = database.transaction(store, "readwrite", { durability: "strict" });
    transaction.addEventListener("complete", () => resolve());
    transaction.addEventListener("abort", () => reject(transaction.error ?? new Error("database")));
    change(transaction.objectStore(store));
  });
}
