import type { EndedRoomView } from "@sotto/client";
import { words } from "../../words/words.ts";

/** Rooms that ended on one day by one person are one line. */
const linesOf = (rooms: readonly EndedRoomView[]): readonly string[] => {
  const groups = new Map<string, readonly EndedRoomView[]>();
  for (const room of rooms) {
    const key = `${words.date(room.at)} ${room.by ?? ""}`;
    groups.set(key, [...(groups.get(key) ?? []), room]);
  }
  return [...groups.values()].flatMap((group) =>
    group.slice(0, 1).map(({ at, by }) => words.ended.line(group.length, at, by)),
  );
};

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
          {linesOf(rooms).map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </div>
    </details>
  );
}
