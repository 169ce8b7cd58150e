import type { ReactNode } from "react";
import { Button as AriaButton } from "react-aria-components/Button";

/** A button of at least 44 px. `main` is the one thing this screen is for. */
export function Button(props: {
  readonly children: ReactNode;
  readonly onPress?: () => void;
  readonly main?: boolean;
  readonly submit?: boolean;
  readonly disabled?: boolean;
  readonly line?: boolean;
}) {
  const names = ["button", props.main ? "button-main" : "", props.line ? "line" : ""];
  return (
    <AriaButton
      className={names.filter((name) => name !== "").join(" ")}
      type={props.submit ? "submit" : "button"}
      isDisabled={props.disabled ?? false}
      {...(props.onPress === undefined ? {} : { onPress: props.onPress })}
    >
      {props.children}
    </AriaButton>
  );
}
