import { MESSAGE_CHANNELS } from "@sotto/domain";
import type { ChangeChoice, ChannelChoice, MessageChannel, MessagesChoice } from "@sotto/domain";
import { useState } from "react";
import { Check, TextField } from "../../ui/parts.tsx";
import { agreementCompose as said } from "../../words/agreement-compose.ts";
import type { Editing } from "./editing.ts";
import { sentenceOf } from "./editing.ts";
import { NumberField, OptionalNumber } from "./fields.tsx";

const LINE_CHARACTERS = 200;

/** How to reach the therapist, how fast an answer comes, and whom to call when it cannot wait. */
export function MessagesPart(props: Editing & { readonly messages: MessagesChoice }) {
  const { choose, messages } = props;
  const take = (next: Partial<MessagesChoice>) => choose({ messages: { ...messages, ...next } });
  const use = (channel: MessageChannel, choice: ChannelChoice | null) =>
    take({
      channels: MESSAGE_CHANNELS.flatMap((one) => {
        if (one === channel) return choice === null ? [] : [choice];
        return messages.channels.filter((known) => known.channel === one);
      }),
    });
  return (
    <>
      <fieldset className="group group-tight">
        <legend className="legend">{said.messages.channels}</legend>
        {MESSAGE_CHANNELS.map((channel) => {
          const chosen = messages.channels.find((one) => one.channel === channel);
          return (
            <div key={channel}>
              <Check
                label={said.channels[channel]}
                checked={chosen !== undefined}
                onChange={(isIn) => use(channel, isIn ? { channel, answerHours: null } : null)}
              />
              {chosen === undefined ? null : (
                <div className="compose-under">
                  <OptionalNumber
                    label={said.messages.hours(said.channels[channel])}
                    hint={said.messages.hoursHint}
                    value={chosen.answerHours}
                    onChange={(answerHours) => use(channel, { channel, answerHours })}
                  />
                </div>
              )}
            </div>
          );
        })}
      </fieldset>
      <CrisisLine line={messages.crisisLine} onChange={(crisisLine) => take({ crisisLine })} />
    </>
  );
}

/** A name and a number. With one of the two it is none. */
function CrisisLine(props: {
  readonly line: MessagesChoice["crisisLine"];
  readonly onChange: (line: MessagesChoice["crisisLine"]) => void;
}) {
  const [name, setName] = useState(props.line?.name ?? "");
  const [number, setNumber] = useState(props.line?.number ?? "");
  const type = (next: { readonly name: string; readonly number: string }) => {
    setName(next.name);
    setNumber(next.number);
    const line = { name: next.name.trim(), number: next.number.trim() };
    props.onChange(line.name === "" || line.number === "" ? null : line);
  };
  return (
    <fieldset className="group group-tight">
      <legend className="legend">{said.messages.crisis}</legend>
      <TextField
        label={said.messages.name}
        charactersMax={LINE_CHARACTERS}
        value={name}
        onChange={(text) => type({ name: text, number })}
      />
      <TextField
        label={said.messages.number}
        hint={said.messages.crisisHint}
        kind="code"
        charactersMax={LINE_CHARACTERS}
        value={number}
        onChange={(text) => type({ name, number: text })}
      />
    </fieldset>
  );
}

const ALWAYS = ["change.everyone-signs", "change.not-backwards", "change.withdraw"] as const;

/** When it is talked about again. How it changes is no choice. */
export function ChangePart(props: Editing & { readonly review: ChangeChoice }) {
  const { review: change, choose } = props;
  return (
    <>
      <NumberField
        label={said.change.checkIn}
        value={change.checkInMonths}
        onChange={(checkInMonths) => choose({ change: { ...change, checkInMonths } })}
      />
      <NumberField
        label={said.change.review}
        value={change.reviewMonths}
        onChange={(reviewMonths) => choose({ change: { ...change, reviewMonths } })}
      />
      <div className="stack-tight">
        <h4>{said.change.always}</h4>
        <ul>
          {ALWAYS.map((code) => (
            <li key={code}>{sentenceOf(props, code)}</li>
          ))}
        </ul>
      </div>
    </>
  );
}
