import type { Alarm, Client } from "@sotto/client";
import type { RoomId } from "@sotto/domain";
import { IN_VAIN_MS, seen, valueOf, type House, type Someone, anotherDevice } from "./clients.ts";
import type { Device } from "./node-ports.ts";

/** Another browser of somebody, on a device that a story may meddle with before it signs in. */
export async function signInMeddled<Who extends Someone>(
  house: House,
  someone: Who,
  prepare: (device: Device) => void,
): Promise<Who> {
  const device = anotherDevice(house, someone);
  prepare(device);
  const client = await house.open(device);
  valueOf(await client.actions.signIn(someone.way));
  return { ...someone, device, client };
}

/** The device leaves the network and comes back, which makes its client catch up. */
export async function reconnect({ client, device }: Pick<Someone, "client" | "device">): Promise<void> {
  device.cut();
  await seen(client, "session", (session) => !session.online);
  device.mend();
  await seen(client, "session", (session) => session.online);
}

/** Somebody writes, the server has it, and their device loses the network before it hears so. It stays without until it is mended. */
export async function writeUnheard(
  { client, device }: Pick<Someone, "client" | "device">,
  wish: { readonly room: RoomId; readonly text: string },
): Promise<void> {
  const stored = new Promise<void>((resolve) => {
    device.meddle(/\/frames$/, async (ask) => {
      device.mishear(() => []);
      device.cut();
      const answer = await ask();
      resolve();
      return answer;
    });
  });
  valueOf(await client.actions.send(wish));
  await stored;
  await seen(client, "session", (session) => !session.online);
  device.meddle(/\/frames$/, null);
  device.mishear(null);
}

export function untilAlarm(client: Client, kind: Alarm["kind"]): Promise<readonly Alarm[]> {
  return seen(client, "alarms", (alarms) => alarms.some((alarm) => alarm.kind === kind));
}

/** Requests are not shown by any view: the device's own list is looked at until it says so. */
export async function untilAsked(
  device: Device,
  holds: (asked: readonly string[]) => boolean,
): Promise<void> {
  const from = Date.now();
  while (!holds(device.asked)) {
    if (Date.now() - from > IN_VAIN_MS)
      throw new Error(`in vain; the last requests: ${device.asked.slice(-20).join(", ")}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
