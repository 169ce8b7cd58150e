import { memo, useLayoutEffect, useRef, useState } from "react";
import { Button } from "../../ui/parts.tsx";
import { words } from "../../words/words.ts";
import { isEmojiOnly, textParts } from "./text-parts.ts";

/** A text that is shorter has no twelve lines on any screen. */
const UNITS_TO_MEASURE = 240;
const mayBeLong = (text: string) => text.length > UNITS_TO_MEASURE || text.split("\n").length > 12;

/** What somebody said: addresses can be followed, a few emoji alone are larger, and what is long is folded. */
export const MessageText = memo(function MessageText(props: { readonly text: string }) {
  const { text } = props;
  const box = useRef<HTMLDivElement>(null);
  const [isLong, setLong] = useState(false);
  const [isOpen, setOpen] = useState(false);
  useLayoutEffect(() => {
    const shown = box.current;
    if (shown !== null && !isOpen) setLong(mayBeLong(text) && shown.scrollHeight > shown.clientHeight + 1);
  }, [isOpen, text]);
  return (
    <>
      <div className="text" dir="auto" {...(isEmojiOnly(text) ? { "data-emoji": "" } : {})}>
        <div ref={box} className="words" {...(mayBeLong(text) && !isOpen ? { "data-folded": "" } : {})}>
          {textParts(text).map((part, index) =>
            part.kind === "text" ? (
              part.text
            ) : (
              <a key={index} href={part.to} target="_blank" rel="noopener noreferrer" dir="ltr">
                {part.text}
              </a>
            ),
          )}
        </div>
      </div>
      {isLong ? (
        <Button tone="plain" className="small" expanded={isOpen} onPress={() => setOpen(!isOpen)}>
          {isOpen ? words.messages.showLess : words.messages.showAll}
        </Button>
      ) : null}
    </>
  );
});
