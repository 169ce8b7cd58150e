import type { AnswerOf, BodyOf, EndpointName, ParamsOf, QueryOf } from "@sotto/contract";
import * as account from "../usecases/account.ts";
import { appendFrame } from "../usecases/append-frame.ts";
import { closeAccount } from "../usecases/close-account.ts";
import { endAccount } from "../usecases/end-account.ts";
import { enrol } from "../usecases/enrol.ts";
import { checkSetupCode, readHealth } from "../usecases/health.ts";
import * as invitations from "../usecases/invitations.ts";
import * as keyLog from "../usecases/key-log.ts";
import * as rooms from "../usecases/rooms.ts";
import { checkSheet, secureAccount } from "../usecases/secure-account.ts";
import * as signIn from "../usecases/sign-in.ts";
import type { Outcome, Session, World } from "../steps/world.ts";

/** A request that the contract has checked. `session` is there wherever the endpoint asks for one. */
export interface Asked<Name extends EndpointName> {
  readonly params: ParamsOf<Name>;
  readonly query: QueryOf<Name>;
  readonly body: BodyOf<Name>;
  readonly session: Session | null;
  readonly token: string;
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
  signInPassphraseStart: (world, { body }) => signIn.startPassphraseSignIn(world, body),
  signInPassphrase: (world, { body }) => signIn.signInByPassphrase(world, body),
  signInRecovery: (world, { body }) => signIn.signInByRecovery(world, body),
  signOut: signedIn((world, session, { token }) => account.signOut(world, session, token)),
  listFactors: signedIn((world, session) => account.listFactors(world, session)),
  factorPasskeyOptions: signedIn((world, session) =>
    account.startPasskey(world, { account: session.account, door: null }),
  ),
  factorPassphraseStart: signedIn((world, _session, { body }) =>
    account.startPassphrase(world, { ...body, door: null }),
  ),
  addFactor: signedIn((world, session, { body }) => account.addFactor(world, session, body)),
  removeFactor: signedIn((world, session, { params }) => account.removeFactor(world, session, params.factor)),
  checkSheet: signedIn((world, session, { body }) => checkSheet(world, session, body)),
  secureAccount: signedIn((world, session, { body }) => secureAccount(world, session, body)),
  closeAccount: signedIn((world, session, { params }) => closeAccount(world, session, params.account)),
  readVault: signedIn((world, session, { params }) => account.readVault(world, session, params.name)),
  writeVault: signedIn((world, session, { params, body }) =>
    account.writeVault(world, session, { ...params, ...body }),
  ),
  readIdentities: signedIn((world, session, { body }) =>
    account.lookUpIdentities(world, session, body.hashes),
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
  appendFrame: signedIn((world, session, { params, body }) =>
    appendFrame(world, session, { ...params, ...body }),
  ),
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
  endAccount: signedIn((world, session, { params, body }) =>
    endAccount(world, session, { ...params, ...body }),
  ),
};
