import type { FamilyView } from "@sotto/client";
import type { PersonId } from "@sotto/domain";
import { useState } from "react";
import { Button, Check, Form, TextField } from "../../ui/parts.tsx";
import { familyWords } from "../../words/family.ts";

/** A room beside those that the structure makes: a name, and who of the family is in it. */
export function OpenRoom(props: {
  readonly family: FamilyView;
  readonly busy: boolean;
  readonly onOpen: (title: string, people: readonly PersonId[]) => void;
}) {
  const [title, setTitle] = useState("");
  const [people, setPeople] = useState<readonly PersonId[]>([]);
  const here = props.family.people.filter(({ account }) => account !== null);
  if (here.length === 0) return <p className="quiet">{familyWords.noneHere}</p>;
  const choose = (person: PersonId, isIn: boolean) =>
    setPeople(isIn ? [...people, person] : people.filter((id) => id !== person));
  return (
    <Form onSubmit={() => props.onOpen(title.trim(), people)}>
      <TextField
        label={familyWords.roomTitle}
        hint={familyWords.roomTitleHint}
        value={title}
        onChange={setTitle}
      />
      <fieldset className="group">
        <legend className="legend">{familyWords.choose}</legend>
        {here.map(({ person }) => (
          <Check
            key={person.person}
            label={person.name}
            checked={people.includes(person.person)}
            onChange={(isIn) => choose(person.person, isIn)}
          />
        ))}
      </fieldset>
      <Button submit disabled={props.busy || title.trim() === "" || people.length === 0}>
        {familyWords.openRoom}
      </Button>
    </Form>
  );
}
