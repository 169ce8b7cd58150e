import { PART_NAMES } from "@sotto/content/part-names";
import type { AgreementWork } from "@sotto/client";
import { READING_GRADE_MOST, readingGrade, readingOf } from "@sotto/content/reading-grade";
import { AGREEMENT_LANGUAGES, AGREEMENT_PARTS, READERS } from "@sotto/domain";
import type { AgreementLanguage, AgreementPart, PartWords, Reader } from "@sotto/domain";
import { useState } from "react";
import { Select } from "../../ui/parts.tsx";
import { agreementCompose as said } from "../../words/agreement-compose.ts";
import { spokenLanguage } from "../../words/words.ts";

type Audience = Pick<PartWords, "language" | "reader">;

const isFor =
  ({ language, reader }: Audience) =>
  (one: PartWords): boolean =>
    one.language === language && one.reader === reader;

const textFor = (work: AgreementWork, audience: Audience): string =>
  work.words
    .filter(isFor(audience))
    .map(({ text }) => text)
    .join("\n");

/** For whom the draft has words, adults first. */
const readersIn = (work: AgreementWork): readonly Reader[] =>
  READERS.filter((reader) => work.words.some((one) => one.reader === reader));

const GRADE_DIGITS = 1;
export const gradeText = (grade: number): string => grade.toFixed(GRADE_DIGITS);

/** The hardest of all readers and languages, in a few words. */
export function readingShort(work: AgreementWork): string {
  if (work.words.length === 0) return said.open;
  const grades = AGREEMENT_LANGUAGES.flatMap((language) =>
    readersIn(work).map((reader) => readingGrade(textFor(work, { language, reader }), language)),
  );
  return said.reading.short(gradeText(Math.max(...grades)));
}

/** How hard the words are for each reader, the hardest sentences, and all of it as that reader will read it. */
export function ReadingSection(props: { readonly work: AgreementWork }) {
  const { work } = props;
  const readers = readersIn(work);
  const [audience, setAudience] = useState<Audience>({
    language: spokenLanguage(),
    reader: "adult",
  });
  if (work.words.length === 0) return <p className="quiet">{said.reading.none}</p>;
  const { language, reader } = audience;
  const { grade, hardest } = readingOf(textFor(work, audience), language);
  return (
    <>
      <p className="quiet">{said.reading.hint}</p>
      <Grades work={work} readers={readers} />
      <div className="compose-two">
        <Select<Reader>
          label={said.reading.reader}
          value={reader}
          options={readers.map((one) => [one, said.readers[one]] as const)}
          onChange={(next) => setAudience({ ...audience, reader: next })}
        />
        <Select<AgreementLanguage>
          label={said.reading.language}
          value={language}
          options={AGREEMENT_LANGUAGES.map((one) => [one, said.languages[one]] as const)}
          onChange={(next) => setAudience({ ...audience, language: next })}
        />
      </div>
      <h4>{said.reading.grade(gradeText(grade))}</h4>
      <div className="stack-tight">
        <h4>{said.reading.hardest}</h4>
        <ol className="compose-hardest">
          {hardest.map(({ grade: one, sentence }) => (
            <li key={sentence}>
              <span lang={language}>{sentence}</span>{" "}
              <span className="tag">{said.reading.sentence(gradeText(one))}</span>
            </li>
          ))}
        </ol>
        <p className="quiet">{said.reading.measured}</p>
      </div>
      <details className="fold">
        <summary>{said.reading.preview}</summary>
        <Preview words={work.words.filter(isFor(audience))} language={language} />
      </details>
    </>
  );
}

function Grades(props: { readonly work: AgreementWork; readonly readers: readonly Reader[] }) {
  return (
    <table className="compose-grades">
      <thead>
        <tr>
          <th scope="col">{said.reading.reader}</th>
          {AGREEMENT_LANGUAGES.map((language) => (
            <th key={language} scope="col">
              {said.languages[language]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {props.readers.map((reader) => (
          <tr key={reader}>
            <th scope="row">{said.readers[reader]}</th>
            {AGREEMENT_LANGUAGES.map((language) => {
              const grade = readingGrade(textFor(props.work, { language, reader }), language);
              const isHard = grade > READING_GRADE_MOST;
              return (
                <td key={language}>
                  {gradeText(grade)}{" "}
                  <span className="tag" data-tone={isHard ? "alarm" : "good"}>
                    {isHard ? said.reading.hard : said.reading.easy}
                  </span>
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Preview(props: { readonly words: readonly PartWords[]; readonly language: AgreementLanguage }) {
  return (
    <div className="compose-preview stack">
      {AGREEMENT_PARTS.flatMap((part) =>
        props.words
          .filter((one) => one.part === part)
          .map(({ text }) => (
            <div key={part} className="stack-tight">
              <h5 lang={props.language}>{PART_NAMES[props.language][part]}</h5>
              <Lines text={text} language={props.language} />
            </div>
          )),
      )}
    </div>
  );
}

function Lines(props: { readonly text: string; readonly language: AgreementLanguage }) {
  return (
    <ul lang={props.language} className="compose-lines">
      {[...new Set(props.text.split("\n"))].map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

/** What one part says to each of its readers, in the language of this device. What several read in the same words stands there once. */
export function PartReads(props: { readonly work: AgreementWork; readonly part: AgreementPart }) {
  const { part, work } = props;
  const language = spokenLanguage();
  const here = work.words.filter((one) => one.part === part && one.language === language);
  if (here.length === 0) {
    return work.words.length === 0 ? <p className="quiet">{said.noWords}</p> : null;
  }
  const texts = [...new Set(here.map(({ text }) => text))].map((text) => ({
    text,
    readers: here.filter((one) => one.text === text).map(({ reader }) => reader),
  }));
  return (
    <details className="fold">
      <summary>{said.reads}</summary>
      <div className="compose-preview stack">
        {texts.map(({ readers, text }) => (
          <div key={text} className="stack-tight">
            {texts.length === 1 ? null : <h5>{said.who(readers)}</h5>}
            <Lines text={text} language={language} />
          </div>
        ))}
      </div>
    </details>
  );
}
