import type { Actions, ClientRefusal, HandOverLine, PracticeView, StaffPersonView } from "@sotto/client";
import type { PersonId } from "@sotto/domain";
import { useState } from "react";
import { Ask } from "../../ui/ask.tsx";
import { Banner, Button, Form, Select } from "../../ui/parts.tsx";
import { useAttempt } from "../../ui/use-attempt.ts";
import { practiceWords } from "../../words/practice.ts";
import { sayProblem, words } from "../../words/words.ts";

/** How a professional leaves: each family goes into other hands, and when none is left a colleague is asked to end their access. */
export function LeavePractice(props: {
  readonly actions: Pick<Actions, "handOver" | "leavePractice">;
  readonly practice: PracticeView;
}) {
  const { actions, practice } = props;
  const [isAsking, setAsking] = useState(false);
  const { busy, problem, attempt } = useAttempt<ClientRefusal>();
  const said = sayProblem(problem);
  const therapists = practice.people.filter(
    ({ account, isLeaving, isMe, staff }) =>
      account !== null && !isMe && !isLeaving && staff.role === "therapist",
  );
  if (practice.isLeaving) return <Banner tone="quiet">{practiceWords.asked}</Banner>;
  const isFree = practice.handOver.length === 0;
  return (
    <details className="fold">
      <summary>{practiceWords.leave}</summary>
      <div className="stack">
        <p>{isFree ? practiceWords.nothingHangs : practiceWords.leaveHint}</p>
        {said === null ? null : <Banner>{said}</Banner>}
        {isFree ? (
          <div className="row">
            <Button tone="danger" disabled={busy} onPress={() => setAsking(true)}>
              {practiceWords.askToLeave}
            </Button>
          </div>
        ) : (
          <>
            <h3>{practiceWords.hangs}</h3>
            {therapists.length === 0 ? <p className="quiet">{practiceWords.alone}</p> : null}
            <ul className="plain-list">
              {practice.handOver.map((line) => (
                <Family key={line.family} actions={actions} line={line} therapists={therapists} />
              ))}
            </ul>
          </>
        )}
      </div>
      {isAsking ? (
        <Ask
          title={practiceWords.leaveTitle}
          text={practiceWords.leaveText}
          yes={practiceWords.askToLeave}
          no={words.act.cancel}
          onYes={() => {
            setAsking(false);
            attempt(() => actions.leavePractice());
          }}
          onNo={() => setAsking(false)}
        />
      ) : null}
    </details>
  );
}

function Family(props: {
  readonly actions: Pick<Actions, "handOver">;
  readonly line: HandOverLine;
  readonly therapists: readonly StaffPersonView[];
}) {
  const { line, therapists } = props;
  const [chosen, setChosen] = useState<PersonId | null>(null);
  const [isOpen, setOpen] = useState(false);
  const { busy, problem, attempt } = useAttempt<ClientRefusal>();
  const said = sayProblem(problem);
  const successor = therapists.find(({ staff }) => staff.person === chosen) ?? therapists[0];
  const status = line.others.length === 0 ? practiceWords.onlyYou : practiceWords.also(line.others);
  return (
    <li className="card stack">
      <div>
        <strong>{line.name}</strong>
        <p className="quiet">{status}</p>
        {line.keptAlone > 0 && line.others.length > 0 ? (
          <p className="quiet">{practiceWords.keptAlone(line.keptAlone)}</p>
        ) : null}
      </div>
      {said === null ? null : <Banner>{said}</Banner>}
      {line.isUnderWay ? (
        <p>{practiceWords.underWay}</p>
      ) : successor === undefined ? null : isOpen ? (
        <Form
          onSubmit={() =>
            attempt(
              () => props.actions.handOver({ family: line.family, successor: successor.staff.person }),
              () => setOpen(false),
            )
          }
        >
          <Select
            label={practiceWords.handOverTo}
            value={successor.staff.person}
            options={therapists.map(({ staff }) => [staff.person, staff.name] as const)}
            onChange={setChosen}
          />
          <p>{practiceWords.handOverText(successor.staff.name)}</p>
          <div className="row">
            <Button onPress={() => setOpen(false)}>{words.act.cancel}</Button>
            <Button submit tone="primary" disabled={busy}>
              {practiceWords.handOver}
            </Button>
          </div>
        </Form>
      ) : (
        <div className="row">
          <Button label={practiceWords.handOverName(line.name)} onPress={() => setOpen(true)}>
            {practiceWords.handOver}
          </Button>
        </div>
      )}
    </li>
  );
}
