import type { Actions, AgreementActions, AgreementView, ClientRefusal, FamilyView } from "@sotto/client";
import { useState, type ReactNode } from "react";
import { Ask } from "../../ui/ask.tsx";
import { Banner, Button, Title } from "../../ui/parts.tsx";
import { useAttempt } from "../../ui/use-attempt.ts";
import { agreementWords } from "../../words/agreement.ts";
import { agreementDesk as said } from "../../words/agreement-desk.ts";
import { sayProblem, words } from "../../words/words.ts";
import { DueList } from "./due-list.tsx";
import { Questions } from "./questions.tsx";
import { RecordLife } from "./record-life.tsx";
import { Signers } from "./signers.tsx";
import { Versions, type Copying } from "./versions.tsx";

/** A family's agreement as its therapist watches over it: who has signed, what they ask, what opens consent again. */
export function AgreementDesk(props: {
  readonly actions: Pick<Actions, keyof AgreementActions>;
  readonly view: AgreementView;
  readonly family: FamilyView;
  /** The agreement as one goes through it together, on one screen; null while nothing was offered. */
  readonly together: ReactNode;
  readonly onCompose: () => void;
  readonly copying: Copying;
}) {
  const { actions, view } = props;
  const { attempt, busy, problem } = useAttempt<ClientRefusal>();
  const [isTogether, setTogether] = useState(false);
  const [isRecalling, setRecalling] = useState(false);
  const [newest] = view.versions;
  const { family } = view;
  if (isTogether) {
    return (
      <div className="page stack">
        {props.together}
        <div className="row">
          <Button onPress={() => setTogether(false)}>{said.togetherEnd}</Button>
        </div>
      </div>
    );
  }
  const open = newest?.stage.kind === "open" ? newest : null;
  const problemSaid = sayProblem(problem);
  return (
    <div className="page stack">
      <div>
        <a href={`/f/${family}`}>{said.toFamily}</a>
        <Title>{said.title(view.familyName)}</Title>
        <p className="quiet">{agreementWords.phases[view.phase]}</p>
      </div>
      {problemSaid === null ? null : <Banner>{problemSaid}</Banner>}
      {view.holds === "suspended" ? (
        <Banner tone="quiet">
          <p>{said.suspended([...new Set(view.withdrawn.map(({ name }) => name))])}</p>
          <p>{said.suspendedNext}</p>
        </Banner>
      ) : null}
      {newest === undefined ? <p>{said.nothing}</p> : null}
      <div className="row">
        <Button
          tone={open === null ? "primary" : undefined}
          onPress={props.onCompose}
          disabled={props.family.closed}
        >
          {view.work !== null ? said.goOn : newest === undefined ? said.compose : said.another}
        </Button>
        {newest === undefined ? null : <Button onPress={() => setTogether(true)}>{said.together}</Button>}
      </div>
      {newest === undefined ? null : <Signers actions={actions} version={newest} />}
      <Questions actions={actions} view={view} />
      <DueList actions={actions} view={view} family={props.family} />
      {props.family.closed ? null : <RecordLife actions={actions} family={props.family} />}
      <Versions view={view} copying={props.copying} />
      {open === null ? null : (
        <div className="row">
          <Button tone="danger" disabled={busy} onPress={() => setRecalling(true)}>
            {said.recall}
          </Button>
        </div>
      )}
      {isRecalling && open !== null ? (
        <Ask
          title={said.recallTitle}
          text={said.recallText}
          yes={said.recall}
          no={words.act.cancel}
          onNo={() => setRecalling(false)}
          onYes={() => {
            setRecalling(false);
            attempt(() => actions.recallAgreement({ family, version: open.version.version }));
          }}
        />
      ) : null}
    </div>
  );
}
