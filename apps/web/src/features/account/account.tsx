import type { Actions, ClientRefusal, FactorView, PreferencesView, SessionView } from "@sotto/client";
import { FileText, Fingerprint, MessageSquareText } from "lucide-react";
import { useState, type ComponentType, type ReactNode } from "react";
import { Ask } from "../../ui/ask.tsx";
import { Banner, Button, Title } from "../../ui/parts.tsx";
import { useAttempt } from "../../ui/use-attempt.ts";
import { sayProblem, words } from "../../words/words.ts";
import { UndoTime } from "./undo-time.tsx";

type Passphrase = { readonly name: string; readonly words: string };

interface ProveWordsProps {
  readonly made: Passphrase;
  readonly busy: boolean;
  readonly problem: string | null;
  readonly onBack: () => void;
  readonly onProved: () => void;
}

const MARKS = { passkey: Fingerprint, passphrase: MessageSquareText, recovery: FileText } as const;

const kindName = (kind: FactorView["kind"]) =>
  ({ passkey: words.factor.passkey, passphrase: words.factor.words, recovery: words.factor.sheet })[kind];

const nameOf = (factor: FactorView) =>
  factor.name === null ? kindName(factor.kind) : `${kindName(factor.kind)}: ${factor.name}`;

const usedText = ({ createdAt, lastUsedAt }: FactorView) =>
  lastUsedAt === null
    ? words.account.made(words.date(createdAt))
    : words.account.used(words.date(lastUsedAt));

/** The ways this person comes in. The last one cannot be removed. */
export function Account(props: {
  readonly actions: Pick<Actions, "addFactor" | "removeFactor" | "setUndoSeconds">;
  readonly preferences: PreferencesView;
  readonly makePassphrase: () => Promise<Passphrase>;
  /** Shows new words and asks for two of them back; another feature's. */
  readonly ProveWords: ComponentType<ProveWordsProps>;
  readonly session: SessionView;
  readonly factors: readonly FactorView[];
  readonly onNewSheet: () => void;
  readonly onDevices: () => void;
  readonly onStolen: () => void;
  /** What else belongs to an account. */
  readonly children: ReactNode;
}) {
  const [made, setMade] = useState<Passphrase | null>(null);
  const [removing, setRemoving] = useState<FactorView | null>(null);
  const { busy, problem, attempt } = useAttempt<ClientRefusal>();
  const said = sayProblem(problem);
  const addWords = () =>
    attempt(
      async () => ({ kind: "done", value: await props.makePassphrase() }) as const,
      (fresh) => setMade(fresh),
    );
  const keepWords = (fresh: Passphrase) =>
    attempt(
      () => props.actions.addFactor({ kind: "passphrase", ...fresh }),
      () => setMade(null),
    );
  const remove = (factor: FactorView) => {
    setRemoving(null);
    attempt(() => props.actions.removeFactor(factor.factor));
  };
  const { account } = words;
  // They count as a way in only when they are on paper.
  if (made !== null) {
    return (
      <div className="page door stack">
        <props.ProveWords
          made={made}
          busy={busy}
          problem={said}
          onBack={() => setMade(null)}
          onProved={() => keepWords(made)}
        />
      </div>
    );
  }
  return (
    <div className="page stack">
      <Title>{account.title}</Title>
      <p className="quiet">{account.signedInAs(props.session.displayName)}</p>
      {said === null ? null : <Banner>{said}</Banner>}
      <div>
        <h2>{words.devices.title}</h2>
        <p className="quiet">{words.devices.toListHint}</p>
      </div>
      <div className="row">
        <Button onPress={props.onDevices}>{words.devices.toList}</Button>
      </div>
      <div>
        <h2>{account.ways}</h2>
        <p className="quiet">{account.waysHint}</p>
      </div>
      <ul className="plain-list ways">
        {props.factors.map((factor) => (
          <FactorLine key={factor.factor} factor={factor} busy={busy} onRemove={() => setRemoving(factor)} />
        ))}
      </ul>
      <div className="row">
        <Button disabled={busy} onPress={() => attempt(() => props.actions.addFactor({ kind: "passkey" }))}>
          {account.addPasskey}
        </Button>
        <Button disabled={busy} onPress={addWords}>
          {account.addWords}
        </Button>
      </div>
      <h2>{account.sheet}</h2>
      <p>{props.session.sheetProved ? account.sheetProved : words.sheet.missing}</p>
      <div className="row">
        <Button tone={props.session.sheetProved ? "plain" : "primary"} onPress={props.onNewSheet}>
          {account.newSheet}
        </Button>
      </div>
      <h2>{words.loss.stolen}</h2>
      <p>{words.loss.stolenHint}</p>
      <div className="row">
        <Button onPress={props.onStolen}>{words.loss.stolenGo}</Button>
      </div>
      <UndoTime
        seconds={props.preferences.undoSeconds}
        onChoose={(seconds) => attempt(() => props.actions.setUndoSeconds(seconds))}
      />
      {props.children}
      <h2>{account.locking}</h2>
      <p>{account.lockHint}</p>
      {removing === null ? null : (
        <Ask
          title={account.removeTitle(nameOf(removing))}
          text={account.removeText}
          yes={words.act.remove}
          no={words.act.cancel}
          onYes={() => remove(removing)}
          onNo={() => setRemoving(null)}
        />
      )}
    </div>
  );
}

function FactorLine(props: {
  readonly factor: FactorView;
  readonly busy: boolean;
  readonly onRemove: () => void;
}) {
  const { factor } = props;
  const Mark = MARKS[factor.kind];
  return (
    <li className="card row">
      <Mark aria-hidden="true" />
      <span className="grow">
        <strong>{kindName(factor.kind)}</strong> {factor.name}
        <br />
        <span className="quiet">{usedText(factor)}</span>
      </span>
      <Button
        tone="plain"
        disabled={props.busy}
        label={`${words.act.remove}: ${nameOf(factor)}`}
        onPress={props.onRemove}
      >
        {words.act.remove}
      </Button>
    </li>
  );
}
