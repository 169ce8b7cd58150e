import { en } from "./en.ts";

/** The shape every language has. */
export type Words = typeof en;

let product: string = en.product;

/** The words of the interface in the reader's language; English is the one there is. */
export const words: Words = {
  ...en,
  get product() {
    return product;
  },
};

/** Under which name the app stands on this device. */
export function callProduct(name: string): void {
  product = name;
}

/** The sentence for what went wrong with an attempt; null when nothing did. */
export function sayProblem(problem: keyof Words["refusals"] | "fault" | null): string | null {
  if (problem === null) return null;
  return problem === "fault" ? words.fault : words.refusals[problem];
}
