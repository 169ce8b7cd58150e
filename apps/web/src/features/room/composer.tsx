import type { Actions, ClientRefusal, RoomView } from "@sotto/client";
import { SendHorizontal } from "lucide-react";
import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { AudienceBar } from "../../ui/face.tsx";
import { Banner, Button } from "../../ui/parts.tsx";
import { useAttempt } from "../../ui/use-attempt.ts";
import { sayProblem, words } from "../../words/words.ts";
import type { MessageLine } from "./message.tsx";
import { quotedText, WritingAbout, type ShownQuote } from "./quoted.tsx";
import { FileMenu } from "./file-menu.tsx";
import { isContinuity, readersInOrder } from "./room-name.ts";
import { RoomRule } from "./room-rule.tsx";

/** On a touch keyboard Enter makes a new line; there is a button to send. */
const isSendKey = (event: KeyboardEvent) =>
  event.key === "Enter" &&
  !event.shiftKey &&
  !event.nativeEvent.isComposing &&
  !matchMedia("(pointer: coarse)").matches;

const noteOf = (reader: RoomView["readers"][number]): string | undefined => {
  if (reader.isMe) return words.room.you;
  if (isContinuity(reader)) return words.continuity.note;
  return reader.keysChanged ? words.trust.newKeys : undefined;
};

/** Where to write, under the names and faces of everybody who will read it. */
export function Composer(props: {
  readonly actions: Pick<Actions, "send" | "edit">;
  readonly room: RoomView;
  readonly text: string;
  /** What the message answers. */
  readonly quote: ShownQuote | null;
  /** The message that gets these words instead of its own. */
  readonly editing: MessageLine | null;
  readonly onDropQuote: () => void;
  readonly onDropEdit: () => void;
  /** What stands in the box, shown and not kept: the message is on its way to be kept itself. */
  readonly onShow: (text: string) => void;
  /** What the person is writing, kept as a draft. */
  readonly onWrite: (text: string) => void;
  /** A message that did not get away. */
  readonly onGiveBack: (unsent: string, quote: ShownQuote | null) => void;
}) {
  const { actions, editing, quote, room, text } = props;
  const [atStart] = useState(room.readers);
  const box = useRef<HTMLTextAreaElement>(null);
  const { problem, attempt } = useAttempt<ClientRefusal>();
  const said = sayProblem(problem);
  const about = editing?.entry ?? quote?.entry ?? null;
  // Whoever chose to answer or to change something goes on writing.
  const atFirst = useRef(about);
  useEffect(() => {
    if (about !== null && about !== atFirst.current) box.current?.focus();
    atFirst.current = null;
  }, [about]);
  const save = (entry: MessageLine["entry"]) => {
    attempt(() => actions.edit({ room: room.room, entry, text }), props.onDropEdit);
  };
  const send = () => {
    box.current?.focus();
    if (text.trim() === "") return;
    if (editing !== null) return save(editing.entry);
    props.onShow("");
    const readers = room.readers.map(({ account }) => account);
    const to = quote?.entry ?? null;
    attempt(async () => {
      let isSafe = false;
      try {
        const outcome = await actions.send({ room: room.room, text, readers, to, mayUndo: true });
        isSafe = outcome.kind === "done";
        return outcome;
      } finally {
        if (!isSafe) props.onGiveBack(text, quote);
      }
    });
  };
  const sendOnEnter = (event: KeyboardEvent) => {
    if (!isSendKey(event)) return;
    event.preventDefault();
    send();
  };
  const isIn = (readers: RoomView["readers"], account: string) =>
    readers.some((reader) => reader.account === account);
  // Who came back with new keys went and came as one person: that stands above the messages.
  const isBack = (name: string) => room.readers.some((reader) => reader.name === name && reader.keysChanged);
  // What keeps the practice going is named with the readers, and its line among the messages says that it came: nobody has come in.
  const came = room.readers
    .filter((reader) => !isIn(atStart, reader.account) && !reader.keysChanged && !isContinuity(reader))
    .map(({ name }) => name);
  const gone = atStart
    .filter((reader) => !isIn(room.readers, reader.account) && !isBack(reader.name) && !isContinuity(reader))
    .map(({ name }) => name);
  const people = readersInOrder(room.readers).map((reader) => ({
    ...reader,
    note: noteOf(reader),
  }));
  const others = room.readers.filter((reader) => !reader.isMe && !isContinuity(reader));
  return (
    <>
      {said === null ? null : <Banner>{said}</Banner>}
      <RoomRule
        room={room}
        isTherapist={room.readers.some(({ isMe, role }) => isMe && role === "therapist")}
      />
      <AudienceBar kind={room.kind} title={words.room.readers} people={people}>
        {came.length === 0 ? null : <p className="changed">{words.room.cameIn(came)}</p>}
        {gone.length === 0 ? null : <p className="changed">{words.room.wentOut(gone)}</p>}
      </AudienceBar>
      {editing !== null ? (
        <WritingAbout
          title={words.messages.editing}
          text={editing.text}
          drop={words.messages.dropEdit}
          onDrop={props.onDropEdit}
        />
      ) : quote !== null ? (
        <WritingAbout
          title={
            quote.author.isMe ? words.messages.replyingToMe : words.messages.replyingTo(quote.author.name)
          }
          text={quotedText(quote)}
          drop={words.messages.dropReply}
          onDrop={props.onDropQuote}
        />
      ) : null}
      <div className="composer">
        <FileMenu room={room} />
        <textarea
          ref={box}
          autoComplete="off"
          autoCorrect="off"
          spellCheck={false}
          className="input"
          rows={1}
          dir="auto"
          aria-label={words.room.message}
          placeholder={words.room.placeholder(others.map(({ name }) => name))}
          value={text}
          onChange={(event) => props.onWrite(event.target.value)}
          onKeyDown={sendOnEnter}
        />
        <Button tone="primary" onPress={send} disabled={text.trim() === ""}>
          {editing === null ? <SendHorizontal aria-hidden="true" size={20} /> : null}
          {editing === null ? words.act.send : words.messages.saveEdit}
        </Button>
      </div>
    </>
  );
}
