import type {
  AccountId,
  EntryId,
  FactorId,
  FamilyId,
  FileId,
  FileViewer,
  InvitationId,
  Person,
  QuietHours,
  RoomId,
  RoomKind,
  RoomSentence,
  StaffPerson,
  StaffRole,
  SubgroupKind,
  Verification,
} from "@sotto/domain";
import type { DeviceNote, OpeningReason } from "@sotto/vault";
import type { AgreementLineView } from "./agreement.ts";
import type { ClientRefusal } from "./refusal.ts";
import type { SharedTemplateView } from "./templates.ts";
import type { FamilyRetentionView, PracticeRetentionView } from "./retention.ts";

/** What the agreement says of words that several heard, for whoever would read them anew: under none, or to those who were there. */
export interface PastAgreement {
  readonly reason: "no-agreement" | "told-to-those-there";
  /** Who said them. */
  readonly names: readonly string[];
}

/** A place in a room's past where its keys changed: what is opened from there on, is opened whole. */
export interface HistoryChoice {
  readonly from: number;
  readonly at: number;
  readonly isStart: boolean;
  /** How many messages somebody would newly read, and who wrote them. */
  readonly messages: number;
  readonly authors: readonly string[];
  /** Whose words those of the family are to share, as far as it is known who would read them. */
  readonly agreement: readonly PastAgreement[];
}

export interface SessionView {
  /** `locked`: this device has been used by an account, which must sign in again. */
  readonly state: "starting" | "signed-out" | "locked" | "unlocked";
  readonly claimed: boolean;
  readonly online: boolean;
  /** The first connection since coming in is still being made, and has not failed yet. */
  readonly joining: boolean;
  /** Whether the rooms have been read since unlocking: before that, one that is not shown may still come. */
  readonly inStep: boolean;
  readonly account: AccountId | null;
  readonly standing: "practice" | "family" | null;
  readonly displayName: string;
  readonly practiceName: string;
  readonly sheetProved: boolean;
  /** Whoever is in asked that nothing be kept on this device. */
  readonly keepsNothing: boolean;
  /** A month has gone by since the sheet was last typed. */
  readonly sheetDue: boolean;
  /** When this person's sealing keys were last renewed and the older ones destroyed; null when they never were. */
  readonly keysRenewedAt: number | null;
  /** Since when that is owed again; null when it is not. */
  readonly keysOwedSince: number | null;
  /** This person has been in a room, if only once. */
  readonly hasBeenInRooms: boolean;
  /** How this device was last signed in, to offer that first. */
  readonly lastFactor: "passkey" | "passphrase" | "recovery" | null;
  readonly lastSignInName: string | null;
}

/** How this person can tell who somebody is; `unknown`: nobody whom they have checked let them in. */
export type Trust = Verification | "unknown";

export interface Reader {
  readonly account: AccountId;
  readonly name: string;
  readonly role: string;
  /** 0 to 15: which face this person has everywhere. */
  readonly face: number;
  readonly isMe: boolean;
  readonly canWrite: boolean;
  readonly verified: Trust;
  /** They lost everything and came back with new keys, which this person has not compared yet. */
  readonly keysChanged: boolean;
}

/** The kinds of rooms that people read and write in. */
export type ShownRoomKind = Exclude<RoomKind, "agreement">;

export interface RoomLineView {
  readonly room: RoomId;
  /** `hidden`: this person must show that it is they before they see more of it than that it is there. `open`: they have. */
  readonly secondLook: "none" | "hidden" | "open";
  readonly kind: ShownRoomKind;
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

/**
 * `held`: on this device, and goes out at that time unless it is taken back. `waiting`: on this device, not yet acknowledged. `refused`:
 * will not be sent, or does not count; the reason stands beside it.
 */
export type EntryState =
  | { readonly kind: "sent" }
  | { readonly kind: "held"; readonly until: number }
  | { readonly kind: "waiting" }
  | { readonly kind: "refused"; readonly refusal: ClientRefusal };

/** What a message answers: how it begins, or why it cannot be shown. Of a file, `text` is its name, which may be empty. */
export type Quote =
  | {
      readonly kind: "shown";
      readonly entry: EntryId;
      readonly author: Reader;
      readonly text: string;
      readonly isFile: boolean;
    }
  | { readonly kind: "deleted" | "before" };

export interface FileView {
  readonly file: FileId;
  /** One line without anything unseen; empty when its sender gave none. */
  readonly name: string;
  readonly type: string;
  readonly viewer: FileViewer;
  readonly size: number;
  readonly picture: { readonly width: number; readonly height: number } | null;
  readonly durationMs: number | null;
  readonly hasPreview: boolean;
}

/** A file that moves: how many of its bytes have come how far. */
export interface TransferView {
  readonly entry: EntryId;
  /** `preparing`: being sealed on this device, not safe yet. */
  readonly kind: "preparing" | "sending" | "receiving";
  readonly done: number;
  readonly bytes: number;
}

export type RoomLineEntry =
  | {
      readonly kind: "message";
      readonly entry: EntryId;
      readonly author: Reader;
      readonly text: string;
      readonly quote: Quote | null;
      readonly at: number;
      /** When the words were last changed; null when they stand as they were first said. */
      readonly editedAt: number | null;
      /** Until when its author, who is looking, may change it; null when they may not. */
      readonly editableUntil: number | null;
      readonly mayDelete: boolean;
      readonly state: EntryState;
      /** What `state` is about, to be undone or discarded: the message itself, or a change of it that does not stand. */
      readonly pending: EntryId | null;
      /** What its author wants of a message that is there, while `state` is about that; null where it is about the message itself. */
      readonly wish: "change" | "deletion" | null;
    }
  | {
      readonly kind: "deleted";
      readonly entry: EntryId;
      readonly author: Reader;
      readonly at: number;
      /** Null while the deletion itself waits to be sent. */
      readonly deletedAt: number | null;
    }
  | {
      readonly kind: "file";
      readonly entry: EntryId;
      readonly author: Reader;
      readonly file: FileView;
      readonly at: number;
      readonly mayDelete: boolean;
      readonly state: EntryState;
      /** The deletion of it that does not stand, to be discarded, while `state` is about that (`wish`); null where it is about the file itself. */
      readonly pending: EntryId | null;
      readonly wish: "deletion" | null;
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
        | "continuity-added"
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
      /** In a private room: what is said from here on falls under another rule than what stands before it. */
      readonly kind: "rule";
      readonly seq: number;
      readonly sentence: RoomSentence;
      readonly at: number;
    }
  | {
      /** The practice's continuity was used to read this room. */
      readonly kind: "opened";
      readonly seq: number;
      readonly by: Reader;
      readonly reason: OpeningReason;
      /** Who allowed it, as those said who held the sheets; without a name where this person does not know them. */
      readonly allowedBy: Reader | null;
      readonly at: number;
    }
  | {
      readonly kind: "notice";
      readonly seq: number;
      readonly notice: "gap" | "replay" | "fork" | "unreadable";
      readonly at: number;
    };

export type OpenedLine = RoomLineEntry & { readonly kind: "opened" };

/** Which part of a room is looked at: so many of the last lines, and further back where that takes to reach an entry. */
export interface RoomSpan {
  readonly last: number;
  readonly from: EntryId | null;
}

export interface RoomView extends RoomLineView {
  readonly entries: readonly RoomLineEntry[];
  /** How many lines there are before these. */
  readonly earlier: number;
  readonly mayWrite: boolean;
  /** An adult of the family, who may ask to be taken out of its rooms. */
  readonly mayLeaveFamily: boolean;
  readonly mayChangeReaders: boolean;
  /** Whose keys changed, and this person has not said that they know. */
  readonly warnings: readonly Reader[];
  /** Whom nobody that this person has checked let in, and of whom they have not said that they know. */
  readonly strangers: readonly Reader[];
  /** The last time that the practice's continuity was used to read the room; null when it never was. */
  readonly opened: OpenedLine | null;
  /** The one sentence about what holds here, before anybody types; null for a room that has to do with no family. */
  readonly sentence: RoomSentence | null;
  /** What the person was writing when this was computed; typing alone computes nothing anew. */
  readonly draft: string;
  /** What the draft answers. */
  readonly draftQuote: Quote | null;
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
  readonly retention: FamilyRetentionView;
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
  readonly verified: Trust | null;
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
  /** How many rooms nobody but this person keeps. */
  readonly keptAlone: number;
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
  readonly custodian: CustodianView | null;
  readonly retention: PracticeRetentionView;
  /** The templates that the practice shares, retired ones too. */
  readonly templates: readonly SharedTemplateView[];
}

/** The practice's continuity, as the practice's record and this person's rooms have it. */
export interface CustodianView {
  readonly account: AccountId;
  readonly name: string;
  /** Of the families' rooms that this person keeps: in how many it is, and how many there are. */
  readonly rooms: number;
  readonly roomsInAll: number;
}

export interface FactorView {
  readonly factor: FactorId;
  readonly kind: "passkey" | "passphrase" | "recovery";
  readonly name: string | null;
  readonly createdAt: number;
  readonly lastUsedAt: number | null;
}

/** What a person has chosen, the same in all their browsers. */
export interface PreferencesView {
  readonly undoSeconds: number;
}

/** A device that is or was signed in as this person, as it says of itself. */
export interface DeviceView {
  readonly device: string;
  readonly isThis: boolean;
  readonly isOpen: boolean;
  /** This device has not met it, and the person has not answered for it. */
  readonly isNew: boolean;
  /** Null when it does not say. */
  readonly browser: DeviceNote["browser"] | null;
  readonly system: DeviceNote["system"] | null;
  /** A town in its time zone; null when that names none. */
  readonly place: string | null;
  /** By which it came in last; null when that way in is gone. */
  readonly factor: { readonly kind: FactorView["kind"]; readonly name: string | null } | null;
  readonly firstAt: number;
  /** To the hour. */
  readonly lastAt: number;
  /** When it came in last. */
  readonly cameAt: number;
}

/** One way in which somebody is reminded. */
export interface ReminderView {
  readonly channel: string;
  readonly kind: "mail" | "push";
  /** `paused`: the mail server would not take it. */
  readonly state: "on" | "paused";
  /** Of mail alone. */
  readonly address: string | null;
  readonly withLink: boolean;
  readonly quiet: QuietHours;
  readonly createdAt: number;
}

export interface RemindersView {
  /** Whether this practice sends mail. */
  readonly mail: boolean;
  /** Whether a mail may name the address of the page. */
  readonly link: boolean;
  /** What a browser's subscription is tied to. */
  readonly pushKey: string;
  readonly channels: readonly ReminderView[];
}

/** Something about keys or the log that the person must see. Never goes away by itself. */
export interface Alarm {
  readonly kind:
    | "log-rewritten"
    | "log-split"
    | "vault-rolled-back"
    | "room-forked"
    | "identity-swapped"
    | "server-key-changed"
    | "room-unreadable";
  readonly room: RoomId | null;
  readonly at: number;
}

/** A room that has ended. Nothing of it is left but this. */
export interface EndedRoomView {
  readonly room: RoomId;
  readonly at: number;
  /** Whoever ended it, as far as this person still knows their name. */
  readonly by: string | null;
}

/** A piece of a text, and whether it is what was looked for. */
export interface SearchPart {
  readonly text: string;
  readonly isFound: boolean;
}

export interface SearchHit {
  readonly room: RoomId;
  readonly entry: EntryId;
  readonly author: Reader;
  readonly at: number;
  /** What was found is the name of a file. */
  readonly isFile: boolean;
  readonly parts: readonly SearchPart[];
}

export interface SearchPage {
  readonly hits: readonly SearchHit[];
  readonly more: boolean;
}

/** What screens render. `null` means: not here (yet). Views are plain data that can cross to another thread. */
export interface Views {
  readonly session: SessionView;
  readonly preferences: PreferencesView;
  readonly rooms: readonly RoomLineView[];
  readonly families: readonly FamilyLineView[];
  readonly factors: readonly FactorView[];
  readonly devices: readonly DeviceView[];
  readonly reminders: RemindersView | null;
  readonly alarms: readonly Alarm[];
  /** The newest first. */
  readonly ended: readonly EndedRoomView[];
  readonly transfers: readonly TransferView[];
  /** Of each family that this person is in, or looks after. */
  readonly agreements: readonly AgreementLineView[];
  /** Null for families. */
  readonly practice: PracticeView | null;
}
