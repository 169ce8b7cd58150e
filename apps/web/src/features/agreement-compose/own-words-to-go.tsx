import { PART_NAMES } from "@sotto/content/part-names";
import { ownWordsForTemplate } from "@sotto/domain";
import type { OwnWords, PartWords } from "@sotto/domain";
import { agreementCompose as said } from "../../words/agreement-compose.ts";
import { spokenLanguage } from "../../words/words.ts";

/** The own words that go into a template, to be read before they do; and those that stay, since somebody's name is in them. */
export function OwnWordsToGo(props: {
  readonly own: readonly OwnWords[];
  readonly names: readonly string[];
}) {
  const { go, stay } = ownWordsForTemplate(props.own, props.names);
  const placeOf = ({ language, part, reader }: PartWords): string =>
    said.file.ownIn(PART_NAMES[spokenLanguage()][part], said.readers[reader], said.languages[language]);
  return (
    <>
      {go.length === 0 ? null : (
        <div className="compose-preview stack">
          <p>{said.file.ownGo}</p>
          {go.map((one) => (
            <div key={placeOf(one)} className="stack-tight">
              <h5>{placeOf(one)}</h5>
              <p lang={one.language} className="anywhere own-words">
                {one.text}
              </p>
            </div>
          ))}
        </div>
      )}
      {stay.length === 0 ? null : (
        <div className="stack-tight">
          <p>{said.file.ownStay}</p>
          <ul>
            {stay.map((one) => (
              <li key={placeOf(one)}>{placeOf(one)}</li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}
