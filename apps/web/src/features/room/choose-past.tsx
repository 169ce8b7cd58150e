import type { HistoryChoice } from "@sotto/client";
import { useState } from "react";
import { Banner, Button, Form, RadioCards, Select } from "../../ui/parts.tsx";
import { words } from "../../words/words.ts";

type Extent = "nothing" | "some" | "all";

/**
 * What of the past somebody may read. Nothing, unless it is chosen: then it says whose words they would read, and that
 * everybody will see it.
 */
export function ChoosePast(props: {
  readonly name: string;
  /** The nearest first. */
  readonly choices: readonly HistoryChoice[];
  /** They are in the room already: choosing nothing would change nothing. */
  readonly isIn: boolean;
  readonly busy: boolean;
  readonly problem: string | null;
  readonly onChoose: (from: number | null) => void;
  readonly onCancel: () => void;
}) {
  const { choices, isIn, name } = props;
  const { past } = words;
  const [extent, setExtent] = useState<Extent>("nothing");
  const [from, setFrom] = useState(choices[0]?.from ?? 0);
  const widest = choices.at(-1);
  const chosen =
    extent === "nothing"
      ? undefined
      : extent === "all"
        ? widest
        : choices.find((choice) => choice.from === from);
  const all = [
    { value: "nothing", title: past.nothing, hint: past.nothingHint },
    { value: "some", title: past.some, hint: past.someHint },
    { value: "all", title: past.all, hint: past.allHint },
  ] as const;
  const options = choices.length > 1 ? all : all.filter(({ value }) => value !== "some");
  return (
    <Form onSubmit={() => props.onChoose(chosen?.from ?? null)}>
      {props.problem === null ? null : <Banner>{props.problem}</Banner>}
      {choices.length === 0 ? (
        <>
          <h3>{past.title(name)}</h3>
          <p>{past.empty}</p>
        </>
      ) : (
        <RadioCards legend={past.title(name)} value={extent} onChange={setExtent} options={options} />
      )}
      {extent === "some" ? (
        <Select
          label={past.from}
          hint={past.fromHint}
          value={String(from)}
          options={choices.map((choice) => [String(choice.from), past.moment(choice.at)] as const)}
          onChange={(value) => setFrom(Number(value))}
        />
      ) : null}
      <div role="status" className="stack-tight">
        {chosen === undefined ? (
          <p>{past.wouldReadNothing(name)}</p>
        ) : (
          <>
            <p>
              <strong>{past.wouldRead(name, chosen.messages, chosen.authors, chosen.at)}</strong>
            </p>
            {chosen.agreement.map(({ names, reason }) => (
              <p key={reason}>{past.agreement[reason](names)}</p>
            ))}
            <p>{chosen.agreement.length === 0 ? past.askThem : past.didTheyAgree}</p>
            <p>{past.seen}</p>
          </>
        )}
      </div>
      <div className="row">
        <Button onPress={props.onCancel}>{words.act.cancel}</Button>
        <Button submit tone="primary" disabled={props.busy || (isIn && chosen === undefined)}>
          {isIn ? past.letRead(name) : past.letIn(name)}
        </Button>
      </div>
    </Form>
  );
}
