import type { RoomView } from "@sotto/client";
import { AudienceBar } from "../../ui/face.tsx";
import { words } from "../../words/words.ts";
import { readersInOrder } from "./room-name.ts";

/** Who will read what is about to be sent: the same faces and names as above the place to write. */
export function FileReaders(props: { readonly room: RoomView }) {
  const { kind, readers } = props.room;
  const people = readersInOrder(readers).map((reader) => ({
    ...reader,
    note: reader.isMe ? words.room.you : undefined,
  }));
  return <AudienceBar kind={kind} title={words.room.readers} people={people} />;
}
