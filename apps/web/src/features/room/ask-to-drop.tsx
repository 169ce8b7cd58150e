import { Ask } from "../../ui/ask.tsx";
import { words } from "../../words/words.ts";
import type { MessageLine } from "./message.tsx";
import { isPerhapsThere, whatFailed } from "./what-failed.ts";

/** Asks before words go that nobody else may have: those of a message that was not sent, or of a change that does not count. */
export function AskToDrop(props: {
  readonly line: MessageLine;
  readonly onYes: () => void;
  readonly onNo: () => void;
}) {
  const { line, onNo, onYes } = props;
  const { room } = words;
  const isChange = whatFailed(line) === "change";
  const isPerhaps = isPerhapsThere(line);
  const unsent = isPerhaps ? room.deletePerhapsText : room.deleteText;
  const unchanged = isPerhaps ? room.dropPerhapsText : room.dropChangeText;
  return (
    <Ask
      title={isChange ? room.dropChangeTitle : room.deleteTitle}
      text={isChange ? unchanged : unsent}
      yes={isChange ? room.dropChange : room.deleteUnsent}
      no={words.act.cancel}
      onYes={onYes}
      onNo={onNo}
    />
  );
}
