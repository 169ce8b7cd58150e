import { Select } from "../../ui/parts.tsx";
import { words } from "../../words/words.ts";

/** For how long a message can be taken back after Send. */
export function UndoTime(props: { readonly seconds: number; readonly onChoose: (seconds: number) => void }) {
  return (
    <Select
      label={words.messages.undoTitle}
      hint={words.messages.undoHint}
      value={String(props.seconds)}
      options={Object.entries(words.messages.undoChoices)}
      onChange={(seconds) => props.onChoose(Number(seconds))}
    />
  );
}
