import type { Reader, RoomLineEntry, RoomView } from "@sotto/client";
import { ROOM_WORDS } from "@sotto/content/room-words";
import { Trash2 } from "lucide-react";
import { memo, useEffect, useLayoutEffect, useRef } from "react";
import { Button } from "../../ui/parts.tsx";
import { useNow } from "../../ui/use-now.ts";
import { agreementWords } from "../../words/agreement.ts";
import { spokenLanguage, words } from "../../words/words.ts";
import { FileMessage } from "./file-message.tsx";
import type { MessageActs } from "./message-menu.tsx";
import { Message } from "./message.tsx";
import type { SaidLine } from "./said-line.ts";

const TOGETHER_MS = 5 * 60_000;
const NEAR_END_PIXELS = 120;
/** From so many lines on, drawing those that nobody sees would be felt. */
const MANY_LINES = 600;

const keyOf = (line: RoomLineEntry) => ("entry" in line ? line.entry : `${line.kind} ${line.seq}`);

const isSaid = (line: RoomLineEntry | undefined): line is SaidLine =>
  line?.kind === "message" || line?.kind === "file";

const nameOf = (reader: Reader) => (reader.isMe ? words.room.me(reader.name) : reader.name);

/** The same person goes on within minutes: the face and name need not stand there again. */
const isFollowing = (line: RoomLineEntry, before: RoomLineEntry | undefined) =>
  isSaid(line) &&
  isSaid(before) &&
  before.author.account === line.author.account &&
  (line.kind === "file" || line.quote === null) &&
  line.at - before.at < TOGETHER_MS;

const NOBODY: RoomView["readers"] = [];

/** A message to go to. A new object goes there again. */
export interface Target {
  readonly entry: string;
}

/**
 * What was said and who came and went, oldest first. Stays at the end while the reader is there, and where they are when earlier lines
 * come in. Each line is drawn anew when it changes, and not at every key that is pressed below it.
 */
export const Log = memo(function Log(props: {
  readonly room: RoomView;
  readonly target: Target | null;
  readonly acts: MessageActs;
  readonly onEarlier: () => void;
}) {
  const list = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(props.target === null);
  const reached = useRef<Target | null>(null);
  const { acts, target } = props;
  const { earlier, entries, mayWrite, readers, room } = props.room;
  const last = entries.at(-1);
  const first = entries[0];
  const lastKey = last === undefined ? "" : keyOf(last);
  const firstKey = first === undefined ? "" : keyOf(first);
  const isMine = isSaid(last) && last.author.isMe;
  const heightBefore = useRef({ firstKey, height: 0 });
  /** Of all lines, when the reader was last put to the end, or left where they were. */
  const heightSeen = useRef(0);
  useLayoutEffect(() => {
    const log = list.current;
    if (log === null) return;
    const isGoing = target !== null && reached.current !== target;
    if (!isGoing && (isAtEnd.current || isMine)) log.scrollTop = log.scrollHeight;
    // Earlier lines came in above: what the reader looks at stays where it is.
    else if (!isGoing && heightBefore.current.firstKey !== firstKey) {
      log.scrollTop += log.scrollHeight - heightBefore.current.height;
    }
    heightBefore.current = { firstKey, height: log.scrollHeight };
    heightSeen.current = log.scrollHeight;
  }, [entries.length, firstKey, isMine, lastKey, target]);
  useEffect(() => {
    const log = list.current;
    if (log === null) return;
    // What grows after it was drawn, and the keyboard of a phone that comes up, leave the reader at the end.
    const observer = new ResizeObserver(() => {
      if (isAtEnd.current) log.scrollTop = log.scrollHeight;
      heightSeen.current = log.scrollHeight;
    });
    observer.observe(log);
    if (log.firstElementChild !== null) observer.observe(log.firstElementChild);
    return () => observer.disconnect();
  }, []);
  const isHere = target !== null && entries.some((line) => "entry" in line && line.entry === target.entry);
  useEffect(() => {
    if (target === null || !isHere || reached.current === target) return;
    reached.current = target;
    isAtEnd.current = false;
    const line = document.getElementById(`m-${target.entry}`);
    line?.scrollIntoView({ block: "center" });
    line?.focus({ preventScroll: true });
  }, [isHere, target]);
  const noticeScroll = () => {
    const log = list.current;
    if (log === null) return;
    // What has just grown moves nobody away from the end: only they themselves do.
    const height = Math.min(log.scrollHeight, heightSeen.current);
    isAtEnd.current = height - log.scrollTop - log.clientHeight < NEAR_END_PIXELS;
  };
  const now = useNow();
  return (
    <div
      ref={list}
      className="log"
      {...(entries.length > MANY_LINES ? { "data-long": "" } : {})}
      role="log"
      aria-label={words.room.log}
      tabIndex={0}
      onScroll={noticeScroll}
    >
      <ol>
        {earlier > 0 ? (
          <li className="earlier">
            <Button onPress={props.onEarlier}>{words.messages.earlier}</Button>
          </li>
        ) : null}
        {entries.map((line, index) => {
          const before = entries[index - 1];
          const day = words.day(line.at, now);
          const isNewDay = before === undefined || words.day(before.at, now) !== day;
          return (
            <LogLine
              key={keyOf(line)}
              line={line}
              day={isNewDay ? day : null}
              room={room}
              readers={mayWrite && line.kind === "file" && line.state.kind === "refused" ? readers : NOBODY}
              follows={!isNewDay && isFollowing(line, before)}
              isFound={target !== null && "entry" in line && line.entry === target.entry}
              now={line.kind === "message" && (line.editableUntil ?? 0) > now ? now : 0}
              acts={acts}
            />
          );
        })}
      </ol>
    </div>
  );
});

/** `now` is given only to lines that grow old by it; the others need not be drawn anew when a minute passes. */
const LogLine = memo(function LogLine(props: {
  readonly line: RoomLineEntry;
  readonly room: RoomView["room"];
  /** Who would read what was refused, if it were sent now. */
  readonly readers: RoomView["readers"];
  readonly day: string | null;
  readonly follows: boolean;
  readonly isFound: boolean;
  readonly now: number;
  readonly acts: MessageActs;
}) {
  const { line } = props;
  return (
    <>
      {props.day === null ? null : <li className="day">{props.day}</li>}
      {line.kind === "message" ? (
        <Message
          line={line}
          follows={props.follows}
          isFound={props.isFound}
          now={props.now === 0 ? Infinity : props.now}
          acts={props.acts}
        />
      ) : line.kind === "file" ? (
        <FileMessage
          line={line}
          room={props.room}
          readers={props.readers}
          follows={props.follows}
          isFound={props.isFound}
          acts={props.acts}
        />
      ) : (
        <Happened line={line} />
      )}
    </>
  );
});

function Happened(props: { readonly line: Exclude<RoomLineEntry, SaidLine> }) {
  const { line } = props;
  switch (line.kind) {
    case "deleted":
      return (
        <li className="event" id={`m-${line.entry}`} tabIndex={-1}>
          <Trash2 aria-hidden="true" size={16} />{" "}
          {line.author.isMe ? words.messages.deletedByMe : words.messages.deletedBy(line.author.name)}
          {line.deletedAt === null ? ` ${words.room.waiting}.` : ""}
        </li>
      );
    case "audience":
      return <li className="event">{words.changes[line.change](line.names)}</li>;
    case "rule":
      return (
        <li className="event">
          {agreementWords.fromHere} {ROOM_WORDS[spokenLanguage()][line.sentence]}
        </li>
      );
    case "granted":
      return (
        <li className="event">
          {words.past.granted(nameOf(line.by), nameOf(line.to), line.from, line.isAll)}
        </li>
      );
    case "opened":
      return (
        <li className="event" data-tone="alarm">
          {words.continuity.opened(line.by.name, line.at, line.reason)}
          {line.allowedBy === null || line.allowedBy.name === ""
            ? null
            : ` ${words.continuity.allowedBy(nameOf(line.allowedBy))}`}
        </li>
      );
    case "returned":
      return (
        <li className="event" {...(line.person.keysChanged ? { "data-tone": "alarm" } : {})}>
          {words.trust.returned(nameOf(line.person), nameOf(line.by))}
        </li>
      );
    case "notice":
      return (
        <li className="event" data-tone="alarm">
          {words.notices[line.notice]}
        </li>
      );
  }
}
