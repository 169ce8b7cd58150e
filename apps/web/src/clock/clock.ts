import "./clock.css";
import { keptLanguage } from "../platform/kept-language.ts";
import { neutralTitle } from "../platform/neutral-title.ts";

/** A clock, and nothing else: what whoever leaves in a hurry is shown. It knows nothing of the rest but the language, and asks nobody. */
const language = keptLanguage();
document.documentElement.lang = language;
document.title = neutralTitle();

/** The reader's own kind of it. */
const locale = navigator.languages.find((one) => one.startsWith(language)) ?? language;

const write = (id: string, text: string): void => {
  const place = document.getElementById(id);
  if (place !== null) place.textContent = text;
};

function show(): void {
  const now = new Date();
  write("time", new Intl.DateTimeFormat(undefined, { timeStyle: "short" }).format(now));
  write("day", new Intl.DateTimeFormat(locale, { dateStyle: "full" }).format(now));
}

show();
setInterval(show, 1_000);
