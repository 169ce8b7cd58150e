/** What whoever runs Sotto learns of rooms that have ended: ids and times, and from where something of them could still be opened. */
import { endRoomAlone } from "@sotto/client/unsafe-ending";
import type { RoomId } from "@sotto/domain";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  inviteAndJoin,
  now,
  openFirstRoom,
  openHouse,
  roomWhere,
  seen,
  untilGone,
  untilSaid,
  valueOf,
  type House,
  type Someone,
} from "../support/clients.ts";
import { bringIn, makeCustodian, untilSeated } from "../support/custodian.ts";
import { lookInto } from "../support/database.ts";
import { makeGround, runSotto } from "../support/operator.ts";

let ground: Awaited<ReturnType<typeof makeGround>>;
let house: House;
let therapist: Someone;
let ben: Someone;
let room: RoomId;

beforeAll(async () => {
  ground = await makeGround();
  house = await openHouse();
  const opened = await openFirstRoom(house);
  ({ ben, room, therapist } = opened);
  valueOf(await ben.client.actions.send({ room, text: "said at the lake" }));
  await untilSaid(therapist.client, room, "said at the lake");
  // She was taken out long before the end, and has newer keys since.
  const eva = await inviteAndJoin(house, therapist, opened.family, { name: "Eva" });
  await roomWhere(eva.client, (line) => line.room === room);
  const { account: evas } = now(eva.client, "session");
  if (evas === null) throw new Error("somebody who is in");
  valueOf(await therapist.client.actions.removeFromRoom({ room, account: evas }));
  await untilGone(eva.client, room);
  await renew(eva);
  await bringIn(therapist, await makeCustodian());
  await untilSeated(therapist);
  valueOf(await therapist.client.actions.closeFamily({ family: opened.family }));
  await seen(therapist.client, "rooms", (lines) =>
    lines.every(({ closed, kind }) => closed || kind === "team" || kind === "practice"),
  );
}, 120_000);

afterAll(async () => {
  await house?.close();
  await ground?.remove();
});

const env = () => ({
  DATABASE_URL: house.database.appUrl,
  DATABASE_OWNER_URL: house.database.ownerUrl,
  SOTTO_DATA: ground.at("own"),
});

const accountOf = ({ client }: Someone): string => now(client, "session").account ?? "";

/** New keys, as somebody makes them who begins anew. */
async function renew(who: Someone): Promise<void> {
  const { actions } = who.client;
  const { code } = valueOf(await actions.beginSecuring());
  valueOf(await actions.proveWay(who.way));
  valueOf(await actions.finishSecuring(code));
}

test("where nothing has ended there is nothing to say, and a folder without backups is refused in words", async () => {
  expect(await runSotto(["retention"], env())).toMatchObject({ status: 0, said: "No room has ended.\n" });
  const none = await runSotto(["retention", ground.at("nowhere")], env());
  expect(none).toMatchObject({ status: 1, said: "" });
  expect(none.told).toContain("There is no whole backup in");
});

test("it names what ended, who has older keys, and which backups hold the room, and no word of what was in it", async () => {
  expect(await runSotto(["backup", ground.at("backups/before")], env())).toMatchObject({ status: 0 });
  valueOf(await endRoomAlone(therapist.client, room));
  await untilGone(ben.client, room);
  expect(await runSotto(["backup", ground.at("backups/after")], env())).toMatchObject({ status: 0 });
  // The husks are in the backup, and a restored one is as it must be.
  expect(await runSotto(["verify", ground.at("backups/after")])).toMatchObject({
    status: 0,
    said: expect.stringContaining("All is as it must be"),
  });
  const found = await runSotto(["retention", ground.at("backups")], env());
  expect(found.status).toBe(1);
  const lines = found.said.trim().split("\n");
  expect(lines.map((line) => line.split(" ")[0])).toEqual([
    "ended",
    "old-keys",
    "old-keys",
    "sheets",
    "backup",
  ]);
  expect(lines[0]).toContain(`room ${room}`);
  for (const who of [therapist, ben])
    expect(lines.some((line) => line.includes(`account ${accountOf(who)} of 1 ended room since`))).toBe(true);
  expect(lines[4]).toContain(`${ground.at("backups/before")} begun`);
  for (const word of ["Ben", "Ada", "Rivera", "lake", "therap"])
    expect(found.said + found.told).not.toContain(word);
  // Without a folder the newest backup alone is known, and it is from after the end.
  const alone = await runSotto(["retention", "--json"], env());
  expect(alone.status).toBe(1);
  expect(JSON.parse(alone.said)).toMatchObject({
    practices: [
      { ended: [{ room }], oldKeys: [{ rooms: 1 }, { rooms: 1 }], shut: [], sheets: [{ rooms: 1 }] },
    ],
    backups: [],
  });
});

test("whoever has published newer keys is named no more, nor an account that nobody comes in by among those who still may", async () => {
  await renew(ben);
  const { said } = await runSotto(["retention"], env());
  expect(said).not.toContain(accountOf(ben));
  expect(said).toContain(`old-keys practice`);
  await lookInto(house.database, "update account set ended_at = 1 where account_id = $1", [
    accountOf(therapist),
  ]);
  const shut = await runSotto(["retention"], env());
  expect(shut).toMatchObject({ status: 0, said: expect.stringContaining("shut practice") });
  await lookInto(house.database, "update account set ended_at = null where account_id = $1", [
    accountOf(therapist),
  ]);
});

test("bytes of files that are still on the disk are counted", async () => {
  await lookInto(
    house.database,
    `insert into file (practice_id, file_id, room_id, author_id, bytes, state, touched_at)
     select practice_id, gen_random_uuid(), room_id, author_id, 5000, 'removed', 1 from room_item where room_id = $1 and seq = 1`,
    [room],
  );
  const { said, status } = await runSotto(["retention"], env());
  expect([status, said.includes("files-to-sweep")]).toEqual([1, true]);
  expect(said).toContain("1 waiting, 5.0 kB");
});
