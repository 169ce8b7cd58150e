import { AGREEMENT_PLACES, placeOf } from "@sotto/content/agreement-places";
import type { AgreementPlace } from "@sotto/content/agreement-places";
import type { Place } from "@sotto/domain";
import { Button, Select } from "../../ui/parts.tsx";
import { agreementCompose as said } from "../../words/agreement-compose.ts";
import type { Editing } from "./editing.ts";

/** Whose law counts, with what it says of minors, where that stands and whether anybody has seen it. It decides nothing. */
export function PlacesSection({ change, work }: Editing) {
  const { places } = work;
  const put = (next: readonly Place[]) => change({ ...work, places: next });
  const others = AGREEMENT_PLACES.filter(({ code }) => places.every((place) => place.code !== code));
  const add = (code: string) => {
    const found = AGREEMENT_PLACES.find((place) => place.code === code);
    if (found !== undefined) put([...places, placeOf(found)]);
  };
  return (
    <>
      <p className="quiet">{said.places.hint}</p>
      {places.map((place) => (
        <PlaceCard
          key={place.code}
          place={place}
          known={AGREEMENT_PLACES.find(({ code }) => code === place.code)}
          onRemove={() => put(places.filter((one) => one !== place))}
        />
      ))}
      <Select
        label={said.places.add}
        value=""
        options={[
          ["", said.places.choose] as const,
          ...others.map(({ code, name }) => [code, name] as const),
        ]}
        onChange={add}
      />
    </>
  );
}

function PlaceCard(props: {
  readonly place: Place;
  readonly known: AgreementPlace | undefined;
  readonly onRemove: () => void;
}) {
  const { known, place } = props;
  return (
    <div className="compose-person stack-tight">
      <div className="row row-between">
        <h4 className="grow">{place.name}</h4>
        <span className="tag" data-tone={place.verified ? "good" : "alarm"}>
          {place.verified ? said.places.checked : said.counsel}
        </span>
      </div>
      <p>{said.places.age(place.minorAge)}</p>
      <ul>
        {place.telling.map((telling) => (
          <li key={telling}>{said.tellings[telling]}</li>
        ))}
      </ul>
      <p className="quiet anywhere">{said.cited(place.citation, place.asOf)}</p>
      {known === undefined ? null : <Rule known={known} />}
      <div className="row">
        <Button tone="plain" onPress={props.onRemove} label={said.places.remove(place.name)}>
          {said.remove}
        </Button>
      </div>
    </div>
  );
}

/** The words of the reference data, for whoever wants to look. */
function Rule({ known }: { readonly known: AgreementPlace }) {
  return (
    <details className="fold">
      <summary>{said.places.words}</summary>
      <dl className="facts anywhere">
        <dt>{said.places.rule}</dt>
        <dd>{known.rule}</dd>
        {known.conditions.length === 0 ? null : (
          <>
            <dt>{said.places.conditions}</dt>
            {known.conditions.map((condition) => (
              <dd key={condition}>{condition}</dd>
            ))}
          </>
        )}
        {known.sessionLimits === null ? null : (
          <>
            <dt>{said.places.sessions}</dt>
            <dd>{known.sessionLimits}</dd>
          </>
        )}
        {known.notes === null ? null : (
          <>
            <dt>{said.places.notes}</dt>
            <dd>{known.notes}</dd>
          </>
        )}
      </dl>
    </details>
  );
}
