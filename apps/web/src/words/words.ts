import type { AgreementLanguage } from "@sotto/domain";
import { en } from "./en.ts";
import type { Spoken } from "./spoken.ts";

/** The languages of the interface are those of agreements. */
export type Language = AgreementLanguage;

let language: Language = "en";
let spanish: Spoken | null = null;
const fills: (() => void)[] = [];
const listeners = new Set<() => void>();
let changes = 0;

/** A part of all text, always in the language that is spoken now. Whoever draws reads it anew each time: what a module keeps of it would stay as it was. */
export function part<Name extends keyof Spoken>(name: Name, english: Spoken[Name]): Spoken[Name] {
  const shown = { ...english };
  const fill = (): unknown => Object.assign(shown, spanish?.[name] ?? english);
  fill();
  fills.push(fill);
  return shown;
}

/** The words of the interface that are there before anybody is in, and the name under which the app stands on this device. */
export const words = Object.assign(part("catalogue", en), { product: "Sotto" });

function tell(): void {
  changes++;
  for (const listener of listeners) listener();
}

/** Speaks another language from now on. Throws when its words cannot be loaded: then the one before goes on. */
export async function speak(wanted: Language): Promise<void> {
  spanish = wanted === "es" ? (await import("./es.ts")).es : null;
  language = wanted;
  for (const fill of fills) fill();
  tell();
}

export function spokenLanguage(): Language {
  return language;
}

/** Under which name the app stands on this device. */
export function callProduct(name: string): void {
  words.product = name;
  tell();
}

/** Calls back when words have changed. Answers what stops it. */
export function watchWords(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** How often words have changed. */
export const wordChanges = (): number => changes;

/** The sentence for what went wrong with an attempt; null when nothing did. */
export function sayProblem(problem: keyof typeof words.refusals | "fault" | null): string | null {
  if (problem === null) return null;
  return problem === "fault" ? words.fault : words.refusals[problem];
}
