import { callProduct, spokenLanguage, words } from "../words/words.ts";

/** Under which name and picture the app stands on this device: chosen by its person, kept here, told to nobody. */
const KEY = "look";

export const LOOKS = ["sotto", "notes", "calendar", "weather"] as const;
export type Look = (typeof LOOKS)[number];

let look = LOOKS.find((name) => name === localStorage.getItem(KEY)) ?? "sotto";

/** The names in the manifests are those of `words.looks`. */
const manifestOf = (): string => (spokenLanguage() === "es" && look !== "sotto" ? "es" : "manifest");

/** Gives the page that name and picture. There are no such links in it as it is served: a browser that installs it has seen one name only. */
export function applyLook(): void {
  const folder = look === "sotto" ? "" : `/looks/${look}`;
  for (const [rel, file] of [
    ["icon", "icon.svg"],
    ["apple-touch-icon", "apple-touch-icon.png"],
    ["manifest", `${manifestOf()}.webmanifest`],
  ] as const) {
    const old = document.head.querySelector(`link[rel="${rel}"]`);
    const link = document.createElement("link");
    link.rel = rel;
    link.href = `${folder}/${file}`;
    if (old === null) document.head.append(link);
    else old.replaceWith(link);
  }
  document.documentElement.dataset["look"] = look;
  document.title = words.looks[look];
  callProduct(words.looks[look]);
}

export function currentLook(): Look {
  return look;
}

export function chooseLook(chosen: Look): void {
  look = chosen;
  if (chosen === "sotto") localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, chosen);
  applyLook();
}
