import type { Day } from "@sotto/domain";

/** A moment as FHIR writes it, in UTC. */
export function instantText(at: number): string {
  return new Date(at).toISOString();
}

export function dayText({ day, month, year }: Day): string {
  const two = (number: number): string => number.toString().padStart(2, "0");
  return `${year.toString().padStart(4, "0")}-${two(month)}-${two(day)}`;
}

/** A text that FHIR takes: with a mark for every character that it forbids; null when there is nothing to read in it, since no string of FHIR's is empty. */
export function writtenText(text: string): string | null {
  const written = text.toWellFormed().replaceAll(/(?![\t\n\r])\p{Cc}/gu, "\u{fffd}");
  return written.trim() === "" ? null : written;
}

/** A field that is only there when it has a value. */
export function given<Name extends string, Value>(
  name: Name,
  value: Value | null,
): { readonly [Key in Name]?: Value } {
  // The one field that is in it has this name and this type; the compiler widens a computed name.
  return (value === null ? {} : { [name]: value }) as { readonly [Key in Name]?: Value };
}

/** Null for nothing, since FHIR has no empty lists either. */
export function listed<Item>(items: readonly Item[]): readonly Item[] | null {
  return items.length === 0 ? null : items;
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** RFC 4648, section 4, with padding. */
export function base64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const [one = 0, two = 0, three = 0] = bytes.subarray(at, at + 3);
    const bits = (one << 16) | (two << 8) | three;
    for (const [place, shift] of [18, 12, 6, 0].entries()) {
      text += at + place > bytes.length ? "=" : (ALPHABET[(bits >> shift) & 63] ?? "");
    }
  }
  return text;
}
