import { idFromBytes, type Random } from "@sotto/vault/public";

/** A random id that names nothing. */
export const drawId = (random: Random): string => idFromBytes(random(16));

/** A number from 0 up to 1, in steps of 2^-32. */
export function drawFraction(random: Random): number {
  const bytes = random(4);
  return new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0) / 2 ** 32;
}

/** Six digits. Drawn from 2^32, so that some are likelier by one part in four thousand. */
export const drawCode = (random: Random): string =>
  String(Math.floor(drawFraction(random) * 1_000_000)).padStart(6, "0");
