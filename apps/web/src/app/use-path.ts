import { useEffect, useSyncExternalStore } from "react";

const listeners = new Set<() => void>();

/** Goes to a path of ours. Paths hold opaque ids only. */
export function goTo(path: string): void {
  history.pushState(null, "", path);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  addEventListener("popstate", listener);
  return () => {
    listeners.delete(listener);
    removeEventListener("popstate", listener);
  };
}

function followLink(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey)
    return;
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (link === null || link.origin !== location.origin || link.target !== "") return;
  event.preventDefault();
  goTo(link.pathname);
}

/** The path of the address, kept in step with links and the back button. */
export function usePath(): string {
  useEffect(() => {
    document.addEventListener("click", followLink);
    return () => document.removeEventListener("click", followLink);
  }, []);
  return useSyncExternalStore(subscribe, () => location.pathname);
}
