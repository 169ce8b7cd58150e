import type { Actions, AgreementView, AgreementVersionView, SignerView } from "@sotto/client";
import { SIGNER_ANSWERS } from "@sotto/domain";
import type { AgreementPart, AgreementVersionId, SignerAnswer } from "@sotto/domain";
import { Banner, Button, Title } from "../../ui/parts.tsx";
import { useAgreementSign } from "./language.ts";
import { Changes } from "./changes.tsx";
import { GetCopy, mayCopy, type Copying } from "./get-copy.tsx";
import type { Reading } from "./part-lines.ts";
import { ReadingChoice } from "./reading-choice.tsx";
import { Standing } from "./standing.tsx";
import { Withdraw } from "./withdraw.tsx";

/** Where somebody may go from the start of their agreement. */
export interface Ways {
  readonly onRead: () => void;
  readonly onCheck: () => void;
  readonly onSign: () => void;
  readonly onAnswer: (answer: SignerAnswer) => void;
  readonly onTogether: () => void;
  readonly onVersion: (version: AgreementVersionId) => void;
}

/** A family's agreement as it stands, and what this person may do about it. */
export function Start(props: {
  readonly actions: Pick<Actions, "withdrawAgreement">;
  readonly view: AgreementView;
  readonly item: AgreementVersionView;
  readonly before: AgreementVersionView | null;
  readonly reading: Reading;
  readonly onReading: (reading: Reading) => void;
  readonly ways: Ways;
  readonly parts: readonly AgreementPart[];
  readonly read: readonly AgreementPart[];
  readonly questions: { readonly count: number; readonly clear: number };
  /** This person has answered, and it has not come back to them from the server. */
  readonly isAnswerSent: boolean;
  readonly hasWithdrawn: boolean;
  readonly onWithdrawn: () => void;
  readonly copying: Copying;
}) {
  const { actions, before, item, view, ways } = props;
  const { answer, standing, start, title, withdraw } = useAgreementSign();
  const mine = item.signers.find(({ isMe }) => isMe);
  const isClosed = view.phase === "closed";
  const isOpen = item.stage.kind === "open" && !isClosed;
  // After the signing, when it is to be talked about again.
  const isAgain = item.stage.kind === "in-force" && item.round > 0 && !isClosed;
  const isAsked = (isOpen || isAgain) && mine !== undefined && props.questions.count > 0;
  const holding = view.versions.find(({ stage }) => stage.kind === "in-force");
  const isHeldByMe = holding?.signers.some(({ isMe, signatures }) => isMe && signatures.length > 0) === true;
  const earlier = view.versions.filter((one) => one !== item);
  return (
    <div className="stack">
      <div className="stack-tight">
        <Title>{title}</Title>
        <p className="quiet">{view.familyName}</p>
        <ReadingChoice
          version={item.version}
          reading={props.reading}
          onChange={props.onReading}
          isLanguageOnly
        />
      </div>
      {isClosed ? <Banner tone="quiet">{standing.closed}</Banner> : null}
      {props.hasWithdrawn && item.stage.kind !== "suspended" ? (
        <Banner tone="quiet">{withdraw.sent}</Banner>
      ) : null}
      {isOpen && props.isAnswerSent ? <Banner tone="quiet">{answer.onItsWay}</Banner> : null}
      <Standing view={view} item={item} />
      {before === null || !isOpen ? null : (
        <Changes view={view} before={before} after={item} reading={props.reading} />
      )}
      <Steps {...props} hasQuestions={isAsked} />
      {isOpen && mine !== undefined ? <Decide mine={mine} ways={ways} /> : null}
      {mayCopy(item) ? (
        <GetCopy view={view} version={item.version.version} reading={props.reading} copying={props.copying} />
      ) : null}
      {isHeldByMe && !props.hasWithdrawn ? (
        <Withdraw actions={actions} family={view.family} isClosed={isClosed} onDone={props.onWithdrawn} />
      ) : null}
      {earlier.length === 0 ? null : (
        <section className="card stack">
          <h2>{start.earlier}</h2>
          <div className="row">
            {earlier.map(({ version }) => (
              <Button key={version.version} onPress={() => ways.onVersion(version.version)}>
                {start.open(version.number)}
              </Button>
            ))}
          </div>
        </section>
      )}
    </div>
  );
}

/** To read it, to see if it is clear, and to go through it together. */
function Steps(props: {
  readonly item: AgreementVersionView;
  readonly ways: Ways;
  readonly parts: readonly AgreementPart[];
  readonly read: readonly AgreementPart[];
  readonly questions: { readonly count: number; readonly clear: number };
  readonly hasQuestions: boolean;
}) {
  const { item, parts, questions, ways } = props;
  const { start } = useAgreementSign();
  const have = parts.filter((part) => props.read.includes(part)).length;
  const isOpen = item.stage.kind === "open";
  const readGo = have === 0 ? start.read : have < parts.length ? start.readOn : start.readAgain;
  const checkGo =
    questions.clear === 0
      ? start.check
      : questions.clear < questions.count
        ? start.checkOn
        : start.checkAgain;
  // What waits for them stands first.
  const isRound = !isOpen && props.hasQuestions;
  const check = props.hasQuestions ? (
    <div className="step">
      <p className="grow">
        {questions.clear === 0
          ? isOpen
            ? start.checkText(questions.count)
            : start.roundText(questions.count)
          : start.checkSoFar(questions.clear, questions.count)}
      </p>
      <Button onPress={ways.onCheck}>{checkGo}</Button>
    </div>
  ) : null;
  return (
    <section className="card stack">
      <h2>{isOpen ? start.steps : isRound ? start.check : start.read}</h2>
      {isRound ? check : null}
      <div className="step">
        <p className="grow">{have === 0 || !isOpen ? start.readText : start.readSoFar(have, parts.length)}</p>
        <Button tone={isOpen && have < parts.length ? "primary" : undefined} onPress={ways.onRead}>
          {isOpen ? readGo : start.read}
        </Button>
      </div>
      {isRound ? null : check}
      <div className="step">
        <p className="grow">{start.togetherText}</p>
        <Button onPress={ways.onTogether}>{start.together}</Button>
      </div>
    </section>
  );
}

/** Signing and every other answer stand side by side, and none of them is made to look like the right one. */
function Decide(props: { readonly mine: SignerView; readonly ways: Ways }) {
  const { mine, ways } = props;
  const { answer, start } = useAgreementSign();
  const hasSigned = mine.missing.length === 0;
  return (
    <section className="card stack">
      <h2>{hasSigned ? start.changeMind : start.decide}</h2>
      <p>{hasSigned ? start.changeMindText : start.decideText}</p>
      <div className="decide">
        {hasSigned ? null : <Button onPress={ways.onSign}>{start.sign}</Button>}
        {SIGNER_ANSWERS.toReversed().map((one) => (
          <Button key={one} onPress={() => ways.onAnswer(one)}>
            {answer[one].go}
          </Button>
        ))}
      </div>
    </section>
  );
}
