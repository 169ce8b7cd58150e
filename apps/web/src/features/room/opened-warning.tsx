import type { RoomView } from "@sotto/client";
import { Banner } from "../../ui/parts.tsx";
import { useNow } from "../../ui/use-now.ts";
import { words } from "../../words/words.ts";

const STANDS_FOR_MS = 7 * 24 * 60 * 60_000;

/** For a week it stands above everything that the room was opened; its line among the messages stays. A rehearsal has its line alone. */
export function OpenedWarning(props: { readonly opened: RoomView["opened"] }) {
  const now = useNow();
  const { opened } = props;
  if (opened === null || opened.reason === "rehearsal" || now - opened.at > STANDS_FOR_MS) return null;
  return (
    <Banner tone="alarm">
      {words.continuity.opened(opened.by.name, opened.at, opened.reason)} {words.continuity.askWhy}
    </Banner>
  );
}
