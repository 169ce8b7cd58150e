import type { Actions, AgreementWork } from "@sotto/client";
import type { FamilyId } from "@sotto/domain";
import { useCallback, useEffect, useRef, useState } from "react";

/** Typing does not save at each key. */
const SAVE_AFTER_MS = 500;

export type KeptState = "kept" | "keeping" | "not-kept";

/**
 * A draft that is kept on this device whenever it changes: a moment after the last key, and at once when the page goes away. `kept` is said only of what has
 * been kept as it stands on the screen.
 */
export function useKept(
  actions: Pick<Actions, "saveAgreementDraft">,
  family: FamilyId,
  first: AgreementWork | null,
) {
  const [work, setWork] = useState(first);
  const [state, setState] = useState<KeptState>("kept");
  const latest = useRef(first);
  const isOwed = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const line = useRef<Promise<void>>(Promise.resolve());
  const isHere = useRef(true);

  const save = useCallback((): void => {
    clearTimeout(timer.current);
    if (!isOwed.current) return;
    isOwed.current = false;
    const saved = latest.current;
    const say = (next: KeptState) => {
      if (next === "not-kept") isOwed.current = true;
      if (isHere.current && latest.current === saved) setState(next);
    };
    // One after the other, so that what is newest is kept last.
    line.current = line.current
      .then(() => actions.saveAgreementDraft({ family, work: saved }))
      .then(
        (outcome) => say(outcome.kind === "done" ? "kept" : "not-kept"),
        () => say("not-kept"),
      );
  }, [actions, family]);

  const change = useCallback(
    (next: AgreementWork | null): void => {
      latest.current = next;
      isOwed.current = true;
      setWork(next);
      setState("keeping");
      clearTimeout(timer.current);
      timer.current = setTimeout(save, SAVE_AFTER_MS);
    },
    [save],
  );

  /** Lets the draft go: it has become a version. */
  const letGo = useCallback((): Promise<void> => {
    clearTimeout(timer.current);
    latest.current = null;
    isOwed.current = true;
    save();
    return line.current;
  }, [save]);

  useEffect(() => {
    isHere.current = true;
    const saveWhenHidden = () => {
      if (document.visibilityState === "hidden") save();
    };
    document.addEventListener("visibilitychange", saveWhenHidden);
    addEventListener("pagehide", save);
    return () => {
      isHere.current = false;
      document.removeEventListener("visibilitychange", saveWhenHidden);
      removeEventListener("pagehide", save);
      save();
    };
  }, [save]);

  return { work, state, change, keepAgain: save, letGo };
}
