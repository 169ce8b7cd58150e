/** What each endpoint is asked for by people whose thing it is not, and what all of them must hear. */
import type { EndpointName } from "@sotto/contract";
import { custodianIdentity, toBase64Url } from "@sotto/vault";
import {
  FILE_BYTES,
  loginRequest,
  madeUpEvent,
  madeUpFrame,
  registrationRequest,
  THEIR_PHONE,
  wrongFinish,
  type Insider,
  type Things,
} from "./insider-stage.ts";
import { call, makeSheet, prepareEnrolment, random } from "./people.ts";
import { NEVER_QUIET } from "./reminder-house.ts";
import type { Wish } from "./whole-answer.ts";

/** What somebody hears, by what they are to the server: a refusal's kind, or `done`. */
type Says = string | Readonly<Record<Insider["standing"], string>>;

/** Asking for a thing that is somebody's and for one that is not there: two askings that must not be told apart. */
export interface Naming {
  readonly ask: (things: Things, who: Insider, origin: string) => Wish | Promise<Wish>;
  readonly says: Says;
  /** Those to whom knowing the id is leave enough, what they hear, and why; their two answers do differ. */
  readonly knowing?: { readonly who: readonly string[]; readonly hear?: string; readonly why: string };
  /** What is drawn by lot each time is compared as its length. */
  readonly byForm?: true;
  /** The same statements, of which one finds a row in the one case. Each reason stands here. */
  readonly oneFinds?: string;
}

/** An endpoint that names nothing of anybody else's: who may call it. */
export interface Owning {
  readonly own: Wish | ((who: Insider) => Wish | Promise<Wish>);
  readonly says: Says;
  /** Whoever may call it is not let: their session would be over. */
  readonly ends?: true;
}

const everybody = "done";
/** For whoever is signed in; the door itself answers the others. */
const signedIn = (says: string, custodian = "not-allowed"): Says => ({
  nobody: "not-signed-in",
  family: says,
  practice: says,
  custodian,
});
const forStaff = (says: string): Says => ({ ...BY_STANDING, practice: says });
const BY_STANDING = { nobody: "not-signed-in", family: "not-allowed", custodian: "not-allowed" } as const;

const naming = (...names: readonly Naming[]) => ({ names });
const inRoom = (wish: Omit<Wish, "params"> = {}, custodian = "not-allowed") =>
  naming({ ask: ({ room }) => ({ params: { room }, ...wish }), says: signedIn("not-here", custodian) });
const AFTER = { query: { after: "0" } };
const wrongToken = (): string => toBase64Url(random(32));
const hash = (): string => toBase64Url(random(32));

const ofFile = (
  wish: { readonly chunk?: string; readonly body?: unknown } = {},
  custodian = "not-allowed",
) => {
  const { chunk, body } = wish;
  const rest = body === undefined ? {} : { body };
  const at = (room: string, file: string) => ({
    params: { room, file, ...(chunk === undefined ? {} : { chunk }) },
    ...rest,
  });
  const says = signedIn("not-here", custodian);
  return naming(
    { ask: ({ room, file }) => at(room, file), says },
    { ask: ({ room, begun }) => at(room, begun), says },
    // From a room that they are in: a file does not follow whoever knows its id.
    { ask: ({ room, file }, who) => at(who.room ?? room, file), says },
    { ask: ({ room, begun }, who) => at(who.room ?? room, begun), says },
  );
};

const ONE_INVITATION = "the invitation that the token is held against";
const SAME_PRACTICE = ["elsewhere", "removed", "receptionist", "custodian"];
const RECORD =
  "a record is named by its own hash, and says nothing but keys: whoever has the hash was given it";

const byInvitation = ({ invitation }: Pick<Things, "invitation">) =>
  ({ kind: "invitation", invitation, token: wrongToken() }) as const;

export const ASKS: { readonly [Name in EndpointName]: { readonly names: readonly Naming[] } | Owning } = {
  health: { own: {}, says: everybody },
  checkSetupCode: naming({ ask: ({ code }) => ({ body: { code } }), says: "setup-code-invalid" }),
  openInvitation: naming({
    ask: ({ invitation }) => ({ params: { invitation }, body: { token: wrongToken() } }),
    says: {
      nobody: "not-here",
      family: "already-signed-in",
      practice: "already-signed-in",
      custodian: "not-allowed",
    },
    oneFinds: ONE_INVITATION,
  }),
  enrolPasskeyOptions: naming({
    ask: (things) => ({ body: { door: byInvitation(things), account: crypto.randomUUID() } }),
    says: "not-here",
    oneFinds: ONE_INVITATION,
  }),
  enrolPassphraseStart: naming({
    ask: (things) => ({
      body: { door: byInvitation(things), name: "river-amber-20", request: loginRequest() },
    }),
    says: "not-here",
    oneFinds: ONE_INVITATION,
  }),
  enrol: naming(
    {
      ask: async ({ invitation }, _who, origin) => {
        const link = { invitation, token: wrongToken(), secret: random(32), inviter: random(32) };
        return { body: (await prepareEnrolment(origin, { link })).body };
      },
      says: "not-here",
      oneFinds: ONE_INVITATION,
    },
    {
      ask: async ({ code }, _who, origin) => ({ body: (await prepareEnrolment(origin, { code })).body }),
      says: "setup-code-invalid",
    },
  ),

  signInPasskeyOptions: { own: { body: {} }, says: everybody },
  signInPasskey: naming({
    ask: async ({ credential }, _who, origin) => {
      const { attempt, options } = await call(origin, "signInPasskeyOptions", { body: {} });
      await THEIR_PHONE.create({ challenge: "", rp: { id: "localhost" } }, random(32));
      const shown = await THEIR_PHONE.get(options, random(32));
      if (shown === null) throw new Error("this phone agrees to everything");
      return { body: { attempt, response: { ...shown.response, id: credential, rawId: credential } } };
    },
    says: "sign-in-failed",
    oneFinds: "the key that the signature is held against",
  }),
  signInPassphraseStart: naming({
    ask: ({ name }) => ({ body: { name, request: loginRequest() } }),
    says: "done",
    byForm: true,
    oneFinds: "the record that is answered from",
  }),
  signInPassphrase: naming({
    ask: async ({ name }, _who, origin) => {
      const body = { name, request: loginRequest() };
      const { attempt } = await call(origin, "signInPassphraseStart", { body });
      return { body: { attempt, request: wrongFinish() } };
    },
    says: "sign-in-failed",
  }),
  signInRecovery: naming({
    ask: ({ lookup }) => ({ body: { lookup, proof: hash() } }),
    says: "sign-in-failed",
    oneFinds: "the verifier that the proof is held against",
  }),
  signOut: { own: { body: {} }, says: signedIn("done", "done"), ends: true },

  listSessions: { own: {}, says: signedIn("done") },
  writeSessionNote: { own: { body: { note: toBase64Url(random(64)) } }, says: signedIn("done") },
  endSession: naming({ ask: ({ session }) => ({ params: { session } }), says: signedIn("done") }),
  endOtherSessions: { own: { body: {} }, says: signedIn("done") },
  readWraps: { own: {}, says: signedIn("done") },

  listFactors: { own: {}, says: signedIn("done") },
  factorPasskeyOptions: { own: { body: {} }, says: signedIn("done") },
  factorPassphraseStart: naming({
    ask: ({ name }) => ({ body: { name, request: registrationRequest() } }),
    says: signedIn("done"),
    byForm: true,
  }),
  addFactor: {
    own: async ({ person }) => ({ body: await makeSheet(person.account) }),
    says: signedIn("done"),
  },
  removeFactor: naming({ ask: ({ factor }) => ({ params: { factor } }), says: signedIn("done") }),

  secureAccount: { own: { body: {} }, says: signedIn("malformed") },
  renewIdentity: { own: { body: {} }, says: signedIn("malformed") },
  closeAccount: naming(
    { ask: ({ account }) => ({ params: { account }, body: {} }), says: forStaff("not-here") },
    { ask: ({ colleague }) => ({ params: { account: colleague }, body: {} }), says: forStaff("not-here") },
  ),

  readVault: { own: { params: { name: "main" } }, says: signedIn("done") },
  writeVault: {
    own: { params: { name: "main" }, body: { version: 1, bytes: "" } },
    says: signedIn("stale-version"),
  },

  readIdentities: naming({
    ask: ({ identity }) => ({ body: { hashes: [identity] } }),
    says: signedIn("done", "done"),
    knowing: { who: SAME_PRACTICE, why: RECORD },
  }),
  readNewestIdentities: naming({
    ask: ({ account }) => ({ body: { accounts: [account] } }),
    says: forStaff("done"),
    knowing: {
      who: ["receptionist"],
      why: "whoever lets somebody into a room must know their newest keys first",
    },
  }),

  readCheckpoint: { own: {}, says: signedIn("done", "done") },
  readConsistency: { own: { query: { from: "1", to: "1" } }, says: signedIn("done", "done") },
  readInclusion: naming({
    ask: async ({ leaf }, { token }, origin) => ({
      body: { size: await logSize(origin, token), leaves: [leaf] },
    }),
    says: signedIn("done", "done"),
    knowing: { who: SAME_PRACTICE, why: "a proof is asked for by the hash of what it proves" },
  }),

  listRooms: { own: {}, says: signedIn("done") },
  appendEvent: naming({
    ask: async ({ room }, who) => ({ params: { room }, body: { bytes: await madeUpEvent(who, room) } }),
    says: signedIn("not-here", "not-here"),
  }),
  readRoom: inRoom(AFTER, "not-here"),
  readHistory: inRoom(AFTER, "not-here"),
  readEnding: inRoom(AFTER),
  appendFrame: naming(
    {
      ask: async ({ room }, who) => ({ params: { room }, body: { bytes: await madeUpFrame(who, room) } }),
      says: signedIn("not-here"),
    },
    {
      ask: async ({ room }, who) => ({
        params: { room },
        body: { bytes: await madeUpFrame(who, room), erases: [crypto.randomUUID()] },
      }),
      says: signedIn("not-here"),
    },
  ),
  eraseFrames: inRoom({ body: { frames: [crypto.randomUUID()] } }),

  beginFile: naming({
    ask: ({ room, begun }) => ({ params: { room, file: begun }, body: { bytes: FILE_BYTES } }),
    says: signedIn("not-here"),
  }),
  putChunk: ofFile({ chunk: "0", body: random(FILE_BYTES) }),
  finishFile: ofFile({ body: {} }),
  readChunk: ofFile({ chunk: "0" }, "not-here"),
  removeFile: ofFile(),

  bringCustodian: {
    own: async () => ({ body: { identity: toBase64Url((await custodianIdentity(random(32))).record) } }),
    says: forStaff("done"),
  },
  startCustody: { own: { body: {} }, says: everybody },
  openCustody: naming(
    ...(["custodian", "identity"] as const).map((thing): Naming => ({
      ask: async (things, _who, origin) => {
        const { attempt } = await call(origin, "startCustody", { body: {} });
        return { body: { attempt, identity: things[thing], signature: toBase64Url(random(64)) } };
      },
      says: "sign-in-failed",
      ...(thing === "custodian" ? { oneFinds: "the key that the signature is held against" } : {}),
    })),
  ),
  listCustodyRooms: { own: {}, says: { ...BY_STANDING, practice: "not-allowed", custodian: "done" } },

  makeInvitation: {
    own: ({ person }) => ({
      body: {
        invitation: crypto.randomUUID(),
        tokenHash: hash(),
        standing: "family",
        inviter: toBase64Url(person.identity),
        expiresAt: Date.now() + 60_000,
      },
    }),
    says: forStaff("done"),
  },
  listInvitations: naming({
    ask: ({ invitation }) => ({ body: { invitations: [invitation] } }),
    says: forStaff("done"),
    knowing: {
      who: ["receptionist"],
      why: "which staff may see an invitation is content; its id is 122 random bits",
    },
  }),
  revokeInvitation: naming({
    ask: ({ spare }) => ({ params: { invitation: spare }, body: {} }),
    says: forStaff("not-here"),
    knowing: { who: ["receptionist"], why: "as for listInvitations" },
  }),
  admitInvitation: naming({
    ask: ({ invitation }) => ({ params: { invitation }, body: {} }),
    says: forStaff("not-here"),
    oneFinds: "for staff of the same practice, that it is not one that somebody came in by",
  }),
  endAccount: naming(
    {
      ask: ({ account }) => ({ params: { account }, body: { besides: null, evenSo: false } }),
      says: forStaff("not-here"),
    },
    {
      ask: ({ colleague }) => ({ params: { account: colleague }, body: { besides: null, evenSo: false } }),
      says: forStaff("not-here"),
      knowing: {
        who: ["receptionist"],
        hear: "still-in-rooms",
        why: "colleagues know each other from the practice's room",
      },
    },
  ),

  readReminders: { own: {}, says: signedIn("done") },
  startMailReminder: naming({
    ask: ({ address }) => ({ body: { address } }),
    says: signedIn("done"),
    byForm: true,
  }),
  addMailReminder: {
    own: {
      body: {
        proof: crypto.randomUUID(),
        code: "123456",
        channel: crypto.randomUUID(),
        withLink: false,
        quiet: NEVER_QUIET,
      },
    },
    says: signedIn("attempt-expired"),
  },
  addPushReminder: {
    own: {
      body: {
        channel: crypto.randomUUID(),
        endpoint: "https://push.example.net/x",
        quiet: NEVER_QUIET,
      },
    },
    says: signedIn("push-unknown"),
  },
  keepPushReminder: naming({
    ask: ({ endpoint }) => ({ body: { endpoint } }),
    says: signedIn("not-here"),
    oneFinds: "within the practice, the device that is somebody else's",
  }),
  changeReminder: naming({
    ask: ({ channel }) => ({ params: { channel }, body: { withLink: false, quiet: NEVER_QUIET } }),
    says: signedIn("not-here"),
  }),
  removeReminder: naming({ ask: ({ channel }) => ({ params: { channel } }), says: signedIn("done") }),
  tryReminder: naming({
    ask: ({ channel }) => ({ params: { channel }, body: {} }),
    says: signedIn("not-here"),
  }),
};

/** The size of the log that this session sees; 1 for nobody's. */
async function logSize(origin: string, token: string | null): Promise<number> {
  if (token === null) return 1;
  const { note } = await call(origin, "readCheckpoint", { token }).catch(() => ({ note: "" }));
  return Number(note.split("\n")[1] ?? "1");
}
