import { useEffect, useState } from "react";
import { readGuard, takeBuild, watchGuard } from "../platform/guard-link.ts";
import type { GuardView } from "../platform/guard-messages.ts";
import { actions } from "./link.ts";

const ASK_AGAIN_MS = 10 * 60_000;

/**
 * What the guard knows of this page; null when none watches over it. A newer page that lies ready is taken as soon as the client finds it in the key
 * log; the next start shows it.
 */
export function useGuard(): GuardView | null {
  const [view, setView] = useState<GuardView | null>(null);
  useEffect(() => {
    let isHere = true;
    const ask = async (): Promise<void> => {
      const before = await readGuard();
      if (!isHere) return;
      // A guard that does not answer in time is there all the same.
      setView((known) => before ?? known);
      if (before === null || before.offer === null) return;
      const found = await actions.isBuildLogged(before.offer);
      if (found.kind === "refused" || !found.value || !isHere) return;
      await takeBuild(before.offer.manifest);
      const after = await readGuard();
      if (isHere) setView(after);
    };
    const askQuietly = (): void => void ask().catch(() => null);
    askQuietly();
    const unwatch = watchGuard(askQuietly);
    const again = setInterval(askQuietly, ASK_AGAIN_MS);
    return () => {
      isHere = false;
      unwatch();
      clearInterval(again);
    };
  }, []);
  return view;
}
