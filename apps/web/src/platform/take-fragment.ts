/**
 * What came after the # of the address: a set-up code or an invitation. It is secret, so it leaves the address bar and the history
 * before anything else runs: this is the first module that the page imports.
 */
export type Arrival =
  | { readonly kind: "plain" }
  | { readonly kind: "set-up"; readonly code: string }
  | { readonly kind: "invitation"; readonly fragment: string };

function takeFragment(): Arrival {
  const fragment = location.hash.slice(1);
  if (fragment === "") return { kind: "plain" };
  history.replaceState(null, "", location.pathname);
  if (fragment.startsWith("setup=")) {
    return { kind: "set-up", code: decodeURIComponent(fragment.slice("setup=".length)) };
  }
  return { kind: "invitation", fragment };
}

export const arrival: Arrival = takeFragment();
