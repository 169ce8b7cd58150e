import type {
  AccountId,
  AgreementEntry,
  AgreementPart,
  AgreementVersionId,
  EntryId,
  GivenAnswer,
} from "@sotto/domain";
import {
  agreementHash,
  concatBytes,
  decodeAgreementVersion,
  equalBytes,
  parseStatement,
  toHex,
  verifyStatement,
} from "@sotto/vault";
import type { AgreementRecord, AgreementStatement, Bytes, IdentityOf } from "@sotto/vault";
import { toId } from "../ids.ts";
import { readOrNull } from "../unreadable.ts";
import { gather } from "./pieces.ts";
import type { Pieces } from "./pieces.ts";

/** Something that was said about an agreement, with a signature that holds: by whose account, and when the server took it. */
export interface HeardStatement {
  readonly statement: AgreementStatement;
  /** Its hash in hexadecimal, by which others name it. */
  readonly name: string;
  readonly account: AccountId;
  readonly isByKeeper: boolean;
  readonly at: number;
}

/** A version that is here whole, and the epoch of its room in which its first piece stands. */
export interface HeldVersion {
  readonly record: AgreementRecord;
  readonly epoch: number;
}

export interface AskedQuestion {
  readonly entry: EntryId;
  readonly by: AccountId;
  readonly version: AgreementVersionId;
  readonly part: AgreementPart;
  readonly text: string;
  readonly mayShare: boolean;
  readonly at: number;
}

export interface GivenNote {
  readonly version: AgreementVersionId;
  readonly part: AgreementPart;
  readonly question: string;
  readonly answer: string;
  readonly at: number;
}

export interface Progress {
  readonly read: readonly AgreementPart[];
  readonly answers: readonly GivenAnswer[];
}

/** What a room holds about agreements. Grows in place, with its room. */
export interface AgreementLog {
  readonly pieces: Pieces<{ readonly bytes: Bytes; readonly epoch: number }>;
  /** When the newest piece came, of whatever version; 0 before there is one. */
  newestPieceAt: number;
  readonly versions: Map<AgreementVersionId, HeldVersion>;
  readonly said: HeardStatement[];
  /** Of all that was said. */
  readonly names: Set<string>;
  /** How often an account has said things of one kind about a version. */
  readonly counts: Map<string, number>;
  readonly questions: AskedQuestion[];
  readonly answers: Map<EntryId, { readonly text: string; readonly at: number }>;
  readonly notes: GivenNote[];
  /** The latest of each account about each version. */
  readonly progress: Map<string, Progress>;
  /** Counts what has come in. */
  changes: number;
}

export function emptyAgreementLog(): AgreementLog {
  return {
    pieces: new Map(),
    newestPieceAt: 0,
    versions: new Map(),
    said: [],
    names: new Set(),
    counts: new Map(),
    questions: [],
    answers: new Map(),
    notes: [],
    progress: new Map(),
    changes: 0,
  };
}

export function progressKey(account: string, version: AgreementVersionId): string {
  return `${account}/${version}`;
}

/** What an author may tell in the words of whoever signed it. */
export type Carried = "nothing" | "names" | "everything";

/** What was said and by whose account. */
export interface Signed {
  readonly statement: AgreementStatement;
  readonly account: AccountId;
}

/**
 * The statement in these bytes, when the account that the frame is of has signed it; null otherwise. What is `carried` may be another's: everything in the team's record,
 * which a colleague tells whoever comes to look after a family, and in the agreement's room, by its keepers, who was named while that was closed.
 */
export async function heardStatement(
  bytes: Bytes,
  { account, carried = "nothing" }: { readonly account: string; readonly carried?: Carried },
  identityOf: IdentityOf,
): Promise<Signed | null> {
  const statement = readOrNull(() => parseStatement(bytes));
  if (statement === null) return null;
  const record = await identityOf(statement.identity);
  const isCarried = carried === "everything" || (carried === "names" && statement.said.kind === "named");
  const isTheirs = record !== null && (isCarried || record.account === account);
  if (!isTheirs || !(await verifyStatement(statement, record))) return null;
  return { statement, account: toId(record.account) };
}

/** Who said it, in which place of the room. */
export interface SaidWhere {
  readonly entry: EntryId;
  readonly author: AccountId;
  readonly isByKeeper: boolean;
  readonly epoch: number;
  readonly at: number;
  /** Of an `agreement-said` alone. */
  readonly signed: Signed | null;
}

/** Takes in what an entry says about an agreement. What only a keeper may say counts from nobody else. */
export function takeAgreement(log: AgreementLog, entry: AgreementEntry, where: SaidWhere): void {
  const { at, author, isByKeeper, signed } = where;
  log.changes++;
  switch (entry.kind) {
    case "agreement-piece":
      if (isByKeeper) takePiece(log, entry, where);
      return;
    case "agreement-said": {
      const name = signed === null ? "" : toHex(signed.statement.hash);
      if (signed === null || log.names.has(name) || isTooMuch(log, signed, isByKeeper)) return;
      log.names.add(name);
      log.said.push({ ...signed, name, isByKeeper, at });
      return;
    }
    case "agreement-progress":
      log.progress.set(progressKey(author, entry.version), { read: entry.read, answers: entry.answers });
      return;
    case "agreement-question": {
      const { mayShare, part, text, version } = entry;
      log.questions.push({ entry: where.entry, by: author, version, part, text, mayShare, at });
      return;
    }
    case "agreement-answer":
      if (isByKeeper) log.answers.set(entry.question, { text: entry.text, at });
      return;
    case "agreement-note": {
      const { answer, part, question, version } = entry;
      if (isByKeeper) log.notes.push({ version, part, question, answer, at });
      return;
    }
    case "life-event":
      return;
  }
}

/** More than anybody has a reason to say: a guardian of fifty who signs for each of them ten times. */
const SAID_OF_A_KIND_MAX = 500;

/**
 * Whether somebody of the family has said so much of one kind about a version that no more of it is heard: whoever floods a room makes work for nobody. Counted by version,
 * so that everybody who reads it from its beginning hears the same; and by kind, so that a withdrawal is heard whatever came before.
 */
const isTooMuch = (log: AgreementLog, { account, statement }: Signed, isByKeeper: boolean): boolean => {
  if (isByKeeper) return false;
  const key = `${account}/${toHex(statement.about)}/${statement.said.kind}`;
  const before = log.counts.get(key) ?? 0;
  log.counts.set(key, before + 1);
  return before >= SAID_OF_A_KIND_MAX;
};

const takePiece = (
  log: AgreementLog,
  { about, bytes, count, index }: AgreementEntry & { readonly kind: "agreement-piece" },
  { at, author, epoch }: SaidWhere,
): void => {
  log.newestPieceAt = Math.max(log.newestPieceAt, at);
  const hash = new Uint8Array(about);
  const piece = { bytes: new Uint8Array(bytes), epoch };
  const held = gather(log.pieces, piece, { author, count, file: toHex(hash), index });
  if (held === null) return;
  const whole = concatBytes(...held.map((one) => one.bytes));
  // Only what is signed over is a version, whoever says that these are its pieces.
  if (!equalBytes(agreementHash(whole), hash)) return;
  const record = readOrNull(() => decodeAgreementVersion(whole));
  if (record === null) return;
  const version = toId<AgreementVersionId>(record.version);
  // The room may have got new keys in the middle of it: whoever is let in later reads from the first piece on.
  const first = Math.min(...held.map((one) => one.epoch));
  if (!log.versions.has(version)) log.versions.set(version, { record, epoch: first });
};
