import { useEffect, useId, useRef } from "react";

/** A few lines of somebody's own words. `takesFocus`: it came up because they asked for it. */
export function LongText(props: {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly takesFocus?: boolean;
}) {
  const [id, hintId] = [useId(), useId()];
  const box = useRef<HTMLTextAreaElement>(null);
  const atFirst = useRef(props.takesFocus === true);
  useEffect(() => {
    if (atFirst.current) box.current?.focus();
  }, []);
  return (
    <div className="field">
      <label htmlFor={id}>{props.label}</label>
      <textarea
        ref={box}
        id={id}
        aria-describedby={hintId}
        className="input long-text"
        autoComplete="off"
        autoCorrect="off"
        spellCheck={false}
        dir="auto"
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
      />
      <span id={hintId} className="quiet">
        {props.hint}
      </span>
    </div>
  );
}
