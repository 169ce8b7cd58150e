import { useId } from "react";
import { Input } from "react-aria-components/Input";
import { Label } from "react-aria-components/Label";
import { Text } from "react-aria-components/Text";
import { TextArea as AriaTextArea } from "react-aria-components/TextArea";
import { TextField as AriaTextField } from "react-aria-components/TextField";

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: string;
}

/** One line of text. Browsers are asked neither to remember nor to correct it. */
export function TextField(props: FieldProps) {
  return (
    <AriaTextField className="field" value={props.value} onChange={props.onChange} autoComplete="off">
      <Label>{props.label}</Label>
      <Input spellCheck={false} autoCapitalize="off" />
      {props.hint === undefined ? null : (
        <Text slot="description" className="soft">
          {props.hint}
        </Text>
      )}
    </AriaTextField>
  );
}

/** Several lines of text. */
export function TextArea(props: FieldProps) {
  return (
    <AriaTextField className="field" value={props.value} onChange={props.onChange}>
      <Label>{props.label}</Label>
      <AriaTextArea rows={3} />
    </AriaTextField>
  );
}

/** One of a few, by the system's own picker. */
export function Choice<Value extends string>(props: {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly (readonly [Value, string])[];
  readonly onChange: (value: Value) => void;
}) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{props.label}</label>
      <select
        id={id}
        value={props.value}
        onChange={(event) => {
          const chosen = props.options[event.target.selectedIndex];
          if (chosen !== undefined) props.onChange(chosen[0]);
        }}
      >
        {props.options.map(([value, name]) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}

/** Yes or no. */
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
