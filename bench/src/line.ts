/** One measurement beside its reference from the same run. `ratio` is value over reference, null where there is no reference. */
export interface BenchLine {
  readonly name: string;
  /** Null when there was nothing to measure; then `unit` says why. */
  readonly value: number | null;
  readonly unit: string;
  readonly reference: number | null;
  readonly ratio: number | null;
}

/** A line with three significant digits, so that nobody reads more into a busy machine than is there. */
export function benchLine(name: string, unit: string, value: number, reference: number | null): BenchLine {
  const short = (number: number) => Number(number.toPrecision(3));
  return {
    name,
    value: short(value),
    unit,
    reference: reference === null ? null : short(reference),
    ratio: reference === null ? null : short(value / reference),
  };
}

/** What could not be measured here, and why. */
export function absentLine(name: string, why: string): BenchLine {
  return { name, value: null, unit: why, reference: null, ratio: null };
}

export function median(numbers: readonly number[]): number {
  return quantile(numbers, 0.5);
}

/** The number below which so great a part of them lies. */
export function quantile(numbers: readonly number[], part: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const found = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
  if (found === undefined) throw new Error("a quantile of nothing");
  return found;
}

/** Milliseconds that one call takes: the median over rounds. */
export async function timeMs(rounds: number, run: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const from = performance.now();
    await run();
    times.push(performance.now() - from);
  }
  return median(times);
}
