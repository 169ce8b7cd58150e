import { useCallback, useEffect, useRef, useState } from "react";

type Outcome<Value, Refusal> =
  | { readonly kind: "done"; readonly value: Value }
  | { readonly kind: "refused"; readonly refusal: Refusal };

/** One thing a person tries at a time: whether it is under way, and why it did not work. `fault` means something broke. */
export function useAttempt<Refusal extends string>() {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Refusal | "fault" | null>(null);
  // An answer that comes when the person has gone elsewhere does not pull them back.
  const isHere = useRef(true);
  useEffect(() => {
    isHere.current = true;
    return () => {
      isHere.current = false;
    };
  }, []);
  const attempt = useCallback(
    <Value>(action: () => Promise<Outcome<Value, Refusal>>, onDone?: (value: Value) => void): void => {
      setBusy(true);
      setProblem(null);
      action()
        .then((outcome) => {
          if (!isHere.current) return;
          if (outcome.kind === "done") onDone?.(outcome.value);
          else setProblem(outcome.refusal);
        })
        .catch(() => setProblem("fault"))
        .finally(() => setBusy(false));
    },
    [],
  );
  return { busy, problem, attempt };
}
