import {
  CONTACT_CHANNELS,
  FAMILY_ROLES,
  RELATION_KINDS,
  isUsuallyInTreatment,
  type Person,
  type RelationKind,
} from "@sotto/domain";
import { useState } from "react";
import { Banner, Button, Check, Form, Select, TextField } from "../../ui/parts.tsx";
import { familyWords as family } from "../../words/family.ts";
import { words } from "../../words/words.ts";

/** A person of the family: role, treatment, relations to the others, and how to reach them without harm. */
export function PersonForm(props: {
  readonly person: Person;
  readonly others: readonly Person[];
  readonly busy: boolean;
  readonly problem: string | null;
  readonly onSave: (person: Person) => void;
  readonly onCancel: () => void;
}) {
  const [person, setPerson] = useState(props.person);
  return (
    <Form onSubmit={() => props.onSave({ ...person, name: person.name.trim() })}>
      <TextField
        label={family.personName}
        value={person.name}
        onChange={(name) => setPerson({ ...person, name })}
        autoFocus
      />
      <Select
        label={family.role}
        hint={words.roleHints[person.role]}
        value={person.role}
        options={FAMILY_ROLES.map((role) => [role, words.roles[role]] as const)}
        onChange={(role) => setPerson({ ...person, role, inTreatment: isUsuallyInTreatment(role) })}
      />
      <Check
        label={family.inTreatment}
        checked={person.inTreatment}
        onChange={(inTreatment) => setPerson({ ...person, inTreatment })}
      />
      <Relations person={person} others={props.others} onChange={setPerson} />
      <SafeContactFields person={person} onChange={setPerson} />
      {props.problem === null ? null : <Banner>{props.problem}</Banner>}
      <div className="row">
        <Button onPress={props.onCancel}>{words.act.cancel}</Button>
        <Button submit tone="primary" disabled={props.busy || person.name.trim() === ""}>
          {words.act.save}
        </Button>
      </div>
    </Form>
  );
}

type Changing = { readonly person: Person; readonly onChange: (person: Person) => void };

function Relations(props: Changing & { readonly others: readonly Person[] }) {
  const { person } = props;
  const relate = (to: Person, kind: RelationKind | "none") => {
    const rest = person.relations.filter((relation) => relation.to !== to.person);
    const relations = kind === "none" ? rest : [...rest, { kind, to: to.person }];
    props.onChange({ ...person, relations });
  };
  return props.others.map((other) => (
    <Select
      key={other.person}
      label={family.relationTo(other.name)}
      hint={family.relationHint}
      value={person.relations.find(({ to }) => to === other.person)?.kind ?? "none"}
      options={[
        ["none", family.none] as const,
        ...RELATION_KINDS.map((kind) => [kind, `${words.relations[kind]} ${other.name}`] as const),
      ]}
      onChange={(kind) => relate(other, kind)}
    />
  ));
}

function SafeContactFields(props: Changing) {
  const { person } = props;
  const contact = person.safeContact ?? { channel: "in-person" as const, address: "", note: "" };
  const change = (next: typeof contact) => {
    const isEmpty = next.channel === "in-person" && next.note === "";
    props.onChange({ ...person, safeContact: isEmpty ? null : next });
  };
  return (
    <>
      <Select
        label={family.contact}
        hint={family.contactHint}
        value={contact.channel}
        options={CONTACT_CHANNELS.map((channel) => [channel, words.channels[channel]] as const)}
        onChange={(channel) =>
          change({ ...contact, channel, address: channel === "in-person" ? "" : contact.address })
        }
      />
      {contact.channel === "in-person" ? null : (
        <TextField
          label={family.address}
          kind="code"
          value={contact.address}
          onChange={(address) => change({ ...contact, address })}
        />
      )}
      <TextField
        label={family.note}
        hint={family.noteHint}
        value={contact.note}
        onChange={(note) => change({ ...contact, note })}
      />
    </>
  );
}
