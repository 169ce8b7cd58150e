import { VaultFault } from "./bytes.ts";
import type { Bytes } from "./bytes.ts";

const UUID_TEXT = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const HEX_TEXT = /^(?:[0-9a-f]{2})*$/;
const BASE64_URL_TEXT = /^[A-Za-z0-9_-]*$/;

/** Writes bytes as lower-case hexadecimal digits. */
export function toHex(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += byte.toString(16).padStart(2, "0");
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
  // A counted loop, since every frame that the server relays passes here: `Uint8Array.from` takes many times as long.
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
  if (!BASE64_URL_TEXT.test(text)) throw new VaultFault("malformed");
  const standard = text.replaceAll("-", "+").replaceAll("_", "/");
  return fromBase64(standard.padEnd(Math.ceil(text.length / 4) * 4, "="));
}
