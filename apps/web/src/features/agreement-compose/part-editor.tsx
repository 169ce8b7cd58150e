import { choicesFrom, CONFIDENTIALITY_LIMITS, CONTACT_KINDS } from "@sotto/domain";
import type { AgreementPart, Choices, OpenChoices } from "@sotto/domain";
import type { ReactNode } from "react";
import { AGREEMENT_TEMPLATES } from "@sotto/content/agreement-templates";
import { Button } from "../../ui/parts.tsx";
import { agreementCompose as said } from "../../words/agreement-compose.ts";
import { ClientPart } from "./client-part.tsx";
import type { Editing } from "./editing.ts";
import { Checks } from "./fields.tsx";
import { ChangePart, MessagesPart } from "./messages-part.tsx";
import { MinorsPart } from "./minors-part.tsx";
import { OutsidersPart } from "./outsiders-part.tsx";
import { PolicyPart } from "./policy-part.tsx";
import { PromisesPart } from "./promises-part.tsx";
import { CourtPart, EarlierPart, RecordsPart } from "./records-part.tsx";
import { TellingPart } from "./telling-part.tsx";
import { WorriesPart } from "./worries-part.tsx";

/** Who the client is may be open while it is chosen; the other parts begin whole. */
type OtherPart = Exclude<AgreementPart, "client">;

type Editors = {
  readonly [Part in OtherPart]: (choice: Choices[Part], editing: Editing) => ReactNode;
};

const EDITORS: Editors = {
  policy: (policy, editing) => <PolicyPart {...editing} policy={policy} />,
  contacts: (contacts, { choose }) => (
    <Checks
      legend={said.contactsOf.legend}
      all={CONTACT_KINDS}
      chosen={contacts}
      labels={said.contacts}
      onChange={(next) => choose({ contacts: next })}
    />
  ),
  telling: (telling, editing) => <TellingPart {...editing} telling={telling} />,
  limits: (limits, { choose }) => (
    <Checks
      legend={said.limitsOf.legend}
      all={CONFIDENTIALITY_LIMITS}
      chosen={limits}
      labels={said.limits}
      onChange={(next) => choose({ limits: next })}
    />
  ),
  earlier: (earlier, editing) => <EarlierPart {...editing} earlier={earlier} />,
  outsiders: (outsiders, editing) => <OutsidersPart {...editing} outsiders={outsiders} />,
  promises: (promises, editing) => <PromisesPart {...editing} promises={promises} />,
  records: (records, editing) => <RecordsPart {...editing} records={records} />,
  court: (court, editing) => <CourtPart {...editing} court={court} />,
  minors: (minors, editing) => <MinorsPart {...editing} minors={minors} />,
  messages: (messages, editing) => <MessagesPart {...editing} messages={messages} />,
  change: (change, editing) => <ChangePart {...editing} review={change} />,
  worries: (worries, editing) => <WorriesPart {...editing} worries={worries} />,
};

/** The controls of one part. */
export function PartEditor(props: { readonly part: AgreementPart; readonly editing: Editing }) {
  const { editing, part } = props;
  return part === "client" ? <ClientPart {...editing} /> : editorOf(part, editing);
}

function editorOf<Part extends OtherPart>(part: Part, editing: Editing): ReactNode {
  const choice: OpenChoices[Part] = editing.work.choices[part];
  return choice === null ? <OpenPart part={part} editing={editing} /> : EDITORS[part](choice, editing);
}

/** A part in which nothing is chosen begins as its template does. */
function OpenPart(props: { readonly part: AgreementPart; readonly editing: Editing }) {
  const { editing, part } = props;
  const template = editing.work.begunFrom ?? AGREEMENT_TEMPLATES[0];
  if (template === undefined) return null;
  const { parties } = editing.work;
  const usual = choicesFrom(template, {
    parties,
    guardians: new Map(),
    client: null,
    retention: editing.retention,
  });
  return (
    <div className="row">
      <Button onPress={() => editing.choose({ [part]: usual[part] })}>{said.usual}</Button>
    </div>
  );
}
