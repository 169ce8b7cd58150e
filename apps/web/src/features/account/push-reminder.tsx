import type { Actions, ClientRefusal } from "@sotto/client";
import { useState } from "react";
import { Banner, Button } from "../../ui/parts.tsx";
import { useAttempt } from "../../ui/use-attempt.ts";
import { reminderWords } from "../../words/reminders.ts";
import { sayProblem, words } from "../../words/words.ts";
import { QuietHoursFields, quietAtFirst } from "./quiet-hours.tsx";

/** What of pushes this browser can; the page knows it, the client does not. */
export interface PushDevice {
  readonly canPush: () => boolean;
  /** Asks the browser; it may ask the person. Answers where messages for this device are taken. */
  readonly subscribe: (publicKey: string) => Promise<PushSubscribed>;
  readonly endpoint: () => Promise<string | null>;
  readonly unsubscribe: () => Promise<void>;
}

export type PushSubscribed =
  | { readonly kind: "done"; readonly value: string }
  | { readonly kind: "refused"; readonly refusal: "denied" | "failed" };

/** Reminds this very device. */
export function PushReminder(props: {
  readonly actions: Pick<Actions, "addPushReminder">;
  readonly device: PushDevice;
  readonly pushKey: string;
  readonly onDone: (channel: string) => void;
  readonly onCancel: () => void;
}) {
  const [quiet, setQuiet] = useState(quietAtFirst);
  const { attempt, busy, problem } = useAttempt<ClientRefusal | "denied" | "failed">();
  const { push } = reminderWords;
  const said = problem === "denied" || problem === "failed" ? push[problem] : sayProblem(problem);
  const add = () =>
    attempt(
      async () => {
        const subscribed = await props.device.subscribe(props.pushKey);
        if (subscribed.kind === "refused") return subscribed;
        return props.actions.addPushReminder({ endpoint: subscribed.value, quiet });
      },
      ({ channel }) => props.onDone(channel),
    );
  if (!props.device.canPush()) {
    return (
      <div className="stack">
        <p>{push.cannot}</p>
        <div className="row">
          <Button onPress={props.onCancel}>{words.act.back}</Button>
        </div>
      </div>
    );
  }
  return (
    <div className="stack">
      {said === null ? null : <Banner>{said}</Banner>}
      <p>{push.seen}</p>
      <p>{push.others}</p>
      <p>{reminderWords.insight}</p>
      <p>{push.advice}</p>
      <QuietHoursFields quiet={quiet} onChange={setQuiet} />
      <div className="row">
        <Button onPress={props.onCancel}>{words.act.cancel}</Button>
        <Button tone="primary" disabled={busy} onPress={add}>
          {push.on}
        </Button>
      </div>
    </div>
  );
}
