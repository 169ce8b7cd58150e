/** Whose pieces of a template count, by frames as they stand in a room. */
import type { EntryBody, RoomId } from "@sotto/domain";
import {
  encodeRoomCard,
  identityHash,
  makeIdentity,
  makeRoomEvent,
  memberEntry,
  parseIdentityRecord,
  sealFrame,
  toHex,
} from "@sotto/vault";
import type { Bytes, IdentitySecret } from "@sotto/vault";
import { beforeAll, expect, test } from "vitest";
import { templateCalled } from "../../testing/a-template.ts";
import { encodeEntry } from "../entry/codec.ts";
import { openRoom, takeItem } from "./room-memory.ts";
import { piecesOf } from "./template-log.ts";

const random = (count: number): Bytes => crypto.getRandomValues(new Uint8Array(count));
const room = crypto.randomUUID() as string as RoomId;
const records = new Map<string, ReturnType<typeof parseIdentityRecord>>();
const identityOf = (hash: Bytes) => records.get(toHex(hash)) ?? null;
const makePerson = async (): Promise<IdentitySecret> => {
  const { secret } = await makeIdentity({ account: crypto.randomUUID(), random });
  records.set(toHex(identityHash(secret.record)), parseIdentityRecord(secret.record));
  return secret;
};

let ada: IdentitySecret;
let rosa: IdentitySecret;

beforeAll(async () => {
  [ada, rosa] = await Promise.all([makePerson(), makePerson()]);
});

/** How many templates a room of this kind holds after somebody has written this in it. */
async function filesAfter(kind: "practice" | "team", me: IdentitySecret, bodies: readonly EntryBody[]) {
  const card = encodeRoomCard({
    kind,
    title: "",
    family: kind === "team" ? crypto.randomUUID() : null,
    familyName: "",
    practiceName: "",
    people: [],
  });
  const members = [memberEntry(ada, "keeper"), memberEntry(rosa, "member")];
  const wish = { me: ada, previous: null, room, members, card, identityOf, random };
  const made = await makeRoomEvent({ ...wish, action: "create" });
  const opening = { mine: [ada], archived: () => null, identityOf };
  const opened = await openRoom({ seq: 1, kind: "event", bytes: made.bytes, at: 1 }, room, opening);
  if (opened === null || opened === "destroyed") throw new Error("a room that opens");
  const { keys, state } = made;
  for (const [index, body] of bodies.entries()) {
    const place = {
      stream: toHex(random(8)),
      sequence: 0,
      previous: null,
      seen: [],
      sentAt: 2,
      gossip: null,
    };
    const id = crypto.randomUUID();
    const { bytes } = await sealFrame({ me, keys, state, id, random, ...place, ...encodeEntry(body) });
    await takeItem(opened.memory, { seq: 2 + index, kind: "frame", bytes, at: 2 }, opening);
  }
  return opened.memory.templates.files.size;
}

test("pieces count in the practice's room, by a keeper, and nowhere else by nobody else", async () => {
  const { pieces } = piecesOf(templateCalled("Ours"));
  expect(await filesAfter("practice", ada, pieces)).toBe(1);
  expect(await filesAfter("practice", rosa, pieces)).toBe(0);
  expect(await filesAfter("team", ada, pieces)).toBe(0);
});

test("a piece whose bytes are not those that were named is nothing", async () => {
  const [piece] = piecesOf(templateCalled("Ours")).pieces;
  const [other] = piecesOf(templateCalled("Another")).pieces;
  if (piece === undefined || other === undefined) throw new Error("two small templates");
  expect(await filesAfter("practice", ada, [{ ...piece, bytes: other.bytes }])).toBe(0);
});
