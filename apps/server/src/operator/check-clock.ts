import { OperatorFault } from "../config/operator-fault.ts";

/** No clock that is right can say less: there was no Sotto then. */
export const NO_SOTTO_BEFORE = Date.UTC(2025, 0, 1);

/** A clock that is years ahead lets every session and invitation run out at once. */
const YEARS_AHEAD_MAX = 20;
const YEAR_MS = 365 * 24 * 60 * 60 * 1000;

/** Throws `clock` for a time that cannot be. */
export function requirePossibleClock(now: number): void {
  if (now >= NO_SOTTO_BEFORE && now < NO_SOTTO_BEFORE + YEARS_AHEAD_MAX * YEAR_MS) return;
  throw new OperatorFault(
    "clock",
    `The clock of this machine says ${new Date(now).toISOString().slice(0, 10)}, which cannot be.`,
    "Set the clock (on Debian: timedatectl set-ntp true), then start again. Nothing was touched.",
  );
}
