import type { RoomLineEntry } from "@sotto/client";
import { Check, Clock, Timer, TriangleAlert } from "lucide-react";
import { memo, useEffect, useState } from "react";
import { Face } from "../../ui/face.tsx";
import { Button } from "../../ui/parts.tsx";
import { words } from "../../words/words.ts";
import { MessageMenu, type MessageActs } from "./message-menu.tsx";
import { MessageText } from "./message-text.tsx";
import { Quoted } from "./quoted.tsx";

export type MessageLine = RoomLineEntry & { readonly kind: "message" };

/** One thing that was said, with what it answers, how it stands with it, and what can be done about it. */
export const Message = memo(function Message(props: {
  readonly line: MessageLine;
  readonly follows: boolean;
  readonly isFound: boolean;
  readonly now: number;
  readonly acts: MessageActs;
}) {
  const { acts, line } = props;
  const { author, at, state, text } = line;
  const name = author.isMe ? words.room.you : author.name;
  return (
    <li
      className="message"
      id={`m-${line.entry}`}
      tabIndex={-1}
      data-state={state.kind}
      {...(author.isMe ? { "data-mine": "" } : {})}
      {...(props.follows ? { "data-follows": "" } : {})}
      {...(props.isFound ? { "data-found": "" } : {})}
    >
      {author.isMe ? null : props.follows ? <span /> : <Face name={author.name} face={author.face} />}
      <div className="said">
        <span className={author.isMe || props.follows ? "hidden" : "author"}>{name}</span>
        {line.quote === null ? null : <Quoted quote={line.quote} onGo={({ entry }) => acts.onGo(entry)} />}
        <MessageText text={text} />
        <div className="under" aria-live="off">
          <time dateTime={new Date(at).toISOString()}>{words.clock(at)}</time>
          {line.editedAt === null ? null : <span>{words.messages.edited}</span>}
          {author.isMe ? <Sending state={state} /> : null}
          {state.kind === "held" ? null : <MessageMenu line={line} now={props.now} acts={acts} />}
        </div>
        {state.kind === "held" ? (
          <div className="row held">
            <Button className="small" onPress={() => acts.onUndo(line)}>
              {words.messages.undo}
            </Button>
            <Button tone="plain" className="small" onPress={() => acts.onSendNow(line)}>
              {words.messages.sendNow}
            </Button>
          </div>
        ) : null}
        {state.kind === "refused" ? (
          <div className="stack-tight">
            <p>{words.refusals[state.refusal]}</p>
            <div className="row">
              {acts.onTakeBack === null ? null : (
                <Button tone="primary" onPress={() => acts.onTakeBack?.(line)}>
                  {words.room.takeBack}
                </Button>
              )}
              <Button onPress={() => acts.onDiscard(line)}>{words.room.deleteUnsent}</Button>
            </div>
          </div>
        ) : null}
      </div>
    </li>
  );
});

function Sending(props: { readonly state: MessageLine["state"] }) {
  const { state } = props;
  switch (state.kind) {
    case "sent":
      return (
        <>
          <Check aria-hidden="true" size={16} /> {words.room.sent}
        </>
      );
    case "held":
      return <Held until={state.until} />;
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

const secondsTo = (until: number) => Math.max(0, Math.ceil((until - Date.now()) / 1000));

/** A quiet count; nothing of it is read out at every second. */
function Held(props: { readonly until: number }) {
  const [seconds, setSeconds] = useState(() => secondsTo(props.until));
  useEffect(() => {
    const timer = setInterval(() => setSeconds(secondsTo(props.until)), 250);
    return () => clearInterval(timer);
  }, [props.until]);
  return (
    <>
      <Timer aria-hidden="true" size={16} /> {words.messages.heldFor(seconds)}
    </>
  );
}
