/** What the guard gives in place of the page when the server gave something that it refused. It knows nothing of
anybody, asks the guard alone, and shares no script with the page. */
import "./refused.css";
import { goOn, readGuard } from "../platform/guard-link.ts";
import type { RefusedWhy } from "../platform/guard-messages.ts";
import { keptLanguage } from "../platform/kept-language.ts";
import { page as english } from "../words/en/page.ts";
import { page as spanish } from "../words/es/page.ts";

/** While another guard waits, this one stays only as long as something is asked of it. */
const ASK_EVERY_MS = 20_000;

const language = keptLanguage();
document.documentElement.lang = language;
document.title = { en: "Notes", es: "Notas" }[language];
const page = { en: english, es: spanish }[language];

const place = document.getElementById("said");

function add(tag: "h1" | "p", text: string): void {
  const element = document.createElement(tag);
  element.textContent = text;
  place?.append(element);
}

function addButton(text: string, tone: string, press: () => void): void {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button";
  button.dataset[tone] = "";
  button.textContent = text;
  button.addEventListener("click", press);
  place?.append(button);
}

function show(why: RefusedWhy): void {
  add("h1", page.refusedTitle);
  for (const text of [page.refused[why], page.refusedKept, page.refusedAsk]) add("p", text);
  if (why === "replaced") add("p", page.replacedClose);
  else addButton(page.goOn, "plain", () => void goOn().then(() => location.reload()));
  addButton(page.leave, "primary", () => location.replace("/clock.html"));
}

void readGuard().then((guard) => show(guard?.refused?.why ?? "replaced"));
setInterval(() => void readGuard(), ASK_EVERY_MS);
