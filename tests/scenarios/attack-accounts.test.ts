/** Lies about who somebody is and about what is theirs: identities, vaults, ways in. What a person sees stands in tests/support/lies/rows.ts. */
import type { DeviceView } from "@sotto/client";
import { PASSPHRASE_WORDS } from "@sotto/content/passphrase-words";
import type { RoomId } from "@sotto/domain";
import {
  encodeVaultState,
  identityHash,
  makeIdentity,
  recoveryKeys,
  rotateIdentity,
  sealBlob,
  toBase64Url,
  type Bytes,
  type IdentitySecret,
} from "@sotto/vault";
import { afterAll, beforeAll, expect } from "vitest";
import {
  now,
  openHouse,
  roomNow,
  roomWhere,
  seen,
  until as untilView,
  untilSaid,
  valueOf,
} from "../support/clients.ts";
import { attack } from "../support/lies/attack.ts";
import {
  accountOf,
  comeIn,
  elsewhere,
  exchange,
  isWholeAfter,
  openCrowd,
  openRoomFor,
  roomInStore,
  say,
  secretsOf,
  type Crowd,
  type FamilySoul,
  type Soul,
} from "../support/lies/crowd.ts";
import { endLies, changed, saidIn, tell, together, type Lie } from "../support/lies/lie.ts";
import { retold, until } from "../support/lies/rooms.ts";
import { untilAsked } from "../support/meddling.ts";
import { call, random } from "../support/people.ts";
import { breakInto, copyServer } from "../support/thief.ts";
import { openBySheet, storedVaults, vaultNow } from "../support/vaults.ts";

let crowd: Crowd;

beforeAll(async () => {
  crowd = await openCrowd();
}, 120_000);

afterAll(() => crowd.house.close());

interface Vault {
  readonly version: number;
  readonly bytes: string;
}
interface SignedIn {
  readonly account: string;
  readonly token: string;
  readonly wrap: string;
  readonly logKey: string;
}

const VAULT = /\/vault\/main$/;
/** Every reading of the vault is answered with this. */
const givenVault = (vault: (read: Vault) => Vault): Lie =>
  changed<Vault>(VAULT, (read) => ("bytes" in read ? vault(read) : read));
const signedInAs = (change: (answer: SignedIn) => SignedIn): Lie => changed(/\/sign-in\/passkey$/, change);

async function vaultOf(who: Soul): Promise<Vault> {
  const stored = (await storedVaults(crowd.house)).find(({ account }) => account === accountOf(who));
  if (stored === undefined) throw new Error("a vault that is there");
  return { version: stored.version, bytes: toBase64Url(stored.bytes) };
}

/** Something is written into somebody's vault, and the server has it. */
async function moveOn(who: Soul): Promise<void> {
  const { code } = valueOf(await who.client.actions.makeSheet());
  valueOf(await who.client.actions.proveSheet(code));
}

/** The number of somebody's vault when all that is under way is written and this browser of theirs has seen it. */
async function lastSeenBy(browser: Soul, who: Soul): Promise<number> {
  for (;;) {
    const { version } = await vaultOf(who);
    await exchange(browser);
    await exchange(browser);
    if ((await vaultOf(who)).version === version) return version;
  }
}

/** A browser of somebody that is not in yet. */
async function atTheDoor(who: Soul, lie: Lie) {
  const device = crowd.house.newDevice({ passkeys: who.phone });
  const end = tell(device, lie);
  return { client: await crowd.house.open(device), device, end };
}

attack("vault-of-another", async ({ refusal }) => {
  const { ben, cleo, room } = crowd;
  const { bytes } = await vaultOf(cleo);
  const { client, end } = await atTheDoor(
    ben,
    givenVault((read) => ({ ...read, bytes })),
  );
  refusal(await client.actions.signIn({ kind: "passkey" }), "vault-unreadable");
  expect(now(client, "session").state).toBe("signed-out");
  end();
  valueOf(await client.actions.signIn({ kind: "passkey" }));
  await roomWhere(client, (line) => line.room === room);
  await client.close();
});

attack("wrap-of-another", async ({ refusal }) => {
  const { ben, cleo } = crowd;
  let theirs = "";
  await elsewhere(
    crowd.house,
    cleo,
    signedInAs((answer) => {
      theirs = answer.wrap;
      return answer;
    }),
  );
  const { client, end } = await atTheDoor(
    ben,
    signedInAs((answer) => ({ ...answer, wrap: theirs })),
  );
  refusal(await client.actions.signIn({ kind: "passkey" }), "wrong-factor");
  end();
  valueOf(await client.actions.signIn({ kind: "passkey" }));
  await client.close();
});

attack("account-of-another", async ({ refusal }) => {
  const { ben, cleo } = crowd;
  const lie = signedInAs((answer) => ({ ...answer, account: accountOf(cleo) }));
  const { client } = await atTheDoor(ben, lie);
  refusal(await client.actions.signIn({ kind: "passkey" }), "wrong-factor");
});

attack("log-key-of-another", async ({ alarm }) => {
  const { ben, house, room } = crowd;
  const lie = signedInAs((answer) => ({ ...answer, logKey: toBase64Url(random(32)) }));
  const browser = await elsewhere(house, ben, lie);
  await alarm(browser.client, "log-rewritten");
  await roomWhere(browser.client, (line) => line.room === room);
  await browser.client.close();
});

attack("vault-renumbered", async ({ alarm }) => {
  const { ben, house } = crowd;
  const browser = await elsewhere(house, ben);
  await seen(browser.client, "session", ({ inStep }) => inStep);
  const old = await vaultOf(ben);
  await moveOn(ben);
  const end = tell(
    browser.device,
    givenVault(({ version }) => ({ version: version + 1, bytes: old.bytes })),
  );
  await exchange(browser);
  await alarm(browser.client, "vault-rolled-back");
  end();
  await exchange(browser);
  expect(now(browser.client, "session").sheetProved).toBe(true);
  await browser.client.close();
});

attack("vault-forked", async ({ alarm }) => {
  const { ben, house } = crowd;
  const browser = await elsewhere(house, ben);
  await seen(browser.client, "session", ({ inStep }) => inStep);
  const { account, vaultKey } = await openBySheet(house, { ...ben, way: { kind: "passkey" } });
  // Another browser of Ben's may write the next number at any moment: then the lie is about one that nobody asks for any more.
  while (now(browser.client, "alarms").length === 0) {
    const version = await lastSeenBy(browser, ben);
    // What a browser that was kept apart from the others would have written under the number of what this one has seen.
    const state = await vaultNow(house, { account, vaultKey });
    const body = encodeVaultState({ ...state, recoveryProvedAt: null });
    const blob = await sealBlob({ vaultKey, place: { account, name: "main", version }, body, random });
    const end = tell(
      browser.device,
      givenVault((read) => ({ ...read, bytes: read.version === version ? toBase64Url(blob) : read.bytes })),
    );
    await exchange(browser);
    end();
  }
  await alarm(browser.client, "vault-rolled-back");
  await exchange(browser);
  expect(now(browser.client, "session").sheetProved).toBe(true);
  expect(roomNow(browser.client, crowd.room)).not.toBeNull();
  await browser.client.close();
});

/** What a server that is rolled back gives, from how it stands now. */
async function rolledBack(who: Soul, room: RoomId): Promise<Lie> {
  let note = "";
  const witness = await elsewhere(
    crowd.house,
    who,
    changed<{ readonly note: string }>(/\/log\/checkpoint$/, (answer) => {
      note = answer.note;
      return answer;
    }),
  );
  await untilAsked(witness.device, () => note !== "");
  await witness.client.close();
  const vault = await vaultOf(who);
  const length = (await roomInStore(crowd.house, room)).events.length;
  return together(
    givenVault(() => vault),
    changed(/\/log\/checkpoint$/, () => ({ note })),
    retold(room, until("event", length)),
  );
}

attack("everything-rolled-back", async ({ alarm }) => {
  const { ada, ben, cleo, house } = crowd;
  const room = await openRoomFor(crowd, "rolled back", [ben]);
  await say(ben, room, "before", [ada]);
  await moveOn(ben);
  const lie = await rolledBack(ben, room);
  const browser = await elsewhere(house, ben);
  valueOf(await ada.client.actions.addToRoom({ room, person: cleo.person }));
  await moveOn(ben);
  await say(ada, room, "after", [ben, browser]);
  await logReaches(browser, ada);
  tell(browser.device, lie);
  await exchange(browser);
  for (const kind of ["log-rewritten", "vault-rolled-back", "room-forked"] as const)
    await alarm(browser.client, kind);
  await browser.client.close();
});

/** The log grows until this browser's pin has moved on twice: what it has seen is then more than it was shown at first. */
async function logReaches(browser: Soul, ada: Soul): Promise<void> {
  const steps = () => browser.device.asked.filter((one) => one.includes("/log/consistency")).length;
  const before = steps();
  for (let count = 0; steps() < before + 2; count++) {
    valueOf(await ada.client.actions.createFamily({ name: `Another ${String(count)}` }));
    const asked = browser.device.asked.length;
    await say(ada, crowd.room, "the log grows");
    await untilAsked(browser.device, (requests) => requests.length > asked);
  }
}

attack("everything-rolled-back-new-device", async ({ notice }) => {
  const { ada, ben, cleo, house } = crowd;
  const room = await openRoomFor(crowd, "rolled back", [ben]);
  await say(ben, room, "before", [ada]);
  await moveOn(ben);
  const lie = await rolledBack(ben, room);
  valueOf(await ada.client.actions.addToRoom({ room, person: cleo.person }));
  await say(ada, room, "what is hidden", [ben]);
  // A device that knows nothing has nothing to compare: it is shown what was true once.
  const browser = await elsewhere(house, ben, lie);
  await untilSaid(browser.client, room, "before");
  expect(now(browser.client, "alarms")).toEqual([]);
  endLies();
  // The first thing that anybody writes after that names what the server hides.
  const end = tell(
    browser.device,
    retold(room, (items) => items.filter((_, index) => index !== 2)),
  );
  await exchange(browser);
  await notice(browser.client, room, "unreadable");
  end();
  await isWholeAfter(browser, { room, said: ["before", "what is hidden"] });
  await browser.client.close();
});

/** Records that the server gives beside those that are there. */
const withRecords = (records: readonly Bytes[]): Lie =>
  changed<{ readonly records: readonly { readonly hash: string; readonly bytes: string }[] }>(
    /\/v1\/identities$/,
    (answer) => ({
      records: [
        ...answer.records,
        ...records.map((bytes) => ({ hash: toBase64Url(identityHash(bytes)), bytes: toBase64Url(bytes) })),
      ],
    }),
  );

/** The server says that somebody has newer keys: these. It says so when a room is made, and again when it is asked. */
function newestIs(account: string, record: Bytes): Lie {
  let isSaid = false;
  const line = { account, hash: toBase64Url(identityHash(record)), bytes: toBase64Url(record) };
  return together(withRecords([record]), {
    answers: [
      {
        path: /\/identities\/newest$/,
        meddling: () => Promise.resolve(Response.json({ records: [line] })),
      },
      {
        path: /\/events$/,
        meddling: (ask) => {
          if (isSaid) return ask();
          isSaid = true;
          return Promise.resolve(Response.json({ refusal: "stale-identity" }, { status: 409 }));
        },
      },
    ],
  });
}

const lastOf = async (who: Soul): Promise<IdentitySecret> => {
  const secret = (await secretsOf(crowd.house, who)).at(-1);
  if (secret === undefined) throw new Error("keys that are there");
  return secret;
};

/** Ada makes a room with somebody while she is lied to. The room has the identity that is theirs, and no other. */
async function makeRoomUnder(lie: Lie, of: FamilySoul, theirs: Bytes): Promise<Soul> {
  const { ada, family, house } = crowd;
  const browser = await elsewhere(house, ada);
  await seen(browser.client, "session", ({ inStep }) => inStep);
  tell(browser.device, lie);
  const title = crypto.randomUUID();
  const room = valueOf(await browser.client.actions.openRoom({ family, people: [of.person], title }));
  const { state } = await roomInStore(house, room);
  const place = state.members.find(({ account }) => account === accountOf(of));
  expect(place?.identity).toEqual(theirs);
  return browser;
}

attack("newest-keys-invented", async ({ alarm }) => {
  const { ben } = crowd;
  const account = accountOf(ben);
  const { record: mine } = await lastOf(ben);
  const { record } = await makeIdentity({ account, random });
  const browser = await makeRoomUnder(newestIs(account, record), ben, identityHash(mine));
  await alarm(browser.client, "identity-swapped");
});

/** Somebody of the family who has begun anew, with what was theirs before: their keys, a sheet, and what the server gave for it. */
async function whoBeganAnew(name: string) {
  const { ada, family, house } = crowd;
  const who = await comeIn(house, ada, family, { name, role: "collateral", inTreatment: false });
  const { room } = await roomWhere(who.client, (line) => line.kind === "private");
  await say(who, room, "before", [ada]);
  const secret = await lastOf(who);
  const sheet = valueOf(await who.client.actions.makeSheet()).code;
  valueOf(await who.client.actions.proveSheet(sheet));
  const { lookup, proof } = await recoveryKeys(sheet.replaceAll("-", ""));
  const body = { lookup: toBase64Url(lookup), proof: toBase64Url(proof) };
  const given = await call(house.origin, "signInRecovery", { body });
  const { code } = valueOf(await who.client.actions.beginSecuring());
  valueOf(await who.client.actions.proveWay({ kind: "passkey" }));
  valueOf(await who.client.actions.finishSecuring(code));
  // The room has the new keys.
  await untilView(ada.client, room, ({ entries }) =>
    entries.some((line) => line.kind === "audience" && line.change === "renewed"),
  );
  await say(ada, room, "after", [who]);
  return { who, room, secret, sheet, given };
}

let anew: Awaited<ReturnType<typeof whoBeganAnew>>;

attack("old-keys-and-database", async () => {
  anew = await whoBeganAnew("Finn");
  const { room, secret } = anew;
  const sealing = secret.kemPrivate === null ? [] : [secret.kemPrivate];
  const { said } = await breakInto(await copyServer(crowd.house), room, { sealing, seeds: [] });
  const read = Buffer.concat([...said]).toString("utf8");
  expect(read).toContain("before");
  expect(read).not.toContain("after");
});

attack("second-line-by-old-device", async ({ alarm }) => {
  const { secret, who } = anew;
  const { record } = await rotateIdentity({ secret, reason: "device-lost", random });
  const { record: mine } = await lastOf(who);
  const browser = await makeRoomUnder(newestIs(accountOf(who), record), who, identityHash(mine));
  await alarm(browser.client, "identity-swapped");
});

attack("spent-sheet-let-in", async ({ refusal }) => {
  const { given, sheet, who } = anew;
  const vault = await vaultOf(who);
  const { client } = await atTheDoor(
    who,
    together(
      { answers: [{ path: /\/sign-in\/recovery$/, meddling: () => Promise.resolve(Response.json(given)) }] },
      { answers: [{ path: VAULT, meddling: () => Promise.resolve(Response.json(vault)) }] },
    ),
  );
  refusal(await client.actions.signIn({ kind: "recovery", code: sheet }), "vault-unreadable");
});

attack("sheet-is-asked-about", async ({ words }) => {
  const { ben } = crowd;
  const { code } = valueOf(await ben.client.actions.makeSheet());
  valueOf(await ben.client.actions.proveSheet(code));
  const thief = await atTheDoor({ ...ben }, { answers: [] });
  valueOf(await thief.client.actions.signIn({ kind: "recovery", code }));
  const isAskedAbout = ({ factor, isNew }: DeviceView) => isNew && factor?.kind === "recovery";
  const devices = await seen(ben.client, "devices", (list) => list.some(isAskedAbout));
  words("devices.alert|a device|just now", devices.some(isAskedAbout));
  await thief.client.actions.lock();
});

attack("stretching-weakened", async ({ refusal }) => {
  const { ben } = crowd;
  const way = ben.client.actions.makePassphrase(PASSPHRASE_WORDS);
  valueOf(await ben.client.actions.addFactor({ kind: "passphrase", ...way }));
  const lie = changed<{ readonly stretching: string }>(/\/sign-in\/passphrase-start$/, (answer) => ({
    ...answer,
    stretching: "argon2id-1MiB-t1-p1",
  }));
  const { client } = await atTheDoor(ben, lie);
  refusal(await client.actions.signIn({ kind: "passphrase", ...way }), "weak-parameters");
});

attack("passphrase-server-swapped", async ({ alarm, refusal }) => {
  const { ben } = crowd;
  const other = await openHouse();
  const code = await other.setupCode();
  const browser = await elsewhere(crowd.house, ben);
  await seen(browser.client, "session", ({ inStep }) => inStep);
  const start: Lie = {
    answers: [
      {
        path: /\/factors\/passphrase-start$/,
        meddling: async (_ask, _url, asked) => {
          const { name, request } = saidIn(asked) as {
            readonly name: string;
            readonly request: string;
          };
          const door = { kind: "setup" as const, code, practice: crypto.randomUUID() };
          return Response.json(
            await call(other.origin, "enrolPassphraseStart", { body: { door, name, request } }),
          );
        },
      },
    ],
  };
  tell(browser.device, start);
  const way = browser.client.actions.makePassphrase(PASSPHRASE_WORDS);
  refusal(await browser.client.actions.addFactor({ kind: "passphrase", ...way }), "server-changed");
  await alarm(browser.client, "server-key-changed");
  await other.close();
});
