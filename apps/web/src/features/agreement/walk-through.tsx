import { PART_NAMES } from "@sotto/content/part-names";
import type { AgreementNoteView } from "@sotto/client";
import type { AgreementVersion, AgreementLanguage, Reader } from "@sotto/domain";
import { useState } from "react";
import { Button } from "../../ui/parts.tsx";
import { Progress } from "../../ui/sheet.tsx";
import { useAgreementSign } from "./language.ts";
import { PartLines, PartNotes, PartTitle } from "./part-page.tsx";
import { partLines, readingIn } from "./part-lines.ts";
import { ReadingChoice } from "./reading-choice.tsx";

/**
 * A version gone through together, in large type on one screen that everybody looks at: one part at a time, with its examples and what everyone may read
 * beside it. Nothing of one person alone stands on it. It begins for this reader in this language, and both can be switched.
 */
export function WalkThrough(props: {
  readonly version: AgreementVersion;
  readonly notes: readonly AgreementNoteView[];
  readonly language: AgreementLanguage;
  readonly reader: Reader;
}) {
  const { language, notes, reader, version } = props;
  const [reading, setReading] = useState(() => readingIn(version, { language, reader }));
  const [index, setIndex] = useState(0);
  const { read } = useAgreementSign();
  const parts = partLines(version, reading);
  const place = Math.min(index, parts.length - 1);
  const part = parts[place];
  if (part === undefined) return null;
  const beside = notes.filter((note) => note.version === version.version && note.part === part.part);
  return (
    <div className="walk stack">
      <Progress label={read.of(place + 1, parts.length)} value={place + 1} max={parts.length} />
      <PartTitle key={part.part} takesFocus language={reading.language}>
        {PART_NAMES[reading.language][part.part]}
      </PartTitle>
      <PartLines part={part} language={reading.language} />
      <PartNotes notes={beside} />
      <div className="turn">
        <Button disabled={place === 0} onPress={() => setIndex(place - 1)}>
          {read.back}
        </Button>
        <Button tone="primary" disabled={place === parts.length - 1} onPress={() => setIndex(place + 1)}>
          {read.next}
        </Button>
      </div>
      <ReadingChoice version={version} reading={reading} onChange={setReading} />
    </div>
  );
}
