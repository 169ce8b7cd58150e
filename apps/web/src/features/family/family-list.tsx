import type { Actions, ClientRefusal, FamilyLineView } from "@sotto/client";
import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { Banner, Button, Form, TextField, Title } from "../../ui/parts.tsx";
import { useAttempt } from "../../ui/use-attempt.ts";
import { familyWords } from "../../words/family.ts";
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
  const create = () => attempt(() => props.actions.createFamily({ name: name.trim() }), props.onOpen);
  const isFirst = props.families.length === 0;
  return (
    <div className="page stack">
      <Title>{familyWords.title}</Title>
      {isFirst ? <p>{familyWords.empty}</p> : null}
      <Lines families={props.families.filter(({ closed }) => !closed)} />
      <div className="card stack">
        <h2>{isFirst ? familyWords.createFirst : familyWords.create}</h2>
        {said === null ? null : <Banner>{said}</Banner>}
        <Form onSubmit={create}>
          <TextField label={familyWords.name} hint={familyWords.nameHint} value={name} onChange={setName} />
          <Button submit tone={isFirst ? "primary" : undefined} disabled={busy || name.trim() === ""}>
            {familyWords.create}
          </Button>
        </Form>
      </div>
      {props.families.some(({ closed }) => closed) ? (
        <>
          <h2>{words.closing.list}</h2>
          <Lines families={props.families.filter(({ closed }) => closed)} />
        </>
      ) : null}
    </div>
  );
}

function Lines(props: { readonly families: readonly FamilyLineView[] }) {
  return (
    <ul className="plain-list">
      {props.families.map((family) => (
        <li key={family.family}>
          <a className="card card-link" href={`/f/${family.family}`}>
            <span className="grow">
              <strong>{family.name}</strong>
              <br />
              <span className="quiet">{familyWords.count(family.people, family.joined)}</span>
            </span>
            <ChevronRight aria-hidden="true" />
          </a>
        </li>
      ))}
    </ul>
  );
}
