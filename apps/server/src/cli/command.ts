/** Where a command speaks, and the settings it was given. */
export interface Terminal {
  /** What was asked for: a person or a program reads it. */
  readonly say: (line: string) => void;
  /** What happens meanwhile, and what went wrong. */
  readonly tell: (line: string) => void;
  readonly env: { readonly [name: string]: string | undefined };
  /** Resolves when the operator asks the command to end. */
  readonly stopped: () => Promise<void>;
}

/** How a command ends: 0 all is well, 1 it is not, or something was found, 2 it was called wrongly. */
export type ExitStatus = 0 | 1 | 2;

/** A command called with what it takes. */
export interface Called {
  /** The words after the command's name, as many as it takes. */
  readonly words: readonly string[];
  /** The switches that were given, without their dashes; none for a command that passes everything on. */
  readonly switches: ReadonlySet<string>;
}

/** One command of the table that the program, its help and its manual page are made of. */
export interface Command {
  readonly name: string;
  /** What stands after the name, in capitals: each a word that must be given, or may be where it stands in brackets. */
  readonly takes: readonly string[];
  /** One line. */
  readonly says: string;
  /** What one has to know to use it, a paragraph each. */
  readonly more: readonly string[];
  readonly switches: readonly { readonly name: string; readonly says: string }[];
  readonly example: string;
  /** What stands after the name is for another program of ours to read: all of it is in `words`. */
  readonly passesOn?: true;
  readonly run: (called: Called, terminal: Terminal) => Promise<ExitStatus>;
}

export const JSON_SWITCH = { name: "json", says: "answer as JSON, for a program to read" } as const;
