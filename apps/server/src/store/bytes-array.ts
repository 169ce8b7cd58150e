const BYTEA = 17;

/**
 * Many values of bytes as one parameter `bytea[]`, in PostgreSQL's binary form of an array (src/backend/utils/adt/arrayfuncs.c, `array_recv`). As text, which is
 * what the driver would send, each byte travels as two digits that both ends have to make and read.
 */
export function bytesArray(values: readonly Uint8Array[]): Buffer {
  const bytes = values.reduce((sum, value) => sum + 4 + value.length, 20);
  const array = Buffer.allocUnsafe(bytes);
  // One dimension, no nulls, the type of the elements, how many there are, and that the first is number 1.
  let at = 0;
  for (const word of [1, 0, BYTEA, values.length, 1]) at = array.writeInt32BE(word, at);
  for (const value of values) {
    at = array.writeInt32BE(value.length, at);
    array.set(value, at);
    at += value.length;
  }
  return array;
}
