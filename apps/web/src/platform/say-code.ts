/**
 * The code of a page as people compare it: the first 80 bits of it, in groups of four. To make another page with the same short code takes 2^80
 * attempts.
 */
export function sayCode(code: string): string {
  return (code.slice(0, 20).match(/.{4}/g) ?? []).join(" ");
}
