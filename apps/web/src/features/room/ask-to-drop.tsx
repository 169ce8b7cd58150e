import { Ask } from "../../ui/ask.tsx";
import { words } from "../../words/words.ts";
import type { SaidLine } from "./said-line.ts";
import { dropWords } from "./what-failed.ts";

/** Asks before words go that nobody else may have: those of a message that was not sent, or of a change that does not count. */
export function AskToDrop(props: {
  readonly line: SaidLine;
  readonly onYes: () => void;
  readonly onNo: () => void;
}) {
  const { go, text, title } = dropWords(props.line);
  return (
    <Ask title={title} text={text} yes={go} no={words.act.cancel} onYes={props.onYes} onNo={props.onNo} />
  );
}
