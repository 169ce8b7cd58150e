/**
 * How often somebody's rooms are looked at for them. Once in each of these spans, at a moment drawn anew every time, so that when a reminder comes says
 * no more than: within the hour before.
 */
export const LOOK_SPAN_MS = 30 * 60 * 1000;

/** A random moment of the span after the one that `at` lies in. `fraction` is drawn from 0 up to 1. */
export function nextLook(at: number, fraction: number): number {
  const next = (Math.floor(at / LOOK_SPAN_MS) + 1) * LOOK_SPAN_MS;
  return next + Math.floor(fraction * LOOK_SPAN_MS);
}
