import { neutralTitle } from "./neutral-title.ts";
import { parseAway } from "./parse-away.ts";

/**
 * The quick exit, as far as the page goes: nothing on the screen at once, then what is kept is let go, then another page in place of this one. What
 * of it could not be finished is finished before anything is shown the next time. Imported before anything that draws.
 */
const NEUTRAL_PAGE = "/clock.html";
/** In this tab: it was left, so Back shows nothing. */
const LEFT = "left";
/** On this device: somebody left, so what is kept may not have been let go. */
const UNFINISHED = "unfinished";
const ADDRESS = "away";
const FINISH_WITHIN_MS = 1_500;

const others = new BroadcastChannel("sotto-leave");
others.addEventListener("message", () => void leave());

/** Lets go of keys and ends the session. */
let finish: () => Promise<unknown> = () => Promise.resolve();

/** Says how what is kept is let go when somebody leaves, here or in another tab. */
export function finishLeavingBy(how: () => Promise<unknown>): void {
  finish = how;
}

/** Where this device goes when somebody leaves; empty for the neutral page of ours. */
export function awayAddress(): string {
  return localStorage.getItem(ADDRESS) ?? "";
}

/** Keeps it on this device alone. */
export function setAwayAddress(address: string): void {
  if (address === "") localStorage.removeItem(ADDRESS);
  else localStorage.setItem(ADDRESS, address);
}

const goAway = (): void => location.replace(parseAway(awayAddress(), location.origin) ?? NEUTRAL_PAGE);

/** True when somebody came back to what was left: another page is on its way, and nothing of this one may be drawn. */
function isBackAfterLeaving(): boolean {
  if (sessionStorage.getItem(LEFT) === null) return false;
  const [entry] = performance.getEntriesByType("navigation");
  if (entry instanceof PerformanceNavigationTiming && entry.type === "back_forward") return true;
  sessionStorage.removeItem(LEFT);
  return false;
}

export const isAway = isBackAfterLeaving();
if (isAway) {
  document.title = neutralTitle();
  goAway();
}
addEventListener("pageshow", ({ persisted }) => {
  if (persisted && sessionStorage.getItem(LEFT) !== null) goAway();
});

/** Nothing on the screen first; letting go is not waited for long, and done once more at the next start in any case. */
async function leave(): Promise<void> {
  document.title = neutralTitle();
  document.body.replaceChildren();
  localStorage.setItem(UNFINISHED, "1");
  sessionStorage.clear();
  sessionStorage.setItem(LEFT, "1");
  const finished = finish().catch(() => undefined);
  await Promise.race([finished, new Promise((resolve) => setTimeout(resolve, FINISH_WITHIN_MS))]);
  goAway();
}

/** Leaves, by a button or a key: in this tab and in every other one of this device. */
export function leaveEverywhere(): void {
  others.postMessage("leave");
  void leave();
}

/** Whether what was kept must be let go before anybody is taken up from where they were. */
export function isUnfinished(): boolean {
  return localStorage.getItem(UNFINISHED) !== null;
}

/** It has been let go. */
export function noteFinished(): void {
  localStorage.removeItem(UNFINISHED);
}
