import type { Reader, RoomLineEntry } from "@sotto/client";
import { Check, Clock, TriangleAlert } from "lucide-react";
import { memo, useLayoutEffect, useRef } from "react";
import { Face } from "../../ui/face.tsx";
import { Button } from "../../ui/parts.tsx";
import { useNow } from "../../ui/use-now.ts";
import { words } from "../../words/words.ts";

export type MessageLine = RoomLineEntry & { readonly kind: "message" };

const TOGETHER_MS = 5 * 60_000;
const NEAR_END_PIXELS = 120;

const keyOf = (line: RoomLineEntry) => (line.kind === "message" ? line.entry : `${line.kind} ${line.seq}`);

const nameOf = (reader: Reader) => (reader.isMe ? words.room.me(reader.name) : reader.name);

/** The same person goes on within minutes: the face and name need not stand there again. */
const isFollowing = (line: MessageLine, before: RoomLineEntry | undefined) =>
  before?.kind === "message" &&
  before.author.account === line.author.account &&
  line.at - before.at < TOGETHER_MS;

/**
 * What was said and who came and went, oldest first. Stays at the end while the reader is there. Drawn anew when something is
 * said, not at every key that is pressed below it.
 */
export const Log = memo(function Log(props: {
  readonly entries: readonly RoomLineEntry[];
  readonly onDiscard: (line: MessageLine) => void;
  /** Null where there is no place to write any more. */
  readonly onTakeBack: ((line: MessageLine) => void) | null;
}) {
  const list = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const { entries } = props;
  const last = entries.at(-1);
  const lastKey = last === undefined ? "" : keyOf(last);
  const isMine = last?.kind === "message" && last.author.isMe;
  useLayoutEffect(() => {
    if (list.current !== null && (isAtEnd.current || isMine))
      list.current.scrollTop = list.current.scrollHeight;
  }, [entries.length, isMine, lastKey]);
  const noticeScroll = () => {
    const log = list.current;
    if (log !== null) isAtEnd.current = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END_PIXELS;
  };
  const now = useNow();
  return (
    <div
      ref={list}
      className="log"
      role="log"
      aria-label={words.room.log}
      tabIndex={0}
      onScroll={noticeScroll}
    >
      <ol>
        {entries.map((line, index) => {
          const before = entries[index - 1];
          const day = words.day(line.at, now);
          const isNewDay = before === undefined || words.day(before.at, now) !== day;
          return (
            <LogLine
              key={keyOf(line)}
              line={line}
              day={isNewDay ? day : null}
              follows={!isNewDay && line.kind === "message" && isFollowing(line, before)}
              onDiscard={props.onDiscard}
              onTakeBack={props.onTakeBack}
            />
          );
        })}
      </ol>
    </div>
  );
});

function LogLine(props: {
  readonly line: RoomLineEntry;
  readonly day: string | null;
  readonly follows: boolean;
  readonly onDiscard: (line: MessageLine) => void;
  readonly onTakeBack: ((line: MessageLine) => void) | null;
}) {
  const { line, onTakeBack } = props;
  return (
    <>
      {props.day === null ? null : <li className="day">{props.day}</li>}
      {line.kind === "audience" ? (
        <li className="event">{words.changes[line.change](line.names)}</li>
      ) : line.kind === "granted" ? (
        <li className="event">
          {words.past.granted(nameOf(line.by), nameOf(line.to), line.from, line.isAll)}
        </li>
      ) : line.kind === "returned" ? (
        <li className="event" {...(line.person.keysChanged ? { "data-tone": "alarm" } : {})}>
          {words.trust.returned(nameOf(line.person), nameOf(line.by))}
        </li>
      ) : line.kind === "notice" ? (
        <li className="event" data-tone="alarm">
          {words.notices[line.notice]}
        </li>
      ) : (
        <Message
          line={line}
          follows={props.follows}
          onDiscard={() => props.onDiscard(line)}
          onTakeBack={onTakeBack === null ? null : () => onTakeBack(line)}
        />
      )}
    </>
  );
}

function Message(props: {
  readonly line: MessageLine;
  readonly follows: boolean;
  readonly onDiscard: () => void;
  readonly onTakeBack: (() => void) | null;
}) {
  const { author, at, state, text } = props.line;
  return (
    <li
      className="message"
      data-state={state.kind}
      {...(author.isMe ? { "data-mine": "" } : {})}
      {...(props.follows ? { "data-follows": "" } : {})}
    >
      {author.isMe ? null : props.follows ? <span /> : <Face name={author.name} face={author.face} />}
      <div className="said">
        {props.follows ? (
          <span className="hidden">{author.name}</span>
        ) : author.isMe ? (
          <span className="hidden">{words.room.you}</span>
        ) : (
          <span className="author">{author.name}</span>
        )}
        <div className="text" dir="auto">
          {text}
        </div>
        <div className="under" aria-live="off">
          <time dateTime={new Date(at).toISOString()}>{words.clock(at)}</time>
          {author.isMe ? <Sending state={state} /> : null}
        </div>
        {state.kind === "refused" ? (
          <div className="stack-tight">
            <p>{words.refusals[state.refusal]}</p>
            <div className="row">
              {props.onTakeBack === null ? null : (
                <Button tone="primary" onPress={props.onTakeBack}>
                  {words.room.takeBack}
                </Button>
              )}
              <Button onPress={props.onDiscard}>{words.room.deleteUnsent}</Button>
            </div>
          </div>
        ) : null}
      </div>
    </li>
  );
}

function Sending(props: { readonly state: MessageLine["state"] }) {
  switch (props.state.kind) {
    case "sent":
      return (
        <>
          <Check aria-hidden="true" size={16} /> {words.room.sent}
        </>
      );
    case "waiting":
      return (
        <>
          <Clock aria-hidden="true" size={16} /> {words.room.waiting}
        </>
      );
    case "refused":
      return (
        <>
          <TriangleAlert aria-hidden="true" size={16} /> {words.room.notSent}
        </>
      );
  }
}
