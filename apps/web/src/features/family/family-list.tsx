import type { Actions, ClientRefusal, FamilyLineView } from "@sotto/client";
import { useState } from "react";
import { Banner, Button, Form, TextField, Title } from "../../ui/parts.tsx";
import { useAttempt } from "../../ui/use-attempt.ts";
import { sayProblem, words } from "../../words/words.ts";

/** The families this professional works with, and a way to add one. */
export function FamilyList(props: {
  readonly actions: Pick<Actions, "createFamily">;
  readonly families: readonly FamilyLineView[];
  readonly onOpen: (family: string) => void;
}) {
  const [name, setName] = useState("");
  const { busy, problem, attempt } = useAttempt<ClientRefusal>();
  const said = sayProblem(problem);
  return (
    <div className="page stack">
      <Title>{words.family.title}</Title>
      {said === null ? null : <Banner>{said}</Banner>}
      {props.families.length === 0 ? <p className="quiet">{words.family.empty}</p> : null}
      <ul className="plain-list">
        {props.families.map((family) => (
          <li key={family.family}>
            <a className="card card-link" href={`/f/${family.family}`}>
              <span className="grow">
                <strong>{family.name}</strong>
                <br />
                <span className="quiet">{words.family.count(family.people, family.joined)}</span>
              </span>
            </a>
          </li>
        ))}
      </ul>
      <Form onSubmit={() => attempt(() => props.actions.createFamily({ name: name.trim() }), props.onOpen)}>
        <TextField label={words.family.name} value={name} onChange={setName} />
        <Button submit primary disabled={busy || name.trim() === ""}>
          {words.family.create}
        </Button>
      </Form>
    </div>
  );
}
