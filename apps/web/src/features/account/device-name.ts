import type { DeviceView } from "@sotto/client";
import { words } from "../../words/words.ts";

/** What a device is, in words, with the place it guesses for itself. */
export function deviceName({ browser, place, system }: DeviceView): string {
  if (browser === null) return words.devices.silent;
  const what = words.devices.on(words.browsers[browser], system === null ? null : words.systems[system]);
  return place === null ? what : `${what}, ${words.devices.around(place)}`;
}
