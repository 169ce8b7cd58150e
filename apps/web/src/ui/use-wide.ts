import { useSyncExternalStore } from "react";

/** As in the style sheets. */
const wide = matchMedia("(min-width: 700px)");

function subscribe(listener: () => void): () => void {
  wide.addEventListener("change", listener);
  return () => wide.removeEventListener("change", listener);
}

/** Whether there is room for a list beside what is read; changes as a device is turned. What only one of the two shows is drawn for that one alone. */
export function useWide(): boolean {
  return useSyncExternalStore(subscribe, () => wide.matches);
}
