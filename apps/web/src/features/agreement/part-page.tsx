import { READING_WORDS } from "@sotto/content/reading-words";
import type { AgreementNoteView } from "@sotto/client";
import type { AgreementLanguage } from "@sotto/domain";
import { useEffect, useRef, type ReactNode } from "react";
import { useAgreementSign } from "./language.ts";
import type { ReadPart } from "./part-lines.ts";

/** The name of a part. It takes the focus when the part comes up, so that a screen reader says where one is, and the page begins there. */
export function PartTitle(props: {
  readonly takesFocus: boolean;
  /** Of its words, where they are not those of the page. */
  readonly language?: AgreementLanguage;
  readonly children: ReactNode;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { takesFocus } = props;
  useEffect(() => {
    if (takesFocus) heading.current?.focus();
  }, [takesFocus]);
  return (
    <h2 ref={heading} tabIndex={-1} className="part-title" lang={props.language}>
      {props.children}
    </h2>
  );
}

/** The words of one part as they are signed, each example beside what it explains. */
export function PartLines(props: { readonly part: ReadPart; readonly language: AgreementLanguage }) {
  return (
    <div className="part-lines">
      {props.part.lines.map(({ example, text }, index) => (
        // A version never changes: neither do its lines.
        <div key={index}>
          {text === "" ? null : <p lang={props.language}>{text}</p>}
          {example === null ? null : (
            <aside className="example">
              <span className="example-name" lang={props.language}>
                {READING_WORDS[props.language].example}
              </span>
              <p lang={props.language}>{example}</p>
            </aside>
          )}
        </div>
      ))}
    </div>
  );
}

/** A question and its answer, or a word about where it is. */
export function Asked(props: {
  readonly who: string;
  readonly question: string;
  readonly answer: string | null;
  readonly waiting?: string;
}) {
  const { read } = useAgreementSign();
  return (
    <div className="asked">
      <dl>
        <dt>{props.who}</dt>
        <dd className="anywhere">{props.question}</dd>
        {props.answer === null ? null : (
          <>
            <dt>{read.answer}</dt>
            <dd className="anywhere">{props.answer}</dd>
          </>
        )}
      </dl>
      {props.answer === null ? <p className="quiet">{props.waiting}</p> : null}
    </div>
  );
}

/** What stands beside a part for everyone. */
export function PartNotes(props: { readonly notes: readonly AgreementNoteView[] }) {
  const { read } = useAgreementSign();
  return props.notes.map((note) => (
    <Asked
      key={`${String(note.at)} ${note.question}`}
      who={read.asked}
      question={note.question}
      answer={note.answer}
    />
  ));
}
