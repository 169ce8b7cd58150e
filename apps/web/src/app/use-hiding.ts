import { useEffect } from "react";

const AFTER_MS = 2 * 60_000;

/** Hides what asks for a second look when the page has been out of sight for as long as a room may be left. Timers of a page that sleeps stand still. */
export function useHiding(hide: () => Promise<void>): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    let goneAt = Infinity;
    const notice = () => {
      if (timer !== null) clearTimeout(timer);
      if (document.visibilityState === "hidden") {
        goneAt = Date.now();
        timer = setTimeout(() => void hide(), AFTER_MS);
      } else {
        if (Date.now() - goneAt > AFTER_MS) void hide();
        goneAt = Infinity;
      }
    };
    document.addEventListener("visibilitychange", notice);
    return () => {
      document.removeEventListener("visibilitychange", notice);
      if (timer !== null) clearTimeout(timer);
    };
  }, [hide]);
}
