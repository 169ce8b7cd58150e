import type { RoomLineEntry, RoomView } from "@sotto/client";
import { Check, Clock, TriangleAlert } from "lucide-react";
import { memo, useEffect, useLayoutEffect, useRef, type ReactNode } from "react";
import { Face } from "../../ui/face.tsx";
import { Button } from "../../ui/parts.tsx";
import { useNow } from "../../ui/use-now.ts";
import { words } from "../../words/words.ts";
import { FileSaid, type FileLineEntry } from "./file-line.tsx";
import { FileRefused } from "./file-refused.tsx";

export type MessageLine = RoomLineEntry & { readonly kind: "message" };

const TOGETHER_MS = 5 * 60_000;
const NEAR_END_PIXELS = 120;

/** Somebody said something: in words, or by a file. */
const isSaid = (line: RoomLineEntry | undefined): line is MessageLine | FileLineEntry =>
  line?.kind === "message" || line?.kind === "file";

const keyOf = (line: RoomLineEntry) => (isSaid(line) ? line.entry : `${line.kind} ${line.seq}`);

/** The same person goes on within minutes: the face and name need not stand there again. */
const isFollowing = (line: MessageLine | FileLineEntry, before: RoomLineEntry | undefined) =>
  isSaid(before) && before.author.account === line.author.account && line.at - before.at < TOGETHER_MS;

/**
 * What was said and who came and went, oldest first. Stays at the end while the reader is there. Drawn anew when something is
 * said, not at every key that is pressed below it.
 */
export const Log = memo(function Log(props: {
  readonly room: RoomView;
  readonly onDiscard: (line: MessageLine) => void;
  /** Null where there is no place to write any more. */
  readonly onTakeBack: ((line: MessageLine) => void) | null;
}) {
  const list = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const { entries } = props.room;
  const last = entries.at(-1);
  const lastKey = last === undefined ? "" : keyOf(last);
  const isMine = isSaid(last) && last.author.isMe;
  useLayoutEffect(() => {
    if (list.current !== null && (isAtEnd.current || isMine))
      list.current.scrollTop = list.current.scrollHeight;
  }, [entries.length, isMine, lastKey]);
  // A picture that comes after its line makes the log longer: who is at the end stays there.
  useEffect(() => {
    const [log, said] = [list.current, list.current?.firstElementChild];
    if (log === null || said === null || said === undefined) return undefined;
    const watcher = new ResizeObserver(() => {
      if (isAtEnd.current) log.scrollTop = log.scrollHeight;
    });
    watcher.observe(said);
    return () => watcher.disconnect();
  }, []);
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
              follows={!isNewDay && isSaid(line) && isFollowing(line, before)}
              room={props.room}
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
  readonly room: RoomView;
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
      ) : line.kind === "notice" ? (
        <li className="event" data-tone="alarm">
          {words.notices[line.notice]}
        </li>
      ) : line.kind === "file" ? (
        <Said line={line} follows={props.follows}>
          <FileSaid line={line} place={{ room: props.room.room, entry: line.entry }} />
          <FileRefused line={line} readers={props.room.mayWrite ? props.room.readers : []} />
        </Said>
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
  const { state, text } = props.line;
  return (
    <Said line={props.line} follows={props.follows}>
      <div className="text" dir="auto">
        {text}
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
    </Said>
  );
}

/** Who said it, what (`children`), and when. */
function Said(props: {
  readonly line: MessageLine | FileLineEntry;
  readonly follows: boolean;
  readonly children: ReactNode;
}) {
  const { author, at, state } = props.line;
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
        {props.children}
        <div className="under" aria-live="off">
          <time dateTime={new Date(at).toISOString()}>{words.clock(at)}</time>
          {author.isMe ? <Sending state={state} /> : null}
        </div>
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
