import type { RoomLineView } from "@sotto/client";
import { EyeOff } from "lucide-react";
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
        <li key={room.room}>
          <a
            className="card card-link kind"
            data-kind={room.kind}
            href={`/r/${room.room}`}
            {...(room.room === props.current ? { "aria-current": "page" as const } : {})}
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
                {room.lastAt === null ? null : <span className="quiet">{words.when(room.lastAt, now)}</span>}
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
        </li>
      ))}
    </ul>
  );
}
