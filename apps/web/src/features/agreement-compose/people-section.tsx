import { ageOn, isMinorRole } from "@sotto/domain";
import type { Party } from "@sotto/domain";
import { Button, Check } from "../../ui/parts.tsx";
import { agreementCompose as said } from "../../words/agreement-compose.ts";
import { words } from "../../words/words.ts";
import type { Editing } from "./editing.ts";
import { DayField } from "./fields.tsx";
import { nameIn } from "./gap-words.ts";
import { withoutParty, withParty, withPartyAs } from "./work.ts";

/** Who is part of it and who signs, everybody of the family's record; of minors, when they were born and who decides for them. */
export function PeopleSection(editing: Editing) {
  const { change, family, work } = editing;
  const recorded = family.people.map(({ person }) => person);
  const gone = work.parties.filter(({ person }) => recorded.every((one) => one.person !== person));
  return (
    <>
      <p className="quiet">{said.people.hint}</p>
      {recorded.map((person) => {
        const party = work.parties.find((one) => one.person === person.person);
        return (
          <div key={person.person} className="compose-person stack-tight">
            <h4>
              {person.name} <span className="quiet">{words.roles[person.role]}</span>
            </h4>
            <Check
              label={said.people.isIn(person.name)}
              checked={party !== undefined}
              onChange={(isIn) =>
                change(isIn ? withParty(work, person, family) : withoutParty(work, person.person))
              }
            />
            {party === undefined ? null : <PartyFields {...editing} party={party} />}
          </div>
        );
      })}
      {gone.map((party) => (
        <div key={party.person} className="compose-person stack-tight">
          <h4>
            {party.name} <span className="quiet">{said.people.gone}</span>
          </h4>
          <Check
            label={said.people.isIn(party.name)}
            checked
            onChange={() => change(withoutParty(work, party.person))}
          />
        </div>
      ))}
    </>
  );
}

function PartyFields(props: Editing & { readonly party: Party }) {
  const { change, party, work } = props;
  return (
    <>
      {party.role === "guardian" ? (
        <p className="quiet">{said.people.guardianSigns}</p>
      ) : (
        <>
          <Check
            label={said.people.signs(party.name)}
            checked={party.signs}
            onChange={(signs) => change(withPartyAs(work, { ...party, signs }))}
          />
          {party.signs ? null : <p className="quiet">{said.people.unsigned}</p>}
        </>
      )}
      {isMinorRole(party.role) ? <MinorFields {...props} /> : null}
    </>
  );
}

function MinorFields(props: Editing & { readonly party: Party }) {
  const { change, family, onGo, party, work } = props;
  const { born, name, person } = party;
  const promise = work.choices.minors?.find(({ minor }) => minor === person);
  const guardians = promise?.guardians.map((guardian) => nameIn(work, family, guardian)) ?? [];
  const age = born === null ? "" : `${said.people.age(ageOn(born, work.on))}. `;
  return (
    <>
      <DayField
        label={said.people.born(name)}
        hint={`${age}${said.people.bornHint}`}
        value={born}
        onChange={(day) => change(withPartyAs(work, { ...party, born: day }))}
      />
      {promise?.route === "minor" ? null : <p>{said.people.decide(name, guardians)}</p>}
      <div className="row">
        <Button tone="plain" className="to-section" onPress={() => onGo("minors")}>
          {said.people.change}
        </Button>
      </div>
    </>
  );
}
