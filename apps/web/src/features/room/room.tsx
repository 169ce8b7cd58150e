import type { Actions, ClientRefusal, FamilyView, RoomLineEntry, RoomView } from "@sotto/client";
import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { AudienceBar, Face } from "../../ui/face.tsx";
import { Banner, Button, Title } from "../../ui/parts.tsx";
import { useAttempt } from "../../ui/use-attempt.ts";
import { sayProblem, words } from "../../words/words.ts";

type RoomActions = Pick<
  Actions,
  "send" | "discard" | "saveDraft" | "markRead" | "addToRoom" | "removeFromRoom"
>;

function Line(props: { readonly line: RoomLineEntry; readonly onDiscard: (line: RoomLineEntry) => void }) {
  const { line } = props;
  switch (line.kind) {
    case "audience":
      return <li className="event">{words.changes[line.change](line.names)}</li>;
    case "notice":
      return <li className="event">{words.notices[line.notice]}</li>;
    case "message":
      return (
        <li className="message" {...(line.author.isMe ? { "data-mine": "" } : {})}>
          <div className="row quiet">
            <Face name={line.author.name} face={line.author.face} />
            <strong>{line.author.name}</strong> {words.time(line.at)}
          </div>
          {line.text}
          {line.state.kind === "waiting" ? <div className="quiet">{words.room.waiting}</div> : null}
          {line.state.kind === "sent" && line.author.isMe ? (
            <div className="quiet">{words.room.sent}</div>
          ) : null}
          {line.state.kind === "refused" ? (
            <div className="stack">
              {words.refusals[line.state.refusal]}
              <Button onPress={() => props.onDiscard(line)}>{words.act.discard}</Button>
            </div>
          ) : null}
        </li>
      );
  }
}

/** One room: what was said, who will read, and where to write. Mounted anew for each room. */
export function Room(props: {
  readonly actions: RoomActions;
  readonly room: RoomView;
  readonly family: FamilyView | null;
}) {
  const { room, actions } = props;
  const [text, setText] = useState(room.draft);
  const end = useRef<HTMLDivElement>(null);
  const { busy, problem, attempt } = useAttempt<ClientRefusal>();
  const said = sayProblem(problem);
  useEffect(() => {
    end.current?.scrollIntoView();
    void actions.markRead(room.room);
  }, [room.entries.length, room.room, actions]);
  const write = (value: string) => {
    setText(value);
    void actions.saveDraft({ room: room.room, text: value });
  };
  const send = () => {
    if (text.trim() !== "" && !busy)
      attempt(
        () => actions.send({ room: room.room, text }),
        () => write(""),
      );
  };
  const sendOnEnter = (event: KeyboardEvent) => {
    if (
      event.key !== "Enter" ||
      event.shiftKey ||
      event.nativeEvent.isComposing ||
      matchMedia("(pointer: coarse)").matches
    )
      return;
    event.preventDefault();
    send();
  };
  const discard = (line: RoomLineEntry) => {
    if (line.kind === "message") attempt(() => actions.discard({ room: room.room, entry: line.entry }));
  };
  const readers = room.readers.map((reader) => ({
    ...reader,
    name: reader.isMe ? `${reader.name} (${words.room.you})` : reader.name,
  }));
  const missing = (props.family?.people ?? []).filter(
    ({ account }) => account !== null && !room.readers.some((reader) => reader.account === account),
  );
  return (
    <section className="room kind" data-kind={room.kind}>
      <Title>{room.title}</Title>
      <p className="quiet">{words.roomKinds[room.kind]}</p>
      {said === null ? null : <Banner>{said}</Banner>}
      <ol className="log" role="log" aria-label={words.room.log} tabIndex={0}>
        {room.entries.length === 0 ? <li className="event">{words.room.empty}</li> : null}
        {room.entries.map((line) => (
          <Line
            key={line.kind === "message" ? line.entry : `${line.kind} ${line.seq}`}
            line={line}
            onDiscard={discard}
          />
        ))}
      </ol>
      <div ref={end} />
      <AudienceBar kind={room.kind} title={words.room.readers} people={readers} />
      {room.mayChangeReaders ? (
        <details>
          <summary>{words.room.people}</summary>
          <div className="row">
            {room.readers
              .filter(({ isMe }) => !isMe)
              .map((reader) => (
                <Button
                  key={reader.account}
                  disabled={busy}
                  onPress={() =>
                    attempt(() => actions.removeFromRoom({ room: room.room, account: reader.account }))
                  }
                >
                  {words.room.removeName(reader.name)}
                </Button>
              ))}
            {missing.map(({ person }) => (
              <Button
                key={person.person}
                disabled={busy}
                onPress={() => attempt(() => actions.addToRoom({ room: room.room, person: person.person }))}
              >
                {words.room.addName(person.name)}
              </Button>
            ))}
          </div>
        </details>
      ) : null}
      {room.mayWrite ? (
        <div className="composer">
          <textarea
            className="input"
            rows={2}
            aria-label={words.room.message}
            placeholder={words.room.placeholder}
            value={text}
            onChange={(event) => write(event.target.value)}
            onKeyDown={sendOnEnter}
          />
          <Button primary onPress={send} disabled={busy}>
            {words.act.send}
          </Button>
        </div>
      ) : (
        <p className="quiet">{words.room.readOnly}</p>
      )}
    </section>
  );
}
