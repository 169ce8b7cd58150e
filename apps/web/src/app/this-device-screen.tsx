import { useState } from "react";
import { ThisDevice } from "../features/account/this-device.tsx";
import { chooseLook, currentLook, LOOK_NAMES } from "../platform/app-look.ts";
import { forgetPage } from "../platform/forget-page.ts";
import { awayAddress, leaveEverywhere, setAwayAddress } from "../platform/leave-page.ts";
import { parseAway } from "../platform/parse-away.ts";
import { actions } from "./link.ts";

/** What can be chosen for this device. Nothing of it is told to anybody. */
export function ForThisDevice(props: { readonly keepsNothing: boolean }) {
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
      lookNames={LOOK_NAMES}
      onLook={chooseLook}
      onForgotten={forgetPage}
    />
  );
}
