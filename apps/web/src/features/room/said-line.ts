import type { RoomLineEntry } from "@sotto/client";

/** Something that somebody said: in words, or by a file. */
export type SaidLine = RoomLineEntry & { readonly kind: "message" | "file" };
