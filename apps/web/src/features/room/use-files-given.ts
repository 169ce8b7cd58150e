import { useEffect, useRef, useState, type RefObject } from "react";

const filesIn = (list: DataTransfer | null): readonly File[] => [...(list?.files ?? [])];

/** Files that are pasted or dropped anywhere in the conversation around `place`. Answers whether some are held over it. */
export function useFilesGiven(
  place: RefObject<HTMLElement | null>,
  take: (files: readonly File[]) => void,
): boolean {
  const [isOver, setOver] = useState(false);
  const latest = useRef(take);
  useEffect(() => {
    latest.current = take;
  });
  useEffect(() => {
    const talk = place.current?.closest<HTMLElement>(".talk");
    if (talk === undefined || talk === null) return undefined;
    const over = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes("Files") !== true) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (!(event.relatedTarget instanceof Node) || !talk.contains(event.relatedTarget)) setOver(false);
    };
    const give = (event: Event, list: DataTransfer | null) => {
      setOver(false);
      const files = filesIn(list);
      if (files.length === 0) return;
      event.preventDefault();
      latest.current(files);
    };
    const drop = (event: DragEvent) => give(event, event.dataTransfer);
    const paste = (event: ClipboardEvent) => give(event, event.clipboardData);
    // Beside the conversation a browser would leave this page and open the file by itself.
    const hold = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes("Files") === true) event.preventDefault();
    };
    addEventListener("dragover", hold);
    addEventListener("drop", hold);
    talk.addEventListener("dragover", over);
    talk.addEventListener("dragleave", leave);
    talk.addEventListener("drop", drop);
    talk.addEventListener("paste", paste);
    return () => {
      removeEventListener("dragover", hold);
      removeEventListener("drop", hold);
      talk.removeEventListener("dragover", over);
      talk.removeEventListener("dragleave", leave);
      talk.removeEventListener("drop", drop);
      talk.removeEventListener("paste", paste);
    };
  }, [place]);
  return isOver;
}
