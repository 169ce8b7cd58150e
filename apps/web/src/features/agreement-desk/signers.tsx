import { PART_NAMES } from "@sotto/content/part-names";
import type { AgreementVersionView, SignerView } from "@sotto/client";
import { questionsFor, understandingOf } from "@sotto/domain";
import type { AgreementVersion, PersonId, RequiredSignature } from "@sotto/domain";
import { Check, Clock, CircleAlert } from "lucide-react";
import { Banner } from "../../ui/parts.tsx";
import { agreementDesk as said } from "../../words/agreement-desk.ts";
import { spokenLanguage } from "../../words/words.ts";
import { Beside, type Recording } from "./beside.tsx";
import { nameIn } from "./name-in.ts";

/** Who signs a version, how far each has come, and what to talk about with whom. */
export function Signers(props: { readonly actions: Recording; readonly version: AgreementVersionView }) {
  const { round, signers, stage, version } = props.version;
  return (
    <section className="stack">
      <h2>{said.signers}</h2>
      <Checks version={props.version} />
      <ul className="plain-list">
        {signers.map((signer) => (
          <li key={signer.person} className="card stack-tight">
            <strong>{signer.name}</strong>
            <Signatures signer={signer} version={version} />
            <Beside actions={props.actions} signer={signer} version={version} />
            {signer.hasJoined ? null : <p className="quiet">{said.notJoined}</p>}
            {signer.answer === null ? null : <Answer signer={signer} answer={signer.answer} />}
            {stage.kind === "open" && signer.hasJoined ? <HowFar signer={signer} version={version} /> : null}
            {stage.kind === "in-force" && signer.hasJoined ? (
              <Rounds signer={signer} version={version} due={round} />
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What is worth a word, in calm words, for the therapist alone (domain R-133). */
function Checks({ version: { checks, signers } }: { readonly version: AgreementVersionView }) {
  if (checks.length === 0) return null;
  const name = (person: PersonId): string => signers.find((one) => one.person === person)?.name ?? "";
  return (
    <Banner tone="quiet">
      {checks.map((check) =>
        check.kind === "same-device" ? (
          <p key={check.people.join(" ")}>{said.sameDevice(check.people.map(name))}</p>
        ) : (
          <p key={check.person}>{said.contactChanged(name(check.person))}</p>
        ),
      )}
      <p>{said.checkHint}</p>
    </Banner>
  );
}

const asWhat = ({ as, of }: RequiredSignature, version: AgreementVersion): string =>
  said.as[as](nameIn(version, of));

function Signatures(props: { readonly signer: SignerView; readonly version: AgreementVersion }) {
  const { signer, version } = props;
  return (
    <ul className="marks">
      {signer.signatures.map((one) => (
        <li key={`${one.as} ${one.of}`}>
          <Check aria-hidden="true" size={18} /> {said.signedAt(asWhat(one, version), one.at)}
          {one.witness === null ? null : <span className="quiet"> {said.witnessed(one.witness)}</span>}
        </li>
      ))}
      {signer.missing.map((one) => (
        <li key={`${one.as} ${one.of}`}>
          <Clock aria-hidden="true" size={18} /> {said.waits(asWhat(one, version))}
        </li>
      ))}
    </ul>
  );
}

function Answer(props: { readonly signer: SignerView; readonly answer: NonNullable<SignerView["answer"]> }) {
  const reason = props.signer.own?.reason ?? "";
  return (
    <>
      <p>
        <CircleAlert aria-hidden="true" size={18} /> {said.answers[props.answer]}
      </p>
      <p className="quiet">{reason === "" ? said.noReason : said.reason(reason)}</p>
    </>
  );
}

/** How each round of questions went, the newest first: at the signing, and at each time that it was talked about again. */
function Rounds(props: {
  readonly signer: SignerView;
  readonly version: AgreementVersion;
  readonly due: number;
}) {
  const { due, signer, version } = props;
  const party = version.parties.find(({ person }) => person === signer.person);
  if (signer.own === null || party === undefined) return null;
  const { answers } = signer.own;
  const rounds = Array.from({ length: due + 1 }, (_, place) => due - place).flatMap((round) => {
    const understanding = understandingOf(questionsFor(version, party, round), answers);
    // A round that nobody answered is over when the next one is due.
    return round === due || understanding.answered > 0 ? [{ round, ...understanding }] : [];
  });
  return (
    <ul className="marks">
      {rounds.map(({ answered, asked, firstPercent, percent, round, talkAbout }) => (
        <li key={round}>
          {said.round(round)}{" "}
          {answered === 0 ? said.roundOpen : said.roundScore({ answered, asked, firstPercent, percent })}
          {talkAbout.length === 0
            ? ""
            : ` ${said.talkAbout(talkAbout.map((part) => PART_NAMES[spokenLanguage()][part]))}.`}
        </li>
      ))}
    </ul>
  );
}

/** What they have read and understood, as far as they have shown it. It bars nothing. */
function HowFar(props: { readonly signer: SignerView; readonly version: AgreementVersion }) {
  const { signer, version } = props;
  const party = version.parties.find(({ person }) => person === signer.person);
  if (signer.own === null) return null;
  const { answers, read } = signer.own;
  const parts = new Set(version.words.map(({ part }) => part)).size;
  const questions = party === undefined ? [] : questionsFor(version, party);
  const understanding = understandingOf(questions, answers);
  return (
    <>
      <p className="quiet">
        {said.read(read.length, parts)}
        {understanding.answered === 0 ? "" : ` · ${said.understood(understanding.percent)}`}
      </p>
      {understanding.talkAbout.length === 0 ? null : (
        <p>{said.talkAbout(understanding.talkAbout.map((part) => PART_NAMES[spokenLanguage()][part]))}</p>
      )}
    </>
  );
}
