import type { Actions, SignerView } from "@sotto/client";
import type { AgreementPart, AgreementVersionId, FamilyId, GivenAnswer } from "@sotto/domain";
import { useCallback, useEffect, useRef, useState } from "react";

/** What somebody has read and answered of one version. */
export interface Progress {
  readonly read: readonly AgreementPart[];
  readonly answers: readonly GivenAnswer[];
}

interface Held extends Progress {
  readonly version: AgreementVersionId;
}

const AFTER_MS = 1_500;

/**
 * How far somebody has come with a version, kept for them a moment after each step and when they go. What they do here counts at once; what they did
 * elsewhere comes with their view. `isKept` is false while nobody has let them in: then it is known to this screen alone.
 */
export function useProgress(wish: {
  readonly actions: Pick<Actions, "saveAgreementProgress">;
  readonly family: FamilyId;
  readonly version: AgreementVersionId;
  readonly own: SignerView["own"];
  readonly isKept: boolean;
}): {
  readonly progress: Progress;
  readonly noteRead: (parts: readonly AgreementPart[]) => void;
  readonly noteAnswer: (answer: GivenAnswer) => void;
} {
  const { actions, family, isKept, own, version } = wish;
  const [held, setHeld] = useState<Held | null>(null);
  const here = held?.version === version ? held : null;
  const progress: Progress = {
    read: [...new Set([...(own?.read ?? []), ...(here?.read ?? [])])],
    answers: longer(own?.answers ?? [], here?.answers ?? []),
  };
  const unsaved = useRef<Held | null>(null);
  const save = useCallback(() => {
    const next = unsaved.current;
    unsaved.current = null;
    // What is not kept now is kept with the next step.
    if (next !== null) actions.saveAgreementProgress({ family, ...next }).catch(() => undefined);
  }, [actions, family]);
  useEffect(() => {
    if (held === null || !isKept) return undefined;
    unsaved.current = held;
    const timer = setTimeout(save, AFTER_MS);
    return () => clearTimeout(timer);
  }, [held, isKept, save]);
  useEffect(() => {
    const saveIfHidden = () => {
      if (document.visibilityState === "hidden") save();
    };
    document.addEventListener("visibilitychange", saveIfHidden);
    return () => {
      document.removeEventListener("visibilitychange", saveIfHidden);
      save();
    };
  }, [save]);
  const note = (next: Progress) => setHeld({ version, ...next });
  return {
    progress,
    noteRead: (parts) => {
      if (parts.every((part) => progress.read.includes(part))) return;
      note({ ...progress, read: [...new Set([...progress.read, ...parts])] });
    },
    noteAnswer: (answer) => note({ ...progress, answers: [...progress.answers, answer] }),
  };
}

/** Of two lists of which one goes on where the other ends. */
const longer = <Value>(one: readonly Value[], other: readonly Value[]): readonly Value[] =>
  other.length > one.length ? other : one;
