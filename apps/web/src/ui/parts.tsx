import { useEffect, useId, useRef, type KeyboardEvent, type ReactNode, type SubmitEvent } from "react";

/** A key that is held down presses once: what a press opens has its own button under the finger by then. */
const pressOnce = (event: KeyboardEvent) => {
  if (event.repeat && event.key === "Enter") event.preventDefault();
};

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
    <button
      className={`button ${props.className ?? ""}`}
      type={props.submit === true ? "submit" : "button"}
      disabled={props.disabled}
      aria-label={props.label}
      aria-expanded={props.expanded}
      onClick={() => props.onPress?.()}
      onKeyDown={pressOnce}
      {...(props.tone === undefined ? {} : { [`data-${props.tone}`]: "" })}
    >
      {props.children}
    </button>
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
  const id = useId();
  const hintId = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{props.label}</label>
      <input
        id={id}
        className="input"
        type="text"
        value={props.value}
        onChange={({ target }) => props.onChange(target.value)}
        autoFocus={props.autoFocus}
        maxLength={props.charactersMax}
        aria-describedby={props.hint === undefined ? undefined : hintId}
        autoComplete="off"
        autoCapitalize={isCode ? "off" : "words"}
        autoCorrect="off"
        spellCheck="false"
      />
      {props.hint === undefined ? null : (
        <span id={hintId} className="quiet">
          {props.hint}
        </span>
      )}
    </div>
  );
}

/** One choice out of a few, each with a sentence. */
export function RadioCards<Value extends string>(props: {
  readonly legend: string;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly options: readonly { readonly value: Value; readonly title: string; readonly hint: string }[];
}) {
  const id = useId();
  return (
    <div className="group" role="radiogroup" aria-labelledby={id}>
      <span id={id} className="legend">
        {props.legend}
      </span>
      {props.options.map(({ hint, title, value }) => (
        <label key={value} className="choice">
          <input
            type="radio"
            name={`${id} choice`}
            value={value}
            checked={props.value === value}
            onChange={() => props.onChange(value)}
          />
          <span>
            <strong>{title}</strong>
            <br />
            <span className="quiet">{hint}</span>
          </span>
        </label>
      ))}
    </div>
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
