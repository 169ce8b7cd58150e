import type { ClientRefusal } from "@sotto/client";
import { memo } from "react";
import { Button } from "../../ui/parts.tsx";
import { words } from "../../words/words.ts";
import { DeletionRefused } from "./deletion-refused.tsx";
import { MessageMenu, type MessageActs } from "./message-menu.tsx";
import { MessageText } from "./message-text.tsx";
import { Quoted } from "./quoted.tsx";
import type { SaidLine } from "./said-line.ts";
import { Said, type SaidPlace } from "./said.tsx";
import { dropWords, whatFailed } from "./what-failed.ts";

export type MessageLine = SaidLine & { readonly kind: "message" };

/** One message, with what it answers, how it stands with it, and what can be done about it. */
export const Message = memo(function Message(
  props: SaidPlace & { readonly line: MessageLine; readonly now: number; readonly acts: MessageActs },
) {
  const { acts, line } = props;
  const { state, text } = line;
  return (
    <Said
      line={line}
      follows={props.follows}
      isFound={props.isFound}
      more={
        <>
          {line.editedAt === null ? null : <span>{words.messages.edited}</span>}
          {state.kind === "held" ? null : <MessageMenu line={line} now={props.now} acts={acts} />}
        </>
      }
    >
      {line.quote === null ? null : <Quoted quote={line.quote} onGo={({ entry }) => acts.onGo(entry)} />}
      <MessageText text={text} />
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
      {state.kind === "refused" ? <Refused line={line} refusal={state.refusal} acts={acts} /> : null}
    </Said>
  );
});

/** Why it does not stand, and what its author can do. Words that were not sent, or do not count, go back to where they are written. */
function Refused(props: {
  readonly line: MessageLine;
  readonly refusal: ClientRefusal;
  readonly acts: MessageActs;
}) {
  const { acts, line } = props;
  if (whatFailed(line) === "deletion") return <DeletionRefused line={line} onDiscard={acts.onDiscard} />;
  return (
    <div className="stack-tight">
      <p>{words.refusals[props.refusal]}</p>
      <div className="row">
        {acts.onTakeBack === null ? null : (
          <Button tone="primary" onPress={() => acts.onTakeBack?.(line)}>
            {words.room.takeBack}
          </Button>
        )}
        <Button onPress={() => acts.onDiscard(line)}>{dropWords(line).go}</Button>
      </div>
    </div>
  );
}
