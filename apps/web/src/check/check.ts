/** The page that checks a copy of an agreement: one file that anybody can keep and open without a network. It shows what the copy
proves, and what it says, and keeps nothing of either. */
import { keyDigits } from "@sotto/domain";
import type { PersonId, RequiredSignature } from "@sotto/domain";
import { COPY_BYTES_MAX } from "@sotto/vault/public";
import { agreementCheck as english } from "../words/en/agreement-check.ts";
import { agreementCheck as spanish } from "../words/es/agreement-check.ts";
import { readCopy, type CheckedCopy } from "./read-copy.ts";

type Checked = CheckedCopy & { readonly kind: "checked" };

const WORDS = { en: english, es: spanish };
type Language = keyof typeof WORDS;

const LANGUAGES: Readonly<Record<Language, string>> = { en: "English", es: "Español" };

const place = document.getElementById("said");
const answer = document.createElement("section");
answer.setAttribute("role", "status");
const chosen = document.createElement("input");
chosen.type = "file";
chosen.addEventListener("change", () => {
  const [file] = chosen.files ?? [];
  if (file !== undefined) void check(file);
});

let language: Language =
  navigator.languages.find((one) => /^(en|es)\b/.test(one))?.startsWith("es") === true ? "es" : "en";
let said = WORDS[language];
let found: CheckedCopy | "fault" | null = null;

function add(to: Element, tag: "h1" | "h2" | "h3" | "p" | "ul" | "li", text = ""): HTMLElement {
  const element = document.createElement(tag);
  element.textContent = text;
  to.append(element);
  return element;
}

/** Says everything, in one language. What was found so far is said again in another. */
function say(): void {
  if (place === null) return;
  document.documentElement.lang = language;
  said = WORDS[language];
  place.replaceChildren();
  addLanguage(place);
  add(place, "h1", said.title);
  add(place, "p", said.intro);
  const label = document.createElement("label");
  label.append(said.choose, chosen);
  place.append(label, answer);
  showFound();
}

/** Offers the other language, named in that language. */
function addLanguage(to: Element): void {
  const other: Language = language === "en" ? "es" : "en";
  const button = document.createElement("button");
  button.type = "button";
  button.lang = other;
  button.textContent = LANGUAGES[other];
  button.addEventListener("click", () => {
    language = other;
    say();
    to.querySelector("button")?.focus();
  });
  to.append(button);
}

async function check(file: Blob): Promise<void> {
  try {
    const bytes = file.size > COPY_BYTES_MAX ? new Uint8Array(0) : new Uint8Array(await file.arrayBuffer());
    found = await readCopy(bytes);
  } catch {
    found = "fault";
  }
  showFound();
}

function showFound(): void {
  answer.replaceChildren();
  if (found === null) return;
  if (found !== "fault" && found.kind === "checked") show(found);
  else add(answer, "p", said[found === "fault" ? found : found.why]).className = "no";
}

const verdictOf = ({ verdict }: Checked): string => {
  const { isSigned, isWhole, refused, stage } = verdict;
  if (!isWhole) return said.verdict.leavesOut;
  if (!isSigned) return said.stages[stage?.kind ?? "none"];
  return refused.length === 0 ? said.verdict.whole : said.verdict.withRefused;
};

function show(checked: Checked): void {
  const { evidence, verdict } = checked;
  const { isSigned, missing, offeredAt, refused, signatures, stage, version } = verdict;
  const nameOf = (person: PersonId): string =>
    version.parties.find((party) => party.person === person)?.name ?? person.slice(0, 8);
  const asWhat = ({ as, of, person }: RequiredSignature): string =>
    said.one(nameOf(person), said.as[as](nameOf(of)));
  const identityOf = (line: number): { readonly digits: string; readonly logIndex: number | null } => {
    const identity = evidence.lines[line]?.identity ?? "";
    const logIndex = evidence.identities.find((one) => one.identity === identity)?.logIndex ?? null;
    return { digits: keyDigits(identity), logIndex };
  };
  add(answer, "h2", verdictOf(checked)).className = isSigned ? "yes" : "no";
  if (isSigned) add(answer, "p", said.stages[stage?.kind ?? "none"]);
  add(answer, "p", said.compare);
  add(answer, "p", said.parties(version.parties.map(({ name }) => name)));
  if (offeredAt !== null) add(answer, "p", said.offered(offeredAt));
  if (signatures.length > 0) {
    add(answer, "h3", said.signed);
    const list = add(answer, "ul");
    for (const one of signatures) {
      const { digits, logIndex } = identityOf(one.line);
      const item = add(list, "li", asWhat(one));
      add(item, "p", said.when(one.moment.writtenAt));
      add(item, "p", said.digits(digits)).className = "digits";
      if (logIndex !== null) add(item, "p", said.log(logIndex));
    }
  }
  if (missing.length > 0) {
    add(answer, "h3", said.missing);
    const list = add(answer, "ul");
    for (const one of missing) add(list, "li", asWhat(one));
  }
  if (refused.length > 0) {
    add(answer, "h3", said.refused);
    const list = add(answer, "ul");
    for (const { line, why } of refused) add(list, "li", said.line(line, why.kind));
  }
  add(answer, "h3", said.version(version.number));
  add(answer, "p", said.hash(evidence.versionHash)).className = "digits";
  add(answer, "p", said.made(evidence.madeAt, keyDigits(evidence.madeBy.identity))).className = "digits";
  if (evidence.log === null) add(answer, "p", said.noLog);
  showText(checked);
}

/** Every word as it was read, folded away. */
function showText({ verdict }: Checked): void {
  const kinds = new Map<string, string[]>();
  for (const { language, reader, text } of verdict.version.words) {
    const key = `${said.text} (${language}, ${reader})`;
    kinds.set(key, [...(kinds.get(key) ?? []), text]);
  }
  for (const [title, texts] of kinds) {
    const fold = document.createElement("details");
    const summary = document.createElement("summary");
    summary.textContent = title;
    fold.append(summary);
    for (const text of texts) for (const line of text.split("\n")) add(fold, "p", line);
    answer.append(fold);
  }
}

say();
