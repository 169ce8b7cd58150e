import type { EntryBody, RoomId } from "@sotto/domain";
import {
  encodeRoomCard,
  equalBytes,
  identityHash,
  makeIdentity,
  makeRoomEvent,
  memberEntry,
  parseIdentityRecord,
  sealFrame,
  signStatement,
  toHex,
} from "@sotto/vault";
import type { Bytes, IdentitySecret, MadeRoomEvent } from "@sotto/vault";
import { beforeAll, expect, test } from "vitest";
import { ClientFault } from "../done.ts";
import { encodeEntry } from "../entry/codec.ts";
import { openRoom, takeItem, type RoomMemory } from "./room-memory.ts";

const random = (count: number): Bytes => crypto.getRandomValues(new Uint8Array(count));
const room = crypto.randomUUID() as string as RoomId;
const card = encodeRoomCard({
  kind: "family",
  title: "",
  family: null,
  familyName: "",
  practiceName: "",
  people: [],
});

const records = new Map<string, ReturnType<typeof parseIdentityRecord>>();
const identityOf = (hash: Bytes) => records.get(toHex(hash)) ?? null;
const archived = () => null;

const makePerson = async (): Promise<IdentitySecret> => {
  const { secret } = await makeIdentity({ account: crypto.randomUUID(), random });
  records.set(toHex(identityHash(secret.record)), parseIdentityRecord(secret.record));
  return secret;
};

let tess: IdentitySecret;
let cal: IdentitySecret;
let ana: IdentitySecret;
/** Cal made it, with Tess as a keeper too. */
let made: MadeRoomEvent;

beforeAll(async () => {
  [tess, cal, ana] = await Promise.all([makePerson(), makePerson(), makePerson()]);
  const members = [memberEntry(tess, "keeper"), memberEntry(cal, "keeper"), memberEntry(ana, "member")];
  const wish = { me: cal, previous: null, room, members, card, identityOf, random };
  made = await makeRoomEvent({ ...wish, action: "create" });
});

/** Who vouches for Cal, to this reader, when somebody has written this. */
async function vouchingFor(reader: IdentitySecret, me: IdentitySecret, body: EntryBody) {
  const opening = { mine: [reader], archived, identityOf };
  const opened = await openRoom({ seq: 1, kind: "event", bytes: made.bytes, at: 1 }, room, opening);
  if (opened === null || opened === "destroyed") throw new Error("a room that opens");
  const { memory } = opened;
  expect(of(memory, cal)).toEqual([cal.account]);
  const before = memory.introductions;
  const { keys, state } = made;
  const place = { stream: toHex(random(8)), sequence: 0, previous: null, seen: [], sentAt: 2, gossip: null };
  const id = crypto.randomUUID();
  const { bytes } = await sealFrame({ me, keys, state, id, random, ...place, ...encodeEntry(body) });
  const effect = await takeItem(memory, { seq: 2, kind: "frame", bytes, at: 2 }, opening);
  expect(effect.kind).toBe("frame");
  const vouching = of(memory, cal).filter((account) => account !== cal.account);
  expect(memory.introductions > before).toBe(vouching.length > 0);
  return vouching;
}

const of = ({ introducers }: RoomMemory, { account }: IdentitySecret): readonly string[] => [
  ...(introducers.get(account) ?? []),
];

const SAID = { kind: "message", text: "welcome" } as const;

test("what a keeper says to a roster vouches for everybody in it", async () => {
  expect(await vouchingFor(ana, tess, SAID)).toEqual([tess.account]);
});

test("nobody vouches by what a client records by itself, as a member, or to themselves", async () => {
  expect(await vouchingFor(ana, tess, { kind: "leave-asked" })).toEqual([]);
  expect(await vouchingFor(cal, ana, SAID)).toEqual([]);
  expect(await vouchingFor(tess, tess, SAID)).toEqual([]);
});

test("what cannot be looked up for now is taken in whole later, and nobody is told of two histories", async () => {
  const members = [memberEntry(tess, "keeper"), memberEntry(cal, "keeper")];
  const about = { title: "", family: null, familyName: "", practiceName: "", people: [] };
  const team = encodeRoomCard({ kind: "team", ...about });
  const wish = { me: cal, previous: null, room, members, card: team, identityOf, random };
  const { bytes: first, keys, state } = await makeRoomEvent({ ...wish, action: "create" });
  let isThere = false;
  const opening = {
    mine: [tess],
    archived,
    identityOf: (hash: Bytes) => {
      if (!isThere && equalBytes(hash, identityHash(ana.record))) throw new ClientFault("offline");
      return identityOf(hash);
    },
  };
  const opened = await openRoom({ seq: 1, kind: "event", bytes: first, at: 1 }, room, opening);
  if (opened === null || opened === "destroyed") throw new Error("a room that opens");
  const { memory } = opened;
  const said = { about: random(32), by: crypto.randomUUID(), at: 5, after: null } as const;
  const statement = await signStatement(ana, { ...said, said: { kind: "offered" } });
  const place = { stream: toHex(random(8)), sequence: 0, previous: null, seen: [], sentAt: 2, gossip: null };
  const entry = encodeEntry({ kind: "agreement-said", statement });
  const frame = await sealFrame({
    me: cal,
    keys,
    state,
    id: crypto.randomUUID(),
    random,
    ...place,
    ...entry,
  });
  const item = { seq: 2, kind: "frame" as const, bytes: frame.bytes, at: 2 };
  await expect(takeItem(memory, item, opening)).rejects.toThrow("offline");
  isThere = true;
  expect((await takeItem(memory, item, opening)).kind).toBe("frame");
  expect(memory.lines.filter(({ kind }) => kind === "notice")).toEqual([]);
});
