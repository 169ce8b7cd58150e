import type { DeviceView, SessionView } from "@sotto/client";
import { useState } from "react";
import { Devices } from "../features/account/devices.tsx";
import { ThisDevice } from "../features/account/this-device.tsx";
import { chooseLook, currentLook } from "../platform/app-look.ts";
import { forgetPage } from "../platform/forget-page.ts";
import { awayAddress, leaveEverywhere, setAwayAddress } from "../platform/leave-page.ts";
import { parseAway } from "../platform/parse-away.ts";
import { words } from "../words/words.ts";
import { actions } from "./link.ts";

export function DevicesScreen(props: {
  readonly devices: readonly DeviceView[];
  readonly session: SessionView;
}) {
  const { joining, keepsNothing, online } = props.session;
  // This device at least is in the list as soon as the server was asked: what stands below would move then.
  const isComing = props.devices.length === 0 && (joining || online);
  if (isComing) return <p className="page">{words.starting}</p>;
  return (
    <Devices actions={actions} devices={props.devices}>
      <ForThisDevice keepsNothing={keepsNothing} />
    </Devices>
  );
}

/** What can be chosen for this device. Nothing of it is told to anybody. */
function ForThisDevice(props: { readonly keepsNothing: boolean }) {
  const [away, setAway] = useState(awayAddress);
  return (
    <ThisDevice
      actions={actions}
      keepsNothing={props.keepsNothing}
      away={away}
      onAway={(typed) => {
        const address = typed.trim() === "" ? "" : parseAway(typed, location.origin);
        if (address === null) return false;
        setAwayAddress(address);
        setAway(address);
        return true;
      }}
      onLeave={leaveEverywhere}
      look={currentLook()}
      lookNames={words.looks}
      onLook={chooseLook}
      onForgotten={forgetPage}
    />
  );
}
