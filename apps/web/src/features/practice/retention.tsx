import type { Actions, ClientRefusal, DueLine, PracticeView } from "@sotto/client";
import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { Banner, Button } from "../../ui/parts.tsx";
import { useAttempt } from "../../ui/use-attempt.ts";
import { keeping } from "../../words/keeping.ts";
import { sayProblem } from "../../words/words.ts";
import { Certificates } from "./certificates.tsx";
import { OpenDisposal } from "./open-disposal.tsx";
import { RuleForm, RuleShown } from "./retention-rule.tsx";

export type RetentionTools = Pick<Actions, "setRetentionRule" | "confirmDisposal" | "withdrawDisposal">;

/** How long the practice keeps its families' rooms: the rule, what is due, what waits for a second person, and what has ended. */
export function Retention(props: {
  readonly actions: RetentionTools;
  readonly practice: PracticeView;
  readonly name: string;
}) {
  const { actions, practice } = props;
  const { due, ended, open, rule } = practice.retention;
  const [isEditing, setEditing] = useState(false);
  const { busy, problem, attempt } = useAttempt<ClientRefusal>();
  const said = sayProblem(problem);
  return (
    <section className="stack" aria-labelledby="keeping">
      <h2 id="keeping">{keeping.title}</h2>
      <p>{keeping.text}</p>
      {isEditing ? (
        <div className="card stack">
          <RuleForm
            rule={rule}
            busy={busy}
            problem={said}
            onCancel={() => setEditing(false)}
            onSave={(next) =>
              attempt(
                () => actions.setRetentionRule(next),
                () => setEditing(false),
              )
            }
          />
        </div>
      ) : (
        <>
          {rule === null ? <p className="quiet">{keeping.noRule}</p> : <RuleShown rule={rule} />}
          {practice.mayInvite ? (
            <div className="row">
              <Button onPress={() => setEditing(true)}>{rule === null ? keeping.set : keeping.change}</Button>
            </div>
          ) : null}
        </>
      )}
      {practice.myRole === "therapist" && rule !== null ? <Due lines={due} /> : null}
      {open.length === 0 ? null : (
        <>
          <h3>{keeping.open}</h3>
          <ul className="plain-list">
            {open.map((disposal) => (
              <OpenDisposal
                key={disposal.disposal}
                actions={actions}
                disposal={disposal}
                mayDecide={practice.mayInvite}
              />
            ))}
          </ul>
        </>
      )}
      {ended.length === 0 ? null : <Certificates practice={props.name} disposals={ended} />}
      {said === null || isEditing ? null : <Banner>{said}</Banner>}
    </section>
  );
}

function Due(props: { readonly lines: readonly DueLine[] }) {
  return (
    <>
      <h3>{keeping.due}</h3>
      {props.lines.length === 0 ? <p className="quiet">{keeping.noneDue}</p> : null}
      <ul className="plain-list">
        {props.lines.map((line) => (
          <li key={line.family}>
            <a className="card card-link" href={`/f/${line.family}`}>
              <span className="grow">
                <strong>{line.name}</strong>
                <br />
                <span className="quiet">{whenDue(line)}</span>
              </span>
              <ChevronRight aria-hidden="true" />
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

const whenDue = ({ standing }: DueLine): string => {
  const { dueAt, isPastMaximum, obstacles } = standing;
  if (isPastMaximum) return keeping.pastMaximum;
  if (dueAt === null || obstacles.some(({ kind }) => kind === "held")) return keeping.notDue;
  return obstacles.length === 0 ? keeping.dueSince(dueAt) : keeping.dueOn(dueAt);
};
