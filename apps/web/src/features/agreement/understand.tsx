import { READING_WORDS } from "@sotto/content/reading-words";
import { QUESTION_WORDS, questionText } from "@sotto/content/question-words";
import type {
  AgreementLanguage,
  AgreementPart,
  AnswerCode,
  GivenAnswer,
  Party,
  Question,
} from "@sotto/domain";
import { questionKey } from "@sotto/domain";
import { useState } from "react";
import { Button, Title } from "../../ui/parts.tsx";
import { Progress } from "../../ui/sheet.tsx";
import { isClear, nextQuestion } from "./next-question.ts";
import { PartTitle } from "./part-page.tsx";

/**
 * The questions for one signer, one at a time. What is right and why is said at once; what was wrong comes again at the end, until it is clear. It bars
 * nothing: whoever goes back may sign all the same.
 */
export function Understand(props: {
  readonly parties: readonly Party[];
  readonly questions: readonly Question[];
  readonly answers: readonly GivenAnswer[];
  readonly language: AgreementLanguage;
  readonly onAnswer: (answer: GivenAnswer) => void;
  /** Opens a part, to read it again or to ask about it. */
  readonly onPart: (part: AgreementPart) => void;
  readonly onDone: () => void;
}) {
  const { answers, language, onAnswer, questions } = props;
  const { check } = READING_WORDS[language];
  const [current, setCurrent] = useState<Question | null>(() => nextQuestion(questions, answers));
  // Only what is answered now is explained: a question that comes again stands there as at first.
  const [isAnswered, setAnswered] = useState(false);
  const [turns, setTurns] = useState(0);
  const clear = questions.filter((question) => isClear(question, answers)).length;
  const next = () => {
    setCurrent(nextQuestion(questions, answers));
    setAnswered(false);
    setTurns(turns + 1);
  };
  if (current === null) {
    return (
      <div className="stack" lang={language}>
        <Title key="done">{check.done}</Title>
        <p>{check.doneText.replaceAll("{count}", String(questions.length))}</p>
        <p className="quiet">{check.score}</p>
        <div className="row">
          <Button tone="primary" onPress={props.onDone}>
            {check.finish}
          </Button>
        </div>
      </div>
    );
  }
  const texts = QUESTION_WORDS[language];
  const say = (text: string): string => fill(text, current, props.parties, language);
  const key = questionKey(current);
  const before = answers.filter((one) => one.question === key);
  const chosen = isAnswered ? (before.at(-1)?.answer ?? null) : null;
  const isAgain = before.length > (isAnswered ? 1 : 0);
  return (
    <div className="stack" lang={language}>
      <Title>{check.title}</Title>
      <Progress
        label={check.soFar.replaceAll("{have}", String(clear)).replaceAll("{of}", String(questions.length))}
        value={clear}
        max={questions.length}
      />
      {turns === 0 && before.length === 0 ? <p>{check.intro}</p> : null}
      <section className="card stack">
        {isAgain ? <p className="quiet">{check.again}</p> : null}
        <PartTitle key={turns} takesFocus={turns > 0}>
          {say(questionText(language, current))}
        </PartTitle>
        {chosen === null ? (
          <div className="answers">
            {current.answers.map((answer) => (
              <Button
                key={answer}
                className="answer"
                onPress={() => {
                  onAnswer({ question: key, answer });
                  setAnswered(true);
                }}
              >
                {say(texts.answers[answer])}
              </Button>
            ))}
          </div>
        ) : (
          <Given
            answers={current.answers}
            chosen={chosen}
            right={current.right}
            language={language}
            say={(answer) => say(texts.answers[answer])}
          />
        )}
      </section>
      {chosen === null ? null : (
        <Explained
          isRight={chosen === current.right}
          why={say(texts.reasons[current.right] ?? "")}
          language={language}
          onTalk={() => props.onPart(current.part)}
          onNext={next}
        />
      )}
    </div>
  );
}

/** The answers once one was given: which one it was, and which one is right, each said in words too. */
function Given(props: {
  readonly answers: readonly AnswerCode[];
  readonly chosen: AnswerCode;
  readonly right: AnswerCode;
  readonly language: AgreementLanguage;
  readonly say: (answer: AnswerCode) => string;
}) {
  const { check } = READING_WORDS[props.language];
  return (
    <ul className="answers plain-answers">
      {props.answers.map((answer) => (
        <li
          key={answer}
          className="answer-given"
          data-kind={answer === props.right ? "right" : answer === props.chosen ? "chosen" : "other"}
        >
          {props.say(answer)}
          {answer === props.chosen || answer === props.right ? (
            <span className="row">
              {answer === props.right ? (
                <span className="tag" data-tone="good">
                  {check.rightOne}
                </span>
              ) : null}
              {answer === props.chosen ? <span className="tag">{check.chosen}</span> : null}
            </span>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

/** Why it is so, said at once. It takes the focus: what was pressed is gone. */
function Explained(props: {
  readonly isRight: boolean;
  readonly why: string;
  readonly language: AgreementLanguage;
  readonly onTalk: () => void;
  readonly onNext: () => void;
}) {
  const { isRight, language, onNext, onTalk, why } = props;
  const { check } = READING_WORDS[language];
  return (
    <>
      <div className="banner said-lines" data-tone="quiet">
        <PartTitle takesFocus>{isRight ? check.right : check.wrong}</PartTitle>
        <p>{why}</p>
        {isRight ? null : <p>{check.comesAgain}</p>}
      </div>
      {isRight ? null : <p>{check.talk}</p>}
      <div className="turn">
        <Button onPress={onTalk}>{isRight ? check.part : check.ask}</Button>
        <Button tone="primary" onPress={onNext}>
          {check.next}
        </Button>
      </div>
    </>
  );
}

/** The words of a question, with what and whom it is about put in. */
const fill = (
  text: string,
  { category, minor }: Question,
  parties: readonly Party[],
  language: AgreementLanguage,
): string =>
  text
    .replaceAll("{category}", category === null ? "" : QUESTION_WORDS[language].categories[category])
    .replaceAll("{minor}", parties.find(({ person }) => person === minor)?.name ?? "");
