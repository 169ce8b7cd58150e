/**
 * What came after the # of the address: a set-up code or an invitation. It is secret, so it leaves the address bar and the history
 * before anything else runs: this is the first module that the page imports. A link that is opened where the page is open already
 * does not load it anew, so the address is watched too.
 */
export type Arrival =
  | { readonly kind: "plain" }
  | { readonly kind: "set-up"; readonly code: string }
  | { readonly kind: "invitation"; readonly fragment: string };

let arrival: Arrival = { kind: "plain" };
const listeners = new Set<() => void>();

function takeFragment(): void {
  const fragment = location.hash.slice(1);
  if (fragment === "") return;
  history.replaceState(null, "", location.pathname);
  // A set-up code is letters, digits and hyphens: there is nothing to decode.
  arrival = fragment.startsWith("setup=")
    ? { kind: "set-up", code: fragment.slice("setup=".length) }
    : { kind: "invitation", fragment };
  for (const listener of listeners) listener();
}

export function currentArrival(): Arrival {
  return arrival;
}

/** Calls back when somebody arrives by another link. Answers what stops it. */
export function watchArrival(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** What came has been used, or was not for whoever is here. */
export function forgetArrival(): void {
  arrival = { kind: "plain" };
  for (const listener of listeners) listener();
}

takeFragment();
addEventListener("hashchange", takeFragment);
