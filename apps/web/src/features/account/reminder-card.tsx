import type { Actions, ClientRefusal, ReminderView } from "@sotto/client";
import { Bell, Mail } from "lucide-react";
import { useState } from "react";
import { Ask } from "../../ui/ask.tsx";
import { Banner, Button, Check, Form } from "../../ui/parts.tsx";
import { useAttempt } from "../../ui/use-attempt.ts";
import { reminderWords } from "../../words/reminders.ts";
import { sayProblem, words } from "../../words/words.ts";
import { QuietHoursFields, sayQuiet } from "./quiet-hours.tsx";

const MARKS = { mail: Mail, push: Bell } as const;

/** One reminder that is on: tried, changed, or taken away. */
export function ReminderCard(props: {
  readonly actions: Pick<Actions, "changeReminder" | "removeReminder" | "tryReminder">;
  readonly reminder: ReminderView;
  readonly name: string;
  readonly mayLink: boolean;
  readonly onRemoved: () => void;
}) {
  const { actions, name, reminder } = props;
  const [state, setState] = useState<"shown" | "tested" | "changing" | "removing">("shown");
  const { attempt, busy, problem } = useAttempt<ClientRefusal>();
  const said = sayProblem(problem);
  const Mark = MARKS[reminder.kind];
  const remove = () => {
    setState("shown");
    attempt(
      () => actions.removeReminder(reminder.channel),
      () => props.onRemoved(),
    );
  };
  const test = () => {
    setState("shown");
    attempt(
      () => actions.tryReminder(reminder.channel),
      () => setState("tested"),
    );
  };
  return (
    <li className="card stack">
      <div className="row">
        <Mark aria-hidden="true" />
        <span className="grow">
          <strong className="anywhere">{name}</strong>
          <br />
          <span className="quiet">
            {sayQuiet(reminder.quiet)}. {reminderWords.since(words.date(reminder.createdAt))}.
          </span>
        </span>
      </div>
      {reminder.state === "paused" ? <Banner tone="quiet">{reminderWords.paused}</Banner> : null}
      {said === null ? null : <Banner>{said}</Banner>}
      {state === "tested" ? <p role="status">{reminderWords.tested}</p> : null}
      {state === "changing" ? (
        <Changing
          reminder={reminder}
          mayLink={props.mayLink}
          busy={busy}
          onCancel={() => setState("shown")}
          onSave={(wish) =>
            attempt(
              () => actions.changeReminder({ channel: reminder.channel, ...wish }),
              () => setState("shown"),
            )
          }
        />
      ) : (
        <div className="row">
          <Button disabled={busy} label={reminderWords.testName(name)} onPress={test}>
            {reminderWords.test}
          </Button>
          <Button
            tone="plain"
            disabled={busy}
            label={reminderWords.changeName(name)}
            onPress={() => setState("changing")}
          >
            {reminderWords.change}
          </Button>
          <Button
            tone="plain"
            disabled={busy}
            label={reminderWords.removeName(name)}
            onPress={() => setState("removing")}
          >
            {words.act.remove}
          </Button>
        </div>
      )}
      {state === "removing" ? (
        <Ask
          title={reminderWords.removeTitle(name)}
          text={reminderWords.removeText}
          yes={words.act.remove}
          no={words.act.cancel}
          onYes={remove}
          onNo={() => setState("shown")}
        />
      ) : null}
    </li>
  );
}

function Changing(props: {
  readonly reminder: ReminderView;
  readonly mayLink: boolean;
  readonly busy: boolean;
  readonly onCancel: () => void;
  readonly onSave: (wish: Pick<ReminderView, "quiet" | "withLink">) => void;
}) {
  const [quiet, setQuiet] = useState(props.reminder.quiet);
  const [withLink, setLink] = useState(props.reminder.withLink);
  return (
    <Form onSubmit={() => props.onSave({ quiet, withLink })}>
      <QuietHoursFields quiet={quiet} onChange={setQuiet} />
      {props.reminder.kind === "mail" && props.mayLink ? (
        <div className="stack-tight">
          <Check label={reminderWords.byMail.link} checked={withLink} onChange={setLink} />
          <p className="quiet">{reminderWords.byMail.linkHint}</p>
        </div>
      ) : null}
      <div className="row">
        <Button onPress={props.onCancel}>{words.act.cancel}</Button>
        <Button submit tone="primary" disabled={props.busy}>
          {words.act.save}
        </Button>
      </div>
    </Form>
  );
}
