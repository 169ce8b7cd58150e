import type { AgreementVersionView, AgreementWork, FamilyView } from "@sotto/client";
import { AGREEMENT_TEMPLATES } from "@sotto/content/agreement-templates";
import type { AgreementTemplate } from "@sotto/domain";
import { useState } from "react";
import { Button, RadioCards } from "../../ui/parts.tsx";
import { agreementCompose as said } from "../../words/en/agreement-compose.ts";
import { BringTemplate } from "./bring-template.tsx";
import { TemplateFacts } from "./template-facts.tsx";
import type { Ground } from "./work.ts";
import { beginFromTemplate, beginFromVersion, hasOwnWords, usualShape } from "./work.ts";

const keyOf = (template: AgreementTemplate): string => `${template.id} ${template.version}`;

/** Where an agreement begins: at the version that there is, at a template that is shipped, or at one from a file. */
export function Begin(props: {
  readonly family: FamilyView;
  readonly ground: Ground;
  readonly version: AgreementVersionView | null;
  readonly onBegin: (work: AgreementWork) => void;
}) {
  const { family, ground, onBegin, version } = props;
  const [brought, setBrought] = useState<AgreementTemplate | null>(null);
  const suits = AGREEMENT_TEMPLATES.find(({ shape }) => shape === usualShape(family));
  const [chosen, setChosen] = useState<AgreementTemplate | undefined>(suits);
  const all = brought === null ? AGREEMENT_TEMPLATES : [brought, ...AGREEMENT_TEMPLATES];
  const take = (template: AgreementTemplate | null) => {
    setBrought(template);
    setChosen(template ?? suits);
  };
  return (
    <>
      <p>{said.begin.text}</p>
      {version === null ? null : (
        <section className="card stack-tight" aria-labelledby="go-on-from">
          <h2 id="go-on-from">{said.begin.earlier(version.version.number)}</h2>
          <p>{said.begin.earlierText}</p>
          {hasOwnWords(version) ? <p>{said.begin.ownWords}</p> : null}
          <div className="row">
            <Button tone="primary" onPress={() => onBegin(beginFromVersion(version, ground))}>
              {said.begin.go2}
            </Button>
          </div>
        </section>
      )}
      <RadioCards
        legend={said.begin.template}
        value={chosen === undefined ? "" : keyOf(chosen)}
        onChange={(key) => setChosen(all.find((template) => keyOf(template) === key))}
        options={all.map((template) => ({
          value: keyOf(template),
          title: template.title.en,
          hint: template === brought ? said.begin.brought : said.shapes[template.shape],
        }))}
      />
      {chosen === undefined ? null : (
        <>
          <TemplateFacts template={chosen} />
          <div className="row">
            <Button
              {...(version === null ? { tone: "primary" as const } : {})}
              onPress={() => onBegin(beginFromTemplate(chosen, ground))}
            >
              {said.begin.go}
            </Button>
          </div>
        </>
      )}
      <details className="fold">
        <summary>{said.begin.bring}</summary>
        <BringTemplate onTemplate={take} />
      </details>
    </>
  );
}
