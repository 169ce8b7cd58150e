import type { AgreementTemplate } from "@sotto/domain";
import { agreementCompose as said } from "../../words/agreement-compose.ts";
import { spokenLanguage } from "../../words/words.ts";

/** Where a template comes from, and whether anybody has checked it. */
export function TemplateFacts({ template }: { readonly template: AgreementTemplate }) {
  const parts = new Set(template.parts.map(({ part }) => part)).size;
  return (
    <div className="compose-person stack-tight">
      <div className="row row-between">
        <strong className="grow">{template.title[spokenLanguage()]}</strong>
        {template.verified ? null : (
          <span className="tag" data-tone="alarm">
            {said.counsel}
          </span>
        )}
      </div>
      <dl className="facts anywhere">
        <dt>{said.source}</dt>
        <dd>{template.source}</dd>
        <dt>{said.version}</dt>
        <dd>{said.dated(template.version, template.asOf)}</dd>
      </dl>
      {template.wordings.length === 0 ? null : <p>{said.file.own(template.wordings.length)}</p>}
      {parts === 0 ? null : <p>{said.file.ownParts(parts)}</p>}
    </div>
  );
}
