import type { Quote } from "@sotto/client";
import { Paperclip, X } from "lucide-react";
import { Button } from "../../ui/parts.tsx";
import { words } from "../../words/words.ts";

export type ShownQuote = Quote & { readonly kind: "shown" };

/** The words of what is answered; a file without a name has none of its own. */
export function quotedText({ isFile, text }: ShownQuote): string {
  return isFile && text === "" ? words.files.unnamed : text;
}

/** What a message answers, above its words. A tap goes there; what cannot be shown says why. */
export function Quoted(props: { readonly quote: Quote; readonly onGo: (quote: ShownQuote) => void }) {
  const { quote } = props;
  if (quote.kind !== "shown") {
    return (
      <p className="quoted quiet">{quote.kind === "deleted" ? words.messages.gone : words.messages.before}</p>
    );
  }
  const { author } = quote;
  return (
    <button type="button" className="quoted" title={words.messages.goTo} onClick={() => props.onGo(quote)}>
      <span className="hidden">
        {author.isMe ? words.messages.answersMe : words.messages.answers(author.name)}:{" "}
      </span>
      <strong aria-hidden="true">{author.isMe ? words.messages.you : author.name}</strong>
      <span className="quoted-text" dir="auto">
        {quote.isFile ? <Paperclip aria-hidden="true" size={16} /> : null} {quotedText(quote)}
      </span>
    </button>
  );
}

/** Above the writing place: what one answers, or that one changes what was said, and how to leave that. */
export function WritingAbout(props: {
  readonly title: string;
  readonly text: string;
  readonly drop: string;
  readonly onDrop: () => void;
}) {
  return (
    <div className="writing-about">
      <span className="grow">
        <strong>{props.title}</strong>
        <span className="quoted-text" dir="auto">
          {props.text}
        </span>
      </span>
      <Button tone="plain" label={props.drop} onPress={props.onDrop}>
        <X aria-hidden="true" size={20} />
      </Button>
    </div>
  );
}
