/**
 * A room in which something was taken away, somebody was let read the past, and that was closed then, is as it must be; what somebody made of its rows since
 * is found.
 */
import { verifyDatabase } from "@sotto/server/copy";
import type { RoomId } from "@sotto/domain";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  inviteAndJoin,
  now,
  openFirstRoom,
  openHouse,
  roomWhere,
  until,
  valueOf,
  type House,
  type Someone,
} from "../support/clients.ts";
import { findingsAfter } from "../support/damage.ts";
import { lookInto } from "../support/database.ts";
import { makeGround, runSotto } from "../support/operator.ts";
import { deletedIn, say } from "../support/said.ts";

let ground: Awaited<ReturnType<typeof makeGround>>;
let house: House;
let room: RoomId;

beforeAll(async () => {
  ground = await makeGround();
  house = await openHouse();
  const { ben, family, room: first, therapist } = await openFirstRoom(house);
  room = first;
  const entry = await say(ben.client, room, "said in haste");
  valueOf(await ben.client.actions.deleteForAll({ room, entry }));
  await untilErased();
  const cleo = await inviteAndJoin(house, therapist, family, { name: "Cleo" });
  await roomWhere(cleo.client, (line) => line.room === room);
  const { actions } = therapist.client;
  valueOf(await actions.grantHistory({ room, account: accountOf(cleo), from: 0 }));
  await until(cleo.client, room, (view) => deletedIn(view).length === 1);
  valueOf(await actions.closeFamily({ family }));
  for (const { client } of [therapist, ben, cleo]) await until(client, room, ({ closed }) => closed);
});

const accountOf = ({ client }: Someone) => {
  const { account } = now(client, "session");
  if (account === null) throw new Error("nobody is in");
  return account;
};

afterAll(async () => {
  await house?.close();
  await ground?.remove();
});

/** Waits until the one stub lies there. */
async function untilErased(): Promise<void> {
  const stubs = "select 1 from room_item where kind = 'erased'";
  while ((await lookInto(house.database, stubs, [])).length === 0)
    await new Promise((resolve) => setTimeout(resolve, 20));
}

test("a message that its author deleted for everyone is no finding: in the running server, and in a backup", async () => {
  expect(await verifyDatabase(house.database.appUrl)).toMatchObject({ practices: 1, findings: [] });
  const env = {
    DATABASE_URL: house.database.appUrl,
    DATABASE_OWNER_URL: house.database.ownerUrl,
    SOTTO_DATA: ground.at("own"),
  };
  expect(await runSotto(["backup", ground.at("backup")], env)).toMatchObject({ status: 0 });
  expect(await runSotto(["verify", ground.at("backup")])).toMatchObject({
    status: 0,
    said: expect.stringContaining("All is as it must be"),
  });
});

/** Where in a stub each of these begins: one byte, ten of a label, then the room, the epoch, the id, the author. */
const [ROOM, EPOCH, ID, AUTHOR] = [11, 27, 31, 47];
const flipped = (at: number) =>
  `set bytes = set_byte(bytes, ${String(at)}, get_byte(bytes, ${String(at)}) # 1)`;
const uuidBytes = (column: string) => `decode(replace(${column}::text, '-', ''), 'hex')`;
const otherAuthor = `(select member.account_id from room_member member where member.room_id = room_item.room_id
  and member.account_id <> room_item.author_id limit 1)`;
/** Rows and stubs that say the same, and cannot both be true. */
const ofNobody = "00000000-0000-4000-8000-000000000000";

test.each<readonly [string, string, string]>([
  ["garbage", "set bytes = '\\x00'", "malformed"],
  ["a stub with something behind it", "set bytes = bytes || '\\x00'::bytea", "malformed"],
  ["one of another room", flipped(ROOM), "not what stands beside it"],
  ["one of another epoch", flipped(EPOCH + 3), "epoch"],
  ["one of another entry", flipped(ID), "not what stands beside it"],
  ["one of another author", flipped(AUTHOR), "not what stands beside it"],
  ["one beside which another author stands", `set author_id = ${otherAuthor}`, "not what stands beside it"],
  [
    "one of somebody who was not there, in its row too",
    `set author_id = '${ofNobody}', bytes = overlay(bytes placing ${uuidBytes(`'${ofNobody}'`)} from ${String(AUTHOR + 1)})`,
    "author",
  ],
])("%s is found where a stub was", async (_, change, why) => {
  const findings = await findingsAfter(house.database, `update room_item ${change} where kind = 'erased'`);
  expect(findings).toMatchObject([{ kind: "room-stub-wrong", why }]);
});

test.each<readonly [string, string, string]>([
  ["a closed room that stands open", "update room set closed = false where closed", "room-closed-wrong"],
  ["an open room that stands closed", "update room set closed = true where not closed", "room-closed-wrong"],
  [
    "somebody who reads less of the past than they were let",
    "update room_member set history_seq = history_seq + 1 where history_seq is not null",
    "room-past-wrong",
  ],
  [
    "somebody who reads nothing of it although they were let",
    "update room_member set history_seq = null where history_seq is not null",
    "room-past-wrong",
  ],
  [
    "somebody who reads the past and was let read none",
    "update room_member set history_seq = 1 where history_seq is null and from_seq > 1",
    "room-past-wrong",
  ],
])("%s is found", async (_, change, kind) => {
  const findings = await findingsAfter(house.database, change);
  expect(new Set(findings.map((finding) => finding.kind))).toEqual(new Set([kind]));
});
