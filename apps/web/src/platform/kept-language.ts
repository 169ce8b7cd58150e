import type { Language } from "../words/words.ts";

/** Which language was chosen for this device: kept here, told to nobody. Apart from what loads its words, for the pages that are not the app. */
const KEY = "language";

/** The chosen language, or else the first of this browser's that there is. */
export function keptLanguage(): Language {
  const first = [localStorage.getItem(KEY), ...navigator.languages].find((one) =>
    /^(en|es)\b/.test(one ?? ""),
  );
  return first?.startsWith("es") === true ? "es" : "en";
}

export function keepLanguage(language: Language): void {
  localStorage.setItem(KEY, language);
}
