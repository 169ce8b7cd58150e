import { callProduct } from "../words/words.ts";
import { isAway } from "./leave-page.ts";

/** Under which name and picture the app stands on this device: chosen by its person, kept here, told to nobody. Applied before anything is drawn. */
const KEY = "look";

export const LOOKS = ["sotto", "notes", "calendar", "weather"] as const;
export type Look = (typeof LOOKS)[number];

/** As in the manifests; a journey compares them. */
export const LOOK_NAMES: Readonly<Record<Look, string>> = {
  sotto: "Sotto",
  notes: "Notes",
  calendar: "Calendar",
  weather: "Weather",
};

let look = LOOKS.find((name) => name === localStorage.getItem(KEY)) ?? "sotto";

const LINKS: readonly { readonly rel: string; readonly file: string }[] = [
  { rel: "icon", file: "icon.svg" },
  { rel: "apple-touch-icon", file: "apple-touch-icon.png" },
  { rel: "manifest", file: "manifest.webmanifest" },
];

// There are no such links in the page as it is served: a browser that installs it has seen one name only.
function apply(): void {
  const folder = look === "sotto" ? "" : `/looks/${look}`;
  for (const { file, rel } of LINKS) {
    const old = document.head.querySelector(`link[rel="${rel}"]`);
    const link = document.createElement("link");
    link.rel = rel;
    link.href = `${folder}/${file}`;
    if (old === null) document.head.append(link);
    else old.replaceWith(link);
  }
  document.documentElement.dataset["look"] = look;
  document.title = LOOK_NAMES[look];
  callProduct(LOOK_NAMES[look]);
}

export function currentLook(): Look {
  return look;
}

export function chooseLook(chosen: Look): void {
  look = chosen;
  if (chosen === "sotto") localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, chosen);
  apply();
}

if (!isAway) apply();
