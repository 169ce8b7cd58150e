import type {
  Actions,
  AgreementActions,
  AgreementView,
  AgreementWork,
  FamilyView,
  SharedTemplateView,
  TemplateActions,
} from "@sotto/client";
import type { RetentionRule } from "@sotto/domain";
import { ChevronLeft } from "lucide-react";
import { useMemo, useState } from "react";
import { Banner, Button, Title } from "../../ui/parts.tsx";
import { agreementCompose as said } from "../../words/agreement-compose.ts";
import { Begin } from "./begin.tsx";
import { Composing } from "./composing.tsx";
import { versionToCompare } from "./difference-section.tsx";
import type { SaveFile } from "./save-template.tsx";
import type { KeptState } from "./use-kept.ts";
import { useKept } from "./use-kept.ts";
import type { Ground } from "./work.ts";
import { dayAt, renewed } from "./work.ts";

/** A therapist composes a version of a family's agreement. Every change is kept on this device at once. */
export function Compose(props: {
  readonly actions: Pick<Actions, keyof AgreementActions | keyof TemplateActions>;
  readonly view: AgreementView;
  readonly family: FamilyView;
  /** The practice's rule about how long records are kept; null while it has none. */
  readonly retention: RetentionRule | null;
  /** The templates that the practice shares. */
  readonly shared: readonly SharedTemplateView[];
  readonly onSaveFile: SaveFile;
  readonly onDone: () => void;
}) {
  const { actions, family, view } = props;
  const ground = useGround(props);
  const [first] = useState(() => (view.work === null ? null : renewed(view.work, ground)));
  const { change, keepAgain, letGo, state, work } = useKept(actions, family.family, first);
  const offered = () => {
    void letGo().then(props.onDone);
  };
  return (
    <div className={work === null ? "page stack" : "page compose-page stack"}>
      <div className="stack-tight">
        <div>
          <a className="compose-back" href={`/a/${family.family}`}>
            <ChevronLeft aria-hidden="true" size={18} />
            {said.back}
          </a>
        </div>
        <Title>{said.title}</Title>
        <p className="quiet">{family.name}</p>
        {work === null ? null : <Kept state={state} onAgain={keepAgain} />}
      </div>
      {work === null ? (
        <Begin
          actions={actions}
          family={family}
          ground={ground}
          shared={props.shared}
          version={versionToCompare(view)}
          onBegin={change}
        />
      ) : (
        <Composing
          actions={actions}
          view={view}
          family={family}
          ground={ground}
          work={work}
          shared={props.shared}
          onChange={(next: AgreementWork) => change(next)}
          onBeginAnew={() => change(null)}
          onSaveFile={props.onSaveFile}
          onOffered={offered}
        />
      )}
    </div>
  );
}

/** The family, its therapists and the practice's rule as they are now, and today. */
function useGround(props: {
  readonly view: AgreementView;
  readonly family: FamilyView;
  readonly retention: RetentionRule | null;
}): Ground {
  const { family, retention, view } = props;
  const [on] = useState(() => dayAt(Date.now()));
  const therapists = useMemo(() => {
    const here = family.professionals.map(({ account }) => account);
    return view.therapists.filter(({ account }) => here.includes(account)).map(({ person }) => person);
  }, [family.professionals, view.therapists]);
  return { family, on, retention, therapists };
}

function Kept(props: { readonly state: KeptState; readonly onAgain: () => void }) {
  const { state } = props;
  if (state === "not-kept") {
    return (
      <Banner>
        <div className="stack-tight">
          {said.notKept}
          <div className="row">
            <Button onPress={props.onAgain}>{said.keepAgain}</Button>
          </div>
        </div>
      </Banner>
    );
  }
  return (
    <p className="quiet" role="status">
      {state === "kept" ? said.kept : said.keeping}
    </p>
  );
}
