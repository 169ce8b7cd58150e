import type { Bytes } from "@sotto/vault";
import { PIECE_BYTES_MAX } from "../entry/agreement-codec.ts";

/** One piece of something too large for one entry: its place among so many. */
export interface Place {
  readonly index: number;
  readonly count: number;
}

/** Pieces that wait for the others, by author, hash, count and place: nobody can spoil what another puts together. */
export type Pieces<Piece> = Map<string, Piece>;

/** Keeps one piece of what has this hash, in hexadecimal. All of them in their order when none is missing, and then none is kept; null until then. */
export function gather<Piece>(
  pieces: Pieces<Piece>,
  piece: Piece,
  { author, count, file, index }: Place & { readonly author: string; readonly file: string },
): readonly Piece[] | null {
  const nameOf = (place: number): string => `${author}/${file}/${String(count)}/${String(place)}`;
  pieces.set(nameOf(index), piece);
  const names = Array.from({ length: count }, (_, place) => nameOf(place));
  const held = names.flatMap((name) => pieces.get(name) ?? []);
  if (held.length < count) return null;
  for (const name of names) pieces.delete(name);
  return held;
}

/** Bytes in pieces, each of which fits into one entry. */
export function cut(whole: Bytes): readonly (Place & { readonly bytes: Bytes })[] {
  const count = Math.ceil(whole.length / PIECE_BYTES_MAX);
  return Array.from({ length: count }, (_, index) => ({
    index,
    count,
    bytes: whole.slice(index * PIECE_BYTES_MAX, (index + 1) * PIECE_BYTES_MAX),
  }));
}
