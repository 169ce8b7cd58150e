/** How an amount of bytes is said. */
export function bytesInWords(bytes: number): string {
  const units = ["bytes", "kB", "MB", "GB", "TB"] as const;
  const step = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const amount = bytes / 1000 ** step;
  return `${step === 0 || amount >= 100 ? amount.toFixed(0) : amount.toFixed(1)} ${units[step] ?? ""}`;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long something took or lies back. */
export function durationInWords(milliseconds: number): string {
  const [unit, name]: readonly [number, string] =
    milliseconds >= 2 * DAY
      ? [DAY, "days"]
      : milliseconds >= 2 * HOUR
        ? [HOUR, "hours"]
        : milliseconds >= 2 * MINUTE
          ? [MINUTE, "minutes"]
          : [1000, "seconds"];
  return `${String(Math.floor(milliseconds / unit))} ${name}`;
}
