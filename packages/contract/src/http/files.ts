import * as z from "zod/mini";
import { LIMITS } from "../limits.ts";
import { Id, Octets } from "../scalars.ts";

const Empty = z.strictObject({});
const File = z.strictObject({ room: Id, file: Id });
const Chunk = z.strictObject({
  room: Id,
  file: Id,
  chunk: z.string().check(z.regex(/^(0|[1-9][0-9]{0,2})$/)),
});
const ChunkNumber = z.int().check(z.minimum(0), z.maximum(LIMITS.chunksPerFileMax - 1));

/** Sealed files, chunk by chunk (docs/formats/file.md). Chunks travel as they are, everything else as JSON. */
export const FILE_ENDPOINTS = {
  beginFile: {
    method: "PUT",
    path: "/v1/rooms/:room/files/:file",
    params: File,
    query: Empty,
    auth: "session",
    body: z.strictObject({ bytes: z.int().check(z.minimum(1), z.maximum(LIMITS.storedFileBytesMax)) }),
    answer: z.strictObject({
      state: z.enum(["begun", "whole"]),
      chunks: z.array(ChunkNumber).check(z.maxLength(LIMITS.chunksPerFileMax)),
    }),
    says: "Begins a file of so many sealed bytes in a room, or goes on with one: answers the chunks that are there. Its author's alone.",
  },
  putChunk: {
    method: "PUT",
    path: "/v1/rooms/:room/files/:file/chunks/:chunk",
    params: Chunk,
    query: Empty,
    auth: "session",
    body: Octets,
    answer: Empty,
    says: "Stores one chunk, in any order; durable when it answers. The same chunk again changes nothing. A chunk of a length that the whole size does not give is malformed.",
  },
  finishFile: {
    method: "POST",
    path: "/v1/rooms/:room/files/:file/finish",
    params: File,
    query: Empty,
    auth: "session",
    body: Empty,
    answer: Empty,
    says: "Makes a file whole: from now on those who are in the room may read it. Again: those who are in the room then. Refused with chunks-missing until every chunk is there.",
  },
  readChunk: {
    method: "GET",
    path: "/v1/rooms/:room/files/:file/chunks/:chunk",
    params: Chunk,
    query: Empty,
    auth: "session",
    custodian: true,
    body: null,
    answer: Octets,
    says: "One chunk of a whole file, for who was in the room when it became whole.",
  },
  removeFile: {
    method: "DELETE",
    path: "/v1/rooms/:room/files/:file",
    params: File,
    query: Empty,
    auth: "session",
    body: null,
    answer: Empty,
    says: "Takes a file away with all its bytes. Its author's alone. One that is not there is gone already.",
  },
} as const;
