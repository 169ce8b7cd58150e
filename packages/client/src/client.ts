import type { RefusalKind } from "@sotto/contract";
import type {
  AccountId,
  EntryId,
  FactorId,
  FamilyId,
  InvitationId,
  PersonId,
  Person,
  RoomId,
  RoomKind,
  StaffPerson,
  StaffRole,
  SubgroupKind,
  Verification,
} from "@sotto/domain";

/** A no that an action can answer: the server's, or one of the client's own. */
export type ClientRefusal =
  | RefusalKind
  | "offline"
  | "cancelled"
  | "no-prf"
  | "wrong-factor"
  | "weak-parameters"
  | "sheet-mistyped"
  | "sheet-not-proved"
  | "device-in-use"
  | "invitation-unreadable"
  | "inviter-unverified"
  | "contact-taken"
  | "contact-taken-by-minor"
  | "empty"
  | "too-long"
  | "not-a-keeper"
  | "code-changed"
  | "nothing-proved"
  | "nobody-else"
  | "locked";

export type Done<Value = null> =
  | { readonly kind: "done"; readonly value: Value }
  | { readonly kind: "refused"; readonly refusal: ClientRefusal };

/** How a person chooses to come in. `passphrase` null asks the client to make one; it is in the answer, to be shown once. */
export type FactorChoice =
  | { readonly kind: "passkey" }
  | { readonly kind: "passphrase"; readonly name: string; readonly words: string };
export type SignInChoice = FactorChoice | { readonly kind: "recovery"; readonly code: string };

export interface InvitationSeen {
  readonly practiceName: string;
  readonly inviterName: string;
  readonly inviteeName: string;
  readonly role: string;
}

/** Everything a person can do. Each answers when it is safe on this device or acknowledged by the server, as its comment says. */
export interface Actions {
  /** A fresh sign-in name and six words, made on this device from the word list of `content` that the caller hands in. */
  makePassphrase(wordList: readonly string[]): { readonly name: string; readonly words: string };
  checkSetupCode(code: string): Promise<Done>;
  setUp(wish: {
    readonly code: string;
    readonly practiceName: string;
    readonly myName: string;
    readonly factor: FactorChoice;
  }): Promise<Done>;
  /** Reads a link's fragment and asks the server whether it is open. Nothing is spent. */
  seeInvitation(fragment: string): Promise<Done<InvitationSeen>>;
  join(wish: { readonly fragment: string; readonly factor: FactorChoice }): Promise<Done>;
  signIn(choice: SignInChoice): Promise<Done>;
  /**
   * Takes everything of whoever used this device off it, when nobody is in: for its own person, who lost every way in and begins
   * anew. What they wrote and had not sent is gone.
   */
  forgetDevice(): Promise<Done>;
  /** Wipes keys from memory and device, ends the session. Works offline. */
  lock(): Promise<void>;
  /** Tells the idle clock that the person is there. */
  touch(): void;

  addFactor(choice: FactorChoice): Promise<Done>;
  removeFactor(factor: FactorId): Promise<Done>;
  /** Makes a new sheet; it replaces the old one only when proved. */
  makeSheet(): Promise<Done<{ readonly code: string }>>;
  /** The person types the code from the paper; on a match the sheet becomes a factor and older sheets are removed. */
  proveSheet(typed: string): Promise<Done>;

  createFamily(wish: { readonly name: string }): Promise<Done<FamilyId>>;
  savePerson(wish: { readonly family: FamilyId; readonly person: Person }): Promise<Done>;
  invite(wish: {
    readonly family: FamilyId;
    readonly person: PersonId;
    readonly days: number;
  }): Promise<Done<{ readonly link: string; readonly expiresAt: number }>>;
  /** The link of an invitation that is still open, made again from the team room. */
  showInvitation(wish: {
    readonly family: FamilyId;
    readonly person: PersonId;
  }): Promise<Done<{ readonly link: string; readonly expiresAt: number }>>;
  revokeInvitation(wish: { readonly family: FamilyId; readonly person: PersonId }): Promise<Done>;
  openRoom(wish: {
    readonly family: FamilyId;
    readonly people: readonly PersonId[];
    readonly title: string;
  }): Promise<Done<RoomId>>;
  /** `from` is an epoch that `historyChoices` named: the person reads from there on too. Left out, nothing of the past. */
  addToRoom(wish: {
    readonly room: RoomId;
    readonly person: PersonId;
    readonly from?: number | null;
  }): Promise<Done>;
  removeFromRoom(wish: { readonly room: RoomId; readonly account: AccountId }): Promise<Done>;

  /** Records one of the staff and invites them, with a new link each time. The practice's room is made when it is first needed. */
  inviteStaff(wish: {
    readonly staff: StaffPerson;
    readonly days: number;
  }): Promise<Done<{ readonly link: string; readonly expiresAt: number }>>;
  showStaffInvitation(wish: {
    readonly person: PersonId;
  }): Promise<Done<{ readonly link: string; readonly expiresAt: number }>>;
  revokeStaffInvitation(wish: { readonly person: PersonId }): Promise<Done>;
  /** Asks to be taken out of the practice. `still-in-rooms` while any family's room hangs on this person. */
  leavePractice(): Promise<Done>;
  /** Ends a colleague's account. `still-in-rooms` while they are in rooms, unless it is to be done even so. */
  endStaff(wish: { readonly person: PersonId; readonly evenSo: boolean }): Promise<Done>;
  /** A colleague looks after the family too: its team room and family room, and of its other rooms those that are named. */
  addColleague(wish: {
    readonly family: FamilyId;
    readonly colleague: PersonId;
    readonly rooms: readonly RoomId[];
  }): Promise<Done>;
  /** The successor keeps every room of the family that this person keeps; then this person asks to be taken out. */
  handOver(wish: { readonly family: FamilyId; readonly successor: PersonId }): Promise<Done>;
  /** Takes a colleague out of the family's rooms that this person keeps. */
  removeColleague(wish: { readonly family: FamilyId; readonly account: AccountId }): Promise<Done>;
  /** An adult asks to be taken out of all rooms of a family. Durable on this device when it answers; they write no more from then on. */
  leaveFamily(wish: { readonly family: FamilyId }): Promise<Done>;
  /** Their therapist records that somebody has left the family. */
  recordLeft(wish: { readonly family: FamilyId; readonly person: PersonId }): Promise<Done>;
  /** Nobody writes in the family's rooms any more, until it is opened again. Its team room goes on. */
  closeFamily(wish: { readonly family: FamilyId }): Promise<Done>;
  reopenFamily(wish: { readonly family: FamilyId }): Promise<Done>;

  /**
   * From where on the past of a room could be opened to somebody who is in it, or, with null, to somebody who comes in now:
   * the nearest first, each with what they would newly read. None when there is nothing to give.
   */
  historyChoices(wish: {
    readonly room: RoomId;
    readonly account: AccountId | null;
  }): Promise<Done<readonly HistoryChoice[]>>;
  /** Lets somebody in the room read from this epoch on: signed, and seen by everybody in it. */
  grantHistory(wish: {
    readonly room: RoomId;
    readonly account: AccountId;
    readonly from: number;
  }): Promise<Done>;
  /** The digits that this person and another read to each other: the same for both exactly when both hold the same keys. */
  compareCode(account: AccountId): Promise<Done<{ readonly code: string }>>;
  /** Both have the same digits. `code` is what was compared: keys that changed meanwhile are not the ones. */
  markVerified(wish: { readonly account: AccountId; readonly code: string }): Promise<Done>;
  /** The warning about somebody's new keys has been read. It stays beside their name until they are verified again. */
  understand(account: AccountId): Promise<Done>;
  /**
   * Somebody of a family lost every way in. Their account is shut and taken out of its rooms; a new invitation lets them
   * come back into the same rooms, to what they could read.
   */
  readmit(wish: { readonly family: FamilyId; readonly person: PersonId }): Promise<Done>;

  /** Begins anew after a sheet or a device came into other hands. Answers the new sheet's code. Nothing has changed yet. */
  beginSecuring(): Promise<Done<{ readonly code: string }>>;
  /** Proves a way in that is to be kept. What is not proved goes. */
  proveWay(choice: FactorChoice): Promise<Done<FactorId>>;
  /**
   * The new sheet is typed back. From here on the old sheet, what was not proved, and every other session open nothing; this
   * person has new keys, and their rooms get new ones.
   */
  finishSecuring(typed: string): Promise<Done>;
  /** Types the code once more, to know that the paper is still there. */
  rehearseSheet(typed: string): Promise<Done>;
  /** Not now: asked again in a week. */
  rehearseLater(): Promise<Done>;

  /**
   * Durable on this device when it answers; the entry's state tells the rest. When somebody came into the room before it could be
   * sent, it is refused with `stale-epoch`: the writer decides anew.
   */
  send(wish: {
    readonly room: RoomId;
    readonly text: string;
    /** Whom the writer saw named as its readers; those who are in the room now when left out. Nobody else will ever read it. */
    readonly readers?: readonly AccountId[];
  }): Promise<Done<EntryId>>;
  /** Takes a refused entry off the screen. */
  discard(wish: { readonly room: RoomId; readonly entry: EntryId }): Promise<Done>;
  saveDraft(wish: { readonly room: RoomId; readonly text: string }): Promise<void>;
  markRead(room: RoomId): Promise<void>;
}

/** A place in a room's past where its keys changed: what is opened from there on, is opened whole. */
export interface HistoryChoice {
  readonly from: number;
  readonly at: number;
  readonly isStart: boolean;
  /** How many messages somebody would newly read, and who wrote them. */
  readonly messages: number;
  readonly authors: readonly string[];
}

export interface SessionView {
  /** `locked`: this device has been used by an account, which must sign in again. */
  readonly state: "starting" | "signed-out" | "locked" | "unlocked";
  readonly claimed: boolean;
  readonly online: boolean;
  /** Whether the rooms have been read since unlocking: before that, one that is not shown may still come. */
  readonly inStep: boolean;
  readonly account: AccountId | null;
  readonly standing: "practice" | "family" | null;
  readonly displayName: string;
  readonly practiceName: string;
  readonly sheetProved: boolean;
  /** A month has gone by since the sheet was last typed. */
  readonly sheetDue: boolean;
  /** This person has been in a room, if only once. */
  readonly hasBeenInRooms: boolean;
  /** How this device was last signed in, to offer that first. */
  readonly lastFactor: "passkey" | "passphrase" | "recovery" | null;
  readonly lastSignInName: string | null;
}

export interface Reader {
  readonly account: AccountId;
  readonly name: string;
  readonly role: string;
  /** 0 to 15: which face this person has everywhere. */
  readonly face: number;
  readonly isMe: boolean;
  readonly canWrite: boolean;
  readonly verified: Verification;
  /** They lost everything and came back with new keys, which this person has not compared yet. */
  readonly keysChanged: boolean;
}

export interface RoomLineView {
  readonly room: RoomId;
  readonly kind: RoomKind;
  readonly subgroup: SubgroupKind | null;
  readonly title: string;
  readonly family: FamilyId | null;
  readonly familyName: string;
  readonly readers: readonly Reader[];
  /** Nobody writes here until it is opened again. */
  readonly closed: boolean;
  /** Why this person may not write; null when they may, and when they are no longer in the room. */
  readonly readOnly: "closed" | "leaving" | "reader" | null;
  readonly lastText: string;
  readonly lastAt: number | null;
  readonly unread: number;
}

/** `waiting`: on this device, not yet acknowledged. `refused`: will not be sent; the reason stands beside it. */
export type EntryState =
  | { readonly kind: "sent" }
  | { readonly kind: "waiting" }
  | { readonly kind: "refused"; readonly refusal: ClientRefusal };

export type RoomLineEntry =
  | {
      readonly kind: "message";
      readonly entry: EntryId;
      readonly author: Reader;
      readonly text: string;
      readonly at: number;
      readonly state: EntryState;
    }
  | {
      readonly kind: "audience";
      readonly seq: number;
      readonly change:
        | "created"
        | "added"
        | "removed"
        | "re-keyed"
        | "renewed"
        | "joined-here"
        | "joined-with-past"
        | "closed"
        | "reopened";
      readonly names: readonly string[];
      readonly at: number;
    }
  | {
      readonly kind: "granted";
      readonly seq: number;
      readonly by: Reader;
      readonly to: Reader;
      /** Null when this person came in later. */
      readonly from: number | null;
      readonly isAll: boolean;
      readonly at: number;
    }
  | {
      readonly kind: "returned";
      readonly seq: number;
      readonly by: Reader;
      readonly person: Reader;
      readonly at: number;
    }
  | {
      readonly kind: "notice";
      readonly seq: number;
      readonly notice: "gap" | "replay" | "fork" | "unreadable";
      readonly at: number;
    };

export interface RoomView extends RoomLineView {
  readonly entries: readonly RoomLineEntry[];
  readonly mayWrite: boolean;
  /** An adult of the family, who may ask to be taken out of its rooms. */
  readonly mayLeaveFamily: boolean;
  readonly mayChangeReaders: boolean;
  /** Whose keys changed, and this person has not said that they know. */
  readonly warnings: readonly Reader[];
  /** What the person was writing when this was computed; typing alone computes nothing anew. */
  readonly draft: string;
}

export interface FamilyLineView {
  readonly family: FamilyId;
  readonly name: string;
  readonly people: number;
  readonly joined: number;
  readonly closed: boolean;
}

export interface FamilyPersonView {
  readonly person: Person;
  readonly account: AccountId | null;
  readonly verified: Verification | null;
  /** They lost every way in, and have not come back yet. */
  readonly hasLost: boolean;
  readonly invitation: {
    readonly invitation: InvitationId;
    readonly state: "open" | "accepted" | "revoked" | "expired";
    readonly expiresAt: number;
  } | null;
}

export interface FamilyView {
  readonly family: FamilyId;
  readonly name: string;
  readonly people: readonly FamilyPersonView[];
  /** The names of those who have left. */
  readonly left: readonly string[];
  readonly closed: boolean;
  /** Who looks after the family. */
  readonly professionals: readonly ProfessionalView[];
  readonly rooms: readonly RoomLineView[];
  /** Rooms of the family that colleagues keep and this person is not in. */
  readonly outOfReach: readonly {
    readonly room: RoomId;
    readonly kind: RoomKind;
    readonly subgroup: SubgroupKind | null;
    readonly names: readonly string[];
  }[];
}

export interface ProfessionalView extends Reader {
  /** They have asked to be taken out, which is under way. */
  readonly isLeaving: boolean;
}

export interface StaffPersonView {
  readonly staff: StaffPerson;
  readonly account: AccountId | null;
  readonly isMe: boolean;
  readonly verified: Verification | null;
  readonly invitation: FamilyPersonView["invitation"];
  readonly isLeaving: boolean;
}

/** A family that hangs on this person, who cannot leave the practice before it is in other hands. */
export interface HandOverLine {
  readonly family: FamilyId;
  readonly name: string;
  readonly closed: boolean;
  /** Who else looks after it. */
  readonly others: readonly string[];
  /** Rooms that nobody but this person keeps. */
  readonly keptAlone: readonly RoomLineView[];
  readonly isUnderWay: boolean;
}

/** The practice as its staff sees it. */
export interface PracticeView {
  readonly myRole: StaffRole;
  /** False for staff who have come in by an invitation that nobody has acted on yet. */
  readonly isLetIn: boolean;
  readonly mayInvite: boolean;
  readonly people: readonly StaffPersonView[];
  readonly handOver: readonly HandOverLine[];
  /** Asked to leave; a colleague has to end the account. */
  readonly isLeaving: boolean;
}

export interface FactorView {
  readonly factor: FactorId;
  readonly kind: "passkey" | "passphrase" | "recovery";
  readonly name: string | null;
  readonly createdAt: number;
  readonly lastUsedAt: number | null;
}

/** Something about keys or the log that the person must see. Never goes away by itself. */
export interface Alarm {
  readonly kind:
    | "log-rewritten"
    | "log-split"
    | "vault-rolled-back"
    | "room-forked"
    | "identity-swapped"
    | "server-key-changed";
  readonly room: RoomId | null;
  readonly at: number;
}

/** What screens render. `null` means: not here (yet). Views are plain data that can cross to another thread. */
export interface Views {
  readonly session: SessionView;
  readonly rooms: readonly RoomLineView[];
  readonly families: readonly FamilyLineView[];
  readonly factors: readonly FactorView[];
  readonly alarms: readonly Alarm[];
  /** Null for families. */
  readonly practice: PracticeView | null;
}

export interface Client {
  readonly actions: Actions;
  /** Calls back at once with what is known, then at every change. Answers the function that stops it. */
  watch<Name extends keyof Views>(name: Name, callback: (view: Views[Name]) => void): () => void;
  watchRoom(room: RoomId, callback: (view: RoomView | null) => void): () => void;
  watchFamily(family: FamilyId, callback: (view: FamilyView | null) => void): () => void;
  /** Resumes what this device kept, connects, and keeps in step until closed. */
  start(): Promise<void>;
  close(): Promise<void>;
}
