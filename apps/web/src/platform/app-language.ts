import { speak, type Language } from "../words/words.ts";
import { applyLook } from "./app-look.ts";
import { keepLanguage, keptLanguage } from "./kept-language.ts";

async function say(language: Language): Promise<void> {
  await speak(language);
  document.documentElement.lang = language;
  applyLook();
}

/** Speaks the language of this device, under the name that it has here, before anything is drawn: English where the words do not come. */
export const startLanguage = (): Promise<void> => say(keptLanguage()).catch(applyLook);

/** Speaks another language at once. `isKept`: from the next start on too. Throws when its words do not come. */
export async function chooseLanguage(language: Language, isKept: boolean): Promise<void> {
  await say(language);
  if (isKept) keepLanguage(language);
}
