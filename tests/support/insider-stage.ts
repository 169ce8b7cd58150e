/**
 * A server with two practices on it. One has a family whose things others ask for, and everybody who might: people who are somewhere else, people
 * who were there, and people who are nowhere any more.
 */
import {
  custodianIdentity,
  fromBase64Url,
  identityHash,
  identityLeaf,
  leafHash,
  makeIdentity,
  makeOpeningEvent,
  signCustody,
  storedFileBytes,
  toBase64Url,
  type IdentitySecret,
  type MadeRoomEvent,
} from "@sotto/vault";
import type { ServerOptions } from "@sotto/server/wiring";
import { lookInto } from "./database.ts";
import { call, enrol, identityOf, invite, knowIdentity, makeSheet, random, type Person } from "./people.ts";
import { openReminderHouse, remindByMail, remindByPush, type ReminderHouse } from "./reminder-house.ts";
import { appendBytes, appendNext, makeFrame, makeNext, place } from "./rooms.ts";
import { makePhone } from "./software-passkey.ts";

/** Whoever asks for what is not theirs. */
export interface Insider {
  readonly name: string;
  /** What they are to the server, or that it does not know them any more. */
  readonly standing: "nobody" | "family" | "practice" | "custodian";
  readonly abroad: boolean;
  readonly token: string | null;
  readonly person: Person;
  /** A room of their own, where they have one. */
  readonly room: string | null;
}

/** The names of things: all somebody's, or all nothing's. */
export interface Things {
  readonly room: string;
  readonly file: string;
  /** A file that its author has begun and not finished. */
  readonly begun: string;
  readonly invitation: string;
  readonly spare: string;
  readonly account: string;
  readonly colleague: string;
  readonly session: string;
  readonly factor: string;
  readonly channel: string;
  readonly endpoint: string;
  readonly identity: string;
  readonly leaf: string;
  readonly custodian: string;
  readonly name: string;
  readonly credential: string;
  readonly lookup: string;
  readonly code: string;
  readonly address: string;
}

export interface InsiderStage extends Pick<ReminderHouse, "origin" | "server" | "database" | "now"> {
  readonly insiders: readonly Insider[];
  readonly keeper: Person;
  readonly owner: Person;
  readonly real: Things;
  readonly absent: Things;
  /** The people themselves, by their names above. */
  readonly insider: (name: string) => Insider;
  readonly close: () => Promise<void>;
}

/** How many sealed bytes each file here is. */
export const FILE_BYTES = storedFileBytes(4096);

/** What an authenticator of theirs would say, had they the credential. */
export const THEIR_PHONE = makePhone("http://localhost");

/** A point of the group that OPAQUE works in (RFC 9496, appendix A.1): enough for a request that looks like any other. */
const POINT = "e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76";
const randomHex = (count: number): string => Buffer.from(random(count)).toString("hex");
const base64Of = (hex: string): string => Buffer.from(hex, "hex").toString("base64url");

/** The first half of a sign-in with words that nobody checked. */
export const loginRequest = (): string => base64Of(POINT + randomHex(32) + POINT);
/** The first half of taking words as a way in. */
export const registrationRequest = (): string => base64Of(POINT);
/** The second half, by somebody who does not know the words. */
export const wrongFinish = (): string => toBase64Url(random(64));
const registrationRecord = (): string => base64Of(POINT + randomHex(160));

export async function openInsiderStage(
  options: Pick<ServerOptions, "refuseAfterMs"> = {},
): Promise<InsiderStage> {
  const house = await openReminderHouse(options);
  const { origin, server } = house;
  const code = await server.makeSetupCode();
  const keeper = await enrol(origin, { code });
  const owner = await enrol(origin, { host: keeper });
  const people = await peopleAround(house, keeper);
  const { custodian, removed } = people;
  const real = await thingsOf(house, { keeper, owner, removed, code, custodian });
  const insiders = await insidersFrom(house, keeper, people);
  return {
    origin,
    server,
    database: house.database,
    now: house.now,
    insiders,
    keeper,
    owner,
    real,
    absent: nothings(house),
    insider: (name) => {
      const found = insiders.find((one) => one.name === name);
      if (found === undefined) throw new Error(`nobody is called ${name}`);
      return found;
    },
    close: house.close,
  };
}

type People = Awaited<ReturnType<typeof peopleAround>>;

async function peopleAround({ origin, server }: ReminderHouse, keeper: Person) {
  const staff = async () => enrol(origin, { link: await invite(origin, keeper, { standing: "practice" }) });
  const abroad = await enrol(origin, { code: await server.makeSetupCode() });
  return {
    elsewhere: await enrol(origin, { host: keeper }),
    removed: await enrol(origin, { host: keeper }),
    expired: await enrol(origin, { host: keeper }),
    signedOut: await enrol(origin, { host: keeper }),
    shut: await enrol(origin, { host: keeper }),
    receptionist: await staff(),
    ended: await staff(),
    custodian: await enterCustody(origin, keeper),
    abroad,
    familyAbroad: await enrol(origin, { host: abroad }),
    custodianAbroad: await enterCustody(origin, abroad),
  };
}

type Custodian = Person & { readonly me: IdentitySecret };

async function enterCustody(origin: string, keeper: Person): Promise<Custodian> {
  const me = await custodianIdentity(random(32));
  knowIdentity(me.record);
  await call(origin, "bringCustodian", { token: keeper.token, body: { identity: toBase64Url(me.record) } });
  const { attempt, challenge } = await call(origin, "startCustody", { body: {} });
  const signature = toBase64Url(await signCustody(me, fromBase64Url(challenge)));
  const identity = identityHash(me.record);
  const { token } = await call(origin, "openCustody", {
    body: { attempt, identity: toBase64Url(identity), signature },
  });
  return { account: me.account, me, identity, token };
}

/** The family's room with everything in it, and somebody who was there and is no more. */
async function thingsOf(
  house: ReminderHouse,
  people: {
    readonly keeper: Person;
    readonly owner: Person;
    readonly removed: Person;
    readonly code: string;
    readonly custodian: Person;
  },
): Promise<Things> {
  const { origin } = house;
  const { keeper, owner, removed, code, custodian } = people;
  const room: string = crypto.randomUUID();
  const staying = [place(keeper, "keeper"), place(owner, "member")];
  const created = await appendNext(origin, keeper, {
    previous: null,
    room,
    action: "create",
    members: [...staying, place(removed, "member")],
  });
  await appendBytes(origin, "appendFrame", owner, room, await makeFrame(owner, created));
  const file = await putFile(origin, owner, room);
  await call(origin, "finishFile", { token: owner.token, params: { room, file }, body: {} });
  const begun = await putFile(origin, owner, room);
  await appendNext(origin, keeper, { previous: created, room, action: "remove", members: staying });
  const [open, spare] = [await invite(origin, keeper), await invite(origin, keeper)];
  const { channel, endpoint } = await remindByPush(house, owner);
  const address = "alwin@example.org";
  await remindByMail(house, owner, address);
  const { sessions } = await call(origin, "listSessions", { token: owner.token });
  const { factors } = await call(origin, "listFactors", { token: owner.token });
  const identity = toBase64Url(owner.identity);
  return {
    room,
    file,
    begun,
    invitation: open.invitation,
    spare: spare.invitation,
    account: owner.account,
    colleague: keeper.account,
    session: sessions[0]?.session ?? "",
    factor: factors[0]?.factor ?? "",
    channel,
    endpoint,
    identity,
    leaf: toBase64Url(leafHash(identityLeaf(owner.identity))),
    custodian: toBase64Url(custodian.identity),
    code,
    address,
    ...(await moreWaysIn(origin, owner)),
  };
}

async function putFile(origin: string, { token }: Person, room: string): Promise<string> {
  const file: string = crypto.randomUUID();
  const bytes = FILE_BYTES;
  await call(origin, "beginFile", { token, params: { room, file }, body: { bytes } });
  const params = { room, file, chunk: "0" };
  await call(origin, "putChunk", { token, params, body: random(bytes) });
  return file;
}

/** A passkey, six words and a sheet, whose names others may have seen somewhere. */
async function moreWaysIn(origin: string, { account, token }: Person) {
  const wrap = toBase64Url(random(100));
  const name = "olive-river-17";
  await call(origin, "addFactor", {
    token,
    body: {
      kind: "passphrase",
      factor: crypto.randomUUID(),
      name,
      record: registrationRecord(),
      stretching: "argon2id-64MiB-t3-p4",
      wrap,
    },
  });
  const { attempt, options } = await call(origin, "factorPasskeyOptions", { token, body: {} });
  const made = await makePhone("http://localhost").create(options, random(32));
  if (made === null) throw new Error("this phone agrees to everything");
  const { response } = made;
  await call(origin, "addFactor", {
    token,
    body: { kind: "passkey", factor: crypto.randomUUID(), attempt, response, wrap },
  });
  const sheet = await makeSheet(account);
  if (sheet.kind !== "recovery") throw new Error("a sheet is a recovery factor");
  await call(origin, "addFactor", { token, body: sheet });
  return { name, credential: String(response["id"]), lookup: sheet.lookup };
}

/** Names of the same forms that are nothing's. */
function nothings({ pushService }: ReminderHouse): Things {
  const hash = () => toBase64Url(random(32));
  const ids = ["room", "file", "begun", "invitation", "spare", "account", "colleague"] as const;
  const others = ["session", "factor", "channel"] as const;
  const [room, file, begun, invitation, spare, account, colleague] = ids.map(() => crypto.randomUUID());
  const [session, factor, channel] = others.map(() => crypto.randomUUID());
  const made = { room, file, begun, invitation, spare, account, colleague, session, factor, channel };
  return {
    // As many as were asked for.
    ...(made as { readonly [Name in keyof typeof made]: string }),
    endpoint: `${pushService.origin}/push/${crypto.randomUUID()}`,
    identity: hash(),
    leaf: hash(),
    custodian: hash(),
    name: "amber-stone-71",
    credential: toBase64Url(random(16)),
    lookup: toBase64Url(random(16)),
    code: "00000-11111-22222-33333",
    address: "berta@example.org",
  };
}

async function insidersFrom(
  house: ReminderHouse,
  keeper: Person,
  people: People,
): Promise<readonly Insider[]> {
  const { origin } = house;
  const nobody = people.shut;
  await endSomehow(house, keeper, people);
  const own = async (host: Person, person: Person): Promise<string> => {
    const room: string = crypto.randomUUID();
    const members = [place(host, "keeper"), ...(host === person ? [] : [place(person, "member")])];
    await appendNext(origin, host, { previous: null, room, action: "create", members });
    return room;
  };
  const is = async (
    name: keyof People,
    standing: Insider["standing"],
    wish: { readonly host?: Person; readonly abroad?: true } = {},
  ): Promise<Insider> => {
    const person = people[name];
    const room = wish.host === undefined ? null : await own(wish.host, person);
    return { name, standing, abroad: wish.abroad ?? false, token: person.token, person, room };
  };
  const none = { standing: "nobody", abroad: false, person: nobody, room: null } as const;
  return [
    { ...none, name: "somebody without a session", token: null },
    { ...none, name: "somebody who makes up a token", token: toBase64Url(random(32)) },
    await is("expired", "nobody"),
    await is("signedOut", "nobody"),
    await is("shut", "nobody"),
    await is("ended", "nobody"),
    await is("elsewhere", "family", { host: keeper }),
    await is("removed", "family", { host: keeper }),
    await is("receptionist", "practice", { host: people.receptionist }),
    await is("custodian", "custodian"),
    await is("abroad", "practice", { host: people.abroad, abroad: true }),
    await is("familyAbroad", "family", { host: people.abroad, abroad: true }),
    await is("custodianAbroad", "custodian", { abroad: true }),
  ];
}

/** Four whose sessions opened something once: they ran out, were signed out, were shut and were ended. */
async function endSomehow(
  { database, origin }: ReminderHouse,
  keeper: Person,
  people: People,
): Promise<void> {
  const { ended, expired, shut, signedOut } = people;
  await lookInto(database, "update session set expires_at = created_at where account_id = $1", [
    expired.account,
  ]);
  await call(origin, "signOut", { token: signedOut.token, body: {} });
  const members = [place(keeper, "keeper"), place(shut, "member")];
  const room: string = crypto.randomUUID();
  await appendNext(origin, keeper, { previous: null, room, action: "create", members });
  const { token } = keeper;
  await call(origin, "closeAccount", { token, params: { account: shut.account }, body: {} });
  const body = { besides: null, evenSo: false };
  await call(origin, "endAccount", { token, params: { account: ended.account }, body });
}

/** The next event of a room that they have never seen, as somebody would make it who makes up what they do not know. */
export async function madeUpEvent({ person, standing }: Insider, room: string): Promise<string> {
  if (standing === "custodian") return madeUpOpening(person, room);
  const made = await madeUpRoom(person, room);
  const { members } = made.state;
  return toBase64Url((await makeNext(person, { previous: made, room, action: "close", members })).bytes);
}

async function madeUpOpening(person: Person, room: string): Promise<string> {
  const account = crypto.randomUUID();
  const { record, secret } = await makeIdentity({ account, random });
  knowIdentity(record);
  const somebody = { account, me: secret, identity: identityHash(record), token: "" };
  const members = [place(somebody, "keeper"), place(person, "reader")];
  const made = await makeNext(somebody, { previous: null, room, action: "create", members });
  const opening = { reason: "law", allowedBy: null } as const;
  const opened = await makeOpeningEvent({ me: person.me, previous: made.state, opening, identityOf, random });
  return toBase64Url(opened.bytes);
}

/** A frame for a room that they have never seen. */
export async function madeUpFrame({ person }: Insider, room: string): Promise<string> {
  return makeFrame(person, await madeUpRoom(person, room));
}

const madeUpRoom = (person: Person, room: string): Promise<MadeRoomEvent> =>
  makeNext(person, { previous: null, room, action: "create", members: [place(person, "keeper")] });
