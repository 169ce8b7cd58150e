import type {
  AccountId,
  AgreementDraft,
  AgreementHolds,
  AgreementPart,
  AgreementPhase,
  AgreementState,
  AgreementTemplate,
  AgreementVersion,
  AgreementVersionId,
  ConsentTrigger,
  AuthorityProof,
  CopyForm,
  DueConsent,
  EntryId,
  EvidenceVerdict,
  FamilyId,
  GivenAnswer,
  LifeEventKind,
  OwnWords,
  PersonId,
  PracticeId,
  RequiredSignature,
  Score,
  SignedWith,
  SigningCheck,
  SignerAnswer,
  Signing,
  TemplateId,
  TemplateName,
  VersionStage,
} from "@sotto/domain";
import type { AgreementEvidence } from "@sotto/vault";
import type { Done } from "./client.ts";

/** An agreement while a therapist composes it, with the template that it was begun from. */
export interface AgreementWork extends AgreementDraft {
  readonly template: TemplateName | null;
  /** The template itself where it is at hand: its own words, what it says of minors, and where it comes from. It stays on the device. */
  readonly begunFrom?: AgreementTemplate;
  /** Words of the practice's own for whole parts. Those that may stand do so in `words`. */
  readonly own?: readonly OwnWords[];
  /** The practice's template that it was begun from, or was shared as. */
  readonly shared?: TemplateId;
  /** Somebody has answered whether the template is to be shared with the practice. */
  readonly askedToShare?: boolean;
}

/** What a family agrees on. A professional's person id, in agreements, is the id of their account. */
export interface AgreementActions {
  /** Keeps what is being composed on this device, sealed; null lets it go. Durable when it answers. */
  saveAgreementDraft(wish: { readonly family: FamilyId; readonly work: AgreementWork | null }): Promise<Done>;
  /**
   * Puts a version before everyone who is asked to sign it. Whoever of them has not joined yet is asked as soon as they have. Its therapists are those who
   * look after the family. `agreement-gaps` while something is missing or contradictory.
   */
  offerAgreement(wish: {
    readonly family: FamilyId;
    readonly work: AgreementWork;
  }): Promise<Done<AgreementVersionId>>;
  /** Takes back what was offered and is not in force. */
  recallAgreement(wish: { readonly family: FamilyId; readonly version: AgreementVersionId }): Promise<Done>;
  /**
   * Signs with this person's identity key. `way-needed` unless they have shown a way in during the last minutes (`showWay`). The score, and with what
   * it was signed, go to the therapists alone.
   */
  signAgreement(wish: {
    readonly family: FamilyId;
    readonly version: AgreementVersionId;
    readonly signing: Signing;
    readonly score: Score | null;
    readonly signedWith: SignedWith | null;
  }): Promise<Done>;
  /**
   * Says no, not yet, or that something should change, with a reason that may be empty. Both go to the therapists alone; only whoever takes back what
   * they had signed says so to all, and still not why. Durable on this device when it answers.
   */
  answerAgreement(wish: {
    readonly family: FamilyId;
    readonly version: AgreementVersionId;
    readonly answer: SignerAnswer;
    readonly reason: string;
  }): Promise<Done>;
  /** Takes back what this person has signed: it holds no more. Only the therapists learn who it was. Durable on this device when it answers. */
  withdrawAgreement(wish: { readonly family: FamilyId }): Promise<Done>;
  /** How far this person has come, for them and the therapists. Durable on this device when it answers. */
  saveAgreementProgress(wish: {
    readonly family: FamilyId;
    readonly version: AgreementVersionId;
    readonly read: readonly AgreementPart[];
    readonly answers: readonly GivenAnswer[];
  }): Promise<Done>;
  /** Asks the therapists about one part. `mayShare`: they may show it with the answer to everyone, without a name. */
  askAboutAgreement(wish: {
    readonly family: FamilyId;
    readonly version: AgreementVersionId;
    readonly part: AgreementPart;
    readonly text: string;
    readonly mayShare: boolean;
  }): Promise<Done>;
  /** By a therapist: to whoever asked, and with `share`, where they agreed to it, to everyone. */
  answerAboutAgreement(wish: {
    readonly family: FamilyId;
    readonly question: EntryId;
    readonly text: string;
    readonly share: boolean;
  }): Promise<Done>;
  /**
   * A copy that can be checked without a server: the evidence file of one version (docs/formats/agreement.md), and what it proves. `forPractice`, for a therapist
   * alone: with what the therapists alone were told about signatures, and never why somebody did not sign.
   */
  copyAgreement(wish: {
    readonly family: FamilyId;
    readonly version: AgreementVersionId;
    readonly forPractice?: boolean;
  }): Promise<Done<AgreementCopy>>;
  /** A PDF that was drawn of such a copy, sealed with the key that signed the copy: no byte of it can be changed unseen. It has to have the copy's file inside. */
  sealAgreementPaper(wish: { readonly pdf: Uint8Array<ArrayBuffer> }): Promise<Done<Uint8Array<ArrayBuffer>>>;
  /** A therapist records which proof of a guardian's authority they have seen. The family is not told; the last word counts. */
  recordAuthority(wish: {
    readonly family: FamilyId;
    readonly version: AgreementVersionId;
    readonly guardian: PersonId;
    readonly minor: PersonId;
    readonly proof: AuthorityProof;
  }): Promise<Done>;
  /** A therapist records who was there as a witness when something was signed. Everyone in the agreement reads the name; the last one counts. */
  recordWitness(wish: {
    readonly family: FamilyId;
    readonly version: AgreementVersionId;
    readonly signature: RequiredSignature;
    readonly name: string;
  }): Promise<Done>;
  /** This person's own device has kept a copy: told to the therapists alone, once for each form. Durable on this device when it answers. */
  noteCopyKept(wish: {
    readonly family: FamilyId;
    readonly version: AgreementVersionId;
    readonly form: CopyForm;
  }): Promise<Done>;
  /** A therapist records what happened in the family's life, which may open consent again, or that confidentiality was talked about with everyone. */
  recordLife(wish: {
    readonly family: FamilyId;
    readonly event: LifeEventKind;
    readonly concerns: readonly PersonId[];
  }): Promise<Done>;
}

/** A copy of an agreement, as it was read again after it was made. */
export interface AgreementCopy {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly evidence: Omit<AgreementEvidence, "versions">;
  readonly verdict: EvidenceVerdict;
  /** All that has become of the agreement, for whoever hands it on in another form. */
  readonly state: AgreementState;
  readonly practice: { readonly id: PracticeId; readonly name: string };
}

export interface SignatureView extends RequiredSignature {
  readonly at: number;
  /** Who was there as a witness; null where no therapist has said so. */
  readonly witness: string | null;
}

/** What stands on record about one signer beside their signatures, for the therapists alone. */
export interface SignerRecord {
  /** The proofs of authority that were seen, by the minor. */
  readonly authority: readonly { readonly minor: PersonId; readonly proof: AuthorityProof }[];
  readonly delivered: readonly { readonly form: CopyForm; readonly at: number }[];
  /** With what they signed, each signature once, as their device said. */
  readonly signedWith: readonly SignedWith[];
}

/** One person who is asked to sign. */
export interface SignerView {
  readonly person: PersonId;
  readonly name: string;
  readonly isMe: boolean;
  readonly hasJoined: boolean;
  readonly required: readonly RequiredSignature[];
  readonly missing: readonly RequiredSignature[];
  readonly signatures: readonly SignatureView[];
  /** For themselves and the therapists; for everybody else only where they took back a signature by it. */
  readonly answer: SignerAnswer | null;
  /** For the therapists; null for everybody else, and while the room in which it stands is hidden. */
  readonly record: SignerRecord | null;
  /** Of this person themselves, and for the therapists; null for everybody else. */
  readonly own: {
    /** Why they answered so; empty when they gave no reason. */
    readonly reason: string;
    readonly read: readonly AgreementPart[];
    readonly answers: readonly GivenAnswer[];
  } | null;
}

export interface AgreementVersionView {
  readonly version: AgreementVersion;
  /** Of the signed bytes, in hexadecimal. */
  readonly hash: string;
  readonly stage: VersionStage;
  readonly offeredAt: number;
  /** Which round of questions is due: 0 until it is in force, and until the first check-in. */
  readonly round: number;
  readonly signers: readonly SignerView[];
  /** For the therapists: what is worth a word before the signatures are relied upon. It blocks nothing. */
  readonly checks: readonly SigningCheck[];
}

export interface AgreementQuestionView {
  readonly entry: EntryId;
  readonly version: AgreementVersionId;
  readonly part: AgreementPart;
  readonly text: string;
  readonly mayShare: boolean;
  readonly at: number;
  /** Who asked: their name for the therapists. */
  readonly name: string;
  readonly isMine: boolean;
  readonly answer: { readonly text: string; readonly at: number } | null;
}

/** A question and its answer that stand beside a part for everyone. */
export interface AgreementNoteView {
  readonly version: AgreementVersionId;
  readonly part: AgreementPart;
  readonly question: string;
  readonly answer: string;
  readonly at: number;
}

/** One family's agreement as this person sees it. */
export interface AgreementView {
  readonly family: FamilyId;
  readonly familyName: string;
  readonly isTherapist: boolean;
  /** Who this person is in it; null while no therapist has named their account. */
  readonly me: PersonId | null;
  readonly phase: AgreementPhase;
  readonly holds: AgreementHolds;
  /** The newest first. */
  readonly versions: readonly AgreementVersionView[];
  /** Those who look after the family, by the ids that versions call them. */
  readonly therapists: readonly {
    readonly person: PersonId;
    readonly account: AccountId;
    readonly name: string;
  }[];
  readonly notes: readonly AgreementNoteView[];
  /** Of this person; for the therapists, of everybody. */
  readonly questions: readonly AgreementQuestionView[];
  /** Who took their signature back, for the therapists. */
  readonly withdrawn: readonly { readonly name: string; readonly at: number }[];
  /** What opens consent again, for the therapists. */
  readonly due: readonly DueConsent[];
  /**
   * For whoever signed and is not asked by the newest version, which they do not see: what they may still take back. Null for everybody else.
   */
  readonly outside: {
    readonly signedAt: number;
    readonly withdrawnAt: number | null;
    /** The rooms are closed, and nothing is taken back in them. */
    readonly isClosed: boolean;
  } | null;
  /** What is composed on this device; null for nothing, and for families. */
  readonly work: AgreementWork | null;
}

/** What each family's agreement waits for, in one line. */
export interface AgreementLineView {
  readonly family: FamilyId;
  readonly familyName: string;
  readonly isTherapist: boolean;
  readonly phase: AgreementPhase;
  /** What this person signed may still hold, and they are not asked any more: they may take it back. */
  readonly isOutside: boolean;
  /** Signatures that this person has been asked for and has neither given nor answered. */
  readonly asksMe: number;
  /** It is to be talked about again, and this person has not answered the questions of that round yet. */
  readonly asksRound: boolean;
  /** How many of those who are asked have signed, of how many; null while nothing is offered. */
  readonly signed: { readonly have: number; readonly of: number } | null;
  /** For the therapists: questions without an answer, and answers that are no signature. */
  readonly openQuestions: number;
  readonly answers: number;
  readonly due: number;
  /** What is due for them, each once, the oldest first. */
  readonly dueFor: readonly ConsentTrigger[];
}
