import type { EndedRoomView } from "@sotto/client";
import { words } from "../../words/words.ts";

/** The rooms that this person has seen end: when and by whom, and nothing that was in them. */
export function EndedRooms(props: { readonly rooms: readonly EndedRoomView[] }) {
  const { rooms } = props;
  if (rooms.length === 0) return null;
  return (
    <details className="fold">
      <summary>{words.ended.title(rooms.length)}</summary>
      <div className="stack-tight">
        <p>{words.ended.text}</p>
        <ul>
          {rooms.map(({ at, by, room }) => (
            <li key={room}>{words.ended.line(at, by)}</li>
          ))}
        </ul>
      </div>
    </details>
  );
}
