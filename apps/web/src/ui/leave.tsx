import { DoorOpen } from "lucide-react";
import { createContext, useContext } from "react";

interface Leaving {
  /** What stands on it where there is room. */
  readonly text: string;
  readonly label: string;
  readonly onLeave: () => void;
}

const Leave = createContext<Leaving | null>(null);

/** Gives every screen below it a way to leave at once. */
export const LeaveProvider = Leave.Provider;

/**
 * Leaves at once. `edge` stands at the edge of the window, within reach of a thumb, on top of every screen; `inline` is for a dialog, which the edge
 * lies behind. Nothing where nobody can leave.
 */
export function LeaveButton(props: { readonly place: "edge" | "inline" }) {
  const leaving = useContext(Leave);
  if (leaving === null) return null;
  return (
    <button
      type="button"
      className={props.place === "edge" ? "leave no-print" : "button"}
      {...(props.place === "edge" ? {} : { "data-plain": "" })}
      aria-label={leaving.label}
      onClick={leaving.onLeave}
    >
      <DoorOpen aria-hidden="true" size={18} />
      <span>{leaving.text}</span>
    </button>
  );
}
