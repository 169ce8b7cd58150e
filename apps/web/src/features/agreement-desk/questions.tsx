import { PART_NAMES } from "@sotto/content/part-names";
import type { Actions, AgreementQuestionView, AgreementView, ClientRefusal } from "@sotto/client";
import { useState } from "react";
import { LongText } from "../../ui/long-text.tsx";
import { Banner, Button, Check, Form } from "../../ui/parts.tsx";
import { useAttempt } from "../../ui/use-attempt.ts";
import { agreementDesk as said } from "../../words/agreement-desk.ts";
import { sayProblem, spokenLanguage } from "../../words/words.ts";

type Answering = Pick<Actions, "answerAboutAgreement">;

/** What members have asked: those that wait first. */
export function Questions(props: { readonly actions: Answering; readonly view: AgreementView }) {
  const { actions, view } = props;
  const waiting = view.questions.filter(({ answer }) => answer === null);
  const answered = view.questions.filter(({ answer }) => answer !== null);
  return (
    <section className="stack">
      <h2>{said.questions}</h2>
      {view.questions.length === 0 ? <p className="quiet">{said.noQuestions}</p> : null}
      <ul className="plain-list">
        {[...waiting, ...answered.toReversed()].map((question) => (
          <li key={question.entry} className="card stack">
            <div>
              <p className="quiet">
                {said.asked(question.name, PART_NAMES[spokenLanguage()][question.part])}
              </p>
              <p dir="auto">{question.text}</p>
            </div>
            {question.answer === null ? (
              <AnswerForm actions={actions} view={view} question={question} />
            ) : (
              <p dir="auto">{said.yourAnswer(question.answer.text)}</p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function AnswerForm(props: {
  readonly actions: Answering;
  readonly view: AgreementView;
  readonly question: AgreementQuestionView;
}) {
  const { question, view } = props;
  const [text, setText] = useState("");
  const [isShared, setShared] = useState(false);
  const { attempt, busy, problem } = useAttempt<ClientRefusal>();
  const problemSaid = sayProblem(problem);
  const { family } = view;
  const wish = { family, question: question.entry, text, share: isShared };
  return (
    <Form onSubmit={() => attempt(() => props.actions.answerAboutAgreement(wish))}>
      {problemSaid === null ? null : <Banner>{problemSaid}</Banner>}
      <LongText label={said.answer} hint={said.answerHint(question.name)} value={text} onChange={setText} />
      {question.mayShare ? (
        <Check label={said.share} checked={isShared} onChange={setShared} />
      ) : (
        <p className="quiet">{said.mayNotShare}</p>
      )}
      <div className="row">
        <Button submit disabled={busy || text.trim() === ""}>
          {said.send}
        </Button>
      </div>
    </Form>
  );
}
