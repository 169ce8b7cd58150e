import {
  openBlob,
  openWrap,
  parseRecoveryCode,
  recoveryKeys,
  decodeVaultState,
  openRoomEvent,
} from "@sotto/vault";
import type { AccountId, FamilyId, RoomId } from "@sotto/domain";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  inviteAndJoin,
  makeWords,
  noticesOf,
  now,
  openHouse,
  openPractice,
  refusalOf,
  roomNow,
  roomWhere,
  seen,
  signInElsewhere,
  textsOf,
  until,
  untilSaid,
  valueOf,
  type FamilyMember,
  type House,
  type Someone,
} from "../support/clients.ts";
import { lookInto } from "../support/database.ts";
import { untilAlarm } from "../support/meddling.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

let house: House;
let therapist: Someone;
let ben: FamilyMember;
let ana: FamilyMember;
let family: FamilyId;
let room: RoomId;

beforeAll(async () => {
  house = await openHouse({ wayKind: "passphrase" });
  therapist = await openPractice(house);
  family = valueOf(await therapist.client.actions.createFamily({ name: "Rivera" }));
  ana = await inviteAndJoin(house, therapist, family, { name: "Ana" });
  ben = await inviteAndJoin(house, therapist, family, { name: "Ben" });
  ({ room } = await roomWhere(ana.client, (line) => line.kind === "family" && line.readers.length === 3));
  await roomWhere(ben.client, (line) => line.kind === "private");
  valueOf(await ben.client.actions.send({ room, text: "from Ben" }));
  await untilSaid(ana.client, room, "from Ben");
}, 60_000);

afterAll(() => house.close());

const accountOf = (who: Someone): AccountId => {
  const { account } = now(who.client, "session");
  if (account === null) throw new Error("nobody is in");
  return account;
};
const codeOf = async (who: Someone, other: AccountId) =>
  valueOf(await who.client.actions.compareCode(other)).code;
const readerIn = (who: Someone, account: AccountId) =>
  roomNow(who.client, room)?.readers.find((reader) => reader.account === account);

test("T3: two people who hold the same keys read the same digits, and each marks the other as checked in person", async () => {
  const [mine, theirs] = [accountOf(ana), accountOf(ben)];
  const code = await codeOf(ana, theirs);
  expect(code).toBe(await codeOf(ben, mine));
  expect(code).not.toBe(await codeOf(ana, accountOf(therapist)));
  expect(readerIn(ana, theirs)?.verified).toBe("introduced");
  const wrong = { account: theirs, code: code.replace(/\d/, (digit) => String((Number(digit) + 1) % 10)) };
  expect(refusalOf(await ana.client.actions.markVerified(wrong))).toBe("code-changed");
  valueOf(await ana.client.actions.markVerified({ account: theirs, code }));
  await until(ana.client, room, (view) =>
    view.readers.some((reader) => reader.verified === "in-person" && !reader.isMe),
  );
  const elsewhere = await signInElsewhere(house, ana);
  await until(elsewhere.client, room, (view) =>
    view.readers.some((reader) => reader.account === theirs && reader.verified === "in-person"),
  );
  await elsewhere.client.close();
});

test("asked after 30 days whether the sheet is still there: typed again, or later, and never in the way", async () => {
  const { actions } = ben.client;
  valueOf(await actions.showWay(ben.way));
  const { code } = valueOf(await actions.makeSheet());
  valueOf(await actions.proveSheet(code));
  expect(now(ben.client, "session")).toMatchObject({ sheetProved: true, sheetDue: false });
  ben.device.shiftClock(31 * DAY_MS);
  expect(now(ben.client, "session").sheetDue).toBe(true);
  valueOf(await actions.rehearseLater());
  expect(now(ben.client, "session").sheetDue).toBe(false);
  ben.device.shiftClock(8 * DAY_MS);
  expect(now(ben.client, "session").sheetDue).toBe(true);
  valueOf(await actions.showWay(ben.way));
  const { code: another } = valueOf(await actions.makeSheet());
  expect(refusalOf(await actions.rehearseSheet(another))).toBe("sheet-mistyped");
  expect(refusalOf(await actions.rehearseSheet("nothing like it"))).toBe("sheet-mistyped");
  valueOf(await actions.rehearseSheet(code.toLowerCase()));
  expect(now(ben.client, "session").sheetDue).toBe(false);
  ben.device.shiftClock(-39 * DAY_MS);
});

test("T13, T15: after beginning anew, the old sheet with an old copy of everything opens nothing new, and nothing is lost", async () => {
  valueOf(await ana.client.actions.showWay(ana.way));
  const sheet = valueOf(await ana.client.actions.makeSheet()).code;
  valueOf(await ana.client.actions.proveSheet(sheet));
  const lost = await signInElsewhere(house, ana);
  await untilSaid(lost.client, room, "from Ben");
  const account = accountOf(ana);
  const stolen = await copyOf(account);
  // Something that another browser of hers wrote and could not send yet.
  lost.device.cut();
  await seen(lost.client, "session", (session) => !session.online);
  valueOf(await lost.client.actions.send({ room, text: "written on the way" }));
  const before = await codeOf(ana, accountOf(ben));

  const listed = () => seen(ana.client, "devices", (devices) => devices.some(({ isThis }) => isThis));
  const own = (await listed()).find(({ isThis }) => isThis);
  const { actions } = ana.client;
  expect(refusalOf(await actions.finishSecuring(sheet))).toBe("locked");
  const { code } = valueOf(await actions.beginSecuring());
  expect(refusalOf(await actions.finishSecuring(code))).toBe("nothing-proved");
  valueOf(await actions.proveWay(ana.way));
  expect(refusalOf(await actions.finishSecuring(sheet))).toBe("sheet-mistyped");
  valueOf(await actions.finishSecuring(code));
  await seen(ana.client, "session", (session) => session.state === "unlocked" && session.online);
  await until(ben.client, room, (view) =>
    view.entries.some((entry) => entry.kind === "audience" && entry.change === "renewed"),
  );
  valueOf(await ben.client.actions.send({ room, text: "after it" }));
  await untilSaid(ana.client, room, "after it");
  // Nobody is asked about the way in that was shown for this, nor about the session that came of it.
  const strange = (await listed()).filter(({ isNew }) => isNew);
  expect(strange.filter(({ cameAt, isOpen }) => isOpen || cameAt === own?.cameAt)).toEqual([]);

  // Verified before, and still: the new keys are signed by the old.
  valueOf(await ben.client.actions.compareCode(account));
  expect(await codeOf(ana, accountOf(ben))).toBe(await codeOf(ben, account));
  expect(await codeOf(ana, accountOf(ben))).not.toBe(before);
  expect(roomNow(ben.client, room)?.warnings).toEqual([]);
  for (const { client } of [ana, ben, therapist]) expect(now(client, "alarms")).toEqual([]);

  const other = await house.open(house.newDevice());
  expect(refusalOf(await other.actions.signIn({ kind: "recovery", code: sheet }))).toBe("sign-in-failed");
  await expectOpensNothingNew(account, stolen, sheet);

  // The browser that was away is signed out, and what it could not send is sent when she signs in again.
  lost.device.mend();
  await seen(lost.client, "session", (session) => session.state === "locked");
  valueOf(await lost.client.actions.signIn(ana.way));
  await untilSaid(ben.client, room, "written on the way");
  await lost.client.close();
  const bySheet = await house.open(house.newDevice());
  valueOf(await bySheet.actions.signIn({ kind: "recovery", code }));
  await untilSaid(bySheet, room, "from Ben");
});

interface Stolen {
  readonly wrap: Uint8Array<ArrayBuffer>;
  readonly factor: string;
  readonly blob: Uint8Array<ArrayBuffer>;
  readonly version: number;
}

/** What somebody with the disk holds of an account's sheet and vault. */
async function copyOf(account: AccountId): Promise<Stolen> {
  const [factor] = await lookInto<{ factor_id: string; wrap: Buffer }>(
    house.database,
    "select factor_id, wrap from factor where account_id = $1 and kind = 'recovery'",
    [account],
  );
  const [blob] = await lookInto<{ bytes: Buffer; version: string }>(
    house.database,
    "select bytes, version from vault_blob where account_id = $1",
    [account],
  );
  if (factor === undefined || blob === undefined) throw new Error("an account with a sheet");
  return {
    wrap: new Uint8Array(factor.wrap),
    factor: factor.factor_id,
    blob: new Uint8Array(blob.bytes),
    version: Number(blob.version),
  };
}

async function expectOpensNothingNew(account: AccountId, stolen: Stolen, sheet: string): Promise<void> {
  const parsed = parseRecoveryCode(sheet);
  if (parsed.kind === "refused") throw new Error("a sheet");
  const { kek } = await recoveryKeys(parsed.code);
  const place = { account, kind: "recovery", factor: stolen.factor, generation: 0 } as const;
  const vaultKey = await openWrap({ kek, wrap: stolen.wrap, place });
  const at = { account, name: "main", version: stolen.version };
  const old = decodeVaultState(await openBlob({ vaultKey, place: at, blob: stolen.blob }));
  const rows = await lookInto<{ bytes: Buffer; version: string }>(
    house.database,
    "select bytes, version from vault_blob where account_id = $1",
    [account],
  );
  const [blob] = rows;
  if (blob === undefined) throw new Error("a vault");
  const newest = { account, name: "main", version: Number(blob.version) };
  await expect(openBlob({ vaultKey, place: newest, blob: new Uint8Array(blob.bytes) })).rejects.toThrow(
    "unopenable",
  );
  const events = await lookInto<{ bytes: Buffer }>(
    house.database,
    "select bytes from room_item where room_id = $1 and kind = 'event' order by seq desc limit 1",
    [room],
  );
  const [event] = events;
  if (event === undefined) throw new Error("an event");
  const opened = await openRoomEvent({
    mine: old.identities,
    event: new Uint8Array(event.bytes),
    previous: "joining",
    previousCard: null,
    identityOf: () => null,
  });
  expect(opened.kind).toBe("refused");
}

test("who lost everything comes back with new keys, to the same rooms and all that was said; everybody is told, and warned until they have asked", async () => {
  await ana.client.close();
  const account = accountOf(ana);
  const old = await signInElsewhere(house, ana);
  await untilSaid(old.client, room, "from Ben");
  valueOf(await therapist.client.actions.readmit({ family, person: ana.person }));
  await seen(old.client, "session", (session) => session.state === "locked");
  expect(refusalOf(await old.client.actions.signIn(ana.way))).toBe("wrong-factor");
  await until(ben.client, room, (view) => view.readers.every((reader) => reader.account !== account));

  const { link } = valueOf(await therapist.client.actions.invite({ family, person: ana.person, days: 1 }));
  const device = house.newDevice();
  const client = await house.open(device);
  const way = makeWords(client);
  valueOf(await client.actions.join({ fragment: new URL(link).hash, factor: way }));
  const back = { ...ana, client, device, way };
  const said = textsOf(roomNow(ben.client, room));
  const view = await until(
    client,
    room,
    (seenNow) =>
      textsOf(seenNow).length === said.length && seenNow.entries.some(({ kind }) => kind === "returned"),
  );
  expect(textsOf(view)).toEqual(said);
  expect(noticesOf(view)).toEqual([]);
  const mine = view.entries.filter((entry) => entry.kind === "message" && entry.author.isMe);
  expect(mine).toHaveLength(1);
  await roomWhere(client, (line) => line.kind === "private" && line.readers.length === 2);

  const warned = await until(ben.client, room, (now) => now.warnings.length === 1);
  expect(warned.warnings[0]).toMatchObject({ name: "Ana", keysChanged: true, verified: "introduced" });
  expect(warned.entries.findLast((entry) => entry.kind === "returned")).toMatchObject({
    person: { name: "Ana" },
    by: { name: "Ada" },
  });
  expect(roomNow(therapist.client, room)?.warnings).toEqual([]);
  const again = accountOf(back);
  valueOf(await ben.client.actions.understand(again));
  await until(ben.client, room, (now) => now.warnings.length === 0);
  expect(readerIn(ben, again)?.keysChanged).toBe(true);
  const code = await codeOf(ben, again);
  expect(code).toBe(await codeOf(back, accountOf(ben)));
  valueOf(await ben.client.actions.markVerified({ account: again, code }));
  await until(ben.client, room, (now) => now.readers.every((reader) => !reader.keysChanged));
  expect(now(ben.client, "alarms")).toEqual([]);
  valueOf(await client.actions.send({ room, text: "I am back" }));
  await untilSaid(ben.client, room, "I am back");
});

test("keys that were not put into every room, because it stopped half-way, are put there by the next browser", async () => {
  const dan = await inviteAndJoin(house, therapist, family, { name: "Dan" });
  const { room: own } = await roomWhere(dan.client, (line) => line.kind === "private");
  await roomWhere(dan.client, (line) => line.room === room);
  const { actions } = dan.client;
  const { code } = valueOf(await actions.beginSecuring());
  valueOf(await actions.proveWay(dan.way));
  dan.device.meddle(/\/events$/, async () => {
    throw new TypeError("killed in the middle");
  });
  valueOf(await actions.finishSecuring(code));
  await seen(dan.client, "session", (session) => session.online);
  await dan.client.close();
  const next = await signInElsewhere(house, dan);
  for (const each of [room, own]) {
    await until(therapist.client, each, (view) =>
      view.entries.some(
        (entry) => entry.kind === "audience" && entry.change === "renewed" && entry.names.includes("Dan"),
      ),
    );
  }
  const numbers = await codeOf(next, accountOf(therapist));
  expect(numbers).toBe(await codeOf(therapist, accountOf(next)));
  await next.client.close();
});

test("a readmission that stopped half-way is finished by the next of the staff's browsers, and the person comes back whole", async () => {
  const eva = await inviteAndJoin(house, therapist, family, { name: "Eva" });
  const { room: own } = await roomWhere(eva.client, (line) => line.kind === "private");
  await roomWhere(eva.client, (line) => line.room === room);
  valueOf(await eva.client.actions.send({ room: own, text: "only for Ada" }));
  await untilSaid(therapist.client, own, "only for Ada");
  const account = accountOf(eva);
  therapist.device.meddle(/\/close$/, async () => {
    throw new TypeError("killed in the middle");
  });
  expect(refusalOf(await therapist.client.actions.readmit({ family, person: eva.person }))).toBe("offline");
  await therapist.client.close();
  therapist.device.meddle(/\/close$/, null);
  const next = await signInElsewhere(house, therapist);
  await until(next.client, own, (view) => view.readers.every((reader) => reader.account !== account));
  await seen(eva.client, "session", (session) => session.state === "locked");
  const { link } = valueOf(await next.client.actions.invite({ family, person: eva.person, days: 1 }));
  const client = await house.open(house.newDevice());
  valueOf(await client.actions.join({ fragment: new URL(link).hash, factor: makeWords(client) }));
  const back = await untilSaid(client, own, "only for Ada");
  expect(textsOf(back)).toEqual(["only for Ada"]);
  expect(now(client, "alarms")).toEqual([]);
  expect(now(next.client, "alarms")).toEqual([]);
  therapist = next;
});

test("T9: a vault from before somebody began anew is noticed by a device that has seen the new one", async () => {
  const fay = await inviteAndJoin(house, therapist, family, { name: "Fay" });
  await roomWhere(fay.client, (line) => line.kind === "private");
  const account = accountOf(fay);
  const tables = ["factor", "vault_blob"] as const;
  const before = await Promise.all(
    tables.map((table) =>
      lookInto(house.database, `select * from ${table} where account_id = $1`, [account]),
    ),
  );
  const { actions } = fay.client;
  const { code } = valueOf(await actions.beginSecuring());
  valueOf(await actions.proveWay(fay.way));
  valueOf(await actions.finishSecuring(code));
  await seen(fay.client, "session", (session) => session.online);
  await actions.lock();
  const [[factor], [blob]] = [before[0] ?? [], before[1] ?? []];
  await lookInto(house.database, "update account set key_generation = 0 where account_id = $1", [account]);
  await lookInto(house.database, "update factor set wrap = $2 where account_id = $1 and factor_id = $3", [
    account,
    factor?.["wrap"],
    factor?.["factor_id"],
  ]);
  await lookInto(house.database, "update vault_blob set bytes = $2, version = $3 where account_id = $1", [
    account,
    blob?.["bytes"],
    blob?.["version"],
  ]);
  valueOf(await actions.signIn(fay.way));
  const alarms = await untilAlarm(fay.client, "vault-rolled-back");
  expect(alarms.map(({ kind }) => kind)).toContain("vault-rolled-back");
});
