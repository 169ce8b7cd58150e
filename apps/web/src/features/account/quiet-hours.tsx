import { QUIET_AT_FIRST, type QuietHours } from "@sotto/domain";
import { Check, Select } from "../../ui/parts.tsx";
import { reminderWords } from "../../words/reminders.ts";
import { words } from "../../words/words.ts";

const STEP_MINUTES = 30;
const STEPS = (24 * 60) / STEP_MINUTES;

/** The clock of this device. */
const zoneHere = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** What a new reminder begins with. */
export const quietAtFirst = (): QuietHours => ({ ...QUIET_AT_FIRST, zone: zoneHere() });

/** A minute of the day as people say it. */
export const timeOfDay = (minute: number): string => words.clock(new Date(2026, 0, 1, 0, minute).getTime());

export const sayQuiet = ({ from, until }: QuietHours): string =>
  from === until ? reminderWords.noQuiet : reminderWords.quietFromTo(timeOfDay(from), timeOfDay(until));

const isMinute = (value: number): boolean => value % STEP_MINUTES === 0;

/** Every half hour of a day, and the minute that is chosen, should it lie between. */
function optionsWith(chosen: number): readonly (readonly [string, string])[] {
  const minutes = Array.from({ length: STEPS }, (_, step) => step * STEP_MINUTES);
  const all = isMinute(chosen) ? minutes : [...minutes, chosen].toSorted((a, b) => a - b);
  return all.map((minute) => [String(minute), timeOfDay(minute)]);
}

export function TimeSelect(props: {
  readonly label: string;
  readonly minute: number;
  readonly onChange: (minute: number) => void;
}) {
  return (
    <Select
      label={props.label}
      value={String(props.minute)}
      options={optionsWith(props.minute)}
      onChange={(value) => props.onChange(Number(value))}
    />
  );
}

/** When nothing may ring or light up. */
export function QuietHoursFields(props: {
  readonly quiet: QuietHours;
  readonly onChange: (quiet: QuietHours) => void;
}) {
  const { quiet } = props;
  const isOn = quiet.from !== quiet.until;
  const change = (part: Partial<QuietHours>) => props.onChange({ ...quiet, ...part, zone: zoneHere() });
  return (
    <div className="stack-tight">
      <Check
        label={reminderWords.quiet}
        checked={isOn}
        onChange={(checked) => change(checked ? QUIET_AT_FIRST : { from: 0, until: 0 })}
      />
      {isOn ? (
        <>
          <p className="quiet">{reminderWords.quietHint}</p>
          <div className="row">
            <TimeSelect
              label={reminderWords.from}
              minute={quiet.from}
              onChange={(from) => change({ from })}
            />
            <TimeSelect
              label={reminderWords.until}
              minute={quiet.until}
              onChange={(until) => change({ until })}
            />
          </div>
        </>
      ) : null}
    </div>
  );
}
