import type { ReactNode } from "react";
import { Button as AriaButton } from "react-aria-components/Button";
import { Menu as AriaMenu, MenuItem, MenuTrigger } from "react-aria-components/Menu";
import { Popover } from "react-aria-components/Popover";

export interface MenuChoice {
  readonly id: string;
  readonly name: string;
  readonly mark: ReactNode;
  readonly tone?: "danger";
  readonly onChoose: () => void;
}

/** A small button that opens a few choices: by touch, by arrow keys, and named for a screen reader. */
export function ChoiceMenu(props: {
  readonly label: string;
  readonly mark: ReactNode;
  readonly choices: readonly MenuChoice[];
}) {
  return (
    <MenuTrigger>
      <AriaButton className="menu-button" aria-label={props.label}>
        {props.mark}
      </AriaButton>
      <Popover className="menu-popover">
        <AriaMenu
          className="menu"
          aria-label={props.label}
          onAction={(id) => props.choices.find((choice) => choice.id === id)?.onChoose()}
        >
          {props.choices.map(({ id, mark, name, tone }) => (
            <MenuItem
              key={id}
              id={id}
              textValue={name}
              className="menu-item"
              {...(tone === undefined ? {} : { "data-tone": tone })}
            >
              {mark}
              {name}
            </MenuItem>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
