import type { Actions, ClientRefusal } from "@sotto/client";
import { useState } from "react";
import { Ask } from "../../ui/ask.tsx";
import { Banner, Button, Form, RadioCards, TextField } from "../../ui/parts.tsx";
import { useAttempt } from "../../ui/use-attempt.ts";
import { sayProblem, words } from "../../words/words.ts";

type Look = keyof typeof words.disguise.hints;

/** What can be chosen for this device alone: where leaving leads, how the app shows itself here, and forgetting. */
export function ThisDevice(props: {
  readonly actions: Pick<Actions, "forgetDevice">;
  /** Then there is nothing to choose here. */
  readonly keepsNothing: boolean;
  readonly away: string;
  /** False when this is no address of a page. */
  readonly onAway: (address: string) => boolean;
  readonly onLeave: () => void;
  readonly look: Look;
  readonly lookNames: Readonly<Record<Look, string>>;
  readonly onLook: (look: Look) => void;
  readonly onForgotten: () => Promise<void>;
}) {
  return (
    <>
      {props.keepsNothing ? null : (
        <>
          <Exit away={props.away} onAway={props.onAway} onLeave={props.onLeave} />
          <Disguise look={props.look} names={props.lookNames} onLook={props.onLook} />
        </>
      )}
      <Forget actions={props.actions} onForgotten={props.onForgotten} />
    </>
  );
}

function Exit(props: {
  readonly away: string;
  readonly onAway: (address: string) => boolean;
  readonly onLeave: () => void;
}) {
  const [address, setAddress] = useState(props.away);
  const [outcome, setOutcome] = useState<"saved" | "wrong" | null>(null);
  const { exit } = words;
  return (
    <>
      <h2>{exit.title}</h2>
      <p>{exit.hint}</p>
      <Form onSubmit={() => setOutcome(props.onAway(address) ? "saved" : "wrong")}>
        <TextField
          kind="code"
          label={exit.where}
          hint={exit.whereHint}
          value={address}
          onChange={(typed) => {
            setAddress(typed);
            setOutcome(null);
          }}
        />
        {outcome === null ? null : (
          <Banner tone={outcome === "saved" ? "quiet" : "calm"}>{exit[outcome]}</Banner>
        )}
        <div className="row">
          <Button submit>{exit.save}</Button>
          <Button tone="plain" onPress={props.onLeave}>
            {exit.tryIt}
          </Button>
        </div>
      </Form>
    </>
  );
}

const LOOKS = ["sotto", "notes", "calendar", "weather"] as const satisfies readonly Look[];

function Disguise(props: {
  readonly look: Look;
  readonly names: Readonly<Record<Look, string>>;
  readonly onLook: (look: Look) => void;
}) {
  const { disguise } = words;
  return (
    <>
      <h2>{disguise.title}</h2>
      <p>{disguise.hint}</p>
      <p>{disguise.first}</p>
      <RadioCards
        legend={disguise.legend}
        value={props.look}
        onChange={props.onLook}
        options={LOOKS.map((look) => ({
          value: look,
          title: props.names[look],
          hint: disguise.hints[look],
        }))}
      />
      <p className="quiet">{disguise.honest}</p>
    </>
  );
}

function Forget(props: {
  readonly actions: Pick<Actions, "forgetDevice">;
  readonly onForgotten: () => Promise<void>;
}) {
  const [isAsking, setAsking] = useState(false);
  const { busy, problem, attempt } = useAttempt<ClientRefusal>();
  const said = sayProblem(problem);
  const { forget } = words;
  const go = () => {
    setAsking(false);
    attempt(async () => {
      const forgotten = await props.actions.forgetDevice();
      await props.onForgotten();
      return forgotten;
    });
  };
  return (
    <>
      <h2>{forget.title}</h2>
      <p>{forget.hint}</p>
      {said === null ? null : <Banner>{said}</Banner>}
      <div className="row">
        <Button tone="danger" disabled={busy} onPress={() => setAsking(true)}>
          {forget.go}
        </Button>
      </div>
      {isAsking ? (
        <Ask
          title={forget.askTitle}
          text={forget.ask}
          yes={forget.go}
          no={words.act.cancel}
          onYes={go}
          onNo={() => setAsking(false)}
        />
      ) : null}
    </>
  );
}
