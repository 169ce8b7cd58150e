import { useEffect, useId, useRef } from "react";
import { LeaveButton } from "./leave.tsx";
import { Button } from "./parts.tsx";

/**
 * Asks before something that cannot be taken back. The browser's own dialog: it keeps the focus, closes with Escape and hides the
 * rest from a screen reader. The careful answer comes first and has the focus.
 */
export function Ask(props: {
  readonly title: string;
  readonly text: string;
  readonly yes: string;
  readonly no: string;
  readonly onYes: () => void;
  readonly onNo: () => void;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const isYes = useRef(false);
  const titleId = useId();
  // Closing gives the focus back to what asked; only then may the answer change the screen.
  const answer = (yes: boolean) => {
    isYes.current = yes;
    dialog.current?.close();
  };
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      className="dialog"
      aria-labelledby={titleId}
      onClose={() => (isYes.current ? props.onYes() : props.onNo())}
    >
      <div className="stack">
        <h2 id={titleId}>{props.title}</h2>
        <p>{props.text}</p>
        <div className="row">
          <Button onPress={() => answer(false)}>{props.no}</Button>
          <Button tone="danger" onPress={() => answer(true)}>
            {props.yes}
          </Button>
          <LeaveButton place="inline" />
        </div>
      </div>
    </dialog>
  );
}
