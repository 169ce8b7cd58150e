import type { Actions, ClientRefusal, DeviceView } from "@sotto/client";
import { useState } from "react";
import { Banner, Button } from "../../ui/parts.tsx";
import { useAttempt } from "../../ui/use-attempt.ts";
import { useNow } from "../../ui/use-now.ts";
import { sayProblem, words } from "../../words/words.ts";
import { deviceName } from "./device-name.ts";

/** Asks about each device that came in and that this one has not met. After a no it says what to do next. */
export function SignInAlert(props: {
  readonly actions: Pick<Actions, "answerForDevice">;
  readonly devices: readonly DeviceView[];
  readonly onWays: () => void;
}) {
  const [isEnded, setEnded] = useState(false);
  const { busy, problem, attempt } = useAttempt<ClientRefusal>();
  const now = useNow();
  const said = sayProblem(problem);
  const { devices } = words;
  const answer = (device: DeviceView, isMine: boolean) =>
    attempt(
      () => props.actions.answerForDevice({ device: device.device, isMine }),
      () => {
        if (!isMine) setEnded(true);
      },
    );
  const fresh = props.devices.filter(({ isNew }) => isNew);
  return (
    <>
      {fresh.map((device) => (
        <Banner key={device.device} tone="alarm">
          <div className="stack-tight">
            <p>{devices.alert(deviceName(device), words.when(device.cameAt, now))}</p>
            {said === null ? null : <p>{said}</p>}
            <div className="row">
              <Button disabled={busy} onPress={() => answer(device, true)}>
                {devices.yes}
              </Button>
              <Button tone="danger" disabled={busy} onPress={() => answer(device, false)}>
                {devices.no}
              </Button>
            </div>
          </div>
        </Banner>
      ))}
      {isEnded ? (
        <Banner tone="alarm">
          <div className="stack-tight">
            <strong>{devices.nextTitle}</strong>
            <p>{devices.next}</p>
            <p>{devices.nextWho}</p>
            <div className="row">
              <Button
                tone="primary"
                onPress={() => {
                  setEnded(false);
                  props.onWays();
                }}
              >
                {devices.toWays}
              </Button>
              <Button onPress={() => setEnded(false)}>{devices.done}</Button>
            </div>
          </div>
        </Banner>
      ) : null}
    </>
  );
}
