import type { Actions, AgreementWork, ClientRefusal, FamilyView, SharedTemplateView } from "@sotto/client";
import { parseTemplate, TEMPLATE_SHAPES, templateFile } from "@sotto/domain";
import type { TemplateRefusal, TemplateShape } from "@sotto/domain";
import { useState } from "react";
import { Banner, Button, Check, Form, RadioCards, Select, TextField } from "../../ui/parts.tsx";
import { useAttempt } from "../../ui/use-attempt.ts";
import { sayProblem, spokenLanguage } from "../../words/words.ts";
import { agreementCompose as said } from "../../words/agreement-compose.ts";
import { Refused } from "./refused.tsx";
import { OwnWordsToGo } from "./own-words-to-go.tsx";
import { namedIn, templateFrom } from "./template-from.ts";
import { namesIn, usualShape } from "./work.ts";

export type SaveFile = (file: {
  readonly name: string;
  readonly bytes: BlobPart;
  readonly type: string;
}) => void;

const TITLE_CHARACTERS = 200;

/** The choices as a template, for other families: shared with the practice, or as a file. It is read once as whoever takes it will read it. */
export function SaveTemplate(props: {
  readonly work: AgreementWork;
  readonly family: FamilyView;
  readonly actions: Pick<Actions, "saveTemplate">;
  /** The practice's template that this draft was begun from. */
  readonly shared: SharedTemplateView | null;
  readonly onShared: (more: Pick<AgreementWork, "shared" | "askedToShare">) => void;
  readonly onSaveFile: SaveFile;
}) {
  const { actions, shared, work } = props;
  const { attempt, busy, problem } = useAttempt<ClientRefusal>();
  const [as, setAs] = useState<"next" | "new">("next");
  const [isNobody, setNobody] = useState(false);
  const [isShared, setShared] = useState(false);
  const { begunFrom } = work;
  const [en, setEn] = useState(begunFrom?.title.en ?? "");
  const [es, setEs] = useState(begunFrom?.title.es ?? "");
  const [shape, setShape] = useState<TemplateShape>(begunFrom?.shape ?? usualShape(props.family));
  const [wrong, setWrong] = useState<readonly TemplateRefusal[]>([]);
  const source = begunFrom === undefined ? said.file.made : said.file.madeFrom(begunFrom.title.en);
  const names = namesIn(work, props.family);
  const template = templateFrom(work, { title: { en, es }, shape, source, on: work.on, names });
  if (template === null) return <p className="quiet">{said.file.needAll}</p>;
  /** The file as whoever takes it will read it; null when it would be refused. */
  const sound = (): string | null => {
    const text = templateFile(template);
    const read = parseTemplate(text);
    setWrong(read.kind === "refused" ? read.why : []);
    setShared(false);
    return read.kind === "refused" ? null : text;
  };
  const share = () => {
    if (sound() === null) return;
    const of = as === "next" ? (shared?.id ?? null) : null;
    attempt(
      () => actions.saveTemplate({ of, template }),
      (id) => {
        setShared(true);
        props.onShared({ shared: id, askedToShare: true });
      },
    );
  };
  const save = () => {
    const text = sound();
    if (text === null) return;
    props.onSaveFile({
      name: `${template.id}-${template.version}.json`,
      bytes: text,
      type: "application/json",
    });
  };
  const named = namedIn(template, names);
  const isNotYet = en.trim() === "" || es.trim() === "" || (named.length > 0 && !isNobody);
  const refusal = sayProblem(problem);
  return (
    <Form onSubmit={save}>
      <TextField label={said.file.nameEn} charactersMax={TITLE_CHARACTERS} value={en} onChange={setEn} />
      <TextField label={said.file.nameEs} charactersMax={TITLE_CHARACTERS} value={es} onChange={setEs} />
      <Select
        label={said.file.shape}
        hint={said.shapes[shape]}
        value={shape}
        options={TEMPLATE_SHAPES.map((one) => [one, said.shapeNames[one]] as const)}
        onChange={setShape}
      />
      <p className="quiet">{said.file.crisis}</p>
      <OwnWordsToGo own={work.own ?? []} names={names} />
      {named.length === 0 ? null : (
        <Banner tone="alarm">
          <div className="stack-tight">
            {said.file.named(named.map((place) => said.file.namedIn[place]))}
            <Check label={said.file.nobody} checked={isNobody} onChange={setNobody} />
          </div>
        </Banner>
      )}
      <div role="alert">{wrong.length === 0 ? null : <Refused title={said.file.notSaved} why={wrong} />}</div>
      {shared === null ? null : (
        <RadioCards
          legend={said.shared.as}
          value={as}
          onChange={setAs}
          options={[
            {
              value: "next",
              title: said.shared.asNext(shared.versions[0].template.title[spokenLanguage()]),
              hint: said.shared.savedBy(shared.versions[0]),
            },
            { value: "new", title: said.shared.asNew, hint: said.shared.asNewHint },
          ]}
        />
      )}
      <div className="row">
        <Button disabled={isNotYet || busy} onPress={share}>
          {said.shared.share}
        </Button>
        <Button submit tone="plain" disabled={isNotYet}>
          {said.file.saveIt}
        </Button>
      </div>
      <div role="status">{isShared ? <p>{said.shared.done}</p> : null}</div>
      <div role="alert">{refusal === null ? null : <p>{refusal}</p>}</div>
    </Form>
  );
}
