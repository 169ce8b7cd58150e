import type { PracticeView } from "@sotto/client";
import { practiceTemplatesWords as said } from "../../words/practice.ts";
import { spokenLanguage } from "../../words/words.ts";

/** The templates that the practice shares, to read. Therapists have them where they compose an agreement, with all that may be done about them. */
export function PracticeTemplates({ practice }: { readonly practice: PracticeView }) {
  const { myRole, templates } = practice;
  if (myRole === "therapist" || templates.length === 0) return null;
  return (
    <section className="stack">
      <h2>{said.title}</h2>
      <p className="quiet">{said.hint}</p>
      <ul className="plain-list">
        {templates.map(({ id, isRetired, versions }) => {
          const [newest] = versions;
          const { asOf, parts, source, title, verified, wordings } = newest.template;
          const own = [...parts, ...wordings];
          return (
            <li key={id} className="card stack-tight anywhere">
              <div className="row row-between">
                <strong className="grow">{title[spokenLanguage()]}</strong>
                {isRetired ? <span className="tag">{said.retired}</span> : null}
                {verified ? null : (
                  <span className="tag" data-tone="alarm">
                    {said.counsel}
                  </span>
                )}
              </div>
              <p className="quiet">{said.drawnFrom(source, asOf)}</p>
              <ul className="plain-list">
                {versions.map((one) => (
                  <li key={one.template.version}>{said.saved(one)}</li>
                ))}
              </ul>
              {own.length === 0 ? null : (
                <details className="fold">
                  <summary>{said.own(own.length)}</summary>
                  {own.map(({ language, text }) => (
                    <p key={`${language} ${text}`} lang={language}>
                      {text}
                    </p>
                  ))}
                </details>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
