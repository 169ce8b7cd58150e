import { useEffect, useRef, type FormEvent, type ReactNode } from "react";
import { Button as AriaButton } from "react-aria-components/Button";
import { Input, Label, Radio, RadioGroup, Text, TextField as AriaTextField } from "react-aria-components";

/** A button of at least 44 pixels. `primary` is for the one thing a screen wants. */
export function Button(props: {
  readonly children: ReactNode;
  readonly onPress?: () => void;
  readonly primary?: boolean;
  readonly submit?: boolean;
  readonly disabled?: boolean;
  readonly label?: string;
}) {
  return (
    <AriaButton
      className="button"
      type={props.submit === true ? "submit" : "button"}
      isDisabled={props.disabled ?? false}
      {...(props.primary === true ? { "data-primary": "" } : {})}
      {...(props.label === undefined ? {} : { "aria-label": props.label })}
      {...(props.onPress === undefined ? {} : { onPress: props.onPress })}
    >
      {props.children}
    </AriaButton>
  );
}

export function TextField(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: string;
}) {
  return (
    <AriaTextField className="field" value={props.value} onChange={props.onChange}>
      <Label>{props.label}</Label>
      <Input className="input" autoComplete="off" autoCapitalize="off" spellCheck="false" />
      {props.hint === undefined ? null : (
        <Text slot="description" className="quiet">
          {props.hint}
        </Text>
      )}
    </AriaTextField>
  );
}

/** One choice out of a few, each with a sentence. */
export function RadioCards<Value extends string>(props: {
  readonly legend: string;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly options: readonly { readonly value: Value; readonly title: string; readonly hint: string }[];
}) {
  const choose = (wanted: string) => {
    const option = props.options.find(({ value }) => value === wanted);
    if (option !== undefined) props.onChange(option.value);
  };
  return (
    <RadioGroup className="stack" value={props.value} onChange={choose}>
      <Label className="legend">{props.legend}</Label>
      {props.options.map((option) => (
        <Radio key={option.value} value={option.value} className="choice">
          <span>
            <strong>{option.title}</strong>
            <br />
            <span className="quiet">{option.hint}</span>
          </span>
        </Radio>
      ))}
    </RadioGroup>
  );
}

export function Check(props: {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}) {
  return (
    <label className="check">
      <input
        type="checkbox"
        checked={props.checked}
        onChange={(event) => props.onChange(event.target.checked)}
      />
      {props.label}
    </label>
  );
}

export function Select<Value extends string>(props: {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly (readonly [Value, string])[];
  readonly onChange: (value: Value) => void;
}) {
  const choose = (wanted: string) => {
    const option = props.options.find(([value]) => value === wanted);
    if (option !== undefined) props.onChange(option[0]);
  };
  return (
    <div className="field">
      <label>
        {props.label}
        <select className="input" value={props.value} onChange={(event) => choose(event.target.value)}>
          {props.options.map(([value, text]) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

/** A form that submits with Enter and never reloads the page. */
export function Form(props: { readonly onSubmit: () => void; readonly children: ReactNode }) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    props.onSubmit();
  };
  return (
    <form className="stack" onSubmit={submit}>
      {props.children}
    </form>
  );
}

/** Says something that must be heard; read out at once by a screen reader. */
export function Banner(props: { readonly children: ReactNode; readonly tone?: "calm" | "alarm" }) {
  return (
    <div className="banner" role="alert" data-tone={props.tone ?? "calm"}>
      {props.children}
    </div>
  );
}

/** The heading of a screen. It takes the focus when the screen appears, so that a screen reader says where one is. */
export function Title(props: { readonly children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {props.children}
    </h1>
  );
}
