import type { RetentionRule, RuleProblem } from "@sotto/domain";
import { problemOfRule } from "@sotto/domain";
import { useEffect, useState } from "react";
import { Banner, Button, Form, Select, TextField } from "../../ui/parts.tsx";
import { keeping } from "../../words/keeping.ts";
import { words } from "../../words/words.ts";

type Places = typeof import("@sotto/content/retention-places");

const OWN: RetentionRule = {
  place: "",
  title: "",
  citation: "",
  verified: false,
  asOf: "",
  familyMonths: 84,
  recordMonths: 84,
  minorMonths: 84,
  maximumMonths: null,
};

/** The practice's rule with where it comes from, as everybody of the staff sees it. */
export function RuleShown(props: { readonly rule: RetentionRule }) {
  const { asOf, citation, familyMonths, maximumMonths, minorMonths, recordMonths, title, verified } =
    props.rule;
  return (
    <div className="stack-tight">
      <dl className="facts">
        <dt>{keeping.familyRooms}</dt>
        <dd>{keeping.afterClosing(familyMonths)}</dd>
        <dt>{keeping.record}</dt>
        <dd>{keeping.afterClosing(recordMonths)}</dd>
        <dt>{keeping.minor}</dt>
        <dd>{keeping.afterOfAge(minorMonths)}</dd>
        {maximumMonths === null ? null : (
          <>
            <dt>{keeping.maximum}</dt>
            <dd>{keeping.afterMaximum(maximumMonths)}</dd>
          </>
        )}
      </dl>
      <p className="quiet">
        {title === "" ? keeping.ownRule : keeping.startedFrom(title)}
        {citation === "" ? null : (
          <>
            <br />
            {keeping.source(citation, asOf)}
          </>
        )}
      </p>
      {verified ? null : (
        <p>
          <strong>{keeping.counsel}</strong>
        </p>
      )}
    </div>
  );
}

/** What stands in the fields, as it was typed. */
interface Typed {
  readonly family: string;
  readonly record: string;
  readonly minor: string;
  readonly maximum: string;
}

const typedOf = (rule: RetentionRule): Typed => ({
  family: String(rule.familyMonths),
  record: String(rule.recordMonths),
  minor: String(rule.minorMonths),
  maximum: rule.maximumMonths === null ? "" : String(rule.maximumMonths),
});

const monthsIn = (text: string): number => (/^\d{1,4}$/.test(text.trim()) ? Number(text.trim()) : -1);

const isAnyShorter = (one: RetentionRule, other: RetentionRule): boolean =>
  one.familyMonths < other.familyMonths ||
  one.recordMonths < other.recordMonths ||
  one.minorMonths < other.minorMonths;

/** Sets the rule: from a place's as a start, or one's own, each time changed as the practice decides. */
export function RuleForm(props: {
  readonly rule: RetentionRule | null;
  readonly busy: boolean;
  readonly problem: string | null;
  readonly onSave: (rule: RetentionRule) => void;
  readonly onCancel: () => void;
}) {
  const [places, setPlaces] = useState<Places | null>(null);
  const [start, setStart] = useState<RetentionRule>(props.rule ?? OWN);
  const [typed, setTyped] = useState(typedOf(props.rule ?? OWN));
  const [said, setSaid] = useState<RuleProblem | null>(null);
  useEffect(() => {
    // It loads when it is wanted.
    import("@sotto/content/retention-places").then(setPlaces).catch(() => undefined);
  }, []);
  const place = places?.RETENTION_PLACES.find(({ id }) => id === start.place);
  const choose = (id: string) => {
    const chosen = places?.RETENTION_PLACES.find((known) => known.id === id);
    const next = places === null || chosen === undefined ? OWN : places.ruleOf(chosen);
    setStart(next);
    setTyped(typedOf(next));
  };
  const wanted: RetentionRule = {
    ...start,
    familyMonths: monthsIn(typed.family),
    recordMonths: monthsIn(typed.record),
    minorMonths: monthsIn(typed.minor),
    maximumMonths: typed.maximum.trim() === "" ? null : monthsIn(typed.maximum),
  };
  const base = places === null || place === undefined ? null : places.ruleOf(place);
  const isShorter = base !== null && problemOfRule(wanted) === null && isAnyShorter(wanted, base);
  const isForCounsel = base === null ? !start.verified : !base.verified || isShorter;
  const save = () => {
    // What is shorter than the place's rule, nobody has checked.
    const rule: RetentionRule = { ...wanted, verified: !isForCounsel };
    const problem = problemOfRule(rule);
    setSaid(problem);
    if (problem === null) props.onSave(rule);
  };
  const field = (key: keyof Typed, label: string, hint?: string) => {
    const months = monthsIn(typed[key]);
    return (
      <TextField
        label={label}
        kind="code"
        value={typed[key]}
        onChange={(text) => setTyped({ ...typed, [key]: text })}
        hint={[...(hint === undefined ? [] : [hint]), ...(months < 0 ? [] : [keeping.isSpan(months)])].join(
          " ",
        )}
      />
    );
  };
  const refusal = said === null ? props.problem : keeping.problems[said];
  return (
    <Form onSubmit={save}>
      <Select
        label={keeping.place}
        hint={keeping.placeHint}
        value={start.place}
        options={[
          ["", keeping.own] as const,
          ...(places?.RETENTION_PLACES ?? []).map(
            ({ appliesTo, id, place: where }) => [id, `${where}: ${appliesTo}`] as const,
          ),
        ]}
        onChange={choose}
      />
      {place === undefined ? null : (
        <div className="stack-tight">
          <p className="quiet">
            {keeping.source(place.citation, place.asOf)}
            <br />
            {keeping.says(place.minorRule)}
          </p>
        </div>
      )}
      {field("family", keeping.familyMonths)}
      {field("record", keeping.recordMonths)}
      {field("minor", keeping.minorMonths)}
      {field("maximum", keeping.maximumMonths, keeping.maximumHint)}
      {isForCounsel ? (
        <p>
          {isShorter ? `${keeping.shorter} ` : null}
          <strong>{keeping.counsel}</strong>
        </p>
      ) : null}
      {refusal === null ? null : <Banner>{refusal}</Banner>}
      <div className="row">
        <Button onPress={props.onCancel}>{words.act.cancel}</Button>
        <Button submit tone="primary" disabled={props.busy}>
          {keeping.save}
        </Button>
      </div>
    </Form>
  );
}
