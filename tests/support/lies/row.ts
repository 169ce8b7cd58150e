/** The threats of the model that a server can carry out by lying, or somebody with its help. */
export const THREATS = {
  T2: "the database is stolen",
  T3: "somebody else's keys at the first contact",
  T4: "somebody else's keys later",
  T5: "a reader who was never let in",
  T6: "events of a room replayed, left out or reordered",
  T7: "messages replayed, left out or reordered",
  T8: "two views of one thing",
  T9: "an old vault",
  T10: "everything rolled back",
  T11: "who was taken out reads on",
  T12: "who came in reads the past",
  T13: "a lost or stolen device",
  T14: "guessing at a passphrase",
  T15: "a recovery sheet in other hands",
  T17: "kept now, opened later",
  T18: "weaker parameters",
  T19: "different keys for different people",
  T20: "markup where text belongs",
  T21: "malformed answers",
  T22: "what sizes and times tell",
  T23: "the practice's continuity misused",
  T24: "a nonce twice",
} as const;

export type Threat = keyof typeof THREATS;

/** What comes of an attack for the person whom it is about. */
export type Outcome =
  /** Texts of the catalogue (apps/web/src/words), by where they stand there: what is on the screen, or the answer to what they tried. */
  | { readonly sees: readonly string[] }
  /** Nothing to see, and why that is right: it comes to nothing. */
  | { readonly nothing: string }
  /** Nothing, or not enough: what stays open, and what whoever it is about can do. */
  | { readonly open: string };

/** One variant of an attack, with the test that carries it out. */
export type AttackRow = {
  readonly threat: Threat;
  readonly attack: string;
  readonly variant: string;
  /** Who helps the server. */
  readonly with?: string;
  readonly outcome: Outcome;
} & (
  | {
      /** Under which name the test declares itself, by `attack`. */
      readonly id: string;
    }
  | {
      /** A test that stood before, and carries it out. */
      readonly file: string;
      readonly test: string;
    }
);
