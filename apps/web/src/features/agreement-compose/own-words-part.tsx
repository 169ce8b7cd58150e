import { readingOf, READING_GRADE_MOST } from "@sotto/content/reading-grade";
import { AGREEMENT_LANGUAGES, isSamePlace, ownWordsRefusals, READERS, saidIn } from "@sotto/domain";
import type { AgreementLanguage, AgreementPart, Reader } from "@sotto/domain";
import { useState } from "react";
import { LongText } from "../../ui/long-text.tsx";
import { Button, Select } from "../../ui/parts.tsx";
import { agreementCompose as said } from "../../words/agreement-compose.ts";
import { spokenLanguage } from "../../words/words.ts";
import type { Editing } from "./editing.ts";
import { gradeText } from "./reading-section.tsx";
import { Refused } from "./refused.tsx";
import type { WordsPlace } from "./work.ts";
import { ownFitting, ownLeft, ownWritten, usualText } from "./work.ts";

/** A part in the practice's own words: for one reader in one language at a time, beginning with what would stand there otherwise. */
export function OwnWordsPart(props: Editing & { readonly part: AgreementPart }) {
  const { change, part, work } = props;
  const readers = READERS.filter((reader) =>
    work.words.some((one) => one.part === part && one.reader === reader),
  );
  if (readers.length === 0) return null;
  const own = (work.own ?? []).filter((one) => one.part === part && readers.includes(one.reader));
  const now = saidIn(work, part);
  return (
    <>
      {own.some(({ fits }) => fits !== now) ? (
        <div className="row">
          <Button onPress={() => change(ownFitting(work, part))}>{said.own.fits}</Button>
        </div>
      ) : null}
      <details className="fold">
        <summary>{own.length === 0 ? said.own.title : said.own.some(own.length)}</summary>
        <Writing {...props} readers={readers} />
      </details>
    </>
  );
}

function Writing(props: Editing & { readonly part: AgreementPart; readonly readers: readonly Reader[] }) {
  const { change, part, readers, work } = props;
  const [language, setLanguage] = useState<AgreementLanguage>(spokenLanguage);
  const [wished, setReader] = useState<Reader>("adult");
  const reader = readers.includes(wished) ? wished : (readers[0] ?? "adult");
  const place = { part, language, reader };
  const own = work.own?.find((one) => isSamePlace(one, place));
  const text = own?.text ?? usualText(work, place);
  const why = own === undefined ? [] : ownWordsRefusals(own.text);
  return (
    <div className="stack">
      <p className="quiet">{said.own.note}</p>
      <div className="compose-two">
        <Select<Reader>
          label={said.reading.reader}
          value={reader}
          options={readers.map((one) => [one, said.readers[one]] as const)}
          onChange={setReader}
        />
        <Select<AgreementLanguage>
          label={said.reading.language}
          value={language}
          options={AGREEMENT_LANGUAGES.map((one) => [one, said.languages[one]] as const)}
          onChange={setLanguage}
        />
      </div>
      <LongText
        key={`${language}.${reader}`}
        label={said.own.label(said.readers[reader], said.languages[language])}
        hint={hintFor(own !== undefined, why.length > 0)}
        value={text}
        onChange={(next) => change(ownWritten(work, place, next))}
      />
      <div role="alert">{why.length === 0 ? null : <Refused title={said.own.refused} why={why} />}</div>
      <Measure text={text} place={place} />
      <div className="row">
        <Button disabled={own === undefined} onPress={() => change(ownLeft(work, place))}>
          {said.own.back}
        </Button>
      </div>
    </div>
  );
}

const hintFor = (isOwn: boolean, isRefused: boolean): string => {
  if (!isOwn) return said.own.shipped;
  return isRefused ? said.own.notYet : said.own.own;
};

/** The grade of the text as it stands in the field, and its hardest sentence. */
function Measure(props: { readonly text: string; readonly place: WordsPlace }) {
  const { language } = props.place;
  const { grade, hardest } = readingOf(props.text, language, 1);
  const [first] = hardest;
  const isHard = grade > READING_GRADE_MOST;
  return (
    <div className="stack-tight">
      <p>
        {said.reading.grade(gradeText(grade))}{" "}
        <span className="tag" data-tone={isHard ? "alarm" : "good"}>
          {isHard ? said.reading.hard : said.reading.easy}
        </span>
      </p>
      {first === undefined ? null : (
        <p className="quiet">
          {said.own.hardest(gradeText(first.grade))} <q lang={language}>{first.sentence}</q>
        </p>
      )}
    </div>
  );
}
