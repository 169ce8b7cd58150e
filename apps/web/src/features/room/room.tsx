import type { Actions, ClientRefusal, FamilyView, RoomView } from "@sotto/client";
import { ArrowLeft, UsersRound } from "lucide-react";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { Ask } from "../../ui/ask.tsx";
import { AskToDrop } from "./ask-to-drop.tsx";
import { KindMark } from "../../ui/face.tsx";
import { Banner, Button, Title } from "../../ui/parts.tsx";
import { useAttempt } from "../../ui/use-attempt.ts";
import { sayProblem, words } from "../../words/words.ts";
import { Composer } from "./composer.tsx";
import { KeyWarnings } from "./key-warnings.tsx";
import { Log, type Target } from "./log.tsx";
import type { MessageActs } from "./message-menu.tsx";
import type { MessageLine } from "./message.tsx";
import type { SaidLine } from "./said-line.ts";
import { OpenedWarning } from "./opened-warning.tsx";
import { PeoplePane } from "./people-pane.tsx";
import { whatFailed } from "./what-failed.ts";
import { ReadOnly } from "./read-only.tsx";
import type { ShownQuote } from "./quoted.tsx";
import { roomKindName, roomName } from "./room-name.ts";

type RoomActions = Pick<
  Actions,
  | "send"
  | "undo"
  | "sendNow"
  | "edit"
  | "deleteForAll"
  | "discard"
  | "saveDraft"
  | "markRead"
  | "addToRoom"
  | "removeFromRoom"
  | "markSecondLook"
  | "historyChoices"
  | "grantHistory"
  | "compareCode"
  | "markVerified"
  | "understand"
>;

const quoteOf = (line: SaidLine): ShownQuote => ({
  kind: "shown",
  author: line.author,
  entry: line.entry,
  text: line.kind === "message" ? line.text : line.file.name,
  isFile: line.kind === "file",
});

/** One room: what was said, who will read, and where to write. Mounted anew for each room. */
export function Room(props: {
  readonly actions: RoomActions;
  readonly room: RoomView;
  readonly family: FamilyView | null;
  /** A message to go to. */
  readonly target: Target | null;
  readonly onGo: (entry: MessageLine["entry"]) => void;
  readonly onEarlier: () => void;
}) {
  const { room, actions, onGo } = props;
  const [isPeopleOpen, setPeopleOpen] = useState(false);
  const [comparing, setComparing] = useState<string | null>(null);
  const compareWith = (account: string) => {
    setComparing(account);
    setPeopleOpen(true);
  };
  const [text, setText] = useState(room.draft);
  const latest = useRef(room.draft);
  const [dropping, setDropping] = useState<SaidLine | null>(null);
  const show = useCallback((value: string) => {
    latest.current = value;
    setText(value);
  }, []);
  const [chosenQuote, setChosenQuote] = useState(room.draftQuote);
  const [editing, setEditing] = useState<{ readonly line: MessageLine; readonly text: string } | null>(null);
  const [removing, setRemoving] = useState<SaidLine | null>(null);
  const [copies, setCopies] = useState(0);
  const { problem, attempt } = useAttempt<ClientRefusal>();
  const said = sayProblem(problem);
  const isGone = (entry: string) =>
    room.entries.some((line) => line.kind === "deleted" && line.entry === entry);
  const quote = chosenQuote?.kind === "shown" && !isGone(chosenQuote.entry) ? chosenQuote : null;
  const answered = useRef(quote?.entry ?? null);
  useEffect(() => {
    // What was answered has been deleted: the draft answers nothing any more.
    if (quote === null) answered.current = null;
  }, [quote]);
  const showQuote = useCallback((next: ShownQuote | null) => {
    answered.current = next?.entry ?? null;
    setChosenQuote(next);
  }, []);
  const write = useCallback(
    (value: string) => {
      show(value);
      void actions.saveDraft({ room: room.room, text: value, to: answered.current });
    },
    [actions, room.room, show],
  );
  const answer = useCallback(
    (next: ShownQuote | null) => {
      showQuote(next);
      write(latest.current);
    },
    [showQuote, write],
  );
  // The next message may be begun already: what comes back stands before it, and nothing that is being written is ever cleared.
  const giveBack = useCallback(
    (unsent: string, about: ShownQuote | null) => {
      write(latest.current === "" ? unsent : `${unsent}\n${latest.current}`);
      if (about !== null) answer(about);
    },
    [answer, write],
  );
  const discard = useCallback(
    (line: SaidLine) => void actions.discard({ room: room.room, entry: line.pending ?? line.entry }),
    [actions, room.room],
  );
  const { mayWrite } = room;
  const acts = useMemo((): MessageActs => {
    const aboutOf = (line: MessageLine) => (line.quote?.kind === "shown" ? line.quote : null);
    const undo = (line: MessageLine) =>
      attempt(
        () => actions.undo({ room: room.room, entry: line.pending ?? line.entry }),
        ({ text: unsent }) => giveBack(unsent, aboutOf(line)),
      );
    return {
      onReply: mayWrite ? (line) => answer(quoteOf(line)) : null,
      onEdit: mayWrite ? (line) => setEditing({ line, text: line.text }) : null,
      onRemove: setRemoving,
      onUndo: undo,
      onSendNow: (line) => void actions.sendNow({ room: room.room, entry: line.pending ?? line.entry }),
      onDiscard: (line) => (whatFailed(line) === "deletion" ? discard(line) : setDropping(line)),
      onTakeBack: mayWrite
        ? (line) => {
            giveBack(line.text, aboutOf(line));
            discard(line);
          }
        : null,
      onGo,
      onCopied: () => setCopies((count) => count + 1),
    };
  }, [actions, answer, attempt, discard, giveBack, mayWrite, onGo, room.room]);
  const remove = (line: SaidLine) => {
    setRemoving(null);
    attempt(() => actions.deleteForAll({ room: room.room, entry: line.entry }));
  };
  useEffect(() => {
    void actions.markRead(room.room);
  }, [room.entries.length, room.room, actions]);
  const isLeft = room.readers.length === 0;
  return (
    <section className="room kind" data-kind={room.kind} {...(isPeopleOpen ? { "data-people": "" } : {})}>
      <header className="room-head">
        <a className="button back" data-plain="" href="/" aria-label={words.room.back}>
          <ArrowLeft aria-hidden="true" />
        </a>
        <span className="wide-only">
          <KindMark kind={room.kind} />
        </span>
        <div className="grow">
          <Title>{isLeft ? words.product : roomName(room)}</Title>
          <p className="quiet">{isLeft ? words.room.gone : roomKindName(room)}</p>
        </div>
        {isLeft ? null : (
          <Button
            tone="plain"
            className="people-toggle"
            expanded={isPeopleOpen}
            label={words.room.peopleCount(room.readers.length)}
            onPress={() => setPeopleOpen(!isPeopleOpen)}
          >
            <UsersRound aria-hidden="true" />
            {room.readers.length}
          </Button>
        )}
      </header>
      <div className="room-body">
        <div className="talk">
          <KeyWarnings
            actions={actions}
            warnings={room.warnings}
            strangers={room.strangers}
            onCompare={({ account }) => compareWith(account)}
          />
          <OpenedWarning opened={room.opened} />
          <Log room={room} target={props.target} acts={acts} onEarlier={props.onEarlier} />
          <p className="hidden" role="status" key={copies}>
            {copies === 0 ? "" : words.messages.copied}
          </p>
          {said === null ? null : <Banner>{said}</Banner>}
          {room.mayWrite ? (
            <Composer
              actions={actions}
              room={room}
              text={editing?.text ?? text}
              quote={quote}
              editing={editing?.line ?? null}
              onDropQuote={() => answer(null)}
              onDropEdit={() => setEditing(null)}
              onShow={(value) => {
                show(value);
                showQuote(null);
              }}
              onWrite={editing === null ? write : (value) => setEditing({ line: editing.line, text: value })}
              onGiveBack={giveBack}
            />
          ) : isLeft ? null : (
            <ReadOnly room={room} />
          )}
        </div>
        {isLeft ? null : (
          <PeoplePane
            actions={actions}
            room={room}
            family={props.family}
            comparing={comparing}
            onCompare={setComparing}
            onClose={() => setPeopleOpen(false)}
          />
        )}
      </div>
      {removing === null ? null : (
        <Ask
          title={words.messages.deleteTitle}
          text={words.messages.deleteText(room.readers.filter(({ isMe }) => !isMe).map(({ name }) => name))}
          yes={words.messages.remove}
          no={words.act.cancel}
          onYes={() => remove(removing)}
          onNo={() => setRemoving(null)}
        />
      )}
      {dropping === null ? null : (
        <AskToDrop
          line={dropping}
          onYes={() => {
            discard(dropping);
            setDropping(null);
          }}
          onNo={() => setDropping(null)}
        />
      )}
    </section>
  );
}
