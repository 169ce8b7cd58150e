import type { Day } from "@sotto/domain";
import { isDay } from "@sotto/domain";
import { useId, useState } from "react";
import { Check, TextField } from "../../ui/parts.tsx";

/** Some of a few, each with a box to tick. In which order they were ticked says nothing. */
export function Checks<Value extends string>(props: {
  readonly legend: string;
  readonly hint?: string;
  readonly all: readonly Value[];
  readonly chosen: readonly Value[];
  readonly labels: Readonly<Record<Value, string>>;
  readonly onChange: (chosen: readonly Value[]) => void;
}) {
  const { all, chosen, labels } = props;
  const hint = useId();
  const tick = (value: Value, isIn: boolean) =>
    props.onChange(all.filter((one) => (one === value ? isIn : chosen.includes(one))));
  return (
    <fieldset
      className="group group-tight"
      {...(props.hint === undefined ? {} : { "aria-describedby": hint })}
    >
      <legend className="legend">{props.legend}</legend>
      {props.hint === undefined ? null : (
        <span id={hint} className="quiet">
          {props.hint}
        </span>
      )}
      {all.map((value) => (
        <Check
          key={value}
          label={labels[value]}
          checked={chosen.includes(value)}
          onChange={(isIn) => tick(value, isIn)}
        />
      ))}
    </fieldset>
  );
}

const WHOLE = /^\d{1,5}$/;

/** A whole number, as it is typed. What is none counts as 0, which no number of an agreement may be. */
export function NumberField(props: {
  readonly label: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
}) {
  return (
    <OptionalNumber
      {...props}
      onChange={(value) => props.onChange(value ?? 0)}
      value={props.value === 0 ? null : props.value}
    />
  );
}

/** A whole number, or nothing. */
export function OptionalNumber(props: {
  readonly label: string;
  readonly hint?: string;
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
}) {
  const { value } = props;
  const [typed, setTyped] = useState(value === null ? "" : String(value));
  const type = (text: string) => {
    const trimmed = text.trim();
    setTyped(text);
    props.onChange(trimmed === "" ? null : WHOLE.test(trimmed) ? Number(trimmed) : 0);
  };
  return (
    <div className="short-field">
      <TextField
        label={props.label}
        kind="code"
        charactersMax={5}
        value={typed}
        onChange={type}
        {...(props.hint === undefined ? {} : { hint: props.hint })}
      />
    </div>
  );
}

/** A day of the calendar, or none, in the browser's own way of asking for one. */
export function DayField(props: {
  readonly label: string;
  readonly hint: string;
  readonly value: Day | null;
  readonly onChange: (day: Day | null) => void;
}) {
  const hint = useId();
  const choose = (text: string) => {
    const [year = 0, month = 0, day = 0] = text.split("-").map(Number);
    const chosen = { year, month, day };
    props.onChange(isDay(chosen) ? chosen : null);
  };
  const { value } = props;
  const two = (number: number): string => String(number).padStart(2, "0");
  const text = value === null ? "" : `${value.year}-${two(value.month)}-${two(value.day)}`;
  return (
    <div className="field short-field">
      <label className="stack-tight">
        {props.label}
        <input
          className="input"
          type="date"
          min="1900-01-01"
          max="2200-12-31"
          aria-describedby={hint}
          defaultValue={text}
          onChange={(event) => choose(event.target.value)}
        />
      </label>
      <span id={hint} className="quiet">
        {props.hint}
      </span>
    </div>
  );
}
