import type { Actions, ClientRefusal, DeviceView } from "@sotto/client";
import { MonitorSmartphone } from "lucide-react";
import { useState, type ReactNode } from "react";
import { Ask } from "../../ui/ask.tsx";
import { Banner, Button, Title } from "../../ui/parts.tsx";
import { useAttempt } from "../../ui/use-attempt.ts";
import { useNow } from "../../ui/use-now.ts";
import { sayProblem, words } from "../../words/words.ts";
import { deviceName } from "./device-name.ts";

const wayName = ({ factor }: DeviceView): string => {
  if (factor === null) return words.devices.wayGone;
  const kind = {
    passkey: words.factor.passkey,
    passphrase: words.factor.words,
    recovery: words.factor.sheet,
  }[factor.kind];
  return factor.name === null ? kind : `${kind}, ${factor.name}`;
};

/** Every device that is in as this person, and who was here lately. */
export function Devices(props: {
  readonly actions: Pick<Actions, "endDevice" | "endOtherDevices">;
  readonly devices: readonly DeviceView[];
  /** What can be chosen for this device, below the list. */
  readonly children: ReactNode;
}) {
  const [isAsking, setAsking] = useState(false);
  const { busy, problem, attempt } = useAttempt<ClientRefusal>();
  const said = sayProblem(problem);
  const { devices } = words;
  const open = props.devices.filter(({ isOpen, isThis }) => isOpen || isThis);
  const over = props.devices.filter((device) => !open.includes(device));
  const line = (device: DeviceView) => (
    <DeviceLine
      key={device.device}
      device={device}
      busy={busy}
      onEnd={() => attempt(() => props.actions.endDevice(device.device))}
    />
  );
  return (
    <div className="page stack">
      <Title>{devices.title}</Title>
      <p className="quiet">{devices.hint}</p>
      {said === null ? null : <Banner>{said}</Banner>}
      {open.length === 0 ? <p>{words.starting}</p> : <ul className="plain-list">{open.map(line)}</ul>}
      {open.some(({ isThis }) => !isThis) ? (
        <div className="row">
          <Button tone="danger" disabled={busy} onPress={() => setAsking(true)}>
            {devices.signOutAll}
          </Button>
        </div>
      ) : null}
      {over.length === 0 ? null : (
        <details className="fold">
          <summary>{devices.lately(over.length)}</summary>
          <ul className="plain-list">{over.map(line)}</ul>
        </details>
      )}
      {props.children}
      {isAsking ? (
        <Ask
          title={devices.signOutAllTitle}
          text={devices.signOutAllText}
          yes={devices.signOutAll}
          no={words.act.cancel}
          onYes={() => {
            setAsking(false);
            attempt(() => props.actions.endOtherDevices());
          }}
          onNo={() => setAsking(false)}
        />
      ) : null}
    </div>
  );
}

function DeviceLine(props: {
  readonly device: DeviceView;
  readonly busy: boolean;
  readonly onEnd: () => void;
}) {
  const { device } = props;
  const { devices } = words;
  const now = useNow();
  const name = deviceName(device);
  return (
    <li className="card row">
      <MonitorSmartphone aria-hidden="true" />
      <span className="grow">
        <strong>{name}</strong>{" "}
        {device.isThis ? (
          <span className="tag" data-tone="good">
            {devices.thisOne}
          </span>
        ) : device.isNew ? (
          <span className="tag">{devices.isNew}</span>
        ) : null}
        <br />
        <span className="quiet">
          {devices.seen(words.when(device.firstAt, now), words.when(device.lastAt, now))}
          <br />
          {devices.cameBy(wayName(device))}
        </span>
      </span>
      {device.isThis ? null : device.isOpen ? (
        <Button disabled={props.busy} label={devices.signOutName(name)} onPress={props.onEnd}>
          {devices.signOut}
        </Button>
      ) : (
        <span className="quiet">{devices.over}</span>
      )}
    </li>
  );
}
