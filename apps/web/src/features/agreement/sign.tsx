import { PART_NAMES } from "@sotto/content/part-names";
import type { Actions, AgreementVersionView, ClientRefusal, FactorView, SignerView } from "@sotto/client";
import { EXPLAINED_WAYS, isSameSignature } from "@sotto/domain";
import type {
  AgreementLanguage,
  AgreementPart,
  FamilyId,
  RequiredSignature,
  Score,
  SignedWith,
  Signing,
} from "@sotto/domain";
import { useState } from "react";
import { Banner, Button, Check, Select, TextField, Title } from "../../ui/parts.tsx";
import { useAttempt } from "../../ui/use-attempt.ts";
import { useAgreementSign } from "./language.ts";
import { sayProblem } from "../../words/words.ts";
import { PartTitle } from "./part-page.tsx";
import { partLines } from "./part-lines.ts";
import type { Reading } from "./part-lines.ts";
import { ShowWay } from "./show-way.tsx";

/** What everybody is asked to think about one by one (domain R-130): the promise about secrets, its limits, recordings, minors and messages. */
const KEY_PARTS: readonly AgreementPart[] = ["policy", "limits", "promises", "minors", "messages"];

type Explained = Signing["explained"];

/** Each signature that is asked of one person, one after the other: who signs for themselves and for a minor decides twice. */
export function Sign(props: {
  readonly actions: Pick<Actions, "signAgreement" | "showWay">;
  readonly family: FamilyId;
  readonly item: AgreementVersionView;
  readonly mine: SignerView;
  readonly factors: readonly FactorView[];
  readonly reading: Reading;
  /** Since when the words stood before this person. */
  readonly openedAt: number;
  /** What they have not read yet, or what is not clear yet: said, and no bar. */
  readonly isAllRead: boolean;
  readonly isAllClear: boolean;
  readonly score: Score | null;
  /** With what they sign, as this device says in the moment. */
  readonly signedWith: () => SignedWith;
  readonly onDone: () => void;
}) {
  const { actions, family, item, mine, reading, score } = props;
  const { sign } = useAgreementSign();
  const { busy, problem, attempt } = useAttempt<ClientRefusal>();
  const [given, setGiven] = useState<readonly RequiredSignature[]>([]);
  const [explained, setExplained] = useState<Explained | "">("");
  const [missing, setMissing] = useState<"screen" | "explained" | null>(null);
  const [isOnScreen, setOnScreen] = useState(false);
  const [interpreter, setInterpreter] = useState<string | null>(null);
  const [ticked, setTicked] = useState<readonly AgreementPart[]>([]);
  const [way, setWay] = useState<"not-shown" | "asked" | "shown">("not-shown");
  const left = mine.missing.filter((one) => !given.some((other) => isSameSignature(one, other)));
  const wanted = left[0];
  if (wanted === undefined) return <Signed item={item} mine={mine} onDone={props.onDone} />;
  const { version } = item.version;
  const of = nameOf(item, wanted);
  const send = () => {
    if (explained === "") return;
    const isFirst = given.length === 0 && mine.signatures.length === 0;
    const signing: Signing = {
      as: wanted.as,
      of: wanted.of,
      ...reading,
      openedAt: props.openedAt,
      explained,
      ticked,
      onScreen: "agreed",
      interpreter,
    };
    attempt(
      async () => {
        const outcome = await actions.signAgreement({
          family,
          version,
          signing,
          score: isFirst ? score : null,
          signedWith: props.signedWith(),
        });
        // It took longer than a way that was shown counts: it is shown once more, and what is asked here stays.
        if (outcome.kind === "refused" && outcome.refusal === "way-needed") setWay("asked");
        return outcome;
      },
      () => {
        setGiven([...given, wanted]);
        setTicked([]);
        // Each signature is a decision of its own, and so is how it is given.
        setOnScreen(false);
      },
    );
  };
  const press = () => {
    const lacks = isOnScreen ? (explained === "" ? "explained" : null) : "screen";
    setMissing(lacks);
    if (lacks !== null) return;
    if (way === "shown") send();
    else setWay("asked");
  };
  const said = problem === "way-needed" ? null : sayProblem(problem);
  const of_ = mine.required.length;
  return (
    <div className="stack">
      <Title>{sign.title}</Title>
      {given.length > 0 ? <Banner tone="quiet">{`${sign.thanks} ${sign.nextOne}`}</Banner> : null}
      <section className="card stack">
        {of_ < 2 ? null : <p className="quiet">{sign.of(of_ - left.length + 1, of_)}</p>}
        <PartTitle key={given.length} takesFocus={given.length > 0}>
          {sign.as(wanted.as, of)}
        </PartTitle>
        <p>{sign.means(wanted.as, of)}</p>
        <p>{sign.counts}</p>
      </section>
      <OnScreen
        isAgreed={isOnScreen}
        isMissing={missing === "screen"}
        onAgreed={(isOn) => {
          setOnScreen(isOn);
          setMissing(null);
        }}
      />
      {props.isAllRead ? null : <Banner tone="quiet">{sign.notRead}</Banner>}
      {props.isAllRead && !props.isAllClear ? <Banner tone="quiet">{sign.notClear}</Banner> : null}
      <Ticks
        key={given.length}
        parts={partLines(item.version, reading).map(({ part }) => part)}
        language={reading.language}
        ticked={ticked}
        onTicked={setTicked}
      />
      <Select
        label={sign.explained}
        value={explained}
        options={[
          ["", sign.chooseExplained],
          ...EXPLAINED_WAYS.map((one) => [one, sign.explainedBy[one]] as const),
        ]}
        onChange={(next) => {
          setExplained(next);
          setMissing(null);
        }}
      />
      <Interpreter language={interpreter} onLanguage={setInterpreter} />
      {missing === "explained" ? <Banner>{sign.explainedMissing}</Banner> : null}
      {said === null ? null : <Banner>{said}</Banner>}
      <div className="turn">
        <Button onPress={props.onDone}>{sign.later}</Button>
        <Button tone="primary" disabled={busy} onPress={press}>
          {sign.go(wanted.as, of)}
        </Button>
      </div>
      {way === "asked" ? (
        <ShowWay
          actions={actions}
          factors={props.factors}
          onShown={() => {
            setWay("shown");
            send();
          }}
          onClose={() => setWay("not-shown")}
        />
      ) : null}
    </div>
  );
}

const nameOf = ({ version }: AgreementVersionView, { of }: RequiredSignature): string =>
  version.parties.find(({ person }) => person === of)?.name ?? "";

/** What has to be known before somebody signs electronically (15 U.S.C. 7001(c)), and that they agree to it. Nothing is ticked beforehand. */
function OnScreen(props: {
  readonly isAgreed: boolean;
  readonly isMissing: boolean;
  readonly onAgreed: (isAgreed: boolean) => void;
}) {
  const { screen } = useAgreementSign().sign;
  return (
    <section className="card stack-tight">
      <h2>{screen.title}</h2>
      <ul className="points">
        {screen.points.map((point) => (
          <li key={point}>{point}</li>
        ))}
      </ul>
      <Check label={screen.agree} checked={props.isAgreed} onChange={props.onAgreed} />
      {props.isMissing ? <Banner>{screen.missing}</Banner> : null}
    </section>
  );
}

/** Whether somebody else put it into another language, and into which. */
function Interpreter(props: {
  readonly language: string | null;
  readonly onLanguage: (language: string | null) => void;
}) {
  const { language, onLanguage } = props;
  const { sign } = useAgreementSign();
  return (
    <div>
      <Check
        label={sign.interpreter}
        checked={language !== null}
        onChange={(isOn) => onLanguage(isOn ? "" : null)}
      />
      {language === null ? null : (
        <TextField
          label={sign.interpreterLanguage}
          hint={sign.interpreterHint}
          value={language}
          onChange={onLanguage}
          charactersMax={30}
        />
      )}
    </div>
  );
}

function Ticks(props: {
  readonly parts: readonly AgreementPart[];
  readonly language: AgreementLanguage;
  readonly ticked: readonly AgreementPart[];
  readonly onTicked: (ticked: readonly AgreementPart[]) => void;
}) {
  const { onTicked, parts, ticked } = props;
  const { sign } = useAgreementSign();
  const check = (part: AgreementPart) => (
    <Check
      key={part}
      label={PART_NAMES[props.language][part]}
      checked={ticked.includes(part)}
      onChange={(isOn) => onTicked(parts.filter((one) => (one === part ? isOn : ticked.includes(one))))}
    />
  );
  const first = parts.filter((part) => KEY_PARTS.includes(part));
  const others = parts.filter((part) => !KEY_PARTS.includes(part));
  return (
    <fieldset className="group ticks">
      <legend className="legend">{sign.ticks}</legend>
      <div>{first.map(check)}</div>
      <details className="fold">
        <summary>{sign.moreTicks}</summary>
        {others.map(check)}
      </details>
    </fieldset>
  );
}

function Signed(props: {
  readonly item: AgreementVersionView;
  readonly mine: SignerView;
  readonly onDone: () => void;
}) {
  const { item, mine } = props;
  const { sign } = useAgreementSign();
  const others = item.signers.filter((one) => one.person !== mine.person && one.missing.length > 0);
  return (
    <div className="stack">
      <Title>{sign.thanks}</Title>
      <p role="status">
        {item.stage.kind === "in-force" || others.length === 0
          ? sign.inForce
          : sign.soon(others.map(({ name }) => name))}
      </p>
      <p>{sign.takeBack}</p>
      <div className="row">
        <Button tone="primary" onPress={props.onDone}>
          {sign.done}
        </Button>
      </div>
    </div>
  );
}
