import { CONFIDING_RULES, RELEASE_EXCEPTIONS, RELEASE_RULES, SUPPORTER_TOPICS } from "@sotto/domain";
import type { OutsidersChoice, PersonId, Supporter, SupporterTopic } from "@sotto/domain";
import { useState } from "react";
import { Button, Check, Form, RadioCards, Select, TextField } from "../../ui/parts.tsx";
import { agreementCompose as said } from "../../words/agreement-compose.ts";
import type { Editing } from "./editing.ts";
import { sentenceOf } from "./editing.ts";
import { Checks } from "./fields.tsx";
import { nameIn } from "./gap-words.ts";

/** What may leave the family, and in whom members may confide. */
export function OutsidersPart(props: Editing & { readonly outsiders: OutsidersChoice }) {
  const { choose, outsiders } = props;
  const take = (next: Partial<OutsidersChoice>) => choose({ outsiders: { ...outsiders, ...next } });
  return (
    <>
      <RadioCards
        legend={said.outsiders.release}
        value={outsiders.release}
        onChange={(release) => take({ release })}
        options={RELEASE_RULES.map((rule) => ({
          value: rule,
          title: said.releases[rule],
          hint: sentenceOf(props, `outsiders.${rule}`),
        }))}
      />
      <Check
        label={said.outsiders.teens}
        checked={outsiders.teensSign}
        onChange={(teensSign) => take({ teensSign })}
      />
      <Checks
        legend={said.outsiders.exceptions}
        all={RELEASE_EXCEPTIONS}
        chosen={outsiders.exceptions}
        labels={said.exceptions}
        onChange={(exceptions) => take({ exceptions })}
      />
      <RadioCards
        legend={said.outsiders.confiding}
        value={outsiders.confiding}
        onChange={(confiding) => take({ confiding })}
        options={CONFIDING_RULES.map((rule) => ({
          value: rule,
          title: said.confiding[rule],
          hint: sentenceOf(props, `outsiders.confide.${rule}`),
        }))}
      />
      <Supporters
        {...props}
        supporters={outsiders.supporters}
        onChange={(supporters) => take({ supporters })}
      />
    </>
  );
}

const NAME_CHARACTERS = 50;

function Supporters(
  props: Editing & {
    readonly supporters: readonly Supporter[];
    readonly onChange: (supporters: readonly Supporter[]) => void;
  },
) {
  const { family, onChange, supporters, work } = props;
  return (
    <div className="stack-tight">
      <h4>{said.outsiders.supporters}</h4>
      {supporters.length === 0 ? <p className="quiet">{said.outsiders.noSupporters}</p> : null}
      <ul className="plain-list">
        {supporters.map((supporter) => (
          <li
            key={`${supporter.of}.${supporter.name}.${supporter.about}`}
            className="row row-between compose-line"
          >
            <span className="grow anywhere">
              {said.outsiders.supporter(nameIn(work, family, supporter.of), supporter.name)}
              <br />
              <span className="quiet">{said.supporterTopics[supporter.about]}</span>
            </span>
            <Button
              tone="plain"
              onPress={() => onChange(supporters.filter((one) => one !== supporter))}
              label={said.outsiders.remove(supporter.name)}
            >
              {said.remove}
            </Button>
          </li>
        ))}
      </ul>
      {work.parties.length === 0 ? null : (
        <details className="fold">
          <summary>{said.outsiders.add}</summary>
          <AddSupporter {...props} onAdd={(supporter) => onChange([...supporters, supporter])} />
        </details>
      )}
    </div>
  );
}

function AddSupporter(props: Editing & { readonly onAdd: (supporter: Supporter) => void }) {
  const { parties } = props.work;
  const [of, setOf] = useState<PersonId | null>(parties[0]?.person ?? null);
  const [name, setName] = useState("");
  const [about, setAbout] = useState<SupporterTopic>("own-words");
  if (of === null) return null;
  const add = () => {
    if (name.trim() === "") return;
    props.onAdd({ of, name: name.trim(), about });
    setName("");
  };
  return (
    <Form onSubmit={add}>
      <Select
        label={said.outsiders.of}
        value={of}
        options={parties.map((party) => [party.person, party.name] as const)}
        onChange={setOf}
      />
      <TextField
        label={said.outsiders.name}
        charactersMax={NAME_CHARACTERS}
        value={name}
        onChange={setName}
      />
      <Select
        label={said.outsiders.about}
        value={about}
        options={SUPPORTER_TOPICS.map((topic) => [topic, said.supporterTopics[topic]] as const)}
        onChange={setAbout}
      />
      <div className="row">
        <Button submit disabled={name.trim() === ""}>
          {said.outsiders.addIt}
        </Button>
      </div>
    </Form>
  );
}
