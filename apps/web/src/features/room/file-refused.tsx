import type { RoomView } from "@sotto/client";
import { Button } from "../../ui/parts.tsx";
import { words } from "../../words/words.ts";
import { useFileDesk } from "./file-desk.ts";
import type { FileLineEntry } from "./file-line.tsx";
import { DeletionRefused } from "./deletion-refused.tsx";
import type { MessageActs } from "./message-menu.tsx";
import { whatFailed } from "./what-failed.ts";

/** Why a file was not sent, and what its sender can do: send it to those who read here now, or let it go. Or that it was not deleted. */
export function FileRefused(props: {
  readonly line: FileLineEntry;
  /** Those who would read it; nobody where there is no place to write any more. */
  readonly readers: RoomView["readers"];
  readonly onDiscard: MessageActs["onDiscard"];
}) {
  const { line, onDiscard, readers } = props;
  const { actions } = useFileDesk();
  const { entry, state } = line;
  if (state.kind !== "refused") return null;
  if (whatFailed(line) === "deletion") return <DeletionRefused line={line} onDiscard={onDiscard} />;
  const others = readers.filter(({ isMe }) => !isMe).map(({ name }) => name);
  return (
    <div className="stack-tight">
      <p>{words.refusals[state.refusal]}</p>
      <div className="row">
        {others.length === 0 ? null : (
          <Button
            tone="primary"
            onPress={() => void actions.retryFile({ entry, readers: readers.map(({ account }) => account) })}
          >
            {words.files.sendAgain(others)}
          </Button>
        )}
        <Button onPress={() => void actions.cancelFile({ entry })}>{words.files.deleteUnsent}</Button>
      </div>
    </div>
  );
}
