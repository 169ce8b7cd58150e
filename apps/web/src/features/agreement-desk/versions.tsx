import type { AgreementVersionView, AgreementView, ClientRefusal, Done } from "@sotto/client";
import { AGREEMENT_LANGUAGES } from "@sotto/domain";
import type { AgreementLanguage, AgreementVersionId, Reader, VersionStage } from "@sotto/domain";
import { useState } from "react";
import { Banner, Button, Check, Select } from "../../ui/parts.tsx";
import { useAttempt } from "../../ui/use-attempt.ts";
import { agreementDesk as said } from "../../words/agreement-desk.ts";
import { sayProblem, spokenLanguage } from "../../words/words.ts";

interface PaperWish {
  readonly version: AgreementVersionId;
  readonly language: AgreementLanguage;
  readonly reader: Reader;
  readonly forPractice: boolean;
}

/** A version as a file, made on this device. */
export interface Copying {
  readonly saveCopy: (
    view: AgreementView,
    version: AgreementVersionId,
    forPractice: boolean,
  ) => Promise<Done>;
  readonly savePdf: (view: AgreementView, wish: PaperWish) => Promise<Done>;
  readonly saveFhir: (view: AgreementView, wish: PaperWish) => Promise<Done>;
}

const stageSaid = (stage: VersionStage): string => {
  const since = "since" in stage ? stage.since : 0;
  const until = "until" in stage ? stage.until : 0;
  return said.stages[stage.kind](since, until);
};

/** All versions, the newest first, each with the copy that proves who signed it. */
export function Versions(props: { readonly view: AgreementView; readonly copying: Copying }) {
  const { copying, view } = props;
  const [language, setLanguage] = useState<AgreementLanguage>(spokenLanguage);
  const [forPractice, setForPractice] = useState(false);
  if (view.versions.length === 0) return null;
  const options = AGREEMENT_LANGUAGES.map((one) => [one, said.languages[one]] as const);
  return (
    <section className="stack">
      <h2>{said.versions}</h2>
      <p className="quiet">{said.copyHint}</p>
      <Select label={said.language} value={language} options={options} onChange={setLanguage} />
      <Check label={said.forPractice} checked={forPractice} onChange={setForPractice} />
      {forPractice ? <Banner tone="quiet">{said.forPracticeHint}</Banner> : null}
      <ul className="plain-list">
        {view.versions.map((one) => (
          <Version
            key={one.version.version}
            one={one}
            view={view}
            copying={copying}
            language={language}
            forPractice={forPractice}
          />
        ))}
      </ul>
    </section>
  );
}

function Version(props: {
  readonly one: AgreementVersionView;
  readonly view: AgreementView;
  readonly copying: Copying;
  readonly language: AgreementLanguage;
  readonly forPractice: boolean;
}) {
  const { copying, forPractice, language, one, view } = props;
  const { attempt, busy, problem } = useAttempt<ClientRefusal>();
  const problemSaid = sayProblem(problem);
  const { version } = one.version;
  const paper = { version, language, reader: "adult", forPractice } as const;
  return (
    <li className="card stack-tight">
      <strong>{said.version(one.version.number)}</strong>
      <p className="quiet">{stageSaid(one.stage)}</p>
      {problemSaid === null ? null : <Banner>{problemSaid}</Banner>}
      <div className="row">
        <Button disabled={busy} onPress={() => attempt(() => copying.savePdf(view, paper))}>
          {said.pdf}
        </Button>
        <Button disabled={busy} onPress={() => attempt(() => copying.saveCopy(view, version, forPractice))}>
          {said.copy}
        </Button>
        <Button disabled={busy} onPress={() => attempt(() => copying.saveFhir(view, paper))}>
          {said.fhir}
        </Button>
      </div>
    </li>
  );
}
