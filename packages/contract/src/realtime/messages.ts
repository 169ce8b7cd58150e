import * as z from "zod/mini";
import { LIMITS } from "../limits.ts";
import { REFUSAL_KINDS } from "../refusal.ts";
import { Base64, Count, Id, Millis } from "../scalars.ts";

/** Client to server on `/v1/live`, one JSON text message each. `hello` comes first and only once. */
export const ClientMessage = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("hello"), token: z.string().check(z.maxLength(128)) }),
  z.strictObject({ kind: z.literal("append"), ref: Count, room: Id, bytes: Base64(LIMITS.frameBytesMax) }),
  z.strictObject({ kind: z.literal("ping") }),
  /** The person themselves is there and has what the log holds: what came until now needs no reminder. */
  z.strictObject({ kind: z.literal("here") }),
]);

/**
 * Server to client. Everything is a hint that repeats what the log holds: a lost one loses nothing. `seq` is the reader's own count
 * (see RoomItem); an item whose seq is not the next one means: read the room's log.
 */
export const ServerMessage = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("welcome") }),
  z.strictObject({
    kind: z.literal("item"),
    room: Id,
    seq: Count,
    item: z.enum(["event", "frame"]),
    bytes: Base64(LIMITS.eventBytesMax),
    at: Millis,
  }),
  z.strictObject({ kind: z.literal("appended"), ref: Count, seq: Count, at: Millis }),
  z.strictObject({ kind: z.literal("refused"), ref: Count, refusal: z.enum(REFUSAL_KINDS) }),
  z.strictObject({ kind: z.literal("rooms-changed") }),
  z.strictObject({ kind: z.literal("vault-changed"), name: z.string(), version: Count }),
  z.strictObject({ kind: z.literal("invitations-changed") }),
  z.strictObject({ kind: z.literal("sessions-changed") }),
  z.strictObject({ kind: z.literal("bye"), refusal: z.enum(REFUSAL_KINDS) }),
  z.strictObject({ kind: z.literal("pong") }),
]);

export type ClientMessage = z.output<typeof ClientMessage>;
export type ServerMessage = z.output<typeof ServerMessage>;
