import type { AgreementLineView } from "@sotto/client";
import { ChevronRight, FileSignature } from "lucide-react";
import { agreementWords as said } from "../../words/agreement.ts";

/** More than these would crowd out the others; all of them stand on the desk. */
const DUE_SAID = 2;

/** What waits with a family's agreement, in one sentence; the most pressing first. */
function sentenceOf(line: AgreementLineView): string {
  if (line.isOutside) return said.outside;
  if (line.asksMe > 0) return said.asksMe;
  if (line.asksRound) return said.asksRound;
  if (line.isTherapist) {
    if (line.phase === "suspended") return said.phases.suspended;
    if (line.openQuestions > 0) return said.questions(line.openQuestions);
    if (line.answers > 0) return said.answers(line.answers);
    if (line.due > 0) return said.due(line.due, line.dueFor.slice(0, DUE_SAID));
  }
  const isOpen = line.phase === "offered" || line.phase === "changing";
  return isOpen && line.signed !== null
    ? said.signed(line.signed.have, line.signed.of)
    : said.phases[line.phase];
}

/** True for what a therapist has to look at now; a family always sees its own. */
const isWanted = (line: AgreementLineView): boolean =>
  line.isTherapist
    ? line.openQuestions > 0 || line.answers > 0 || line.due > 0 || line.phase === "suspended"
    : line.phase !== "none" || line.isOutside;

/** The agreements that this person has to do with, above their rooms. */
export function AgreementLines(props: { readonly lines: readonly AgreementLineView[] }) {
  const lines = props.lines.filter(isWanted);
  if (lines.length === 0) return null;
  return (
    <ul className="plain-list agreements" aria-label={said.lines}>
      {lines.map((line) => (
        <li key={line.family}>
          <AgreementLink line={line} title={line.isTherapist ? line.familyName : said.title} />
        </li>
      ))}
    </ul>
  );
}

/** How a family's agreement stands, on its own page. */
export function FamilyAgreement(props: { readonly line: AgreementLineView }) {
  return <AgreementLink line={props.line} title={said.one} />;
}

function AgreementLink(props: { readonly line: AgreementLineView; readonly title: string }) {
  const { line } = props;
  return (
    <a
      className="card card-link"
      href={`/a/${line.family}`}
      {...(line.asksMe > 0 ? { "data-asks": "" } : {})}
    >
      <FileSignature aria-hidden="true" size={24} />
      <span className="grow">
        <strong>{props.title}</strong>
        <br />
        <span className="quiet">{sentenceOf(line)}</span>
      </span>
      <ChevronRight aria-hidden="true" />
    </a>
  );
}
