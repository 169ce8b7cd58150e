import type { AnswerOf, BodyOf, EndpointName, ParamsOf, QueryOf } from "@sotto/contract";
import * as account from "../usecases/account.ts";
import { appendFrame } from "../usecases/append-frame.ts";
import { closeAccount } from "../usecases/close-account.ts";
import * as custody from "../usecases/custody.ts";
import { endAccount } from "../usecases/end-account.ts";
import { eraseFrames } from "../usecases/erase-frames.ts";
import { enrol } from "../usecases/enrol.ts";
import * as files from "../usecases/files.ts";
import { checkSetupCode, readHealth } from "../usecases/health.ts";
import * as invitations from "../usecases/invitations.ts";
import * as keyLog from "../usecases/key-log.ts";
import * as reminders from "../usecases/reminders.ts";
import { readNewestIdentities, renewIdentity } from "../usecases/renew-identity.ts";
import * as rooms from "../usecases/rooms.ts";
import * as sessions from "../usecases/sessions.ts";
import { secureAccount } from "../usecases/secure-account.ts";
import * as signIn from "../usecases/sign-in.ts";
import type { From } from "../steps/limiter.ts";
import type { Outcome, Session, World } from "../steps/world.ts";

/** A request that the contract has checked. `session` is there wherever the endpoint asks for one. */
export interface Asked<Name extends EndpointName> {
  readonly params: ParamsOf<Name>;
  readonly query: QueryOf<Name>;
  readonly body: BodyOf<Name>;
  readonly session: Session | null;
  readonly token: string;
  readonly from: From;
}

type Route<Name extends EndpointName> = (
  world: World,
  asked: Asked<Name>,
) => Promise<Outcome<AnswerOf<Name>>>;

/** A route for those who are signed in. */
const signedIn =
  <Name extends EndpointName>(
    run: (world: World, session: Session, asked: Asked<Name>) => Promise<Outcome<AnswerOf<Name>>>,
  ): Route<Name> =>
  (world, asked) =>
    asked.session === null
      ? Promise.resolve({ kind: "refused", refusal: "not-signed-in" })
      : run(world, asked.session, asked);

/** Which use case answers which endpoint; total by type. */
export const ROUTES: { readonly [Name in EndpointName]: Route<Name> } = {
  health: (world) => readHealth(world),
  checkSetupCode: (world, { body }) => checkSetupCode(world, body.code),
  openInvitation: (world, { params, body, session }) =>
    invitations.openInvitation(world, session, { ...params, ...body }),
  enrolPasskeyOptions: (world, { body }) => account.startPasskey(world, body),
  enrolPassphraseStart: (world, { body }) => account.startPassphrase(world, body),
  enrol: (world, { body }) => enrol(world, body),
  signInPasskeyOptions: (world) => signIn.startPasskeySignIn(world),
  signInPasskey: (world, { body }) => signIn.signInByPasskey(world, body),
  signInPassphraseStart: (world, { body, from }) => signIn.startPassphraseSignIn(world, body, from),
  signInPassphrase: (world, { body, from }) => signIn.signInByPassphrase(world, body, from),
  signInRecovery: (world, { body }) => signIn.signInByRecovery(world, body),
  signOut: signedIn((world, session, { token }) => sessions.signOut(world, session, token)),
  listSessions: signedIn((world, session) => sessions.listSessions(world, session)),
  writeSessionNote: signedIn((world, session, { body }) =>
    sessions.writeSessionNote(world, session, body.note),
  ),
  endSession: signedIn((world, session, { params }) => sessions.endSession(world, session, params.session)),
  endOtherSessions: signedIn((world, session) => sessions.endOtherSessions(world, session)),
  readWraps: signedIn((world, session) => sessions.readWraps(world, session)),
  listFactors: signedIn((world, session) => account.listFactors(world, session)),
  factorPasskeyOptions: signedIn((world, session) =>
    account.startPasskey(world, { account: session.account, door: null }),
  ),
  factorPassphraseStart: signedIn((world, _session, { body }) =>
    account.startPassphrase(world, { ...body, door: null }),
  ),
  addFactor: signedIn((world, session, { body }) => account.addFactor(world, session, body)),
  removeFactor: signedIn((world, session, { params }) => account.removeFactor(world, session, params.factor)),
  secureAccount: signedIn((world, session, { body }) => secureAccount(world, session, body)),
  renewIdentity: signedIn((world, session, { body }) => renewIdentity(world, session, body)),
  closeAccount: signedIn((world, session, { params }) => closeAccount(world, session, params.account)),
  readVault: signedIn((world, session, { params }) => account.readVault(world, session, params.name)),
  writeVault: signedIn((world, session, { params, body }) =>
    account.writeVault(world, session, { ...params, ...body }),
  ),
  readIdentities: signedIn((world, session, { body }) =>
    account.lookUpIdentities(world, session, body.hashes),
  ),
  readNewestIdentities: signedIn((world, session, { body }) =>
    readNewestIdentities(world, session, body.accounts),
  ),
  readCheckpoint: signedIn((world, session) => keyLog.readCheckpoint(world, session)),
  readConsistency: signedIn((world, session, { query }) =>
    keyLog.readConsistency(world, session, { from: Number(query.from), to: Number(query.to) }),
  ),
  readInclusion: signedIn((world, session, { body }) => keyLog.readInclusion(world, session, body)),
  listRooms: signedIn((world, session) => rooms.listRooms(world, session)),
  appendEvent: signedIn((world, session, { params, body }) =>
    rooms.appendEvent(world, session, { ...params, ...body }),
  ),
  readRoom: signedIn((world, session, { params, query }) =>
    rooms.readRoom(world, session, { ...params, after: Number(query.after) }),
  ),
  readHistory: signedIn((world, session, { params, query }) =>
    rooms.readHistory(world, session, { ...params, after: Number(query.after) }),
  ),
  readEnding: signedIn((world, session, { params, query }) =>
    rooms.readEnding(world, session, { ...params, after: Number(query.after) }),
  ),
  appendFrame: signedIn((world, session, { params, body }) =>
    appendFrame(world, session, { ...params, ...body }),
  ),
  eraseFrames: signedIn((world, session, { params, body }) =>
    eraseFrames(world, session, { ...params, ...body }),
  ),
  beginFile: signedIn((world, session, { params, body }) =>
    files.beginFile(world, session, { ...params, ...body }),
  ),
  putChunk: signedIn((world, session, { params, body }) =>
    files.putChunk(world, session, { ...params, chunk: Number(params.chunk), bytes: body }),
  ),
  finishFile: signedIn((world, session, { params }) => files.finishFile(world, session, params)),
  readChunk: signedIn((world, session, { params }) =>
    files.readChunk(world, session, { ...params, chunk: Number(params.chunk) }),
  ),
  removeFile: signedIn((world, session, { params }) => files.removeFile(world, session, params)),
  makeInvitation: signedIn((world, session, { body }) => invitations.makeInvitation(world, session, body)),
  listInvitations: signedIn((world, session, { body }) =>
    invitations.listInvitations(world, session, body.invitations),
  ),
  revokeInvitation: signedIn((world, session, { params }) =>
    invitations.revokeInvitation(world, session, params.invitation),
  ),
  admitInvitation: signedIn((world, session, { params }) =>
    invitations.admitInvitation(world, session, params.invitation),
  ),
  readReminders: signedIn((world, session) => reminders.readReminders(world, session)),
  startMailReminder: signedIn((world, session, { body }) =>
    reminders.startMailReminder(world, session, body),
  ),
  addMailReminder: signedIn((world, session, { body }) => reminders.addMailReminder(world, session, body)),
  addPushReminder: signedIn((world, session, { body }) => reminders.addPushReminder(world, session, body)),
  keepPushReminder: signedIn((world, session, { body }) => reminders.keepPushReminder(world, session, body)),
  changeReminder: signedIn((world, session, { params, body }) =>
    reminders.changeReminder(world, session, { ...params, ...body }),
  ),
  removeReminder: signedIn((world, session, { params }) =>
    reminders.removeReminder(world, session, params.channel),
  ),
  tryReminder: signedIn((world, session, { params }) =>
    reminders.tryReminder(world, session, params.channel),
  ),
  bringCustodian: signedIn((world, session, { body }) => custody.bringCustodian(world, session, body)),
  startCustody: (world) => custody.startCustody(world),
  openCustody: (world, { body }) => custody.openCustody(world, body),
  listCustodyRooms: signedIn((world, session) => custody.listCustodyRooms(world, session)),
  endAccount: signedIn((world, session, { params, body }) =>
    endAccount(world, session, { ...params, ...body }),
  ),
};
