import type { RoomLineView } from "@sotto/client";
import { KindMark } from "../../ui/face.tsx";
import { words } from "../../words/words.ts";

/** The rooms this person is in, newest talk first. */
export function RoomList(props: {
  readonly rooms: readonly RoomLineView[];
  readonly emptyText: string;
  readonly current?: string;
}) {
  if (props.rooms.length === 0) return <p className="quiet">{props.emptyText}</p>;
  const rooms = props.rooms.toSorted((one, other) => (other.lastAt ?? 0) - (one.lastAt ?? 0));
  return (
    <ul className="plain-list">
      {rooms.map((room) => (
        <li key={room.room}>
          <a
            className="card card-link kind"
            data-kind={room.kind}
            href={`/r/${room.room}`}
            {...(room.room === props.current ? { "aria-current": "page" as const } : {})}
          >
            <KindMark kind={room.kind} />
            <span className="grow">
              <strong>{room.title}</strong>
              <br />
              <span className="quiet">
                {room.familyName === ""
                  ? words.roomKinds[room.kind]
                  : `${words.roomKinds[room.kind]} · ${room.familyName}`}
              </span>
            </span>
            {room.unread > 0 ? <span className="quiet">{words.rooms.fresh}</span> : null}
          </a>
        </li>
      ))}
    </ul>
  );
}
