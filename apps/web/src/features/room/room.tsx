import type { Actions, FamilyView, RoomView } from "@sotto/client";
import { ArrowLeft, UsersRound } from "lucide-react";
import { useEffect, useState } from "react";
import { KindMark } from "../../ui/face.tsx";
import { Banner, Button, Title } from "../../ui/parts.tsx";
import { words } from "../../words/words.ts";
import { Composer } from "./composer.tsx";
import { Log } from "./log.tsx";
import { PeoplePane } from "./people-pane.tsx";
import { roomKindName, roomName } from "./room-name.ts";

type RoomActions = Pick<
  Actions,
  "send" | "discard" | "saveDraft" | "markRead" | "addToRoom" | "removeFromRoom"
>;

/** One room: what was said, who will read, and where to write. Mounted anew for each room. */
export function Room(props: {
  readonly actions: RoomActions;
  readonly room: RoomView;
  readonly family: FamilyView | null;
}) {
  const { room, actions } = props;
  const [isPeopleOpen, setPeopleOpen] = useState(false);
  useEffect(() => {
    void actions.markRead(room.room);
  }, [room.entries.length, room.room, actions]);
  const isLeft = room.readers.length === 0;
  return (
    <section className="room kind" data-kind={room.kind} {...(isPeopleOpen ? { "data-people": "" } : {})}>
      <header className="room-head">
        <a className="button back" data-plain="" href="/" aria-label={words.room.back}>
          <ArrowLeft aria-hidden="true" />
        </a>
        <span className="wide-only">
          <KindMark kind={room.kind} />
        </span>
        <div className="grow">
          <Title>{isLeft ? words.product : roomName(room)}</Title>
          <p className="quiet">{isLeft ? words.room.gone : roomKindName(room)}</p>
        </div>
        <Button
          tone="plain"
          className="people-toggle"
          expanded={isPeopleOpen}
          label={words.room.peopleCount(room.readers.length)}
          onPress={() => setPeopleOpen(!isPeopleOpen)}
        >
          <UsersRound aria-hidden="true" />
          {room.readers.length}
        </Button>
      </header>
      <div className="room-body">
        <div className="talk">
          <Log
            entries={room.entries}
            onDiscard={(line) => void actions.discard({ room: room.room, entry: line.entry })}
          />
          {room.mayWrite ? (
            <Composer actions={actions} room={room} />
          ) : (
            <Banner tone="quiet">{isLeft ? words.room.gone : words.room.readOnly}</Banner>
          )}
        </div>
        <PeoplePane
          actions={actions}
          room={room}
          family={props.family}
          onClose={() => setPeopleOpen(false)}
        />
      </div>
    </section>
  );
}
