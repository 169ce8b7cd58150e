import type { AgreementVersion } from "@sotto/domain";
import { Select } from "../../ui/parts.tsx";
import { useAgreementSign } from "./language.ts";
import { languagesIn, readersIn, readingIn } from "./part-lines.ts";
import type { Reading } from "./part-lines.ts";

/** In which language and in whose words a version is read, where it has more than one. */
export function ReadingChoice(props: {
  readonly version: AgreementVersion;
  readonly reading: Reading;
  readonly onChange: (reading: Reading) => void;
  readonly isLanguageOnly?: boolean;
}) {
  const { reading, version } = props;
  const { languages, read, readers } = useAgreementSign();
  const [inLanguages, forReaders] = [languagesIn(version), readersIn(version, reading.language)];
  const choose = (more: Partial<Reading>) => props.onChange(readingIn(version, { ...reading, ...more }));
  return (
    <div className="reading-choice">
      {inLanguages.length < 2 ? null : (
        <Select
          label={read.language}
          value={reading.language}
          options={inLanguages.map((language) => [language, languages[language]])}
          onChange={(language) => choose({ language })}
        />
      )}
      {props.isLanguageOnly === true || forReaders.length < 2 ? null : (
        <Select
          label={read.reader}
          value={reading.reader}
          options={forReaders.map((reader) => [reader, readers[reader]])}
          onChange={(reader) => choose({ reader })}
        />
      )}
    </div>
  );
}
