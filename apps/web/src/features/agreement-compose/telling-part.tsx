import { GRACE_UNITS, IF_NOT_TOLD } from "@sotto/domain";
import type { TellingChoice } from "@sotto/domain";
import { RadioCards, Select } from "../../ui/parts.tsx";
import { agreementCompose as said } from "../../words/agreement-compose.ts";
import type { Editing } from "./editing.ts";
import { sentenceOf } from "./editing.ts";
import { NumberField } from "./fields.tsx";

/** How long somebody has to tell it themselves, and what comes after. */
export function TellingPart(props: Editing & { readonly telling: TellingChoice }) {
  const { choose, telling, work } = props;
  const kind = work.choices.policy?.kind;
  const isUsed = kind === "no-secrets" || kind === "limited";
  const take = (next: Partial<TellingChoice>) => choose({ telling: { ...telling, ...next } });
  return (
    <>
      {isUsed ? null : <p className="quiet">{said.telling.unused}</p>}
      <Select
        label={said.telling.unit}
        value={telling.graceUnit}
        options={GRACE_UNITS.map((unit) => [unit, said.graceUnits[unit]] as const)}
        onChange={(graceUnit) => take({ graceUnit })}
      />
      <NumberField
        label={said.telling.count}
        value={telling.graceCount}
        onChange={(graceCount) => take({ graceCount })}
      />
      <RadioCards
        legend={said.telling.ifNot}
        value={telling.ifNotTold}
        onChange={(wanted) => take({ ifNotTold: wanted })}
        options={IF_NOT_TOLD.map((value) => ({
          value,
          title: said.ifNotTold[value],
          hint: sentenceOf(props, `telling.${value}`),
        }))}
      />
      <p className="quiet">{said.telling.reason}</p>
    </>
  );
}
