import { speak, type Language } from "../words/words.ts";
import { keepLanguage, keptLanguage } from "./kept-language.ts";

async function say(language: Language): Promise<void> {
  await speak(language);
  document.documentElement.lang = language;
}

/** Speaks the language of this device before anything is drawn: English where its words do not come. */
export const startLanguage = (): Promise<void> => say(keptLanguage()).catch(() => undefined);

/** Speaks another language at once. `isKept`: from the next start on too. Throws when its words do not come. */
export async function chooseLanguage(language: Language, isKept: boolean): Promise<void> {
  await say(language);
  if (isKept) keepLanguage(language);
}
