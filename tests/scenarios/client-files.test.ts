import { randomBytes } from "node:crypto";
import type { Client, RoomLineEntry, RoomView } from "@sotto/client";
import type { EntryId, RoomId } from "@sotto/domain";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  inviteAndJoin,
  makeGate,
  openFirstRoom,
  openHouse,
  refusalOf,
  roomNow,
  roomWhere,
  seen,
  textsOf,
  until,
  untilSaid,
  valueOf,
  type FamilyMember,
  type House,
  type Someone,
} from "../support/clients.ts";
import type { FamilyId } from "@sotto/domain";
import { untilAsked } from "../support/meddling.ts";

const HOUR_MS = 3_600_000;
const MIB = 1024 * 1024;

let house: House;
let therapist: Someone;
let ben: FamilyMember;
let family: FamilyId;
let room: RoomId;

beforeAll(async () => {
  house = await openHouse();
  const devices = { member: house.newDevice({ idleLockAfterMs: HOUR_MS }) };
  ({ ben, family, room, therapist } = await openFirstRoom(house, devices));
}, 60_000);

afterAll(() => house.close());

type FileLine = RoomLineEntry & { readonly kind: "file" };
const linesOf = (view: RoomView | null): readonly FileLine[] =>
  (view?.entries ?? []).filter((entry) => entry.kind === "file");
const lineOf = (view: RoomView | null, entry: EntryId) => linesOf(view).find((line) => line.entry === entry);

const bytesOf = (size: number) => new Uint8Array(randomBytes(size));
const asked = (who: Someone, method: string) =>
  who.device.asked.filter((line) => line.startsWith(`${method} `) && line.includes("/chunks/"));

const send = (who: Someone, bytes: Uint8Array<ArrayBuffer>, name = "a file.bin") =>
  who.client.actions.sendFile({
    room,
    source: new Blob([bytes]),
    name,
    type: "application/octet-stream",
    picture: null,
    durationMs: null,
    preview: null,
  });

const untilFile = (client: Client, entry: EntryId, state: FileLine["state"]["kind"]) =>
  until(client, room, (view) => lineOf(view, entry)?.state.kind === state);

const openFile = async (client: Client, entry: EntryId, from = room): Promise<Buffer> =>
  Buffer.from(await valueOf(await client.actions.openFile({ room: from, entry })).arrayBuffer());

const startAnew = async (): Promise<void> => {
  await ben.client.close();
  ben = { ...ben, client: await house.open(ben.device) };
};

/** Leaves nothing of files behind on a device but what it keeps sealed to look at again. */
const uploadsOn = ({ device }: Someone): readonly string[] =>
  [...device.store.values.keys()].filter((key) => key.includes("/upload"));

test("a program sends a file of 5 MB and another reads it; its name and type are what a screen may show", async () => {
  const bytes = bytesOf(5_000_000);
  const preview = bytesOf(3_000);
  const entry = valueOf(
    await ben.client.actions.sendFile({
      room,
      source: new Blob([bytes]),
      name: "../our\u202E house.JPG",
      type: "image/jpeg; charset=binary",
      picture: { width: 2000, height: 1500 },
      durationMs: null,
      preview,
    }),
  );
  const view = await untilFile(therapist.client, entry, "sent");
  expect(lineOf(view, entry)?.file).toMatchObject({
    name: "_our house.JPG",
    type: "image/jpeg",
    viewer: "image",
    size: bytes.length,
    picture: { width: 2000, height: 1500 },
    hasPreview: true,
  });
  expect(await therapist.client.actions.filePreview({ room, entry })).toEqual(preview);
  const blob = valueOf(await therapist.client.actions.openFile({ room, entry }));
  expect(blob.type).toBe("image/jpeg");
  expect(Buffer.compare(Buffer.from(await blob.arrayBuffer()), bytes)).toBe(0);
  await untilFile(ben.client, entry, "sent");
  expect(Buffer.compare(await openFile(ben.client, entry), bytes)).toBe(0);
  expect(uploadsOn(ben)).toEqual([]);
});

test("what has no viewer is handed out as bytes of no kind, whatever its sender calls it", async () => {
  const source = new Blob(["<script>alert(1)</script>"]);
  const facts = { source, picture: null, durationMs: null, preview: null, room } as const;
  for (const type of ["text/html", "image/svg+xml", "application/xhtml+xml"]) {
    const entry = valueOf(await ben.client.actions.sendFile({ ...facts, name: "x", type }));
    await untilFile(therapist.client, entry, "sent");
    expect(valueOf(await therapist.client.actions.openFile({ room, entry })).type).toBe(
      "application/octet-stream",
    );
  }
});

test("a small file is fetched once and looked at again without a network", async () => {
  const bytes = bytesOf(100_000);
  const entry = valueOf(await send(ben, bytes));
  await untilFile(therapist.client, entry, "sent");
  expect(Buffer.compare(await openFile(therapist.client, entry), bytes)).toBe(0);
  const before = [asked(therapist, "GET").length, asked(ben, "GET").length];
  expect(Buffer.compare(await openFile(therapist.client, entry), bytes)).toBe(0);
  await untilFile(ben.client, entry, "sent");
  expect(Buffer.compare(await openFile(ben.client, entry), bytes)).toBe(0);
  expect([asked(therapist, "GET").length, asked(ben, "GET").length]).toEqual(before);
});

test("a message written after a large file does not wait for it", async () => {
  const gate = makeGate();
  ben.device.meddle(/\/chunks\//, async (ask) => {
    await gate.opened;
    return ask();
  });
  const entry = valueOf(await send(ben, bytesOf(3 * MIB)));
  await seen(ben.client, "transfers", (transfers) => transfers.some((each) => each.kind === "sending"));
  valueOf(await ben.client.actions.send({ room, text: "it is on its way" }));
  const view = await untilSaid(therapist.client, room, "it is on its way");
  expect(lineOf(view, entry)).toBeUndefined();
  expect(lineOf(roomNow(ben.client, room), entry)?.state.kind).toBe("waiting");
  gate.open();
  ben.device.meddle(/\/chunks\//, null);
  await untilFile(therapist.client, entry, "sent");
  await seen(ben.client, "transfers", (transfers) => transfers.length === 0);
});

test("an upload outlives its client in the middle, and sends only what is missing, as it was sealed", async () => {
  const bytes = bytesOf(6 * MIB);
  const two = makeGate();
  let [begun, answered] = [0, 0];
  ben.device.meddle(/\/chunks\//, async (ask) => {
    begun += 1;
    if (begun > 2) {
      await two.opened;
      throw new TypeError("the network broke");
    }
    const answer = await ask();
    answered += 1;
    if (answered === 2) two.open();
    return answer;
  });
  const entry = valueOf(await send(ben, bytes));
  await two.opened;
  await startAnew();
  let sentNow = 0;
  ben.device.meddle(/\/chunks\//, (ask) => {
    sentNow += 1;
    return ask();
  });
  await untilFile(ben.client, entry, "sent");
  ben.device.meddle(/\/chunks\//, null);
  // Two were acknowledged before; the other four are sent now.
  expect(sentNow).toBe(4);
  expect(Buffer.compare(await openFile(therapist.client, entry), bytes)).toBe(0);
  await until(ben.client, room, (view) => linesOf(view).filter((line) => line.entry === entry).length === 1);
  expect(uploadsOn(ben)).toEqual([]);
});

test("a page that is cut off while it seals a file leaves nothing of it on the server", async () => {
  const begun = makeGate();
  ben.device.meddle(/\/chunks\//, async (ask) => {
    const answer = await ask();
    begun.open();
    return answer;
  });
  // The rest of it never comes from the device's disk.
  const source = new Blob([bytesOf(6 * MIB)]);
  const slice = source.slice.bind(source);
  source.slice = (from = 0, to) => {
    const part = slice(from, to);
    if (from >= 4 * MIB) part.arrayBuffer = () => new Promise(() => undefined);
    return part;
  };
  const named = { name: "cut off.bin", type: "text/plain", picture: null, durationMs: null, preview: null };
  void ben.client.actions.sendFile({ room, source, ...named });
  await begun.opened;
  ben.device.meddle(/\/chunks\//, null);
  await startAnew();
  await untilAsked(ben.device, (lines) =>
    lines.some((line) => line.startsWith("DELETE ") && line.includes("/files/")),
  );
  await expect.poll(() => uploadsOn(ben), { timeout: 10_000 }).toEqual([]);
});

test("a file for which the server has no room now keeps no other file waiting", async () => {
  let [full, isFull] = ["", true];
  ben.device.meddle(/\/files\/[^/]+$/, async (ask, { pathname }) => {
    if (full === "") full = pathname;
    const isRefused = isFull && pathname === full;
    return isRefused ? Response.json({ refusal: "too-many" }, { status: 429 }) : ask();
  });
  const first = valueOf(await send(ben, bytesOf(MIB)));
  const second = valueOf(await send(ben, bytesOf(MIB)));
  expect(lineOf(await untilFile(ben.client, second, "sent"), first)?.state.kind).toBe("waiting");
  isFull = false;
  await untilFile(ben.client, first, "sent");
  ben.device.meddle(/\/files\/[^/]+$/, null);
});

test("a file that was sent without a network waits on the device, and goes when there is one, after a new start too", async () => {
  const bytes = bytesOf(2 * MIB);
  ben.device.cut();
  const entry = valueOf(await send(ben, bytes));
  // Its author reads it already.
  expect(Buffer.compare(await openFile(ben.client, entry), bytes)).toBe(0);
  await startAnew();
  await untilFile(ben.client, entry, "waiting");
  ben.device.mend();
  await untilFile(therapist.client, entry, "sent");
  expect(Buffer.compare(await openFile(therapist.client, entry), bytes)).toBe(0);
});

test("a file that is taken back in the middle is gone from here, and never comes there", async () => {
  const gate = makeGate();
  ben.device.meddle(/\/chunks\/1$/, async (ask) => {
    await gate.opened;
    return ask();
  });
  const entry = valueOf(await send(ben, bytesOf(2 * MIB)));
  await untilAsked(ben.device, (lines) => lines.some((line) => line.endsWith("/chunks/1")));
  valueOf(await ben.client.actions.cancelFile({ entry }));
  expect(lineOf(roomNow(ben.client, room), entry)).toBeUndefined();
  gate.open();
  ben.device.meddle(/\/chunks\/1$/, null);
  await untilAsked(ben.device, (lines) =>
    lines.some((line) => line.startsWith("DELETE ") && line.includes("/files/")),
  );
  valueOf(await ben.client.actions.send({ room, text: "after all not" }));
  expect(lineOf(await untilSaid(therapist.client, room, "after all not"), entry)).toBeUndefined();
  // Once the server has let go of it, nothing of it is here either.
  while (uploadsOn(ben).length > 0) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(refusalOf(await ben.client.actions.cancelFile({ entry }))).toBe("not-here");
});

test("a file that is cancelled while it is still being sealed leaves nothing of what had gone ahead", async () => {
  const gate = makeGate();
  const bytes = bytesOf(8 * MIB);
  const slow = new Blob([bytes]);
  const read = slow.slice.bind(slow);
  slow.slice = (start, end, type) => {
    const part = read(start, end, type);
    const whole = part.arrayBuffer.bind(part);
    if (start === 6 * MIB) part.arrayBuffer = () => gate.opened.then(whole);
    return part;
  };
  const asked = ben.device.asked.length;
  const since = (holds: (line: string) => boolean) =>
    untilAsked(ben.device, (lines) => lines.slice(asked).some(holds));
  const facts = { room, name: "x", type: "", picture: null, durationMs: null, preview: null } as const;
  const sending = ben.client.actions.sendFile({ ...facts, source: slow });
  await since((line) => line.startsWith("PUT ") && line.includes("/chunks/"));
  const entry = linesOf(roomNow(ben.client, room)).findLast(({ state }) => state.kind === "waiting")?.entry;
  if (entry === undefined) throw new Error("a file that is not shown while it is made ready");
  valueOf(await ben.client.actions.cancelFile({ entry }));
  gate.open();
  expect(refusalOf(await sending)).toBe("cancelled");
  await since((line) => line.startsWith("DELETE ") && line.includes("/files/"));
  while (uploadsOn(ben).length > 0) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(lineOf(roomNow(ben.client, room), entry)).toBeUndefined();
});

test("a file that was said can be taken from the server by its author, and by nobody else", async () => {
  const entry = valueOf(await send(ben, bytesOf(5 * MIB)));
  await untilFile(therapist.client, entry, "sent");
  expect(refusalOf(await therapist.client.actions.removeFile({ room, entry }))).toBe("not-here");
  await untilFile(ben.client, entry, "sent");
  valueOf(await ben.client.actions.removeFile({ room, entry }));
  expect(refusalOf(await therapist.client.actions.openFile({ room, entry }))).toBe("not-here");
  expect(refusalOf(await ben.client.actions.openFile({ room, entry }))).toBe("not-here");
});

test("what a server changes in a file is noticed, and nothing of it is shown", async () => {
  const entry = valueOf(await send(ben, bytesOf(5 * MIB)));
  await untilFile(therapist.client, entry, "sent");
  therapist.device.meddle(/\/chunks\/2$/, async (ask) => {
    const answer = await ask();
    const bytes = new Uint8Array(await answer.arrayBuffer());
    bytes[7] = (bytes[7] ?? 0) ^ 1;
    return new Response(bytes, answer);
  });
  expect(refusalOf(await therapist.client.actions.openFile({ room, entry }))).toBe("file-damaged");
  therapist.device.meddle(/\/chunks\/2$/, null);
  let first: Promise<Response> | null = null;
  // The first chunk once more, in the place of each.
  therapist.device.meddle(/\/chunks\//, async (ask) => {
    first ??= ask();
    return (await first).clone();
  });
  expect(refusalOf(await therapist.client.actions.openFile({ room, entry }))).toBe("file-damaged");
  therapist.device.meddle(/\/chunks\//, null);
  expect(await openFile(therapist.client, entry)).toHaveLength(5 * MIB);
});

test("who came in while a file went up does not get it, until its author says so", async () => {
  const gate = makeGate();
  ben.device.meddle(/\/finish$/, async (ask) => {
    await gate.opened;
    return ask();
  });
  const bytes = bytesOf(300_000);
  const entry = valueOf(await send(ben, bytes));
  await untilAsked(ben.device, (lines) => lines.some((line) => line.endsWith("/finish")));
  const mia = await inviteAndJoin(house, therapist, family, { name: "Mia" });
  await roomWhere(mia.client, (line) => line.room === room);
  await until(ben.client, room, (view) => view.readers.length === 3);
  gate.open();
  ben.device.meddle(/\/finish$/, null);
  const refused = await untilFile(ben.client, entry, "refused");
  expect(lineOf(refused, entry)?.state).toEqual({ kind: "refused", refusal: "stale-epoch" });
  const readers = refused.readers.map(({ account }) => account);
  valueOf(await ben.client.actions.retryFile({ entry, readers }));
  await untilFile(mia.client, entry, "sent");
  expect(Buffer.compare(await openFile(mia.client, entry), bytes)).toBe(0);
  // A file of before her time is none of hers, even with its id.
  const older = linesOf(roomNow(ben.client, room)).find((line) => line.file.size === 100_000);
  if (older === undefined) throw new Error("the small file of an earlier story");
  const bare = await fetch(`${house.origin}/v1/rooms/${room}/files/${older.file.file}/chunks/0`);
  expect(bare.status).toBe(401);
  expect(refusalOf(await mia.client.actions.openFile({ room, entry: older.entry }))).toBe("not-here");
  expect(textsOf(roomNow(mia.client, room))).toEqual([]);
});

test("too large, empty and unreadable files are refused before anything is kept", async () => {
  // One part, counted many times: nothing of this size is ever in memory.
  const part = new Blob([new Uint8Array(MIB)]);
  const hundred = Array.from({ length: 100 }, () => part);
  const facts = { room, name: "x", type: "", picture: null, durationMs: null, preview: null } as const;
  const over = new Blob([...hundred, new Uint8Array(1)]);
  expect(refusalOf(await ben.client.actions.sendFile({ ...facts, source: over }))).toBe("file-too-large");
  expect(refusalOf(await ben.client.actions.sendFile({ ...facts, source: new Blob([]) }))).toBe(
    "file-unreadable",
  );
  expect(uploadsOn(ben)).toEqual([]);
});

test("a file of exactly 100 MB goes up and comes down whole", async () => {
  const part = new Blob([new Uint8Array(MIB).fill(7)]);
  const source = new Blob([...Array.from({ length: 99 }, () => part), bytesOf(MIB)]);
  const facts = { room, name: "large", type: "", picture: null, durationMs: null, preview: null } as const;
  const entry = valueOf(await ben.client.actions.sendFile({ ...facts, source }));
  await untilFile(therapist.client, entry, "sent");
  const opened = valueOf(await therapist.client.actions.openFile({ room, entry }));
  expect(opened.size).toBe(100 * MIB);
  const [first, last] = [opened.slice(0, MIB), opened.slice(99 * MIB)];
  expect(Buffer.compare(Buffer.from(await first.arrayBuffer()), Buffer.alloc(MIB, 7))).toBe(0);
  expect(await last.arrayBuffer()).toEqual(await source.slice(99 * MIB).arrayBuffer());
});

test("whoever leaves a room keeps nothing of its files on their device", async () => {
  const keptOn = () => [...ben.device.store.values.keys()].filter((key) => key.includes("/file/"));
  expect(keptOn().length).toBeGreaterThan(0);
  const { account } = roomNow(ben.client, room)?.readers.find(({ isMe }) => isMe) ?? {};
  if (account === undefined) throw new Error("Ben reads here");
  valueOf(await therapist.client.actions.removeFromRoom({ room, account }));
  await seen(ben.client, "rooms", (lines) => lines.every((line) => line.room !== room));
  while (keptOn().length > 0) await new Promise((resolve) => setTimeout(resolve, 10));
});
