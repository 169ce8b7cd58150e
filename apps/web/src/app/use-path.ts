import { useEffect, useSyncExternalStore } from "react";

/*
 * Where somebody is in the app is not in the address: that is "/" on every screen, so that neither the browser's history nor the tab's own says
 * which rooms there are (docs/decisions/0016). The place stands in memory, and in this tab for a reload. The tab's history has two entries of ours
 * at most: the first screen, and one above it for as long as somebody is deeper in, so that Back goes up instead of out.
 */
const KEY = "place";
const DEEPER = { deeper: true };

const listeners = new Set<() => void>();
let isKept = true;
let isGoingUp = false;
let path = takePath();
let lastDeeper = "/";

/** A reload stays where it was; an address that somebody came by leads where it says, and is taken out of the bar. */
function takePath(): string {
  const asked = location.pathname;
  const [entry] = performance.getEntriesByType("navigation");
  // The page of all parts stands beside the app, for those who build.
  if (import.meta.env.DEV && asked === "/ui") return asked;
  const isNew = entry instanceof PerformanceNavigationTiming && entry.type === "navigate";
  if (asked === "/") return isNew ? "/" : (sessionStorage.getItem(KEY) ?? "/");
  history.replaceState(null, "", "/");
  return asked;
}

const isDeeper = (): boolean => (history.state as typeof DEEPER | null)?.deeper === true;

/** The screen above one. */
const above = (from: string): string =>
  from.startsWith("/f/") ? "/families" : from.startsWith("/devices") ? "/account" : "/";

function show(next: string): void {
  path = next;
  if (next !== "/") lastDeeper = next;
  if (isKept) sessionStorage.setItem(KEY, next);
  for (const listener of listeners) listener();
}

/** Goes to a place of ours. Places hold opaque ids only. */
export function goTo(next: string): void {
  if (next === "/" && isDeeper()) {
    isGoingUp = true;
    history.back();
  } else if (next !== "/" && !isDeeper()) history.pushState(DEEPER, "", "/");
  show(next);
}

/** Back and Forward. */
function follow(): void {
  const wasAsked = isGoingUp;
  isGoingUp = false;
  if (isDeeper()) {
    if (path === "/") show(lastDeeper);
    return;
  }
  // Somebody may have gone on before the way up was through.
  const next = wasAsked ? path : above(path);
  if (next !== "/") history.pushState(DEEPER, "", "/");
  if (next !== path) show(next);
}

/** Whether this tab may remember the place across a reload. */
export function keepPlace(isAllowed: boolean): void {
  isKept = isAllowed;
  if (isAllowed) sessionStorage.setItem(KEY, path);
  else sessionStorage.removeItem(KEY);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (listeners.size === 1) addEventListener("popstate", follow);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) removeEventListener("popstate", follow);
  };
}

/** A link of ours never becomes an address of its own, also not in another tab. */
function followLink(event: MouseEvent): void {
  if (event.defaultPrevented || event.button > 1) return;
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (link === null || link.origin !== location.origin || link.target !== "" || link.download !== "") return;
  event.preventDefault();
  goTo(link.pathname);
}

/** The place, kept in step with links and the back button. */
export function usePath(): string {
  useEffect(() => {
    document.addEventListener("click", followLink);
    document.addEventListener("auxclick", followLink);
    return () => {
      document.removeEventListener("click", followLink);
      document.removeEventListener("auxclick", followLink);
    };
  }, []);
  return useSyncExternalStore(subscribe, () => path);
}
