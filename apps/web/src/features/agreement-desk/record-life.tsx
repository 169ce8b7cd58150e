import type { Actions, ClientRefusal, FamilyView } from "@sotto/client";
import { LIFE_EVENT_KINDS } from "@sotto/domain";
import type { LifeEventKind, PersonId } from "@sotto/domain";
import { useState } from "react";
import { Banner, Button, Check, Form, Select } from "../../ui/parts.tsx";
import { useAttempt } from "../../ui/use-attempt.ts";
import { agreementDesk as said } from "../../words/agreement-desk.ts";
import { sayProblem } from "../../words/words.ts";

/** What happens most often first. */
const OPTIONS = LIFE_EVENT_KINDS.toSorted(
  (one, other) => Number(other === "session") - Number(one === "session"),
).map((kind) => [kind, said.triggers[kind]] as const);

/** A therapist records what happened in the family's life, which may open consent again (domain section 18.3). */
export function RecordLife(props: {
  readonly actions: Pick<Actions, "recordLife">;
  readonly family: FamilyView;
}) {
  const { actions, family } = props;
  const [event, setEvent] = useState<LifeEventKind>("session");
  const [concerns, setConcerns] = useState<readonly PersonId[]>([]);
  const [isDone, setDone] = useState(false);
  const { attempt, busy, problem } = useAttempt<ClientRefusal>();
  const problemSaid = sayProblem(problem);
  const mark = (person: PersonId, isOn: boolean): void => {
    setDone(false);
    setConcerns(isOn ? [...concerns, person] : concerns.filter((one) => one !== person));
  };
  return (
    <details className="fold">
      <summary>{said.record}</summary>
      <Form
        onSubmit={() =>
          attempt(
            () => actions.recordLife({ family: family.family, event, concerns }),
            () => {
              setDone(true);
              setConcerns([]);
            },
          )
        }
      >
        <p className="quiet">{said.recordHint}</p>
        {problemSaid === null ? null : <Banner>{problemSaid}</Banner>}
        <Select label={said.what} value={event} options={OPTIONS} onChange={setEvent} />
        <fieldset className="group">
          <legend className="legend">{said.whom}</legend>
          {family.people.map(({ person: { name, person } }) => (
            <Check
              key={person}
              label={name}
              checked={concerns.includes(person)}
              onChange={(isOn) => mark(person, isOn)}
            />
          ))}
        </fieldset>
        <div className="row">
          <Button submit disabled={busy}>
            {said.save}
          </Button>
        </div>
        <p role="status">{isDone ? said.recorded : ""}</p>
      </Form>
    </details>
  );
}
