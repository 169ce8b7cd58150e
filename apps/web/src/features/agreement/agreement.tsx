import type {
  Actions,
  AgreementActions,
  AgreementView,
  AgreementVersionView,
  FactorView,
} from "@sotto/client";
import { questionsFor, readerOf, understandingOf } from "@sotto/domain";
import type { AgreementPart, AgreementVersionId, SignerAnswer } from "@sotto/domain";
import { ArrowLeft } from "lucide-react";
import { useState } from "react";
import { Button, Title } from "../../ui/parts.tsx";
import { spokenLanguage } from "../../words/words.ts";
import { ReadingLanguage, useAgreementSign } from "./language.ts";
import { Answer } from "./answer.tsx";
import { Earlier } from "./earlier.tsx";
import type { Copying } from "./get-copy.tsx";
import { isClear } from "./next-question.ts";
import { Outside } from "./outside.tsx";
import { partLines, readingIn, type Reading } from "./part-lines.ts";
import { Read } from "./read.tsx";
import { signedWith } from "./signed-with.ts";
import { Sign } from "./sign.tsx";
import { Stale } from "./stale.tsx";
import { Start } from "./start.tsx";
import { Understand } from "./understand.tsx";
import { useProgress } from "./use-progress.ts";
import { WalkThrough } from "./walk-through.tsx";
import { changedParts, versionBefore } from "./what-changed.ts";

/** Where somebody is in their agreement. `version` is the one that stood before them when they went there. */
type Place =
  | { readonly kind: "start" }
  | { readonly kind: "version" | "check" | "sign" | "together"; readonly version: AgreementVersionId }
  | {
      readonly kind: "read";
      readonly version: AgreementVersionId;
      readonly from: AgreementPart | null;
      readonly isEarlier: boolean;
    }
  | { readonly kind: "answer"; readonly version: AgreementVersionId; readonly answer: SignerAnswer };

/** A family's agreement as one of its members reads, asks about, understands and signs it. */
export function Agreement(props: {
  readonly actions: Pick<Actions, keyof AgreementActions | "showWay">;
  readonly view: AgreementView;
  readonly factors: readonly FactorView[];
  readonly copying: Copying;
}) {
  const { view } = props;
  const newest = view.versions[0];
  const [hasWithdrawn, setWithdrawn] = useState(false);
  const [wish, setWish] = useState<Reading | null>(null);
  const language = newest === undefined ? spokenLanguage() : readingFor(view, newest, wish).language;
  return (
    <ReadingLanguage value={language}>
      <div className="page agreement" lang={language}>
        {view.outside !== null ? (
          <Outside
            actions={props.actions}
            view={view}
            outside={view.outside}
            hasWithdrawn={hasWithdrawn}
            onWithdrawn={() => setWithdrawn(true)}
          />
        ) : newest === undefined ? (
          <NotHere familyName={view.familyName} />
        ) : (
          <Versions {...props} newest={newest} wish={wish} onWish={setWish} />
        )}
      </div>
    </ReadingLanguage>
  );
}

function NotHere({ familyName }: Pick<AgreementView, "familyName">) {
  const { standing, title } = useAgreementSign();
  return (
    <div className="stack">
      <Title>{title}</Title>
      <p className="quiet">{familyName}</p>
      <p>{standing.notHere}</p>
    </div>
  );
}

/** In which language and in whose words a version is read: as they wish, or as this device speaks and their age says. */
const readingFor = (view: AgreementView, item: AgreementVersionView, wish: Reading | null): Reading => {
  const party = item.version.parties.find(({ person }) => person === view.me);
  return readingIn(
    item.version,
    wish ?? { language: spokenLanguage(), reader: party === undefined ? "adult" : readerOf(party.role) },
  );
};

function Versions(props: {
  readonly actions: Pick<Actions, keyof AgreementActions | "showWay">;
  readonly view: AgreementView;
  readonly factors: readonly FactorView[];
  readonly copying: Copying;
  readonly newest: AgreementVersionView;
  /** How they wish to read it; null until they say so. */
  readonly wish: Reading | null;
  readonly onWish: (wish: Reading) => void;
}) {
  const words = useAgreementSign();
  const { actions, newest, view } = props;
  const { family } = view;
  const [place, setPlace] = useState<Place>({ kind: "start" });
  const [openedAt, setOpenedAt] = useState<ReadonlyMap<string, number>>(new Map());
  const [hasWithdrawn, setWithdrawn] = useState(false);
  const [sentAnswer, setSentAnswer] = useState<{
    readonly version: AgreementVersionId;
    readonly answer: SignerAnswer;
  } | null>(null);
  const item =
    (place.kind === "start" ? null : view.versions.find((one) => one.version.version === place.version)) ??
    newest;
  const { version } = item.version;
  const mine = item.signers.find(({ isMe }) => isMe);
  if (sentAnswer !== null && mine?.answer === sentAnswer.answer) setSentAnswer(null);
  const party = item.version.parties.find(({ person }) => person === view.me) ?? null;
  const reading = readingFor(view, item, props.wish);
  const { noteAnswer, noteRead, progress } = useProgress({
    actions,
    family,
    version,
    own: mine?.own ?? null,
    isKept: view.me !== null,
  });
  const questions = party === null || mine === undefined ? [] : questionsFor(item.version, party, item.round);
  const parts = partLines(item.version, reading).map(({ part }) => part);
  const before = versionBefore(view.versions, item);
  const toStart = () => setPlace({ kind: "start" });
  const open = (next: Place) => {
    // From here on the words of this version stand before whoever signs it.
    setOpenedAt((known) => (known.has(version) ? known : new Map([...known, [version, Date.now()]])));
    setPlace(next);
  };
  if (place.kind === "start") {
    return (
      <Start
        actions={actions}
        view={view}
        item={newest}
        before={before}
        reading={reading}
        onReading={props.onWish}
        parts={parts}
        read={progress.read}
        questions={{
          count: questions.length,
          clear: questions.filter((question) => isClear(question, progress.answers)).length,
        }}
        isAnswerSent={sentAnswer?.version === version}
        hasWithdrawn={hasWithdrawn}
        onWithdrawn={() => setWithdrawn(true)}
        copying={props.copying}
        ways={{
          onRead: () => open({ kind: "read", version, from: null, isEarlier: false }),
          onCheck: () => open({ kind: "check", version }),
          onSign: () => {
            setSentAnswer(null);
            open({ kind: "sign", version });
          },
          onAnswer: (answer) => open({ kind: "answer", version, answer }),
          onTogether: () => open({ kind: "together", version }),
          onVersion: (earlier) => setPlace({ kind: "version", version: earlier }),
        }}
      />
    );
  }
  const screen = () => {
    switch (place.kind) {
      case "version":
        return (
          <Earlier
            view={view}
            item={item}
            before={before}
            reading={reading}
            onRead={() => setPlace({ kind: "read", version, from: null, isEarlier: true })}
            copying={props.copying}
          />
        );
      case "read":
        return (
          <Read
            key={version}
            actions={actions}
            view={view}
            item={item}
            reading={reading}
            onReading={props.onWish}
            from={place.from}
            read={progress.read}
            changed={
              new Set(
                before === null
                  ? []
                  : changedParts(before.version, item.version, reading).parts.map(({ part }) => part),
              )
            }
            mayAsk={view.me !== null && !place.isEarlier}
            onRead={place.isEarlier ? () => undefined : noteRead}
            onDone={toStart}
          />
        );
      case "check":
        return (
          <Understand
            parties={item.version.parties}
            questions={questions}
            answers={progress.answers}
            language={reading.language}
            onAnswer={noteAnswer}
            onPart={(part) => setPlace({ kind: "read", version, from: part, isEarlier: false })}
            onDone={toStart}
          />
        );
      case "sign":
        return mine === undefined || isOver(item) ? null : (
          <Sign
            actions={actions}
            family={family}
            item={item}
            mine={mine}
            factors={props.factors}
            reading={reading}
            openedAt={openedAt.get(version) ?? item.offeredAt}
            isAllRead={parts.every((part) => progress.read.includes(part))}
            isAllClear={questions.every((question) => isClear(question, progress.answers))}
            signedWith={() => signedWith(window, new Date())}
            score={party === null ? null : scoreOf(understandingOf(questions, progress.answers))}
            onDone={toStart}
          />
        );
      case "answer":
        return mine === undefined || item.stage.kind !== "open" ? null : (
          <Answer
            actions={actions}
            family={family}
            item={item}
            mine={mine}
            answer={place.answer}
            onSent={() => {
              setSentAnswer({ version, answer: place.answer });
              toStart();
            }}
            onDone={toStart}
          />
        );
      case "together":
        return (
          <div className="stack">
            <Title>{words.start.together}</Title>
            <WalkThrough version={item.version} notes={view.notes} {...reading} />
          </div>
        );
    }
  };
  const isEarlier = place.kind === "version" || (place.kind === "read" && place.isEarlier);
  return (
    <div className="stack">
      <div className="row">
        <Button tone="plain" onPress={toStart}>
          <ArrowLeft aria-hidden="true" size={20} />
          {words.back}
        </Button>
      </div>
      {isEarlier ? null : (
        <Stale
          item={item}
          newest={newest}
          onOpen={() =>
            setPlace({ kind: "read", version: newest.version.version, from: null, isEarlier: false })
          }
        />
      )}
      {screen()}
    </div>
  );
}

/** Nobody signs it any more. Once everyone has, whoever signed last still sees so. */
const isOver = ({ stage }: AgreementVersionView): boolean =>
  stage.kind !== "open" && stage.kind !== "in-force";

const scoreOf = ({ answered, asked, firstPercent, percent }: ReturnType<typeof understandingOf>) => ({
  asked,
  answered,
  firstPercent,
  percent,
});
