import { words } from "../../words/words.ts";
import type { SaidLine } from "./said-line.ts";

/** What was refused of a message or file: to be said at all, to be changed, or to be deleted. */
type Failed = "saying" | "change" | "deletion";

export const whatFailed = ({ wish }: SaidLine): Failed => wish ?? "saying";

/** Whether something was refused that may have arrived all the same: nobody says then that it did not. */
const isPerhapsThere = ({ state }: SaidLine): boolean =>
  state.kind === "refused" && state.refusal === "perhaps-sent";

/** How it stands with something that was refused, in two words. */
export function failedLabel(line: SaidLine): string {
  const { room } = words;
  const isPerhaps = isPerhapsThere(line);
  switch (whatFailed(line)) {
    case "saying":
      return isPerhaps ? room.perhapsSent : room.notSent;
    case "change":
      return isPerhaps ? room.perhapsChanged : room.notChanged;
    case "deletion":
      return isPerhaps ? room.perhapsDeleted : room.notDeleted;
  }
}

/** How words are let go that nobody else may have, or that others may read already. */
export function dropWords(line: SaidLine): Readonly<Record<"go" | "title" | "text", string>> {
  const { room } = words;
  const isPerhaps = isPerhapsThere(line);
  if (whatFailed(line) !== "change") {
    const text = isPerhaps ? room.deletePerhapsText : room.deleteText;
    return { go: room.deleteUnsent, title: room.deleteTitle, text };
  }
  return isPerhaps
    ? { go: room.dropPerhaps, title: room.dropPerhapsTitle, text: room.dropPerhapsText }
    : { go: room.dropChange, title: room.dropChangeTitle, text: room.dropChangeText };
}
