import type { Actions, ClientRefusal } from "@sotto/client";
import type { FamilyId, Month } from "@sotto/domain";
import { useState } from "react";
import { Banner, Button, Form, Select } from "../../ui/parts.tsx";
import { useAttempt } from "../../ui/use-attempt.ts";
import { useNow } from "../../ui/use-now.ts";
import { keepingFamily as said } from "../../words/keeping.ts";
import { familyWords } from "../../words/family.ts";
import { sayProblem } from "../../words/words.ts";

const MONTHS = Array.from({ length: 12 }, (_, index) => index + 1);
/** Whoever was just born comes of age in 18 years; who is grown up long since was once written down as younger. */
const YEARS = { back: 30, ahead: 19 } as const;

/** When the youngest of a family turns 18: a month and a year, said by whoever looks after it. */
export function ComesOfAge(props: {
  readonly actions: Pick<Actions, "setComesOfAge">;
  readonly family: FamilyId;
  readonly month: Month | null;
}) {
  const { actions, family, month } = props;
  const thisYear = new Date(useNow()).getFullYear();
  // Nothing is chosen for anybody: a month that was saved by mistake ends a record too soon.
  const [chosen, setChosen] = useState<{ readonly year: string; readonly month: string }>({
    year: month === null ? "" : String(month.year),
    month: month === null ? "" : String(month.month),
  });
  const [isMissing, setMissing] = useState(false);
  const [isChanging, setChanging] = useState(false);
  const { busy, problem, attempt } = useAttempt<ClientRefusal>();
  const refusal = isMissing ? said.ofAgeMissing : sayProblem(problem);
  const known = month?.year ?? thisYear;
  const first = Math.min(thisYear - YEARS.back, known);
  const last = Math.max(thisYear + YEARS.ahead, known);
  const years = Array.from({ length: last - first + 1 }, (_, index) => String(last - index));
  const save = () => {
    const isWhole = chosen.year !== "" && chosen.month !== "";
    setMissing(!isWhole);
    if (!isWhole) return;
    const wish = { year: Number(chosen.year), month: Number(chosen.month) };
    attempt(
      () => actions.setComesOfAge({ family, month: wish }),
      () => setChanging(false),
    );
  };
  if (month !== null && !isChanging) {
    return (
      <div className="stack-tight">
        <h3>{said.ofAge}</h3>
        <div className="row row-between">
          <p>{said.ofAgeIs(said.months(month.month), month.year)}</p>
          <Button tone="plain" label={`${familyWords.edit}: ${said.ofAge}`} onPress={() => setChanging(true)}>
            {familyWords.edit}
          </Button>
        </div>
      </div>
    );
  }
  return (
    <div className="stack-tight">
      <h3>{said.ofAge}</h3>
      <Form onSubmit={save}>
        <p className="quiet">{said.ofAgeText}</p>
        <div className="row">
          <Select
            label={said.month}
            value={chosen.month}
            options={[
              ["", said.choose] as const,
              ...MONTHS.map((number) => [String(number), said.months(number)] as const),
            ]}
            onChange={(number) => setChosen({ ...chosen, month: number })}
          />
          <Select
            label={said.year}
            value={chosen.year}
            options={[["", said.choose] as const, ...years.map((year) => [year, year] as const)]}
            onChange={(year) => setChosen({ ...chosen, year })}
          />
        </div>
        {refusal === null ? null : <Banner>{refusal}</Banner>}
        <div className="row">
          <Button submit disabled={busy}>
            {said.ofAgeSave}
          </Button>
        </div>
      </Form>
    </div>
  );
}
