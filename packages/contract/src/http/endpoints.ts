import * as z from "zod/mini";
import { LIMITS } from "../limits.ts";
import { Base64, Count, Hash, Id, Millis } from "../scalars.ts";
import { CUSTODY_ENDPOINTS } from "./custody.ts";
import { FILE_ENDPOINTS } from "./files.ts";
import {
  Enrolment,
  EnrolmentDoor,
  FactorLine,
  FactorWrap,
  LoginStarted,
  NewFactor,
  PasskeyOptions,
  PassphraseStarted,
  Renewing,
  Securing,
  SignedIn,
  SignInName,
} from "./account.ts";
import { MailAddress, MailCode, PushEndpoint, QuietHours, Reminders } from "./reminder.ts";
import { SealedDeviceNote, SessionLine } from "./session.ts";

const Empty = z.strictObject({});
const Opaque = z.string().check(z.maxLength(2048));
const BlobName = z.string().check(z.regex(/^[a-z][a-z0-9-]{0,31}$/));

/**
 * One thing in a room's log, as its reader sees it: `seq` counts from the reader's own joining event, which is 1. `erased` is a frame
 * that its author took away: `bytes` is its stub (docs/formats/frame.md).
 */
export const RoomItem = z.strictObject({
  seq: Count,
  kind: z.enum(["event", "frame", "erased"]),
  bytes: Base64(LIMITS.eventBytesMax),
  at: Millis,
});
/** `ended`: nothing of it is left but how it came to its end (`readEnding`). */
export const RoomLine = z.strictObject({ room: Id, seq: Count, epoch: Count, ended: z.boolean() });
/** What stays of a room that has ended: husks of its events, and last of all the event that ended it (docs/formats/room.md). */
export const EndingItem = z.strictObject({
  seq: Count,
  kind: z.enum(["husk", "event"]),
  bytes: Base64(LIMITS.huskBytesMax),
  at: Millis,
});
export const InvitationLine = z.strictObject({
  invitation: Id,
  state: z.enum(["open", "accepted", "admitted", "revoked", "expired"]),
  expiresAt: Millis,
  /** Present once accepted: who came, with which identity, and the proof. */
  acceptance: z.nullable(z.strictObject({ account: Id, identity: Hash, proof: Hash })),
});

interface Endpoint {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly path: string;
  /** `none`: anybody; `session`: a bearer token; `either`: behaves by whether one is there. */
  readonly auth: "none" | "session" | "either";
  /** A custodian's session may ask this too. Everything else is for people. */
  readonly custodian?: true;
  readonly params: z.ZodMiniObject;
  readonly query: z.ZodMiniObject;
  readonly body: z.ZodMiniType | null;
  /** The body may be larger than others: it carries a vault. */
  readonly vault?: true;
  readonly answer: z.ZodMiniType;
  readonly says: string;
}

const rest = { params: Empty, query: Empty, body: null } as const;
const Room = z.strictObject({ room: Id });
const Channel = z.strictObject({ channel: Id });

/** Every request the server answers. Routes, the OpenAPI document and the client's calls all come from this table. */
export const ENDPOINTS = {
  health: {
    ...rest,
    method: "GET",
    path: "/v1/health",
    auth: "none",
    answer: z.strictObject({ ok: z.literal(true), claimed: z.boolean() }),
    says: "Whether the server is up, and whether a practice has been set up.",
  },
  checkSetupCode: {
    ...rest,
    method: "POST",
    path: "/v1/setup/check",
    auth: "none",
    body: z.strictObject({ code: z.string().check(z.maxLength(64)) }),
    answer: Empty,
    says: "Whether a set-up code is good.",
  },
  openInvitation: {
    ...rest,
    method: "POST",
    path: "/v1/invitations/:invitation/open",
    params: z.strictObject({ invitation: Id }),
    auth: "either",
    body: z.strictObject({ token: Hash }),
    answer: z.strictObject({
      inviter: Hash,
      identity: Base64(LIMITS.identityBytesMax),
      standing: z.enum(["practice", "family"]),
    }),
    says: "What the holder of an open invitation may know. Refused from a signed-in session: an account is never shared.",
  },

  enrolPasskeyOptions: {
    ...rest,
    method: "POST",
    path: "/v1/enrolments/passkey-options",
    auth: "none",
    body: z.strictObject({ door: EnrolmentDoor, account: Id }),
    answer: PasskeyOptions,
    says: "Options for the first passkey of a new account.",
  },
  enrolPassphraseStart: {
    ...rest,
    method: "POST",
    path: "/v1/enrolments/passphrase-start",
    auth: "none",
    body: z.strictObject({ door: EnrolmentDoor, name: SignInName, request: Opaque }),
    answer: PassphraseStarted,
    says: "OPAQUE registration for a new account.",
  },
  enrol: {
    ...rest,
    method: "POST",
    path: "/v1/enrolments",
    auth: "none",
    body: Enrolment,
    answer: SignedIn,
    says: "Makes an account with its identity, vault and first factor, and spends the code or invitation, in one transaction. The very same enrolment again, within minutes, answers a new session; later its code or invitation is used.",
  },

  signInPasskeyOptions: {
    ...rest,
    method: "POST",
    path: "/v1/sign-in/passkey-options",
    auth: "none",
    body: Empty,
    answer: PasskeyOptions,
    says: "Options for a passkey sign-in (discoverable credential).",
  },
  signInPasskey: {
    ...rest,
    method: "POST",
    path: "/v1/sign-in/passkey",
    auth: "none",
    body: z.strictObject({ attempt: Id, response: z.record(z.string(), z.unknown()) }),
    answer: SignedIn,
    says: "Signs in with a passkey.",
  },
  signInPassphraseStart: {
    ...rest,
    method: "POST",
    path: "/v1/sign-in/passphrase-start",
    auth: "none",
    body: z.strictObject({ name: SignInName, request: Opaque }),
    answer: LoginStarted,
    says: "OPAQUE sign-in, first half. An unknown name answers like a known one.",
  },
  signInPassphrase: {
    ...rest,
    method: "POST",
    path: "/v1/sign-in/passphrase",
    auth: "none",
    body: z.strictObject({ attempt: Id, request: Opaque }),
    answer: SignedIn,
    says: "OPAQUE sign-in, second half.",
  },
  signInRecovery: {
    ...rest,
    method: "POST",
    path: "/v1/sign-in/recovery",
    auth: "none",
    body: z.strictObject({ lookup: Base64(16), proof: Hash }),
    answer: SignedIn,
    says: "Signs in with a recovery sheet.",
  },
  signOut: {
    ...rest,
    method: "POST",
    path: "/v1/sign-out",
    auth: "session",
    custodian: true,
    body: Empty,
    answer: Empty,
    says: "Ends this session.",
  },

  listSessions: {
    ...rest,
    method: "GET",
    path: "/v1/sessions",
    auth: "session",
    answer: z.strictObject({ sessions: z.array(SessionLine) }),
    says: "The sessions of this account that are open, or were within two weeks, newest first.",
  },
  writeSessionNote: {
    ...rest,
    method: "PUT",
    path: "/v1/sessions/this/note",
    auth: "session",
    body: z.strictObject({ note: SealedDeviceNote }),
    answer: Empty,
    says: "What this session's device says of itself, sealed.",
  },
  endSession: {
    ...rest,
    method: "DELETE",
    path: "/v1/sessions/:session",
    params: z.strictObject({ session: Id }),
    auth: "session",
    answer: Empty,
    says: "Ends a session of this account at once. One that is not there has ended already.",
  },
  endOtherSessions: {
    ...rest,
    method: "POST",
    path: "/v1/sessions/end-others",
    auth: "session",
    body: Empty,
    answer: Empty,
    says: "Ends every session of this account but the one that asks.",
  },
  readWraps: {
    ...rest,
    method: "GET",
    path: "/v1/wraps",
    auth: "session",
    answer: z.strictObject({ wraps: z.array(FactorWrap) }),
    says: "The vault key of this account as each of its factors wraps it: to be held against a factor that is shown again.",
  },

  listFactors: {
    ...rest,
    method: "GET",
    path: "/v1/factors",
    auth: "session",
    answer: z.strictObject({ factors: z.array(FactorLine) }),
    says: "The ways into this account.",
  },
  factorPasskeyOptions: {
    ...rest,
    method: "POST",
    path: "/v1/factors/passkey-options",
    auth: "session",
    body: Empty,
    answer: PasskeyOptions,
    says: "Options for a further passkey.",
  },
  factorPassphraseStart: {
    ...rest,
    method: "POST",
    path: "/v1/factors/passphrase-start",
    auth: "session",
    body: z.strictObject({ name: SignInName, request: Opaque }),
    answer: PassphraseStarted,
    says: "OPAQUE registration for a further passphrase.",
  },
  addFactor: {
    ...rest,
    method: "POST",
    path: "/v1/factors",
    auth: "session",
    body: NewFactor,
    answer: Empty,
    says: "Adds a factor. The same factor id again changes nothing.",
  },
  removeFactor: {
    ...rest,
    method: "DELETE",
    path: "/v1/factors/:factor",
    params: z.strictObject({ factor: Id }),
    auth: "session",
    answer: Empty,
    says: "Removes a factor; never the last one.",
  },

  secureAccount: {
    ...rest,
    method: "POST",
    path: "/v1/account/secure",
    auth: "session",
    body: Securing,
    vault: true,
    answer: SignedIn,
    says: "Replaces the vault key, the recovery sheet and the identity of this account in one transaction. Factors that are not named go, and every session ends; the answer opens a new one.",
  },
  renewIdentity: {
    ...rest,
    method: "POST",
    path: "/v1/account/renew",
    auth: "session",
    body: Renewing,
    vault: true,
    answer: Empty,
    says: "Publishes the next identity of this account and writes the vault that holds it, in one transaction. From then on no event names an older one for somebody who is new to a room. stale-version when the vault is not the next one; malformed for an identity that does not follow on the newest.",
  },
  closeAccount: {
    ...rest,
    method: "POST",
    path: "/v1/accounts/:account/close",
    params: z.strictObject({ account: Id }),
    auth: "session",
    body: Empty,
    answer: Empty,
    says: "Shuts the account of somebody of a family who lost every way in: its sessions end and its factors are gone. For a keeper of a room that it is in.",
  },

  readVault: {
    ...rest,
    method: "GET",
    path: "/v1/vault/:name",
    params: z.strictObject({ name: BlobName }),
    auth: "session",
    answer: z.strictObject({ version: Count, bytes: Base64(LIMITS.blobBytesMax) }),
    says: "The newest version of a vault blob.",
  },
  writeVault: {
    ...rest,
    method: "PUT",
    path: "/v1/vault/:name",
    params: z.strictObject({ name: BlobName }),
    auth: "session",
    body: z.strictObject({ version: Count, bytes: Base64(LIMITS.blobBytesMax) }),
    vault: true,
    answer: Empty,
    says: "Writes version n when n-1 is the newest, with its leaf in the key log; otherwise stale-version.",
  },

  readIdentities: {
    ...rest,
    method: "POST",
    path: "/v1/identities",
    auth: "session",
    custodian: true,
    body: z.strictObject({ hashes: z.array(Hash).check(z.maxLength(LIMITS.lookupsPerRequestMax)) }),
    answer: z.strictObject({
      records: z.array(z.strictObject({ hash: Hash, bytes: Base64(LIMITS.identityBytesMax) })),
    }),
    says: "Identity records by hash; unknown hashes are left out.",
  },
  readNewestIdentities: {
    ...rest,
    method: "POST",
    path: "/v1/identities/newest",
    auth: "session",
    body: z.strictObject({ accounts: z.array(Id).check(z.maxLength(LIMITS.lookupsPerRequestMax)) }),
    answer: z.strictObject({
      records: z.array(z.strictObject({ account: Id, hash: Hash, bytes: Base64(LIMITS.identityBytesMax) })),
    }),
    says: "The newest published identity of each account; unknown accounts are left out. For staff.",
  },

  readCheckpoint: {
    ...rest,
    method: "GET",
    path: "/v1/log/checkpoint",
    auth: "session",
    custodian: true,
    answer: z.strictObject({ note: z.string() }),
    says: "The practice's signed checkpoint (C2SP).",
  },
  readConsistency: {
    ...rest,
    method: "GET",
    path: "/v1/log/consistency",
    query: z.strictObject({
      from: z.string().check(z.regex(/^[0-9]{1,15}$/)),
      to: z.string().check(z.regex(/^[0-9]{1,15}$/)),
    }),
    auth: "session",
    custodian: true,
    answer: z.strictObject({ proof: z.array(Hash) }),
    says: "RFC 6962 consistency proof between two sizes.",
  },
  readInclusion: {
    ...rest,
    method: "POST",
    path: "/v1/log/inclusion",
    auth: "session",
    custodian: true,
    body: z.strictObject({
      size: Count,
      leaves: z.array(Hash).check(z.maxLength(LIMITS.lookupsPerRequestMax)),
    }),
    answer: z.strictObject({
      found: z.array(z.strictObject({ leaf: Hash, index: Count, proof: z.array(Hash) })),
    }),
    says: "RFC 6962 inclusion proofs for leaf hashes; unknown ones are left out.",
  },

  listRooms: {
    ...rest,
    method: "GET",
    path: "/v1/rooms",
    auth: "session",
    answer: z.strictObject({ rooms: z.array(RoomLine) }),
    says: "The rooms this account is in, by id, with the newest seq and epoch, and whether they have ended.",
  },
  appendEvent: {
    ...rest,
    method: "POST",
    path: "/v1/rooms/:room/events",
    params: Room,
    auth: "session",
    custodian: true,
    body: z.strictObject({ bytes: Base64(LIMITS.eventBytesMax) }),
    answer: z.strictObject({ seq: Count, at: Millis }),
    says: "Appends a membership event (create at epoch 0) with its leaf in the key log. The same event again answers its seq. One that ends the room takes everything that was in it away: all that is asked of the room from then on, but readEnding and the same event again, is refused with room-ended.",
  },
  readRoom: {
    ...rest,
    method: "GET",
    path: "/v1/rooms/:room/log",
    params: Room,
    query: z.strictObject({ after: z.string().check(z.regex(/^[0-9]{1,15}$/)) }),
    auth: "session",
    custodian: true,
    answer: z.strictObject({ items: z.array(RoomItem), more: z.boolean() }),
    says: "Items after a seq, in order.",
  },
  readHistory: {
    ...rest,
    method: "GET",
    path: "/v1/rooms/:room/history",
    params: Room,
    query: z.strictObject({ after: z.string().check(z.regex(/^[0-9]{1,15}$/)) }),
    auth: "session",
    custodian: true,
    answer: z.strictObject({ items: z.array(RoomItem), more: z.boolean() }),
    says: "What a keeper let this account read from before it came in, counted from the first of it, up to before its joining event.",
  },
  readEnding: {
    ...rest,
    method: "GET",
    path: "/v1/rooms/:room/ending",
    params: Room,
    query: z.strictObject({ after: z.string().check(z.regex(/^[0-9]{1,15}$/)) }),
    auth: "session",
    answer: z.strictObject({ items: z.array(EndingItem), more: z.boolean() }),
    says: "What stays of a room that has ended, after a seq of the reader's own count: a husk of each event from their joining event on, then the event that ended it. not-here for a room that goes on.",
  },
  appendFrame: {
    ...rest,
    method: "POST",
    path: "/v1/rooms/:room/frames",
    params: Room,
    auth: "session",
    body: z.strictObject({
      bytes: Base64(LIMITS.frameBytesMax),
      erases: z.optional(z.array(Id).check(z.maxLength(LIMITS.erasuresPerRequestMax))),
    }),
    answer: z.strictObject({ seq: Count, at: Millis }),
    says: "Appends a content frame of the newest epoch. The same frame id by the same author again answers the first seq, whatever comes with it; 0 when it is from a time when they were in the room before. `erases`: with a deletion, the caller's own frames that it takes away, erased together with the storing or not at all, as eraseFrames would.",
  },
  eraseFrames: {
    ...rest,
    method: "POST",
    path: "/v1/rooms/:room/erasures",
    params: Room,
    auth: "session",
    body: z.strictObject({ frames: z.array(Id).check(z.maxLength(LIMITS.erasuresPerRequestMax)) }),
    answer: Empty,
    says: "Erases what was sealed in the caller's own frames, by their ids, and leaves a stub in the place of each. Others' frames, and ids that are not there, are left out. The same again changes nothing.",
  },

  ...FILE_ENDPOINTS,
  ...CUSTODY_ENDPOINTS,

  makeInvitation: {
    ...rest,
    method: "POST",
    path: "/v1/invitations",
    auth: "session",
    body: z.strictObject({
      invitation: Id,
      tokenHash: Hash,
      standing: z.enum(["practice", "family"]),
      inviter: Hash,
      expiresAt: Millis,
    }),
    answer: Empty,
    says: "Registers an invitation. Staff only.",
  },
  listInvitations: {
    ...rest,
    method: "POST",
    path: "/v1/invitations/look-up",
    auth: "session",
    body: z.strictObject({ invitations: z.array(Id).check(z.maxLength(LIMITS.lookupsPerRequestMax)) }),
    answer: z.strictObject({ invitations: z.array(InvitationLine) }),
    says: "Invitations by id; unknown ones are left out. Staff only, and only whoever knows an id learns of it: what one family's staff does is not shown to the rest.",
  },
  revokeInvitation: {
    ...rest,
    method: "POST",
    path: "/v1/invitations/:invitation/revoke",
    params: z.strictObject({ invitation: Id }),
    auth: "session",
    body: Empty,
    answer: Empty,
    says: "Makes an open invitation worthless.",
  },
  admitInvitation: {
    ...rest,
    method: "POST",
    path: "/v1/invitations/:invitation/admit",
    params: z.strictObject({ invitation: Id }),
    auth: "session",
    body: Empty,
    answer: Empty,
    says: "Notes that an accepted invitation has been acted on.",
  },

  endAccount: {
    ...rest,
    method: "POST",
    path: "/v1/accounts/:account/end",
    params: z.strictObject({ account: Id }),
    auth: "session",
    body: z.strictObject({ besides: z.nullable(Id), evenSo: z.boolean() }),
    answer: Empty,
    says: "Ends the account of somebody else of the staff: its sessions, every further sign-in, its open invitations. Staff only. Refused while the account is in rooms besides the one named, unless `evenSo`.",
  },
  readReminders: {
    ...rest,
    method: "GET",
    path: "/v1/reminders",
    auth: "session",
    answer: Reminders,
    says: "How this account is reminded, and what of that this practice offers.",
  },
  startMailReminder: {
    ...rest,
    method: "POST",
    path: "/v1/reminders/mail",
    auth: "session",
    body: z.strictObject({ address: MailAddress }),
    answer: z.strictObject({ proof: Id }),
    says: "Mails a code to an address. The answer is the same whether anybody uses it already.",
  },
  addMailReminder: {
    ...rest,
    method: "POST",
    path: "/v1/reminders/mail/prove",
    auth: "session",
    body: z.strictObject({
      proof: Id,
      code: MailCode,
      channel: Id,
      withLink: z.boolean(),
      quiet: QuietHours,
    }),
    answer: Empty,
    says: "Reminds by mail from now on, proved by the code that was mailed. An address that another account uses is refused only here, to who holds the mailbox.",
  },
  addPushReminder: {
    ...rest,
    method: "POST",
    path: "/v1/reminders/push",
    auth: "session",
    body: z.strictObject({ channel: Id, endpoint: PushEndpoint, quiet: QuietHours }),
    answer: Channel,
    says: "Reminds a device by Web Push, without a payload, through a known push service. Answers its channel, which may be one that it had already.",
  },
  keepPushReminder: {
    ...rest,
    method: "POST",
    path: "/v1/reminders/push/keep",
    auth: "session",
    body: z.strictObject({ endpoint: PushEndpoint }),
    answer: Channel,
    says: "Which channel this device's subscription is; ties it to this session. not-here: it is none of this account's any more.",
  },
  changeReminder: {
    ...rest,
    method: "PUT",
    path: "/v1/reminders/:channel",
    params: Channel,
    auth: "session",
    body: z.strictObject({ withLink: z.boolean(), quiet: QuietHours }),
    answer: Empty,
    says: "Changes a channel, and lets a paused one go on.",
  },
  removeReminder: {
    ...rest,
    method: "DELETE",
    path: "/v1/reminders/:channel",
    params: Channel,
    auth: "session",
    answer: Empty,
    says: "Ends a channel. With the last one, everything that the server noted for reminders goes.",
  },
  tryReminder: {
    ...rest,
    method: "POST",
    path: "/v1/reminders/:channel/try",
    params: Channel,
    auth: "session",
    body: Empty,
    answer: Empty,
    says: "Sends one reminder now, as it will always look.",
  },
} as const satisfies { readonly [name: string]: Endpoint };

export type EndpointName = keyof typeof ENDPOINTS;
export type EndpointOf<Name extends EndpointName> = (typeof ENDPOINTS)[Name];
export type ParamsOf<Name extends EndpointName> = z.output<EndpointOf<Name>["params"]>;
export type QueryOf<Name extends EndpointName> = z.output<EndpointOf<Name>["query"]>;
export type BodyOf<Name extends EndpointName> = EndpointOf<Name>["body"] extends z.ZodMiniType
  ? z.output<EndpointOf<Name>["body"]>
  : null;
export type AnswerOf<Name extends EndpointName> = z.output<EndpointOf<Name>["answer"]>;
