import { Label, Text, TextArea, TextField } from "react-aria-components";

/** A few lines of somebody's own words. */
export function LongText(props: {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly autoFocus?: boolean;
}) {
  return (
    <TextField
      className="field"
      value={props.value}
      onChange={props.onChange}
      autoFocus={props.autoFocus ?? false}
    >
      <Label>{props.label}</Label>
      <TextArea className="input long-text" autoComplete="off" />
      <Text slot="description" className="quiet">
        {props.hint}
      </Text>
    </TextField>
  );
}
