import type { RoomView } from "@sotto/client";
import { Banner } from "../../ui/parts.tsx";
import { familyWords } from "../../words/family.ts";
import { words } from "../../words/words.ts";

/** Stands where one would write: why nobody does, and what can be done. */
export function ReadOnly(props: { readonly room: RoomView }) {
  const { family, kind, mayChangeReaders, readOnly, title } = props.room;
  // Only the private room of somebody who has left has a name of its own.
  if (readOnly === "closed" && kind === "private" && title !== "") {
    return <Banner tone="quiet">{words.closedOfLeaver(title)}</Banner>;
  }
  if (readOnly === "closed" && mayChangeReaders && family !== null) {
    return (
      <Banner tone="quiet">
        {words.closedForKeeper} <a href={`/f/${family}`}>{familyWords.page}</a>
      </Banner>
    );
  }
  return <Banner tone="quiet">{words.readOnly[readOnly ?? "reader"]}</Banner>;
}
