import { useEffect, useId, useRef, type ReactNode } from "react";
import { LeaveButton } from "./leave.tsx";

/**
 * Something to look at or decide before going on: the browser's own dialog, which keeps the focus, closes with Escape and hides the rest from a screen
 * reader. `wide` takes the whole screen of a phone.
 */
export function Sheet(props: {
  readonly title: string;
  readonly children: ReactNode;
  readonly onClose: () => void;
  readonly wide?: boolean;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const asked = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (asked instanceof HTMLElement) asked.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className="dialog"
      {...(props.wide === true ? { "data-wide": "" } : {})}
      aria-labelledby={titleId}
      onClose={props.onClose}
    >
      <div className="stack">
        <div className="row row-between">
          <h2 id={titleId}>{props.title}</h2>
          <LeaveButton place="inline" />
        </div>
        {props.children}
      </div>
    </dialog>
  );
}

/** How far something has come, as a bar and in words. */
export function Progress(props: { readonly label: string; readonly value: number; readonly max: number }) {
  return (
    <div className="progress">
      <progress aria-label={props.label} value={Math.min(props.value, props.max)} max={props.max} />
      <span className="quiet" aria-hidden="true">
        {props.label}
      </span>
    </div>
  );
}
