import { Check, Clock, Timer, TriangleAlert } from "lucide-react";
import { useEffect, useState, type ReactNode } from "react";
import { Face } from "../../ui/face.tsx";
import { words } from "../../words/words.ts";
import type { SaidLine } from "./said-line.ts";
import { failedLabel } from "./what-failed.ts";

/** How a line stands among the others. */
export interface SaidPlace {
  /** The same person goes on: the face and name need not stand there again. */
  readonly follows: boolean;
  readonly isFound: boolean;
}

/** Who said it, what (`children`), when, and what can be done about it (`more`). */
export function Said(
  props: SaidPlace & { readonly line: SaidLine; readonly more: ReactNode; readonly children: ReactNode },
) {
  const { at, author, entry, state } = props.line;
  return (
    <li
      className="message"
      id={`m-${entry}`}
      tabIndex={-1}
      data-state={state.kind}
      {...(author.isMe ? { "data-mine": "" } : {})}
      {...(props.follows ? { "data-follows": "" } : {})}
      {...(props.isFound ? { "data-found": "" } : {})}
    >
      {author.isMe ? null : props.follows ? <span /> : <Face name={author.name} face={author.face} />}
      <div className="said">
        <span className={author.isMe || props.follows ? "hidden" : "author"}>
          {author.isMe ? words.room.you : author.name}
        </span>
        {props.children}
        <div className="under" aria-live="off">
          <time dateTime={new Date(at).toISOString()}>{words.clock(at)}</time>
          {author.isMe ? <Sending line={props.line} /> : null}
          {props.more}
        </div>
      </div>
    </li>
  );
}

function Sending(props: { readonly line: SaidLine }) {
  const { state } = props.line;
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
          <TriangleAlert aria-hidden="true" size={16} /> {failedLabel(props.line)}
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
