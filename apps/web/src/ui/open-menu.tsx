import type { RefObject } from "react";
import { Menu as AriaMenu, MenuItem } from "react-aria-components/Menu";
import { Popover } from "react-aria-components/Popover";
import type { MenuChoice, MenuStart } from "./menu.tsx";

/** The choices of a menu beside its button, until one is chosen or somebody turns to something else. */
export function OpenMenu(props: {
  readonly label: string;
  readonly choices: readonly MenuChoice[];
  readonly start: MenuStart;
  readonly button: RefObject<HTMLButtonElement | null>;
  readonly onClose: () => void;
}) {
  const { choices, label, onClose, start } = props;
  return (
    <Popover
      className="menu-popover"
      trigger="MenuTrigger"
      triggerRef={props.button}
      isOpen
      onOpenChange={onClose}
    >
      <AriaMenu
        className="menu"
        aria-label={label}
        autoFocus={start === "menu" ? true : start}
        onClose={onClose}
        onAction={(id) => choices.find((choice) => choice.id === id)?.onChoose()}
      >
        {choices.map(({ id, mark, name, tone }) => (
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
  );
}
