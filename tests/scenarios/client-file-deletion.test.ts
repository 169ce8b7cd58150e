import { randomBytes } from "node:crypto";
import type { RoomView } from "@sotto/client";
import type { EntryId, FamilyId, RoomId } from "@sotto/domain";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  openFirstRoom,
  openHouse,
  refusalOf,
  seen,
  signInElsewhere,
  until,
  untilSaid,
  valueOf,
  type FamilyMember,
  type House,
  type Someone,
} from "../support/clients.ts";
import { quoteNow, say } from "../support/said.ts";

let house: House;
let therapist: Someone;
let ben: FamilyMember;
let family: FamilyId;
let room: RoomId;

beforeAll(async () => {
  house = await openHouse();
  ({ ben, family, room, therapist } = await openFirstRoom(house));
});

afterAll(() => house.close());

const untilKind = (who: Someone, entry: EntryId, kind: "file" | "deleted") =>
  until(who.client, room, (view) =>
    view.entries.some(
      (line) =>
        line.kind === kind && line.entry === entry && (line.kind === "deleted" || line.state.kind === "sent"),
    ),
  );

const keptBy = ({ device }: Someone): readonly string[] =>
  [...device.store.values.keys()].filter((key) => /\/file\//.test(key));

async function sendSmall(): Promise<EntryId> {
  const about = { name: "a photo.jpg", type: "image/jpeg", picture: null, durationMs: null, preview: null };
  const entry = valueOf(
    await ben.client.actions.sendFile({ room, source: new Blob([randomBytes(20_000)]), ...about }),
  );
  for (const who of [ben, therapist]) await untilKind(who, entry, "file");
  return entry;
}

test("a file that is deleted for everyone is gone from every device, and its bytes from the server", async () => {
  const entry = await sendSmall();
  valueOf(await therapist.client.actions.openFile({ room, entry }));
  expect(keptBy(therapist)).toHaveLength(1);
  expect(refusalOf(await therapist.client.actions.deleteForAll({ room, entry }))).toBe("not-allowed");
  valueOf(await ben.client.actions.deleteForAll({ room, entry }));
  for (const who of [ben, therapist]) {
    await untilKind(who, entry, "deleted");
    expect(refusalOf(await who.client.actions.openFile({ room, entry }))).toBe("not-here");
  }
  await expect.poll(() => keptBy(therapist)).toEqual([]);
  const fresh = await signInElsewhere(house, therapist);
  const view = await untilKind(fresh, entry, "deleted");
  expect(view.entries.filter((line) => line.kind === "notice")).toEqual([]);
});

test("a file is answered and found by its name, until it is deleted", async () => {
  const entry = await sendSmall();
  await say(therapist.client, room, "when was that?", entry);
  await untilSaid(ben.client, room, "when was that?");
  expect(quoteNow(ben.client, room, "when was that?")).toMatchObject({
    kind: "shown",
    entry,
    author: { name: "Ben" },
    text: "a photo.jpg",
    isFile: true,
  });
  const found = async () => valueOf(await therapist.client.actions.search({ query: "photo" })).hits;
  expect(await found()).toMatchObject([{ room, entry, isFile: true, author: { name: "Ben" } }]);
  valueOf(await ben.client.actions.deleteForAll({ room, entry }));
  await untilKind(therapist, entry, "deleted");
  expect(quoteNow(therapist.client, room, "when was that?")).toEqual({ kind: "deleted" });
  expect(await found()).toEqual([]);
});

test("without a network a file is not deleted by half: it says so, and is there", async () => {
  const entry = await sendSmall();
  ben.device.cut();
  await seen(ben.client, "session", ({ online }) => !online);
  expect(refusalOf(await ben.client.actions.deleteForAll({ room, entry }))).toBe("offline");
  ben.device.mend();
  await seen(ben.client, "session", ({ online }) => online);
  const blob = valueOf(await ben.client.actions.openFile({ room, entry }));
  expect(blob.size).toBe(20_000);
});

test("a file of which only the bytes are gone is not called sent: it says that it was not deleted, and can be deleted again", async () => {
  const entry = await sendSmall();
  // Its bytes go, and then the network, before anybody hears of it.
  ben.device.meddle(/\/frames$/, async () => {
    ben.device.cut();
    throw new TypeError("never arrives");
  });
  valueOf(await ben.client.actions.deleteForAll({ room, entry }));
  await seen(ben.client, "session", ({ online }) => !online);
  ben.device.meddle(/\/frames$/, null);
  valueOf(await therapist.client.actions.closeFamily({ family }));
  ben.device.mend();
  const lineOf = (view: RoomView) =>
    view.entries.find((line) => line.kind === "file" && line.entry === entry);
  const view = await until(ben.client, room, (now) => lineOf(now) !== undefined && now.closed);
  expect(lineOf(view)).toMatchObject({
    state: { kind: "refused", refusal: "room-closed" },
    wish: "deletion",
  });
  expect(refusalOf(await therapist.client.actions.openFile({ room, entry }))).toBe("not-here");
  valueOf(await therapist.client.actions.reopenFamily({ family }));
  await until(ben.client, room, (now) => now.mayWrite);
  valueOf(await ben.client.actions.deleteForAll({ room, entry }));
  for (const who of [ben, therapist]) await untilKind(who, entry, "deleted");
});
