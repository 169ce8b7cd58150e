/** How well two lists of times can be told apart, by ranks alone: what a single late answer does to a mean, it cannot do here. */
export interface Apart {
  /** How often a time of the first list is above one of the second, ties half: 0.5 is guessing (Mann and Whitney). */
  readonly share: number;
  /** How many standard deviations that is from guessing, were both lists of one kind. */
  readonly deviations: number;
}

export function tellApart(first: readonly number[], second: readonly number[]): Apart {
  const all = [
    ...first.map((value) => ({ value, isFirst: true })),
    ...second.map((value) => ({ value, isFirst: false })),
  ];
  const sorted = all.toSorted((a, b) => a.value - b.value);
  let ranksOfFirst = 0;
  let ties = 0;
  for (let start = 0; start < sorted.length;) {
    const value = sorted[start]?.value;
    let end = start;
    while (end < sorted.length && sorted[end]?.value === value) end += 1;
    const count = end - start;
    // Ranks count from one; equal times share the middle of theirs.
    const rank = (start + 1 + end) / 2;
    ranksOfFirst += rank * sorted.slice(start, end).filter(({ isFirst }) => isFirst).length;
    ties += count ** 3 - count;
    start = end;
  }
  const [n, m] = [first.length, second.length];
  const above = ranksOfFirst - (n * (n + 1)) / 2;
  const both = n + m;
  const variance = ((n * m) / 12) * (both + 1 - ties / (both * (both - 1)));
  return {
    share: above / (n * m),
    deviations: variance === 0 ? 0 : (above - (n * m) / 2) / Math.sqrt(variance),
  };
}

/** By chance alone once in sixteen thousand; and a share so near to guessing helps nobody in any number of askings that they may make. */
const DEVIATIONS_MIN = 4;
const SHARE_FROM_GUESSING_MIN = 0.05;

/** Whether a stranger could use the difference. Both have to hold: sure that there is one, and large enough to learn something by. */
export const isUsable = ({ deviations, share }: Apart): boolean =>
  Math.abs(deviations) >= DEVIATIONS_MIN && Math.abs(share - 0.5) >= SHARE_FROM_GUESSING_MIN;
