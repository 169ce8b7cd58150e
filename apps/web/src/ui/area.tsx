import { useId } from "react";

/** A text of several lines. What is typed here stays here until it is sent: no browser keeps, corrects or sends it elsewhere. */
export function Area(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: string;
  readonly rows?: number;
}) {
  const hintId = useId();
  return (
    <div className="field">
      <label className="stack-tight">
        {props.label}
        <textarea
          className="input"
          autoComplete="off"
          autoCorrect="off"
          spellCheck={false}
          dir="auto"
          rows={props.rows ?? 3}
          value={props.value}
          {...(props.hint === undefined ? {} : { "aria-describedby": hintId })}
          onChange={(event) => props.onChange(event.target.value)}
        />
      </label>
      {props.hint === undefined ? null : (
        <span id={hintId} className="quiet">
          {props.hint}
        </span>
      )}
    </div>
  );
}
