import type { Actions, ClientRefusal, SharedTemplateView, TemplateActions } from "@sotto/client";
import type { AgreementTemplate } from "@sotto/domain";
import { Button } from "../../ui/parts.tsx";
import { useAttempt } from "../../ui/use-attempt.ts";
import { agreementCompose as said } from "../../words/agreement-compose.ts";
import { sayProblem, spokenLanguage } from "../../words/words.ts";

type Retiring = Pick<Actions, keyof Pick<TemplateActions, "retireTemplate">>;

/** The earlier versions of a template of the practice, with who saved each and when, and taking it off the list. */
export function SharedFacts(props: {
  readonly actions: Retiring;
  readonly template: SharedTemplateView;
  readonly onBegin: (template: AgreementTemplate) => void;
}) {
  const { actions, template } = props;
  const [, ...older] = template.versions;
  return (
    <div className="stack-tight">
      {older.length === 0 ? null : (
        <details className="fold">
          <summary>{said.shared.older(older.length)}</summary>
          <ul className="stack-tight">
            {older.map((one) => (
              <li key={one.template.version}>
                <p>
                  <strong>{said.shared.numbered(one.template.version)}</strong> {said.shared.savedBy(one)}
                </p>
                <div className="row">
                  <Button onPress={() => props.onBegin(one.template)}>
                    {said.shared.beginFrom(one.template.version)}
                  </Button>
                </div>
              </li>
            ))}
          </ul>
        </details>
      )}
      <Retire actions={actions} template={template} retired label={said.shared.retire} />
      <p className="quiet">{said.shared.retireHint}</p>
    </div>
  );
}

/** Templates that are off the list, each with a way back onto it. */
export function RetiredTemplates(props: {
  readonly actions: Retiring;
  readonly templates: readonly SharedTemplateView[];
}) {
  const { actions, templates } = props;
  if (templates.length === 0) return null;
  return (
    <details className="fold">
      <summary>{said.shared.retired(templates.length)}</summary>
      <ul className="stack">
        {templates.map((template) => (
          <li key={template.id} className="stack-tight">
            <strong>{template.versions[0].template.title[spokenLanguage()]}</strong>
            <span className="quiet">{said.shared.savedBy(template.versions[0])}</span>
            <Retire actions={actions} template={template} retired={false} label={said.shared.restore} />
          </li>
        ))}
      </ul>
    </details>
  );
}

function Retire(props: {
  readonly actions: Retiring;
  readonly template: SharedTemplateView;
  readonly retired: boolean;
  readonly label: string;
}) {
  const { actions, retired, template } = props;
  const { attempt, busy, problem } = useAttempt<ClientRefusal>();
  const refusal = sayProblem(problem);
  const title = template.versions[0].template.title[spokenLanguage()];
  return (
    <>
      <div className="row">
        <Button
          tone="plain"
          disabled={busy}
          label={`${props.label}: ${title}`}
          onPress={() => attempt(() => actions.retireTemplate({ template: template.id, retired }))}
        >
          {props.label}
        </Button>
      </div>
      <div role="alert">{refusal === null ? null : <p>{refusal}</p>}</div>
    </>
  );
}
