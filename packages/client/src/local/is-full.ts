/** Whether a device says that it has no room left: what IndexedDB and its like throw then. */
export function isFull(error: unknown): boolean {
  return (
    typeof error === "object" && error !== null && "name" in error && error.name === "QuotaExceededError"
  );
}
