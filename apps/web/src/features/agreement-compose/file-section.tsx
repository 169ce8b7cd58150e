import type { AgreementTemplate } from "@sotto/domain";
import type { Actions, AgreementWork, SharedTemplateView } from "@sotto/client";
import { useState } from "react";
import { sharedOf } from "./shared-template.ts";
import { Ask } from "../../ui/ask.tsx";
import { Button } from "../../ui/parts.tsx";
import { agreementCompose as said } from "../../words/agreement-compose.ts";
import { words, spokenLanguage } from "../../words/words.ts";
import { BringTemplate } from "./bring-template.tsx";
import type { Editing } from "./editing.ts";
import type { SaveFile } from "./save-template.tsx";
import { SaveTemplate } from "./save-template.tsx";
import { TemplateFacts } from "./template-facts.tsx";
import type { Ground } from "./work.ts";
import { beginFromTemplate, wordsTaken } from "./work.ts";

/** The draft's choices as a file, a template from a file into the draft, and beginning anew. */
export function FileSection(
  props: Editing & {
    readonly ground: Ground;
    readonly actions: Pick<Actions, "saveTemplate">;
    readonly shared: readonly SharedTemplateView[];
    readonly onShared: (more: Pick<AgreementWork, "shared" | "askedToShare">) => void;
    readonly onSaveFile: SaveFile;
    readonly onBeginAnew: () => void;
  },
) {
  const { change, family, ground, work } = props;
  const [brought, setBrought] = useState<AgreementTemplate | null>(null);
  const [asking, setAsking] = useState<"from-file" | "anew" | null>(null);
  const { begunFrom, template } = work;
  const begin = () => {
    setAsking(null);
    if (asking === "anew") props.onBeginAnew();
    else if (brought !== null) change(beginFromTemplate(brought, ground));
  };
  return (
    <>
      <p>
        {begunFrom === undefined || template === null
          ? said.file.fromVersion
          : said.file.from(begunFrom.title[spokenLanguage()], begunFrom.version)}
      </p>
      <p className="quiet">{said.file.hint}</p>
      <details className="fold">
        <summary>{said.file.save}</summary>
        <SaveTemplate
          work={work}
          family={family}
          actions={props.actions}
          shared={sharedOf(work, props.shared)}
          onShared={props.onShared}
          onSaveFile={props.onSaveFile}
        />
      </details>
      <details className="fold">
        <summary>{said.begin.bring}</summary>
        <div className="stack">
          <BringTemplate onTemplate={setBrought} />
          {brought === null ? null : (
            <>
              <TemplateFacts template={brought} />
              <p className="quiet">{said.file.wordsHint}</p>
              <div className="row">
                <Button onPress={() => change(wordsTaken(work, brought))}>{said.file.words}</Button>
                <Button onPress={() => setAsking("from-file")}>{said.file.anew}</Button>
              </div>
            </>
          )}
        </div>
      </details>
      <div className="row">
        <Button tone="plain" onPress={() => setAsking("anew")}>
          {said.file.other}
        </Button>
      </div>
      {asking === null ? null : (
        <Ask
          title={said.file.anewTitle}
          text={said.file.anewText}
          yes={said.file.anewYes}
          no={words.act.cancel}
          onYes={begin}
          onNo={() => setAsking(null)}
        />
      )}
    </>
  );
}
