import type { Actions, FamilyView, RoomView } from "@sotto/client";
import { ArrowLeft, UsersRound } from "lucide-react";
import { useCallback, useEffect, useRef, useState } from "react";
import { Ask } from "../../ui/ask.tsx";
import { KindMark } from "../../ui/face.tsx";
import { Banner, Button, Title } from "../../ui/parts.tsx";
import { words } from "../../words/words.ts";
import { Composer } from "./composer.tsx";
import { KeyWarnings } from "./key-warnings.tsx";
import { Log, type MessageLine } from "./log.tsx";
import { PeoplePane } from "./people-pane.tsx";
import { roomKindName, roomName } from "./room-name.ts";

type RoomActions = Pick<
  Actions,
  | "send"
  | "discard"
  | "saveDraft"
  | "markRead"
  | "addToRoom"
  | "removeFromRoom"
  | "historyChoices"
  | "grantHistory"
  | "compareCode"
  | "markVerified"
  | "understand"
>;

/** Stands where one would write: why nobody does, and what can be done. */
function ReadOnly(props: { readonly room: RoomView }) {
  const { family, kind, mayChangeReaders, readOnly, title } = props.room;
  // Only the private room of somebody who has left has a name of its own.
  if (readOnly === "closed" && kind === "private" && title !== "") {
    return <Banner tone="quiet">{words.closedOfLeaver(title)}</Banner>;
  }
  if (readOnly === "closed" && mayChangeReaders && family !== null) {
    return (
      <Banner tone="quiet">
        {words.closedForKeeper} <a href={`/f/${family}`}>{words.family.page}</a>
      </Banner>
    );
  }
  return <Banner tone="quiet">{words.readOnly[readOnly ?? "reader"]}</Banner>;
}

/** One room: what was said, who will read, and where to write. Mounted anew for each room. */
export function Room(props: {
  readonly actions: RoomActions;
  readonly room: RoomView;
  readonly family: FamilyView | null;
}) {
  const { room, actions } = props;
  const [isPeopleOpen, setPeopleOpen] = useState(false);
  const [comparing, setComparing] = useState<string | null>(null);
  const compareWith = (account: string) => {
    setComparing(account);
    setPeopleOpen(true);
  };
  const [text, setText] = useState(room.draft);
  const latest = useRef(room.draft);
  const [deleting, setDeleting] = useState<MessageLine | null>(null);
  const show = useCallback((value: string) => {
    latest.current = value;
    setText(value);
  }, []);
  const write = useCallback(
    (value: string) => {
      show(value);
      void actions.saveDraft({ room: room.room, text: value });
    },
    [actions, room.room, show],
  );
  // The next message may be begun already: what comes back stands before it, and nothing that is being written is ever cleared.
  const giveBack = useCallback(
    (unsent: string) => write(latest.current === "" ? unsent : `${unsent}\n${latest.current}`),
    [write],
  );
  const discard = useCallback(
    (line: MessageLine) => void actions.discard({ room: room.room, entry: line.entry }),
    [actions, room.room],
  );
  const takeBack = useCallback(
    (line: MessageLine) => {
      giveBack(line.text);
      discard(line);
    },
    [discard, giveBack],
  );
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
          <KeyWarnings
            actions={actions}
            warnings={room.warnings}
            onCompare={({ account }) => compareWith(account)}
          />
          <Log entries={room.entries} onDiscard={setDeleting} onTakeBack={room.mayWrite ? takeBack : null} />
          {room.mayWrite ? (
            <Composer
              actions={actions}
              room={room}
              text={text}
              onShow={show}
              onWrite={write}
              onGiveBack={giveBack}
            />
          ) : isLeft ? null : (
            <ReadOnly room={room} />
          )}
        </div>
        {isLeft ? null : (
          <PeoplePane
            actions={actions}
            room={room}
            family={props.family}
            comparing={comparing}
            onCompare={setComparing}
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
