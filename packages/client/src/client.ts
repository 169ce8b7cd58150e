import type {
  AccountId,
  EntryId,
  FactorId,
  FamilyId,
  PersonId,
  Person,
  QuietHours,
  RoomId,
  StaffPerson,
} from "@sotto/domain";
import type { AgreementActions, AgreementView } from "./agreement.ts";
import type { ClientRefusal } from "./refusal.ts";
import type { RetentionActions } from "./retention.ts";
import type { TemplateActions } from "./templates.ts";
import type { FamilyView, HistoryChoice, RoomSpan, RoomView, SearchPage, Views } from "./views.ts";

export type * from "./agreement.ts";
export type * from "./refusal.ts";
export type * from "./retention.ts";
export type * from "./templates.ts";
export type * from "./views.ts";

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
export interface Actions extends RetentionActions, AgreementActions, TemplateActions {
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
  /** `keepNothing`: nothing of the account is written on this device; what was not sent when it is locked or closed is lost. */
  signIn(choice: SignInChoice, wish?: { readonly keepNothing: boolean }): Promise<Done>;
  /** Wipes keys from memory and device, ends the session. Works offline. */
  lock(): Promise<void>;
  /** The same, and answers only when the server has ended the session, or cannot be reached. */
  leave(): Promise<void>;
  /** Locks, and removes everything that is kept on this device, of whomever. What was not sent is lost. */
  forgetDevice(): Promise<Done>;
  /** Tells the idle clock that the person is there. */
  touch(): void;

  /**
   * Shows a way in once more. For minutes after that, and after coming in, the ways in may be changed; otherwise each of the three below
   * is refused with `way-needed`, and so is a new address for reminders. Signs nobody in, and does not use up a sheet.
   */
  showWay(choice: SignInChoice): Promise<Done>;
  addFactor(choice: FactorChoice): Promise<Done>;
  removeFactor(factor: FactorId): Promise<Done>;
  /** Makes a new sheet; it replaces the old one only when proved. */
  makeSheet(): Promise<Done<{ readonly code: string }>>;
  /** The person types the code from the paper; on a match the sheet becomes a factor and older sheets are removed. */
  proveSheet(typed: string): Promise<Done>;

  /** Signs a device out, in seconds. It may come in again by any way in that still stands. */
  endDevice(device: string): Promise<Done>;
  endOtherDevices(): Promise<Done>;
  /** The answer to "was this you?". A no signs it out. */
  answerForDevice(wish: { readonly device: string; readonly isMine: boolean }): Promise<Done>;

  /** Whether a room asks for a way in once more before it opens, on all devices of this person; nobody else learns of it. */
  markSecondLook(wish: { readonly room: RoomId; readonly isOn: boolean }): Promise<Done>;
  /** Shows a way in once more, to open a room that is hidden. Signs nobody in, and does not use up a sheet. */
  lookInto(wish: { readonly room: RoomId; readonly choice: SignInChoice }): Promise<Done>;
  /** Hides again, at once, what was opened so. */
  hideLooks(): Promise<void>;

  /** Asks the server how this person is reminded; the view `reminders` shows it from then on, and after each change. */
  readReminders(): Promise<Done>;
  /** Mails a code to an address, to be typed back. Asks for a way in as `addFactor` does. */
  startMailReminder(address: string): Promise<Done<{ readonly proof: string }>>;
  addMailReminder(wish: {
    readonly proof: string;
    readonly code: string;
    readonly withLink: boolean;
    readonly quiet: QuietHours;
  }): Promise<Done>;
  /** Reminds this device by what its browser subscribed to. Answers its channel. */
  addPushReminder(wish: {
    readonly endpoint: string;
    readonly quiet: QuietHours;
  }): Promise<Done<{ readonly channel: string }>>;
  /** Says that this device is still this person's. `not-here`: it is not reminded for them any more, and may give up its subscription. */
  keepPushReminder(endpoint: string): Promise<Done<{ readonly channel: string }>>;
  changeReminder(wish: {
    readonly channel: string;
    readonly withLink: boolean;
    readonly quiet: QuietHours;
  }): Promise<Done>;
  removeReminder(channel: string): Promise<Done>;
  /** Sends one now, as it will always look. */
  tryReminder(channel: string): Promise<Done>;

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
  /**
   * Brings in the practice's continuity by its public text, under the name that rooms call it. The clients of those who keep rooms then let it
   * into each. One that was there before is ended by it.
   */
  bringCustodian(wish: { readonly text: string; readonly name: string }): Promise<Done>;
  /** It is taken out of all rooms, and never comes back. */
  endCustodian(): Promise<Done>;
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
   * the nearest first, each with what they would newly read, and what the agreement says of that for them, or for the `person` who comes in. None when there
   * is nothing to give.
   */
  historyChoices(wish: {
    readonly room: RoomId;
    readonly account: AccountId | null;
    readonly person?: PersonId;
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
  /**
   * Renews this person's sealing keys now, where a room that ended or that they were taken out of makes it due, rather than within a day or
   * so. `not-here` when a room still needs the older keys: it is done as soon as none does.
   */
  renewKeys(): Promise<Done>;
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
    /** The entry that it answers. */
    readonly to?: EntryId | null;
    /** Holds it for as long as the person has chosen, so that it can be undone. A program that leaves this out waits for nothing. */
    readonly mayUndo?: boolean;
  }): Promise<Done<EntryId>>;
  /** Takes back a message that has not gone out, and answers what it said. `sent-already` when it has, or may have. */
  undo(wish: {
    readonly room: RoomId;
    readonly entry: EntryId;
  }): Promise<Done<{ readonly text: string; readonly to: EntryId | null }>>;
  /** Lets a message go that is still held. */
  sendNow(wish: { readonly room: RoomId; readonly entry: EntryId }): Promise<Done>;
  /**
   * New words for a message of one's own, within 15 minutes: `too-late` after that. Durable on this device when it answers. Nobody who came in
   * since the message was said ever reads them: then it is refused with `stale-epoch`, as in `send`.
   */
  edit(wish: { readonly room: RoomId; readonly entry: EntryId; readonly text: string }): Promise<Done>;
  /** Takes away for everyone what one said oneself. Durable on this device when it answers. */
  deleteForAll(wish: { readonly room: RoomId; readonly entry: EntryId }): Promise<Done>;
  /**
   * What was said in this person's rooms with all these words in it, newest first; `after` is the last entry of the page before. Looks on
   * this device only. `cancelled` when a newer search has begun. An empty query finds nothing and makes the first letter quick.
   */
  search(wish: { readonly query: string; readonly after?: EntryId | null }): Promise<Done<SearchPage>>;
  /** For how many seconds a message can be undone after Send: 0, 5, 10 or 30. */
  setUndoSeconds(seconds: number): Promise<Done>;

  /**
   * Whether a build of the page stands in the key log, as this client has verified it: named by its builder's key and the hash of its manifest, both in
   * hexadecimal. A log that is not the one from before answers false, and is an alarm.
   */
  isBuildLogged(build: { readonly builder: string; readonly manifest: string }): Promise<Done<boolean>>;
  /** Takes a refused entry off the screen. */
  discard(wish: { readonly room: RoomId; readonly entry: EntryId }): Promise<Done>;
  /**
   * Durable on this device, sealed, when it answers; then it goes up by itself, also after a reload, and its entry is said when the server has it whole.
   * Messages that are sent meanwhile do not wait for it. `source` is read once. Who came into the room meanwhile does not get it: `stale-epoch`.
   */
  sendFile(wish: {
    readonly room: RoomId;
    readonly source: Blob;
    readonly name: string;
    readonly type: string;
    readonly picture: { readonly width: number; readonly height: number } | null;
    readonly durationMs: number | null;
    /** A small JPEG or WebP. */
    readonly preview: Uint8Array<ArrayBuffer> | null;
    readonly readers?: readonly AccountId[];
  }): Promise<Done<EntryId>>;
  /** Takes a file back that is being prepared or sent, or was refused. `not-here` once it has been said. */
  cancelFile(wish: { readonly entry: EntryId }): Promise<Done>;
  /** Sends a refused file again, to those whom the writer sees named now. */
  retryFile(wish: { readonly entry: EntryId; readonly readers: readonly AccountId[] }): Promise<Done>;
  /** The whole file, opened and checked against what its author signed. Its type is one that a viewer of the page shows, or none. */
  openFile(wish: { readonly room: RoomId; readonly entry: EntryId }): Promise<Done<Blob>>;
  /** The small picture that came with it; null when there is none. */
  filePreview(wish: {
    readonly room: RoomId;
    readonly entry: EntryId;
  }): Promise<Uint8Array<ArrayBuffer> | null>;
  /** Takes the bytes of one's own file away from the server for good; its entry stays in the log and opens no more. */
  removeFile(wish: { readonly room: RoomId; readonly entry: EntryId }): Promise<Done>;
  /** `to` is the entry that the draft answers; what it answered before, when left out. */
  saveDraft(wish: {
    readonly room: RoomId;
    readonly text: string;
    readonly to?: EntryId | null;
  }): Promise<void>;
  markRead(room: RoomId): Promise<void>;
}

export interface Client {
  readonly actions: Actions;
  /** Calls back at once with what is known, then at every change. Answers the function that stops it. */
  watch<Name extends keyof Views>(name: Name, callback: (view: Views[Name]) => void): () => void;
  /** With a span the view holds the end of the room only, so that a long one stays quick; else everything. */
  watchRoom(room: RoomId, callback: (view: RoomView | null) => void, span?: RoomSpan): () => void;
  watchFamily(family: FamilyId, callback: (view: FamilyView | null) => void): () => void;
  watchAgreement(family: FamilyId, callback: (view: AgreementView | null) => void): () => void;
  /** Resumes what this device kept, connects, and keeps in step until closed. */
  start(): Promise<void>;
  close(): Promise<void>;
}
