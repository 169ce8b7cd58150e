import type { Actions, ClientRefusal, ReminderView, RemindersView } from "@sotto/client";
import { Bell, CalendarDays, Mail } from "lucide-react";
import { useEffect, useState } from "react";
import { Banner, Button } from "../../ui/parts.tsx";
import { useAttempt } from "../../ui/use-attempt.ts";
import { reminderWords } from "../../words/reminders.ts";
import { sayProblem } from "../../words/words.ts";
import { CalendarReminder } from "./calendar-reminder.tsx";
import { MailReminder } from "./mail-reminder.tsx";
import { PushReminder, type PushDevice } from "./push-reminder.tsx";
import { ReminderCard } from "./reminder-card.tsx";

const WAYS = [
  { way: "push", Mark: Bell, words: "push" },
  { way: "mail", Mark: Mail, words: "byMail" },
  { way: "calendar", Mark: CalendarDays, words: "calendar" },
] as const;

type Way = (typeof WAYS)[number]["way"];

/** How somebody is reminded while they are away. Nothing is on until they switch it on, and each way first says what others could see. */
export function Reminders(props: {
  readonly actions: Pick<
    Actions,
    | "readReminders"
    | "startMailReminder"
    | "addMailReminder"
    | "addPushReminder"
    | "keepPushReminder"
    | "changeReminder"
    | "removeReminder"
    | "tryReminder"
  >;
  /** Null until the server was asked. */
  readonly reminders: RemindersView | null;
  readonly device: PushDevice;
  readonly onSave: (file: { readonly name: string; readonly text: string }) => void;
}) {
  const { actions, device, reminders } = props;
  const [way, setWay] = useState<Way | null>(null);
  const [hereChannel, setHere] = useState<string | null>(null);
  const { attempt, problem } = useAttempt<ClientRefusal>();
  useEffect(() => {
    attempt(() => actions.readReminders());
    findHere(actions, device).then(setHere, () => undefined);
  }, [actions, attempt, device]);
  const said = sayProblem(problem);
  const close = () => setWay(null);
  const nameOf = ({ address, channel, kind }: ReminderView): string => {
    if (kind === "mail") return address ?? reminderWords.mail;
    return channel === hereChannel ? reminderWords.thisDevice : reminderWords.otherDevice;
  };
  return (
    <section className="stack" aria-labelledby="reminders">
      <h2 id="reminders">{reminderWords.title}</h2>
      <p>{reminderWords.hint}</p>
      <p className="quiet">{reminderWords.when}</p>
      {said === null ? null : <Banner tone="quiet">{said}</Banner>}
      {reminders === null || reminders.channels.length === 0 ? null : (
        <ul className="plain-list">
          {reminders.channels.map((reminder) => (
            <ReminderCard
              key={reminder.channel}
              actions={actions}
              reminder={reminder}
              name={nameOf(reminder)}
              mayLink={reminders.link}
              onRemoved={() => {
                if (reminder.channel === hereChannel) void device.unsubscribe();
              }}
            />
          ))}
        </ul>
      )}
      <div className="row">
        {WAYS.map(({ Mark, words: of, way: each }) => (
          <Button key={each} expanded={way === each} onPress={() => setWay(way === each ? null : each)}>
            <Mark aria-hidden="true" size={20} />
            {reminderWords[of].add}
          </Button>
        ))}
      </div>
      {way === null ? null : (
        <div className="card stack">
          {way === "calendar" ? (
            <CalendarReminder onSave={props.onSave} onCancel={close} />
          ) : (
            <Switching
              actions={actions}
              device={device}
              reminders={reminders}
              way={way}
              onClose={close}
              onHere={setHere}
            />
          )}
        </div>
      )}
    </section>
  );
}

/** What is switched on here goes through the server, which must have been reached. */
function Switching(props: {
  readonly actions: Pick<Actions, "startMailReminder" | "addMailReminder" | "addPushReminder">;
  readonly device: PushDevice;
  readonly reminders: RemindersView | null;
  readonly way: "push" | "mail";
  readonly onClose: () => void;
  readonly onHere: (channel: string) => void;
}) {
  const { reminders, way } = props;
  if (reminders === null) return <p>{reminderWords.loading}</p>;
  if (way === "mail" && !reminders.mail) return <p>{reminderWords.byMail.off}</p>;
  return way === "mail" ? (
    <MailReminder
      actions={props.actions}
      mayLink={reminders.link}
      onDone={props.onClose}
      onCancel={props.onClose}
    />
  ) : (
    <PushReminder
      actions={props.actions}
      device={props.device}
      pushKey={reminders.pushKey}
      onDone={(channel) => {
        props.onHere(channel);
        props.onClose();
      }}
      onCancel={props.onClose}
    />
  );
}

/** Which of the channels this device is; null when none. */
async function findHere(
  actions: Pick<Actions, "keepPushReminder">,
  device: PushDevice,
): Promise<string | null> {
  const endpoint = await device.endpoint();
  if (endpoint === null) return null;
  const kept = await actions.keepPushReminder(endpoint);
  return kept.kind === "done" ? kept.value.channel : null;
}
