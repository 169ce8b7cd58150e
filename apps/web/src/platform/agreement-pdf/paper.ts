import type {
  AgreementLanguage,
  EvidenceLine,
  EvidenceVerdict,
  PersonId,
  Reader,
  VersionStage,
} from "@sotto/domain";

/** What the paper shows of an evidence file besides its verdict. What the vault reads from such a file fits. */
export interface PaperEvidence {
  /** In hexadecimal digits, as are all hashes and keys here. */
  readonly versionHash: string;
  readonly lines: readonly {
    readonly by: string;
    readonly account: string;
    readonly identity: string;
    readonly version: string;
    readonly said: { readonly kind: EvidenceLine["said"]["kind"] };
  }[];
  readonly identities: readonly { readonly identity: string; readonly logIndex: number | null }[];
  readonly log: { readonly origin: string; readonly size: number; readonly key: string } | null;
  readonly madeAt: number;
  readonly madeBy: { readonly account: string; readonly identity: string };
}

/** An agreement as one kind of reader has it in one language, and the story of its signatures: plain data, which a worker can be sent. */
export interface AgreementPaper {
  readonly language: AgreementLanguage;
  readonly reader: Reader;
  readonly practice: string;
  /** The version names its therapists by their ids alone. */
  readonly therapists: readonly { readonly person: PersonId; readonly name: string }[];
  readonly verdict: EvidenceVerdict;
  readonly evidence: PaperEvidence;
  /** The evidence file from which the two were read, to be put into the PDF; null to leave it out. Its name is plain ASCII. */
  readonly file: { readonly name: string; readonly bytes: Uint8Array } | null;
}

/** Nothing to draw: the version has no words in this language for this reader, or the attachment has a name that not every program reads. */
export class PaperFault extends Error {
  readonly code: "not-worded" | "file-name";
  constructor(code: PaperFault["code"]) {
    super(`agreement paper: ${code}`);
    this.name = "PaperFault";
    this.code = code;
  }
}

/** Since when and until when a version held; nulls where it did not, or still does. */
export function spanOf(stage: VersionStage): {
  readonly since: number | null;
  readonly until: number | null;
} {
  return {
    since: "since" in stage ? stage.since : null,
    until: "until" in stage ? stage.until : null,
  };
}
