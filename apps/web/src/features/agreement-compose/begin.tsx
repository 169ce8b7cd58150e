import type {
  Actions,
  AgreementVersionView,
  AgreementWork,
  FamilyView,
  SharedTemplateView,
} from "@sotto/client";
import { AGREEMENT_TEMPLATES } from "@sotto/content/agreement-templates";
import type { AgreementTemplate } from "@sotto/domain";
import { useState } from "react";
import { Button, RadioCards } from "../../ui/parts.tsx";
import { agreementCompose as said } from "../../words/agreement-compose.ts";
import { spokenLanguage } from "../../words/words.ts";
import { BringTemplate } from "./bring-template.tsx";
import { RetiredTemplates, SharedFacts } from "./shared-facts.tsx";
import { TemplateFacts } from "./template-facts.tsx";
import type { Ground } from "./work.ts";
import { beginFromTemplate, beginFromVersion, hasOwnWords, usualShape } from "./work.ts";

/** A template that one may begin from, with the practice's own that it is the newest version of. */
interface Beginning {
  readonly key: string;
  readonly template: AgreementTemplate;
  readonly hint: string;
  readonly shared: SharedTemplateView | null;
}

const SHIPPED: readonly Beginning[] = AGREEMENT_TEMPLATES.map((template) => ({
  key: template.id,
  template,
  hint: said.shapes[template.shape],
  shared: null,
}));

const sharedBeginning = (shared: SharedTemplateView): Beginning => {
  const [newest] = shared.versions;
  return { key: shared.id, template: newest.template, hint: said.shared.savedBy(newest), shared };
};

const broughtBeginning = (template: AgreementTemplate): Beginning => ({
  key: "brought",
  template,
  hint: said.begin.brought,
  shared: null,
});

/** Where an agreement begins: at the version that there is, at a template of the practice, at one that is shipped, or at one from a file. */
export function Begin(props: {
  readonly actions: Pick<Actions, "retireTemplate">;
  readonly family: FamilyView;
  readonly ground: Ground;
  readonly shared: readonly SharedTemplateView[];
  readonly version: AgreementVersionView | null;
  readonly onBegin: (work: AgreementWork) => void;
}) {
  const { actions, family, ground, onBegin, shared, version } = props;
  const [brought, setBrought] = useState<AgreementTemplate | null>(null);
  const suits = SHIPPED.find(({ template }) => template.shape === usualShape(family))?.key ?? "";
  const [wished, setWished] = useState(suits);
  const all = [
    ...(brought === null ? [] : [broughtBeginning(brought)]),
    ...shared.filter(({ isRetired }) => !isRetired).map(sharedBeginning),
    ...SHIPPED,
  ];
  // What was chosen may have been taken off the list by a colleague.
  const chosen = all.find(({ key }) => key === wished) ?? all.find(({ key }) => key === suits);
  const take = (template: AgreementTemplate | null) => {
    setBrought(template);
    setWished(template === null ? suits : "brought");
  };
  const begin = (template: AgreementTemplate) =>
    onBegin(beginFromTemplate(template, ground, chosen?.shared?.id ?? null));
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
        value={chosen?.key ?? ""}
        onChange={setWished}
        options={all.map(({ hint, key, template }) => ({
          value: key,
          title: template.title[spokenLanguage()],
          hint,
        }))}
      />
      {chosen === undefined ? null : (
        <>
          <TemplateFacts template={chosen.template} />
          <div className="row">
            <Button
              {...(version === null ? { tone: "primary" as const } : {})}
              onPress={() => begin(chosen.template)}
            >
              {said.begin.go}
            </Button>
          </div>
          {chosen.shared === null ? null : (
            <SharedFacts key={chosen.key} actions={actions} template={chosen.shared} onBegin={begin} />
          )}
        </>
      )}
      <RetiredTemplates actions={actions} templates={shared.filter(({ isRetired }) => isRetired)} />
      <details className="fold">
        <summary>{said.begin.bring}</summary>
        <BringTemplate onTemplate={take} />
      </details>
    </>
  );
}
