/**
 * Why a command could not do what it was asked. `message` says what is wrong and that nothing was lost, `remedy` what to do. Neither ever holds a
 * password, an address with one, or anything that people wrote.
 */
export type OperatorFaultCode =
  | "address"
  | "agreement-broken"
  | "agreement-changed"
  | "agreement-missing"
  | "backup-broken"
  | "backup-unfinished"
  | "bus-away"
  | "bus-refuses"
  | "clock"
  | "database-away"
  | "database-grants"
  | "database-old"
  | "database-refuses"
  | "disk"
  | "folder-taken"
  | "half-restored"
  | "newer-data"
  | "no-access"
  | "no-data"
  | "page-changed"
  | "place"
  | "port-not-allowed"
  | "port-taken"
  | "running"
  | "wrong-kind"
  | "wrong-version";

export class OperatorFault extends Error {
  override readonly name = "OperatorFault";
  readonly code: OperatorFaultCode;
  readonly remedy: string;

  constructor(code: OperatorFaultCode, message: string, remedy: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.remedy = remedy;
  }
}
