/** Where the command speaks and listens. */
export interface Terminal {
  /** What was asked for. */
  readonly say: (line: string) => void;
  /** What happens meanwhile, what is asked, and what went wrong. */
  readonly tell: (line: string) => void;
  /** The next line that is typed, or piped in; null when there is no more. */
  readonly ask: (question: string) => Promise<string | null>;
  /** Takes what was typed off the screen, where there is one. */
  readonly clear: () => void;
}

/** What ends the command, in words for whoever called it. */
export class ToolFault extends Error {
  override readonly name = "ToolFault";
  readonly code: string;
  readonly remedy: string;
  constructor(code: string, message: string, remedy: string) {
    super(message);
    this.code = code;
    this.remedy = remedy;
  }
}
