import {
  CONTACT_CHANNELS,
  FAMILY_ROLES,
  RELATION_KINDS,
  isUsuallyInTreatment,
  type Person,
  type RelationKind,
} from "@sotto/domain";
import { useState } from "react";
import { Button, Check, Form, Select, TextField } from "../../ui/parts.tsx";
import { words } from "../../words/words.ts";

/** A person of the family: role, treatment, relations to the others, and how to reach them without harm. */
export function PersonForm(props: {
  readonly person: Person;
  readonly others: readonly Person[];
  readonly busy: boolean;
  readonly onSave: (person: Person) => void;
  readonly onCancel: () => void;
}) {
  const [person, setPerson] = useState(props.person);
  const contact = person.safeContact ?? { channel: "in-person" as const, address: "", note: "" };
  const relate = (to: Person, kind: RelationKind | "none") => {
    const rest = person.relations.filter((relation) => relation.to !== to.person);
    setPerson({ ...person, relations: kind === "none" ? rest : [...rest, { kind, to: to.person }] });
  };
  return (
    <Form onSubmit={() => props.onSave({ ...person, name: person.name.trim() })}>
      <TextField
        label={words.family.personName}
        value={person.name}
        onChange={(name) => setPerson({ ...person, name })}
      />
      <Select
        label={words.family.role}
        value={person.role}
        options={FAMILY_ROLES.map((role) => [role, words.roles[role]] as const)}
        onChange={(role) => setPerson({ ...person, role, inTreatment: isUsuallyInTreatment(role) })}
      />
      <Check
        label={words.family.inTreatment}
        checked={person.inTreatment}
        onChange={(inTreatment) => setPerson({ ...person, inTreatment })}
      />
      {props.others.map((other) => (
        <Select
          key={other.person}
          label={`${words.family.relations}: ${other.name}`}
          value={person.relations.find(({ to }) => to === other.person)?.kind ?? "none"}
          options={[
            ["none", words.family.none] as const,
            ...RELATION_KINDS.map((kind) => [kind, `${words.relations[kind]} ${other.name}`] as const),
          ]}
          onChange={(kind) => relate(other, kind)}
        />
      ))}
      <Select
        label={words.family.contact}
        value={contact.channel}
        options={CONTACT_CHANNELS.map((channel) => [channel, words.channels[channel]] as const)}
        onChange={(channel) => setPerson({ ...person, safeContact: { ...contact, channel } })}
      />
      {contact.channel === "in-person" ? null : (
        <TextField
          label={words.family.address}
          value={contact.address}
          onChange={(address) => setPerson({ ...person, safeContact: { ...contact, address } })}
        />
      )}
      <TextField
        label={words.family.note}
        value={contact.note}
        onChange={(note) => setPerson({ ...person, safeContact: { ...contact, note } })}
      />
      <div className="row">
        <Button onPress={props.onCancel}>{words.act.cancel}</Button>
        <Button submit primary disabled={props.busy || person.name.trim() === ""}>
          {words.act.save}
        </Button>
      </div>
    </Form>
  );
}
