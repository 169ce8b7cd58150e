/** Where the bytes of one file are: opaque ids only. */
export interface BlobPlace {
  readonly practice: string;
  readonly file: string;
}

/**
 * Where sealed chunks are kept: a folder, or a store of objects behind the same five words. Knows nothing of what they are and opens nothing; who may
 * read what is decided before it is asked.
 */
export interface Blobs {
  /** Durable when it answers. The same chunk again replaces the one that is there, whole. */
  readonly put: (place: BlobPlace, chunk: number, bytes: Uint8Array) => Promise<void>;
  /** Null when there is no such chunk. */
  readonly get: (place: BlobPlace, chunk: number) => Promise<Uint8Array<ArrayBuffer> | null>;
  /** The chunks that are there, in order. */
  readonly chunksOf: (place: BlobPlace) => Promise<readonly number[]>;
  /** Takes a file's bytes away for good. One that has none is gone already. */
  readonly remove: (place: BlobPlace) => Promise<void>;
  /** The files of a practice that have bytes here. */
  readonly filesOf: (practice: string) => Promise<readonly string[]>;
}
