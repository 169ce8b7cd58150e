import { useSyncExternalStore } from "react";

function listen(changed: () => void): () => void {
  addEventListener("popstate", changed);
  return () => removeEventListener("popstate", changed);
}

/** The path on screen. Paths hold opaque ids only. */
export function usePath(): string {
  return useSyncExternalStore(listen, () => location.pathname);
}

/** Goes to a path of this app. */
export function goTo(path: string): void {
  history.pushState(null, "", path);
  dispatchEvent(new PopStateEvent("popstate"));
}
