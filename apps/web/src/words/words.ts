import { en } from "./en.ts";

/** The shape every language has. */
export type Words = typeof en;

/** The words of the interface in the reader's language; English is the one there is. */
export const words: Words = en;
