import type { AgreementWork, FamilyView } from "@sotto/client";
import { parseTemplate, TEMPLATE_SHAPES, templateFile } from "@sotto/domain";
import type { TemplateRefusal, TemplateShape } from "@sotto/domain";
import { useState } from "react";
import { Button, Form, Select, TextField } from "../../ui/parts.tsx";
import { agreementCompose as said } from "../../words/en/agreement-compose.ts";
import { Refused } from "./refused.tsx";
import { OwnWordsToGo } from "./own-words-to-go.tsx";
import { templateFrom } from "./template-from.ts";
import { namesIn, usualShape } from "./work.ts";

export type SaveFile = (file: {
  readonly name: string;
  readonly bytes: BlobPart;
  readonly type: string;
}) => void;

const TITLE_CHARACTERS = 200;

/** The choices as a template file, for other families and other practices. It is read once as whoever brings it in will read it. */
export function SaveTemplate(props: {
  readonly work: AgreementWork;
  readonly family: FamilyView;
  readonly onSaveFile: SaveFile;
}) {
  const { work } = props;
  const { begunFrom } = work;
  const [en, setEn] = useState(begunFrom?.title.en ?? "");
  const [es, setEs] = useState(begunFrom?.title.es ?? "");
  const [shape, setShape] = useState<TemplateShape>(begunFrom?.shape ?? usualShape(props.family));
  const [wrong, setWrong] = useState<readonly TemplateRefusal[]>([]);
  const source = begunFrom === undefined ? said.file.made : said.file.madeFrom(begunFrom.title.en);
  const names = namesIn(work, props.family);
  const template = templateFrom(work, { title: { en, es }, shape, source, on: work.on, names });
  if (template === null) return <p className="quiet">{said.file.needAll}</p>;
  const save = () => {
    const text = templateFile(template);
    const read = parseTemplate(text);
    setWrong(read.kind === "refused" ? read.why : []);
    if (read.kind === "refused") return;
    props.onSaveFile({
      name: `${template.id}-${template.version}.json`,
      bytes: text,
      type: "application/json",
    });
  };
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
      <div role="alert">{wrong.length === 0 ? null : <Refused title={said.file.notSaved} why={wrong} />}</div>
      <div className="row">
        <Button submit disabled={en.trim() === "" || es.trim() === ""}>
          {said.file.saveIt}
        </Button>
      </div>
    </Form>
  );
}
