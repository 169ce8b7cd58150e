import type { DeviceView, Ports } from "@sotto/client";

type Browser = NonNullable<DeviceView["browser"]>;
type System = NonNullable<DeviceView["system"]>;

// In this order: browsers name in passing those that they want to be taken for.
const BROWSERS: readonly (readonly [RegExp, Browser])[] = [
  [/\bEdg(?:e|A|iOS)?\//, "edge"],
  [/\bOPR\/|\bOPT\//, "opera"],
  [/\bSamsungBrowser\//, "samsung"],
  [/\bFirefox\/|\bFxiOS\//, "firefox"],
  [/Chrome\/|\bCriOS\/|\bChromium\//, "chrome"],
  [/\bSafari\//, "safari"],
];
const SYSTEMS: readonly (readonly [RegExp, System])[] = [
  [/\biPad\b/, "ipados"],
  [/\biPhone\b|\biPod\b/, "ios"],
  [/\bAndroid\b/, "android"],
  [/\bCrOS\b/, "chromeos"],
  [/\bWindows\b/, "windows"],
  [/\bMacintosh\b|\bMac OS\b/, "macos"],
  [/\bLinux\b|\bX11\b/, "linux"],
];

const firstOf = <Name>(text: string, table: readonly (readonly [RegExp, Name])[]): Name | null =>
  table.find(([sign]) => sign.test(text))?.[1] ?? null;

/** The family of browser and system that a user agent names: no version, nothing finer. */
export function readUserAgent(userAgent: string): { readonly browser: Browser; readonly system: System } {
  return {
    browser: firstOf(userAgent, BROWSERS) ?? "unknown",
    system: firstOf(userAgent, SYSTEMS) ?? "unknown",
  };
}

const ZONE_LETTERS_MAX = 64;

/** What this device says of itself to its person's other devices. It is sealed before it leaves. */
export const describeDevice: Ports["describe"] = () => {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  // Names of zones are ASCII; a longer one is of none that we know.
  return {
    ...readUserAgent(navigator.userAgent),
    timeZone: /^[ -~]*$/.test(timeZone) && timeZone.length <= ZONE_LETTERS_MAX ? timeZone : "",
  };
};
