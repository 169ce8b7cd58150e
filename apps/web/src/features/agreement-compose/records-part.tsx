import { COURT_SECRECY, EARLIER_KINDS, RECORD_ACCESS, RECORD_FORMS, TESTIMONY_RULES } from "@sotto/domain";
import type { CourtChoice, EarlierChoice, RecordsChoice, RetentionRule } from "@sotto/domain";
import { Button, RadioCards } from "../../ui/parts.tsx";
import { agreementCompose as said } from "../../words/agreement-compose.ts";
import type { Editing } from "./editing.ts";
import { sentenceOf } from "./editing.ts";

/** How many files there are, who sees them, and how long they are kept. */
export function RecordsPart(props: Editing & { readonly records: RecordsChoice }) {
  const { choose, records, retention } = props;
  const take = (next: Partial<RecordsChoice>) => choose({ records: { ...records, ...next } });
  return (
    <>
      <RadioCards
        legend={said.records.form}
        value={records.form}
        onChange={(form) => take({ form })}
        options={RECORD_FORMS.map((form) => ({
          value: form,
          title: said.forms[form],
          hint: sentenceOf(props, `records.form.${form}`),
        }))}
      />
      <RadioCards
        legend={said.records.access}
        value={records.access}
        onChange={(access) => take({ access })}
        options={RECORD_ACCESS.map((access) => ({
          value: access,
          title: said.access[access],
          hint: sentenceOf(props, `records.access.${access}`),
        }))}
      />
      <div className="stack-tight">
        <h4>{said.records.kept}</h4>
        {records.retention === null ? null : <Kept rule={records.retention} />}
        {retention === null ? (
          <p className="quiet">
            <a href="/staff">{said.records.noRule}</a>
          </p>
        ) : isSameRule(records.retention, retention) ? null : (
          <div className="row">
            <Button onPress={() => take({ retention })}>{said.records.take}</Button>
          </div>
        )}
      </div>
    </>
  );
}

const isSameRule = (one: RetentionRule | null, other: RetentionRule): boolean =>
  one !== null &&
  one.familyMonths === other.familyMonths &&
  one.recordMonths === other.recordMonths &&
  one.minorMonths === other.minorMonths &&
  one.maximumMonths === other.maximumMonths &&
  one.verified === other.verified &&
  one.citation === other.citation &&
  one.asOf === other.asOf;

function Kept(props: { readonly rule: RetentionRule }) {
  const { asOf, citation, maximumMonths, minorMonths, recordMonths, verified } = props.rule;
  const { records } = said;
  return (
    <>
      <p>{records.keptFor(records.years(recordMonths))}</p>
      <p>{records.keptMinor(records.years(minorMonths))}</p>
      {maximumMonths === null ? null : <p>{records.keptMost(records.years(maximumMonths))}</p>}
      {citation === "" ? null : <p className="quiet anywhere">{said.cited(citation, asOf)}</p>}
      {verified ? null : (
        <p>
          <strong>{said.counsel}</strong>
        </p>
      )}
    </>
  );
}

/** What was said before signing. */
export function EarlierPart(props: Editing & { readonly earlier: EarlierChoice }) {
  return (
    <RadioCards
      legend={said.earlier.legend}
      value={props.earlier}
      onChange={(earlier) => props.choose({ earlier })}
      options={EARLIER_KINDS.map((kind) => ({
        value: kind,
        title: said.earlier[kind],
        hint: sentenceOf(props, `earlier.${kind}`),
      }))}
    />
  );
}

/** What is said of court. A promise can be chosen, so that it can be said why it cannot be kept. */
export function CourtPart(props: Editing & { readonly court: CourtChoice }) {
  const { choose, court } = props;
  return (
    <>
      <RadioCards
        legend={said.court.secrecy}
        value={court.secrecy}
        onChange={(secrecy) => choose({ court: { ...court, secrecy } })}
        options={COURT_SECRECY.map((value) => ({
          value,
          title: said.court[value],
          hint: sentenceOf(props, `court.${value}`),
        }))}
      />
      <RadioCards
        legend={said.court.testimony}
        value={court.testimony}
        onChange={(testimony) => choose({ court: { ...court, testimony } })}
        options={TESTIMONY_RULES.map((value) => ({
          value,
          title: said.court[value],
          hint: sentenceOf(props, `court.${value}`),
        }))}
      />
    </>
  );
}
