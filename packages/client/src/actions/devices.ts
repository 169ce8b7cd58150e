import type { Actions, Done } from "../client.ts";
import { DONE } from "../done.ts";
import type { Home } from "../home.ts";
import { unlocked } from "./unlocked.ts";

type DeviceActions = Pick<Actions, "endDevice" | "endOtherDevices" | "answerForDevice">;

/** What a person does about who is signed in as them. `home` answers null while locked. */
export function makeDeviceActions(home: () => Home | null): DeviceActions {
  return {
    endDevice: (device) => unlocked(home, (open) => end(open, device)),
    endOtherDevices: () =>
      unlocked(home, async (open) => {
        const ended = await open.call("endOtherSessions", { body: {} });
        if (ended.kind === "refused") return ended;
        for (const { device, isThis } of open.devices.list) {
          if (!isThis) await open.devices.answer(device, false);
        }
        return DONE;
      }),
    answerForDevice: ({ device, isMine }) =>
      unlocked(home, async (open) => {
        const ended = isMine ? DONE : await end(open, device);
        if (ended.kind === "refused") return ended;
        await open.devices.answer(device, isMine);
        return DONE;
      }),
  };
}

async function end({ call, devices }: Home, device: string): Promise<Done> {
  for (const session of devices.openOf(device)) {
    const ended = await call("endSession", { params: { session } });
    if (ended.kind === "refused") return ended;
  }
  return DONE;
}
