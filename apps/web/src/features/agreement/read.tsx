import { READING_WORDS } from "@sotto/content/reading-words";
import { PART_NAMES } from "@sotto/content/part-names";
import type { Actions, AgreementView, AgreementVersionView } from "@sotto/client";
import type { AgreementPart } from "@sotto/domain";
import { useState } from "react";
import { Button, Title } from "../../ui/parts.tsx";
import { Progress } from "../../ui/sheet.tsx";
import { useAgreementSign } from "./language.ts";
import { AskForm, type Asking } from "./ask-form.tsx";
import { Asked, PartLines, PartNotes, PartTitle } from "./part-page.tsx";
import { partLines } from "./part-lines.ts";
import type { Reading, ReadPart } from "./part-lines.ts";
import { ReadingChoice } from "./reading-choice.tsx";

/** A version as one person reads it: one part at a time, or all on one page, with what was asked about each. */
export function Read(props: {
  readonly actions: Pick<Actions, "askAboutAgreement">;
  readonly view: AgreementView;
  readonly item: AgreementVersionView;
  readonly reading: Reading;
  readonly onReading: (reading: Reading) => void;
  /** The part to begin with; null for the first that has not been read. */
  readonly from: AgreementPart | null;
  readonly read: readonly AgreementPart[];
  /** What has changed since the version before. */
  readonly changed: ReadonlySet<AgreementPart>;
  readonly mayAsk: boolean;
  readonly onRead: (parts: readonly AgreementPart[]) => void;
  readonly onDone: () => void;
}) {
  const { changed, item, onRead, reading, view } = props;
  const { version } = item;
  const { read: words } = useAgreementSign();
  const parts = partLines(version, reading);
  const [part, setPart] = useState<AgreementPart | null>(
    () => props.from ?? parts.find((one) => !props.read.includes(one.part))?.part ?? parts[0]?.part ?? null,
  );
  const [isAll, setAll] = useState(false);
  // The heading of the screen has the focus at first; then that of each part.
  const [hasTurned, setTurned] = useState(false);
  const [asking, setAsking] = useState<ReadonlyMap<AgreementPart, Asking>>(new Map());
  const [sent, setSent] = useState<readonly { readonly part: AgreementPart; readonly text: string }[]>([]);
  const place = Math.max(
    0,
    parts.findIndex((one) => one.part === part),
  );
  const shown = parts[place];
  if (shown === undefined) return null;
  const turn = (to: number) => {
    setTurned(true);
    setPart(parts[to]?.part ?? part);
  };
  const go = () => {
    onRead([shown.part]);
    if (place === parts.length - 1) props.onDone();
    else turn(place + 1);
  };
  const beside = (one: ReadPart) => (
    <>
      {changed.has(one.part) ? (
        <p>
          <span className="tag" data-tone="good">
            {words.changed}
          </span>
        </p>
      ) : null}
      <PartLines part={one} language={reading.language} />
      <Talk
        key={one.part}
        actions={props.actions}
        view={view}
        item={item}
        part={one.part}
        mayAsk={props.mayAsk}
        asking={asking.get(one.part) ?? null}
        onAsking={(next) =>
          setAsking((before) => {
            const others = [...before].filter(([other]) => other !== one.part);
            return new Map(next === null ? others : [...others, [one.part, next]]);
          })
        }
        sent={sent.filter((question) => question.part === one.part).map(({ text }) => text)}
        onSent={(text) => setSent((before) => [...before, { part: one.part, text }])}
      />
    </>
  );
  return (
    <div className="stack">
      <Title>{words.title}</Title>
      {isAll ? (
        <>
          {parts.map((one) => (
            <section key={one.part} className="card stack">
              <PartTitle takesFocus={false} language={reading.language}>
                {PART_NAMES[reading.language][one.part]}
              </PartTitle>
              {beside(one)}
            </section>
          ))}
          <div className="row">
            <Button
              tone="primary"
              onPress={() => {
                onRead(parts.map((one) => one.part));
                props.onDone();
              }}
            >
              {words.allRead}
            </Button>
          </div>
        </>
      ) : (
        <>
          <Progress label={words.of(place + 1, parts.length)} value={place + 1} max={parts.length} />
          <section className="card stack">
            <PartTitle key={shown.part} takesFocus={hasTurned} language={reading.language}>
              {PART_NAMES[reading.language][shown.part]}
            </PartTitle>
            {beside(shown)}
          </section>
          <div className="turn">
            <Button disabled={place === 0} onPress={() => turn(place - 1)}>
              {words.back}
            </Button>
            <Button tone="primary" onPress={go}>
              {place === parts.length - 1 ? words.done : words.next}
            </Button>
          </div>
        </>
      )}
      <ReadingChoice version={version} reading={reading} onChange={props.onReading} />
      <div className="row">
        <Button tone="plain" onPress={() => setAll(!isAll)}>
          {isAll ? words.oneByOne : words.all}
        </Button>
      </div>
      <p className="quiet" lang={reading.language}>
        {READING_WORDS[reading.language].examplesNote}
      </p>
    </div>
  );
}

/** What was asked about a part: by anybody, where they agreed to it, and by this person; and the way to ask. */
function Talk(props: {
  readonly actions: Pick<Actions, "askAboutAgreement">;
  readonly view: AgreementView;
  readonly item: AgreementVersionView;
  readonly part: AgreementPart;
  readonly mayAsk: boolean;
  readonly asking: Asking | null;
  readonly onAsking: (asking: Asking | null) => void;
  readonly sent: readonly string[];
  readonly onSent: (text: string) => void;
}) {
  const { item, part, view } = props;
  const { version } = item.version;
  const { read } = useAgreementSign();
  const isHere = (one: { readonly version: string; readonly part: AgreementPart }): boolean =>
    one.version === version && one.part === part;
  const mine = view.questions.filter((question) => question.isMine && isHere(question));
  // What this person let everyone see stands here once, as their own.
  const notes = view.notes.filter(
    (note) => isHere(note) && !mine.some(({ answer, text }) => text === note.question && answer !== null),
  );
  const onTheirWay = props.sent.filter((text) => !mine.some((question) => question.text === text));
  return (
    <>
      <PartNotes notes={notes} />
      {mine.map(({ answer, entry, text }) => (
        <Asked
          key={entry}
          who={read.iAsked}
          question={text}
          answer={answer?.text ?? null}
          waiting={read.noAnswer}
        />
      ))}
      {onTheirWay.map((text) => (
        <Asked key={text} who={read.iAsked} question={text} answer={null} waiting={read.onItsWay} />
      ))}
      {!props.mayAsk ? null : (
        <AskForm
          actions={props.actions}
          family={view.family}
          version={version}
          part={part}
          isWaiting={onTheirWay.length > 0 || mine.some(({ answer }) => answer === null)}
          asking={props.asking}
          onAsking={props.onAsking}
          onSent={props.onSent}
        />
      )}
    </>
  );
}
