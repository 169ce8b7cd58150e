/**
 * Why the embedded PostgreSQL could not do what it was asked.
 *
 * - `no-programs`: this platform has no binaries, or they are not installed
 * - `libraries`: the binaries are there, and the links to their libraries could not be made
 * - `no-identity`: we run as root, and found no unprivileged identity for the server
 * - `no-access`: the data folder belongs to somebody else
 * - `disk`: too little room where the data folder is
 * - `port-taken`: another program listens on the port that was asked for
 * - `wrong-version`: the data folder was written by another major version
 * - `wrong-password`: the cluster is not the one the kept passwords belong to
 * - `did-not-start`, `did-not-stop`: see the log
 */
export type PostgresFaultCode =
  | "no-programs"
  | "libraries"
  | "no-identity"
  | "no-access"
  | "disk"
  | "port-taken"
  | "wrong-version"
  | "wrong-password"
  | "did-not-start"
  | "did-not-stop";

/** A fault of the database supervisor. `message` says what is wrong and `remedy` what the operator can do about it. */
export class PostgresFault extends Error {
  override readonly name = "PostgresFault";
  readonly code: PostgresFaultCode;
  readonly remedy: string;

  constructor(code: PostgresFaultCode, message: string, remedy: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.remedy = remedy;
  }
}

/** The code of a Node.js system error (`ENOENT`), or null for anything else. */
export function systemCode(error: unknown): string | null {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : null;
}
