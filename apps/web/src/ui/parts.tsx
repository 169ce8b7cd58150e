import { useEffect, useRef, type ReactNode, type SubmitEvent } from "react";
import { Button as AriaButton } from "react-aria-components/Button";
import { Input, Label, Radio, RadioGroup, Text, TextField as AriaTextField } from "react-aria-components";

/** A button of at least 44 pixels. `primary` is for the one thing a screen wants, `danger` for what cannot be taken back. */
export function Button(props: {
  readonly children: ReactNode;
  readonly onPress?: () => void;
  readonly tone?: "primary" | "plain" | "danger" | undefined;
  readonly submit?: boolean;
  readonly disabled?: boolean;
  readonly label?: string;
  readonly expanded?: boolean;
  readonly className?: string;
}) {
  return (
    <AriaButton
      className={`button ${props.className ?? ""}`}
      type={props.submit === true ? "submit" : "button"}
      isDisabled={props.disabled ?? false}
      {...(props.tone === undefined ? {} : { [`data-${props.tone}`]: "" })}
      {...(props.label === undefined ? {} : { "aria-label": props.label })}
      {...(props.expanded === undefined ? {} : { "aria-expanded": props.expanded })}
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
  /** `code` is for what was made by us: no capitals, no corrections. */
  readonly kind?: "name" | "code";
  readonly autoFocus?: boolean;
  readonly charactersMax?: number;
}) {
  const isCode = props.kind === "code";
  return (
    <AriaTextField
      className="field"
      value={props.value}
      onChange={props.onChange}
      autoFocus={props.autoFocus ?? false}
      {...(props.charactersMax === undefined ? {} : { maxLength: props.charactersMax })}
    >
      <Label>{props.label}</Label>
      <Input
        className="input"
        autoComplete="off"
        autoCapitalize={isCode ? "off" : "words"}
        autoCorrect="off"
        spellCheck="false"
      />
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
    <RadioGroup className="group" value={props.value} onChange={choose}>
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
  readonly hint?: string;
}) {
  const choose = (wanted: string) => {
    const option = props.options.find(([value]) => value === wanted);
    if (option !== undefined) props.onChange(option[0]);
  };
  return (
    <div className="field">
      <label className="stack-tight">
        {props.label}
        <select className="input" value={props.value} onChange={(event) => choose(event.target.value)}>
          {props.options.map(([value, text]) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </select>
      </label>
      {props.hint === undefined ? null : <span className="quiet">{props.hint}</span>}
    </div>
  );
}

/** A form that submits with Enter and never reloads the page. */
export function Form(props: { readonly onSubmit: () => void; readonly children: ReactNode }) {
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    props.onSubmit();
  };
  return (
    <form className="stack" onSubmit={submit}>
      {props.children}
    </form>
  );
}

/** Says something that must be heard; read out at once by a screen reader, calmly when it is only good to know. */
export function Banner(props: { readonly children: ReactNode; readonly tone?: "calm" | "quiet" | "alarm" }) {
  const tone = props.tone ?? "calm";
  return (
    <div className="banner" role={tone === "quiet" ? "status" : "alert"} data-tone={tone}>
      {props.children}
    </div>
  );
}

/** The heading of a screen. It takes the focus when the screen appears, so that a screen reader says where one is. */
export function Title(props: { readonly children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {props.children}
    </h1>
  );
}
