import { parseTemplate, TEMPLATE_LIMITS } from "@sotto/domain";
import type { AgreementTemplate, ParsedTemplate } from "@sotto/domain";
import { useId, useState } from "react";
import { agreementCompose as said } from "../../words/agreement-compose.ts";
import { spokenLanguage } from "../../words/words.ts";
import { Refused } from "./refused.tsx";

/** A character is at most so many bytes: what is larger is no template, and is not read. */
const BYTES_A_CHARACTER_MOST = 4;

async function readTemplate(file: File): Promise<ParsedTemplate | "unreadable"> {
  const charactersMost = TEMPLATE_LIMITS.characters;
  if (file.size > charactersMost * BYTES_A_CHARACTER_MOST) {
    return { kind: "refused", why: [{ kind: "too-large", charactersMost }] };
  }
  // A file may be gone, or be kept from the browser, by the time it is read.
  const text = await file.text().catch(() => null);
  return text === null ? "unreadable" : parseTemplate(text);
}

/** Reads a template from a file that somebody chooses. What is wrong with it is said all at once, each with what to do. */
export function BringTemplate(props: { readonly onTemplate: (template: AgreementTemplate | null) => void }) {
  const [read, setRead] = useState<ParsedTemplate | "unreadable" | null>(null);
  const hint = useId();
  const take = async (file: File | undefined) => {
    if (file === undefined) return;
    const next = await readTemplate(file);
    setRead(next);
    props.onTemplate(next !== "unreadable" && next.kind === "template" ? next.template : null);
  };
  return (
    <div className="stack">
      <div className="field">
        <label className="stack-tight">
          {said.file.bring}
          <input
            className="input"
            type="file"
            accept="application/json,.json"
            aria-describedby={hint}
            onChange={(event) => void take(event.target.files?.[0])}
          />
        </label>
        <span id={hint} className="quiet">
          {said.file.bringHint}
        </span>
      </div>
      <div role="status">
        {read === null ? null : read === "unreadable" ? (
          <p>{said.file.unreadable}</p>
        ) : read.kind === "refused" ? (
          <Refused title={said.file.refused} why={read.why} />
        ) : (
          <p>{said.file.taken(read.template.title[spokenLanguage()])}</p>
        )}
      </div>
    </div>
  );
}
