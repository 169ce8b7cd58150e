import { useState } from "react";
import { Button, Form, Select } from "../../ui/parts.tsx";
import { reminderWords } from "../../words/reminders.ts";
import { words } from "../../words/words.ts";
import { firstTime, makeCalendarFile } from "./calendar-file.ts";
import { TimeSelect } from "./quiet-hours.tsx";

const EVERY_DAY = "every";
const SIX_IN_THE_EVENING = 18 * 60;

/** The days of a week as people here say them, Monday first. The first of June 2026 is a Monday. */
const WEEKDAYS = [1, 2, 3, 4, 5, 6, 0].map(
  (weekday, index) =>
    [
      String(weekday),
      reminderWords.calendar.weekly(words.weekday(new Date(2026, 5, 1 + index).getTime())),
    ] as const,
);

/** A file for their own calendar. It is made on this device, and nobody hears of it. */
export function CalendarReminder(props: {
  readonly onSave: (file: { readonly name: string; readonly text: string }) => void;
  readonly onCancel: () => void;
}) {
  const [day, setDay] = useState(EVERY_DAY);
  const [minute, setMinute] = useState(SIX_IN_THE_EVENING);
  const [isSaved, setSaved] = useState(false);
  const { calendar } = reminderWords;
  const save = () => {
    const now = new Date();
    const weekday = day === EVERY_DAY ? null : Number(day);
    const text = makeCalendarFile({
      uid: crypto.randomUUID(),
      madeAt: now.getTime(),
      start: firstTime(now, { weekday, minute }),
      every: weekday === null ? "day" : "week",
      title: calendar.event,
      text: calendar.text,
    });
    props.onSave({ name: "sotto.ics", text });
    setSaved(true);
  };
  return (
    <Form onSubmit={save}>
      <p>{calendar.seen}</p>
      <p>{calendar.advice}</p>
      <div className="row">
        <Select
          label={calendar.day}
          value={day}
          options={[[EVERY_DAY, calendar.daily], ...WEEKDAYS]}
          onChange={setDay}
        />
        <TimeSelect label={calendar.time} minute={minute} onChange={setMinute} />
      </div>
      {isSaved ? (
        <div role="status" className="stack-tight">
          <p>{calendar.saved}</p>
          <p className="quiet">{calendar.undo}</p>
        </div>
      ) : null}
      <div className="row">
        <Button onPress={props.onCancel}>{isSaved ? words.act.back : words.act.cancel}</Button>
        <Button submit tone="primary">
          {calendar.save}
        </Button>
      </div>
    </Form>
  );
}
