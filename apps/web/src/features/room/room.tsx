import type { Actions, FamilyView, RoomView } from "@sotto/client";
import { ArrowLeft, UsersRound } from "lucide-react";
import { useEffect, useState } from "react";
import { Ask } from "../../ui/ask.tsx";
import { KindMark } from "../../ui/face.tsx";
import { Banner, Button, Title } from "../../ui/parts.tsx";
import { words } from "../../words/words.ts";
import { Composer } from "./composer.tsx";
import { Log, type MessageLine } from "./log.tsx";
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
  const [text, setText] = useState(room.draft);
  const [deleting, setDeleting] = useState<MessageLine | null>(null);
  const write = (value: string) => {
    setText(value);
    void actions.saveDraft({ room: room.room, text: value });
  };
  const discard = (line: MessageLine) => void actions.discard({ room: room.room, entry: line.entry });
  const takeBack = (line: MessageLine) => {
    write(text === "" ? line.text : `${line.text}\n${text}`);
    discard(line);
  };
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
        {isLeft ? null : (
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
        )}
      </header>
      <div className="room-body">
        <div className="talk">
          <Log entries={room.entries} onDiscard={setDeleting} onTakeBack={room.mayWrite ? takeBack : null} />
          {room.mayWrite ? (
            <Composer actions={actions} room={room} text={text} onText={setText} onWrite={write} />
          ) : isLeft ? null : (
            <Banner tone="quiet">{words.room.readOnly}</Banner>
          )}
        </div>
        {isLeft ? null : (
          <PeoplePane
            actions={actions}
            room={room}
            family={props.family}
            onClose={() => setPeopleOpen(false)}
          />
        )}
      </div>
      {deleting === null ? null : (
        <Ask
          title={words.room.deleteTitle}
          text={words.room.deleteText}
          yes={words.room.deleteUnsent}
          no={words.act.cancel}
          onYes={() => {
            discard(deleting);
            setDeleting(null);
          }}
          onNo={() => setDeleting(null)}
        />
      )}
    </section>
  );
}
