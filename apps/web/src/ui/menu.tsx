import { lazy, Suspense, useRef, useState, type KeyboardEvent, type ReactNode } from "react";

export interface MenuChoice {
  readonly id: string;
  readonly name: string;
  readonly mark: ReactNode;
  readonly tone?: "danger";
  readonly onChoose: () => void;
}

/** Brings in what an open menu is drawn with, so that the first one is not waited for. */
export const loadOpenMenu = () => import("./open-menu.tsx");

const OpenMenu = lazy(() => loadOpenMenu().then(({ OpenMenu: component }) => ({ default: component })));

/** Where the focus stands in a menu that has just been opened: nowhere by touch, and where the arrow points by key. */
export type MenuStart = "first" | "last" | "menu";

/** A small button that opens a few choices: by touch, by arrow keys, and named for a screen reader. A room has hundreds: one that is closed is a button. */
export function ChoiceMenu(props: {
  readonly label: string;
  readonly mark: ReactNode;
  readonly choices: readonly MenuChoice[];
}) {
  const button = useRef<HTMLButtonElement>(null);
  const [start, setStart] = useState<MenuStart | null>(null);
  const openByArrow = (event: KeyboardEvent) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    setStart(event.key === "ArrowDown" ? "first" : "last");
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        className="menu-button"
        aria-label={props.label}
        aria-haspopup="menu"
        aria-expanded={start !== null}
        // A click that no pointer made comes from a key.
        onClick={({ detail }) => setStart(detail === 0 ? "first" : "menu")}
        onKeyDown={openByArrow}
      >
        {props.mark}
      </button>
      {start === null ? null : (
        <Suspense fallback={null}>
          <OpenMenu
            label={props.label}
            choices={props.choices}
            start={start}
            button={button}
            onClose={() => setStart(null)}
          />
        </Suspense>
      )}
    </>
  );
}
