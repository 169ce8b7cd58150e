import { Button } from "../../ui/parts.tsx";
import { words } from "../../words/words.ts";
import type { SaidLine } from "./said-line.ts";

/**
 * Something was not deleted, and what that means now, whatever the reason was then. Of a file, its bytes go before its entry does: they may be gone. Deleting it anew is
 * in its menu, where it can be.
 */
export function DeletionRefused(props: {
  readonly line: SaidLine;
  readonly onDiscard: (line: SaidLine) => void;
}) {
  const { line } = props;
  const { keptFile, keptMessage, mayAskAgain } = words.room;
  return (
    <div className="stack-tight">
      <p>
        {line.kind === "file" ? keptFile : keptMessage}
        {line.mayDelete ? ` ${mayAskAgain}` : ""}
      </p>
      <div className="row">
        <Button onPress={() => props.onDiscard(line)}>{words.room.dropDeletion}</Button>
      </div>
    </div>
  );
}
