import * as z from "zod/mini";

/** An id: lower-case UUID text. */
export const Id = z.string().check(z.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/));

/** Bytes as base64url without padding, at most `bytesMax` of them. */
export function Base64(bytesMax: number) {
  return z.string().check(z.maxLength(Math.ceil((bytesMax * 4) / 3)), z.regex(/^[A-Za-z0-9_-]*$/));
}

/** A SHA-256 hash or another 32-byte value as base64url. */
export const Hash = z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/));

/** Milliseconds since 1970, UTC. */
export const Millis = z.int().check(z.minimum(0));

export const Count = z.int().check(z.minimum(0));

/** Bytes that travel as they are (application/octet-stream) and not inside JSON. */
export const Octets = z.custom<Uint8Array<ArrayBuffer>>((value) => value instanceof Uint8Array);
