import type { FactorView, PracticeView } from "@sotto/client";
import { Agreement } from "../features/agreement/agreement.tsx";
import { WalkThrough } from "../features/agreement/walk-through.tsx";
import { Compose } from "../features/agreement-compose/compose.tsx";
import { AgreementDesk } from "../features/agreement-desk/agreement-desk.tsx";
import { spokenLanguage, words } from "../words/words.ts";
import { agreementWords } from "../words/agreement.ts";
import { copyTools } from "./agreement-files.ts";
import { Gone } from "./gone.tsx";
import { actions, saveBytes, useAgreement, useFamily } from "./link.ts";
import { goTo } from "./use-path.ts";

/** What a family agrees on: read and signed by its members, composed and watched over by its therapists. */
export function AgreementScreen(props: {
  readonly id: string;
  readonly isComposing: boolean;
  readonly factors: readonly FactorView[];
  readonly practice: PracticeView | null;
}) {
  const view = useAgreement(props.id);
  const family = useFamily(props.id);
  if (view === undefined || family === undefined) return <p className="page">{words.starting}</p>;
  if (view === null) return <Gone text={agreementWords.gone} />;
  if (!view.isTherapist || family === null) {
    return <Agreement actions={actions} view={view} factors={props.factors} copying={copyTools} />;
  }
  if (props.isComposing) {
    return (
      <Compose
        actions={actions}
        view={view}
        family={family}
        retention={props.practice?.retention.rule ?? null}
        shared={props.practice?.templates ?? []}
        onSaveFile={saveBytes}
        onDone={() => goTo(`/a/${props.id}`)}
      />
    );
  }
  const [newest] = view.versions;
  return (
    <AgreementDesk
      actions={actions}
      view={view}
      family={family}
      together={
        newest === undefined ? null : (
          <WalkThrough
            version={newest.version}
            notes={view.notes}
            language={spokenLanguage()}
            reader="adult"
          />
        )
      }
      onCompose={() => goTo(`/a/${props.id}/compose`)}
      copying={copyTools}
    />
  );
}
