import type { RoomLineView } from "@sotto/client";
import { EyeOff } from "lucide-react";
import { memo } from "react";
import { Faces, KindMark } from "../../ui/face.tsx";
import { useNow } from "../../ui/use-now.ts";
import { words } from "../../words/words.ts";
import { readersInOrder, roomKindName, roomName } from "./room-name.ts";

/** The rooms this person is in, newest talk first. */
export function RoomList(props: { readonly rooms: readonly RoomLineView[]; readonly current?: string }) {
  const now = useNow();
  return (
    <ul className="plain-list">
      {props.rooms.map((room) => (
        <li key={room.room} className="room-line">
          <RoomLine
            room={room}
            when={room.lastAt === null ? null : words.when(room.lastAt, now)}
            isCurrent={room.room === props.current}
          />
        </li>
      ))}
    </ul>
  );
}

/** One of them. Drawn anew only when something of it has changed: there may be a thousand. */
const RoomLine = memo(function Line(props: {
  readonly room: RoomLineView;
  readonly when: string | null;
  readonly isCurrent: boolean;
}) {
  const { isCurrent, room, when } = props;
  return (
    <a
      className="card card-link kind"
      data-kind={room.kind}
      href={`/r/${room.room}`}
      {...(isCurrent ? { "aria-current": "page" as const } : {})}
    >
      {room.secondLook === "hidden" ? (
        <span className="kind-mark hidden-mark">
          <EyeOff aria-hidden="true" />
        </span>
      ) : (
        <KindMark kind={room.kind} />
      )}
      <span className="grow stack-tight">
        <span className="row row-between">
          <strong>{roomName(room)}</strong>
          {when === null ? null : <span className="quiet">{when}</span>}
        </span>
        <span className="row row-between">
          <span className="quiet">{roomKindName(room)}</span>
          {room.closed ? <span className="tag">{words.closing.tag}</span> : null}
        </span>
        <span className="row row-between">
          <Faces people={readersInOrder(room.readers)} />
          {room.unread > 0 ? (
            <span className="tag" data-tone="good">
              {words.rooms.freshCount(room.unread)}
            </span>
          ) : null}
        </span>
      </span>
    </a>
  );
});
