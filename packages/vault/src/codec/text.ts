import { VaultFault } from "./bytes.ts";
import type { Bytes } from "./bytes.ts";

const UUID_TEXT = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const HEX_TEXT = /^(?:[0-9a-f]{2})*$/;
const BASE64_URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/** What each character up to "z" stands for; -1 for none. */
const BASE64_URL_VALUES = Int8Array.from({ length: 123 }, (_, code) =>
  BASE64_URL.indexOf(String.fromCharCode(code)),
);
const HEX_OF = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** Writes bytes as lower-case hexadecimal digits. */
export function toHex(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += HEX_OF[byte] ?? "";
  return text;
}

/** Reads lower-case hexadecimal digits; throws `malformed` for anything else. */
export function fromHex(text: string): Bytes {
  if (!HEX_TEXT.test(text)) throw new VaultFault("malformed");
  const bytes = new Uint8Array(text.length / 2);
  for (let index = 0; index < bytes.length; index++) {
    bytes[index] = Number.parseInt(text.slice(index * 2, index * 2 + 2), 16);
  }
  return bytes;
}

/** The 16 bytes of an id in lower-case UUID text; throws `malformed` for any other text. */
export function idToBytes(id: string): Bytes {
  if (!UUID_TEXT.test(id)) throw new VaultFault("malformed");
  return fromHex(id.replaceAll("-", ""));
}

/** The UUID text of 16 bytes; throws `malformed` for another length. */
export function idFromBytes(bytes: Uint8Array): string {
  if (bytes.length !== 16) throw new VaultFault("malformed");
  const hex = toHex(bytes);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** Writes bytes in the standard base64 alphabet with padding (RFC 4648 section 4). */
export function toBase64(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/** Reads standard base64 with padding; throws `malformed` unless the text is exactly what `toBase64` writes. */
export function fromBase64(text: string): Bytes {
  let binary: string;
  try {
    binary = atob(text);
  } catch {
    throw new VaultFault("malformed");
  }
  // `atob` forgives spaces, missing padding and stray low bits: two texts for one value. Only the canonical one is taken.
  if (btoa(binary) !== text) throw new VaultFault("malformed");
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index++) bytes[index] = binary.charCodeAt(index);
  return bytes;
}

/** Writes bytes in the URL-safe base64 alphabet without padding (RFC 4648 section 5). */
export function toBase64Url(bytes: Uint8Array): string {
  return toBase64(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** Reads URL-safe base64 without padding; throws `malformed` unless the text is exactly what `toBase64Url` writes. */
export function fromBase64Url(text: string): Bytes {
  // A loop of its own, since every frame that the server relays passes here: by way of `atob` it takes many times as long.
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let [held, bits, at] = [0, 0, 0];
  for (let index = 0; index < text.length; index++) {
    const value = BASE64_URL_VALUES[text.charCodeAt(index)] ?? -1;
    if (value < 0) throw new VaultFault("malformed");
    held = (held << 6) | value;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at++] = held >> bits;
    held &= (1 << bits) - 1;
  }
  // One character too many says nothing, and bits that are left over would make two texts of one value.
  if (bits === 6 || held !== 0) throw new VaultFault("malformed");
  return bytes;
}
