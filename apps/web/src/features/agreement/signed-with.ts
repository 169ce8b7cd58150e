import type { DeviceClass, SignedWith } from "@sotto/domain";

/** A screen that is touched and whose shorter side is below this is a phone's, in pixels of CSS. */
const PHONE_SIDE_MAX = 600;

/** What of a window tells the class of its device. */
interface Looked {
  readonly matchMedia: (query: string) => { readonly matches: boolean };
  readonly screen: { readonly width: number; readonly height: number };
}

/** Which class of device it is: by whether a finger points, and how large the screen is. Nothing finer is looked at. */
export function deviceClass(looked: Looked): DeviceClass {
  const { screen } = looked;
  if (!looked.matchMedia("(pointer: coarse)").matches) return "computer";
  return Math.min(screen.width, screen.height) < PHONE_SIDE_MAX ? "phone" : "tablet";
}

/** With what somebody signs in this moment, for their therapists alone. */
export function signedWith(looked: Looked, now: Pick<Date, "getTimezoneOffset">): SignedWith {
  // A browser says how far UTC is ahead of the clock; people say how far the clock is ahead of UTC.
  const utcOffsetMinutes = 0 - Math.round(now.getTimezoneOffset());
  return { device: deviceClass(looked), utcOffsetMinutes };
}
