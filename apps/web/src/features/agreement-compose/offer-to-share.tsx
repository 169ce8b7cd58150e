import type { Actions, AgreementWork, ClientRefusal } from "@sotto/client";
import type { AgreementTemplate } from "@sotto/domain";
import { Banner, Button } from "../../ui/parts.tsx";
import { useAttempt } from "../../ui/use-attempt.ts";
import { agreementCompose as said } from "../../words/agreement-compose.ts";
import { sayProblem, spokenLanguage } from "../../words/words.ts";

/** A template that this device alone has is offered once to be shared with the practice. */
export function OfferToShare(props: {
  readonly actions: Pick<Actions, "saveTemplate">;
  readonly template: AgreementTemplate;
  /** Where it is shown before it is shared, when something in it was typed by hand: it may name somebody of another family. Null when nothing was. */
  readonly onReadFirst: (() => void) | null;
  readonly onAnswer: (answer: Pick<AgreementWork, "shared" | "askedToShare">) => void;
}) {
  const { actions, onAnswer, template } = props;
  const { attempt, busy, problem } = useAttempt<ClientRefusal>();
  const refusal = sayProblem(problem);
  const share = () =>
    attempt(
      () => actions.saveTemplate({ of: null, template }),
      (shared) => onAnswer({ shared, askedToShare: true }),
    );
  return (
    <Banner>
      <div className="stack-tight">
        {said.shared.onlyHere(template.title[spokenLanguage()])}
        <div className="row">
          <Button disabled={busy} onPress={props.onReadFirst ?? share}>
            {props.onReadFirst === null ? said.shared.shareIt : said.shared.readFirst}
          </Button>
          <Button tone="plain" onPress={() => onAnswer({ askedToShare: true })}>
            {said.shared.keepHere}
          </Button>
        </div>
        <div role="alert">{refusal === null ? null : <p>{refusal}</p>}</div>
      </div>
    </Banner>
  );
}
