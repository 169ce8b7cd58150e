import type { Client, RoomLineEntry, RoomView } from "@sotto/client";
import type { EntryId, RoomId } from "@sotto/domain";
import { roomNow, untilSaid, valueOf } from "./clients.ts";

/** What is said in rooms, as scenarios speak of it. */
export type Message = RoomLineEntry & { readonly kind: "message" };

export function messagesOf(view: RoomView | null): readonly Message[] {
  return (view?.entries ?? []).filter((line): line is Message => line.kind === "message");
}

/** The message with this text; throws when it is not there. */
export function messageWith(view: RoomView | null, text: string): Message {
  const found = messagesOf(view).find((line) => line.text === text);
  if (found === undefined) throw new Error("a message that was said");
  return found;
}

/** Says something and waits until the room's log holds it. Answers its id. */
export async function say(
  client: Client,
  room: RoomId,
  text: string,
  to: EntryId | null = null,
): Promise<EntryId> {
  const entry = valueOf(await client.actions.send({ room, text, to }));
  await untilSaid(client, room, text);
  return entry;
}

export function deletedIn(view: RoomView | null): readonly string[] {
  return (view?.entries ?? []).flatMap((line) => (line.kind === "deleted" ? [line.author.name] : []));
}

export function quoteNow(client: Client, room: RoomId, text: string): Message["quote"] {
  return messageWith(roomNow(client, room), text).quote;
}
