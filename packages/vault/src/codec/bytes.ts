/** Bytes that own a plain buffer: what WebCrypto takes and gives. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** Gives `count` unpredictable bytes. The caller brings it; tests bring a fixed one. */
export type Random = (count: number) => Bytes;

/** What is broken, in one word. Never says where, nor why a sealed thing did not open. */
export type VaultFaultCode = "malformed" | "unopenable" | "unverified" | "misuse";

/**
 * The one error class of this package.
 * `malformed`: the bytes are not this format. `unopenable`: a sealed thing does not open, whatever the cause.
 * `unverified`: a signature does not hold. `misuse`: the caller asked for something that the format cannot say.
 */
export class VaultFault extends Error {
  override readonly name = "VaultFault";
  readonly code: VaultFaultCode;
  constructor(code: VaultFaultCode) {
    super(code);
    this.code = code;
  }
}

/** Joins byte strings. */
export function concatBytes(...parts: readonly Uint8Array[]): Bytes {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}

/** True when both hold the same bytes. Takes the same time wherever they differ; lengths are not secret. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (const [index, byte] of a.entries()) difference |= byte ^ (b[index] ?? 0);
  return difference === 0;
}

/** Orders byte strings of one length as big-endian numbers: negative, zero or positive. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** Overwrites a spent secret. JavaScript may hold copies we cannot reach, so this shortens a life; it does not promise an end. */
export function wipe(...secrets: readonly Uint8Array[]): void {
  for (const secret of secrets) secret.fill(0);
}

/** Asks the source for bytes and checks that it gave as many; throws `misuse` when it did not. */
export function drawBytes(random: Random, count: number): Bytes {
  const drawn = random(count);
  if (drawn.length !== count) throw new VaultFault("misuse");
  return drawn;
}
