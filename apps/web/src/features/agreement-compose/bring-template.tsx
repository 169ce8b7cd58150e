import { parseTemplate, TEMPLATE_LIMITS } from "@sotto/domain";
import type { AgreementTemplate, ParsedTemplate, TemplateRefusal } from "@sotto/domain";
import { useId, useState } from "react";
import { agreementCompose as said } from "../../words/en/agreement-compose.ts";

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
          <Refused why={read.why} />
        ) : (
          <p>{said.file.taken(read.template.title.en)}</p>
        )}
      </div>
    </div>
  );
}

const sentence = <Kind extends TemplateRefusal["kind"]>(why: TemplateRefusal & { readonly kind: Kind }) =>
  said.refusals[why.kind as Kind](why);

function Refused(props: { readonly why: readonly TemplateRefusal[] }) {
  const { why } = props;
  return (
    <div className="banner stack-tight" data-tone="alarm">
      <strong>{said.file.refused}</strong>
      <span>{said.file.wrong(why.length)}</span>
      <ul className="compose-wrong">
        {why.map((one) => (
          <li key={JSON.stringify(one)}>
            {sentence(one)}
            {"at" in one && one.at !== "" ? (
              <>
                <br />
                <span className="quiet anywhere">{said.file.at(one.at)}</span>
              </>
            ) : null}
          </li>
        ))}
      </ul>
    </div>
  );
}
