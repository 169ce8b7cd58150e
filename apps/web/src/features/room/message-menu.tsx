import { Copy, Ellipsis, Pencil, Reply, Trash2, Undo2 } from "lucide-react";
import { ChoiceMenu, type MenuChoice } from "../../ui/menu.tsx";
import { words } from "../../words/words.ts";
import type { FileLineEntry } from "./file-line.tsx";
import type { MessageLine } from "./message.tsx";
import type { SaidLine } from "./said-line.ts";

/** What the reader of a message may do with it; null where there is no place to write any more. */
export interface MessageActs {
  readonly onReply: ((line: SaidLine) => void) | null;
  readonly onEdit: ((line: MessageLine) => void) | null;
  readonly onRemove: ((line: SaidLine) => void) | null;
  readonly onUndo: (line: MessageLine) => void;
  readonly onSendNow: (line: MessageLine) => void;
  readonly onDiscard: (line: SaidLine) => void;
  readonly onTakeBack: ((line: MessageLine) => void) | null;
  readonly onGo: (entry: MessageLine["entry"]) => void;
  readonly onCopied: () => void;
}

export function MessageMenu(props: {
  readonly line: MessageLine;
  readonly now: number;
  readonly acts: MessageActs;
}) {
  const { acts, line, now } = props;
  const { messages } = words;
  const isSent = line.state.kind === "sent";
  const choice = (id: string, name: string, Mark: typeof Reply, act: ((line: MessageLine) => void) | null) =>
    act === null
      ? []
      : [{ id, name, mark: <Mark aria-hidden="true" size={20} />, onChoose: () => act(line) }];
  const copy = ({ text }: MessageLine) =>
    void navigator.clipboard.writeText(text).then(acts.onCopied, () => undefined);
  const mayEdit = isSent && line.editableUntil !== null && now < line.editableUntil;
  const remove = choice("remove", messages.remove, Trash2, acts.onRemove);
  const choices: readonly MenuChoice[] = [
    ...(isSent ? choice("reply", messages.reply, Reply, acts.onReply) : []),
    ...(mayEdit ? choice("edit", messages.edit, Pencil, acts.onEdit) : []),
    ...(line.state.kind === "waiting" && line.editedAt === null
      ? choice("take-back", messages.takeBack, Undo2, acts.onUndo)
      : []),
    ...choice("copy", messages.copy, Copy, copy),
    ...(line.mayDelete ? remove.map((one) => ({ ...one, tone: "danger" as const })) : []),
  ];
  return (
    <ChoiceMenu
      label={line.author.isMe ? messages.menuMine : messages.menu(line.author.name)}
      mark={<Ellipsis aria-hidden="true" size={20} />}
      choices={choices}
    />
  );
}

/** What the reader of a file that is there may do about it; nothing of that is about looking into it. */
export function FileMessageMenu(props: { readonly line: FileLineEntry; readonly acts: MessageActs }) {
  const { acts, line } = props;
  const { onRemove, onReply } = acts;
  const { messages } = words;
  const choices: readonly MenuChoice[] = [
    ...(onReply === null || line.state.kind !== "sent"
      ? []
      : [
          {
            id: "reply",
            name: messages.reply,
            mark: <Reply aria-hidden="true" size={20} />,
            onChoose: () => onReply(line),
          },
        ]),
    ...(onRemove === null || !line.mayDelete
      ? []
      : [
          {
            id: "remove",
            name: messages.remove,
            mark: <Trash2 aria-hidden="true" size={20} />,
            tone: "danger" as const,
            onChoose: () => onRemove(line),
          },
        ]),
  ];
  if (choices.length === 0) return null;
  return (
    <ChoiceMenu
      label={line.author.isMe ? messages.menuMine : messages.menu(line.author.name)}
      mark={<Ellipsis aria-hidden="true" size={20} />}
      choices={choices}
    />
  );
}
