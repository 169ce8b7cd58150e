import {
  CONSENT_ROUTES,
  GUARDIAN_TOPICS,
  isGuardianTopicAllowed,
  isMinorRole,
  MINOR_LEVELS,
  minorsOf,
} from "@sotto/domain";
import type { MinorChoice, MinorLevel } from "@sotto/domain";
import { Button, Check, RadioCards, Select } from "../../ui/parts.tsx";
import { agreementCompose as said } from "../../words/agreement-compose.ts";
import type { Editing } from "./editing.ts";
import { sentenceOf } from "./editing.ts";
import { Checks } from "./fields.tsx";
import { nameIn } from "./gap-words.ts";
import { promiseTo } from "./work.ts";

/** What each minor is promised and what guardians are told, side by side, and who says yes for them. */
export function MinorsPart(props: Editing & { readonly minors: readonly MinorChoice[] }) {
  const { choose, family, minors, work } = props;
  const known = minorsOf(work.parties);
  const without = known.filter(({ person }) => !minors.some(({ minor }) => minor === person));
  if (minors.length === 0 && without.length === 0) return <p className="quiet">{said.minors.none}</p>;
  return (
    <>
      {minors.map((choice, index) => {
        const isFirst = minors.findIndex(({ minor }) => minor === choice.minor) === index;
        const isMinor = known.some(({ person }) => person === choice.minor);
        return (
          <div key={`${choice.minor}.${isFirst ? "" : index}`} className="stack compose-person">
            <h4>{nameIn(work, family, choice.minor)}</h4>
            {isMinor && isFirst ? (
              <Promise
                {...props}
                choice={choice}
                onChange={(next) => choose({ minors: minors.map((one) => (one === choice ? next : one)) })}
              />
            ) : (
              <div className="row">
                <Button onPress={() => choose({ minors: minors.filter((one) => one !== choice) })}>
                  {said.minors.remove}
                </Button>
              </div>
            )}
          </div>
        );
      })}
      {without.map((party) => (
        <div key={party.person} className="row">
          <Button
            onPress={() => {
              const promise = promiseTo(work, party, family);
              if (promise !== null) choose({ minors: [...minors, promise] });
            }}
          >
            {said.minors.add(party.name)}
          </Button>
        </div>
      ))}
    </>
  );
}

function Promise(
  props: Editing & { readonly choice: MinorChoice; readonly onChange: (choice: MinorChoice) => void },
) {
  const { choice, onChange, work, family } = props;
  const { level, minor, told } = choice;
  const name = nameIn(work, family, minor);
  const take = (next: Partial<MinorChoice>) => onChange({ ...choice, ...next });
  // What a new promise does not allow goes with the old one.
  const promise = (next: MinorLevel) =>
    take({ level: next, told: told.filter((topic) => isGuardianTopicAllowed(next, topic)) });
  return (
    <>
      <RadioCards
        legend={said.minors.level(name)}
        value={level}
        onChange={promise}
        options={MINOR_LEVELS.map((value) => ({
          value,
          title: said.levels[value],
          hint: sentenceOf(props, `minors.${value}`, { minor }),
        }))}
      />
      <Checks
        legend={said.minors.told}
        hint={said.minors.toldHint}
        all={GUARDIAN_TOPICS.filter((topic) => isGuardianTopicAllowed(level, topic) || told.includes(topic))}
        chosen={told}
        labels={said.topics}
        onChange={(topics) => take({ told: topics })}
      />
      <Check
        label={said.minors.first(name)}
        checked={choice.tellsMinorFirst}
        onChange={(tellsMinorFirst) => take({ tellsMinorFirst })}
      />
      <Select
        label={said.minors.route(name)}
        value={choice.route}
        options={CONSENT_ROUTES.map((route) => [route, said.routes[route]] as const)}
        onChange={(route) => take({ route })}
      />
      {choice.route === "minor" ? null : <Guardians {...props} />}
    </>
  );
}

function Guardians(
  props: Editing & { readonly choice: MinorChoice; readonly onChange: (choice: MinorChoice) => void },
) {
  const { choice, family, onChange, work } = props;
  const ofAge = work.parties.filter(({ role }) => !isMinorRole(role)).map(({ person }) => person);
  // Who is named and is no part of it is shown, so that they can be taken out.
  const all = [...new Set([...ofAge, ...choice.guardians])];
  if (all.length === 0) return <p className="quiet">{said.minors.nobody}</p>;
  return (
    <Checks
      legend={said.minors.guardians(nameIn(work, family, choice.minor))}
      all={all}
      chosen={choice.guardians}
      labels={Object.fromEntries(all.map((person) => [person, nameIn(work, family, person)]))}
      onChange={(guardians) => onChange({ ...choice, guardians })}
    />
  );
}
