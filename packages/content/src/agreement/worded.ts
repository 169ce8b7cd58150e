import type { Reader } from "@sotto/domain";

/** The same thing in words for each kind of reader. */
export type Worded = { readonly [For in Reader]: string };

/** One wording that everyone can read. */
export const all = (text: string): Worded => ({ adult: text, teen: text, child: text });

/** A wording for adults and teenagers, and one for children. */
export const two = (adult: string, child: string): Worded => ({ adult, teen: adult, child });

/** A wording for each. */
export const three = (adult: string, teen: string, child: string): Worded => ({ adult, teen, child });
