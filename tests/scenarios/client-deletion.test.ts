import type { RoomView } from "@sotto/client";
import type { EntryId, FamilyId, RoomId } from "@sotto/domain";
import { encodeFrameStub, fromBase64Url, stubOfFrame, toBase64Url } from "@sotto/vault";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  anotherDevice,
  inviteAndJoin,
  isAllSent,
  noticesOf,
  now,
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
import { lookInto } from "../support/database.ts";
import { reconnect, signInMeddled, untilAsked, writeUnheard } from "../support/meddling.ts";
import type { Device } from "../support/node-ports.ts";
import { deletedIn, quoteNow, say } from "../support/said.ts";

const HOUR_MS = 3_600_000;

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

const remove = (entry: EntryId) => ben.client.actions.deleteForAll({ room, entry });
const untilDeleted = (who: Pick<Someone, "client">, count: number) =>
  until(who.client, room, (view) => deletedIn(view).length >= count && isAllSent(view));
const erasures = (device: Device) => device.asked.filter((asked) => asked.endsWith("/erasures")).length;
const toErase = (device: Device) =>
  [...device.store.values.keys()].filter((key) => key.includes("/erase/")).length;

/** Does something, and waits until the server has erased what came of it. */
async function untilErased(act: () => Promise<unknown>): Promise<void> {
  const before = erasures(ben.device);
  await act();
  await untilAsked(ben.device, () => erasures(ben.device) > before && toErase(ben.device) === 0);
}

/** Ben deletes an entry, and the server has erased it. */
const removeWholly = (entry: EntryId) => untilErased(async () => valueOf(await remove(entry)));

function entryIn({ entries }: RoomView, text: string): EntryId {
  const said = entries.find((line) => line.kind === "message" && line.text === text);
  if (said?.kind !== "message") throw new Error("not there");
  return said.entry;
}

async function restartBen(): Promise<void> {
  await ben.client.close();
  ben = { ...ben, client: await house.open(ben.device) };
}

interface Page {
  readonly items: readonly {
    readonly seq: number;
    readonly kind: string;
    readonly bytes: string;
    readonly at: number;
  }[];
  readonly more: boolean;
}

let reader: FamilyMember | null = null;

/** Another browser of Ben's reads the room from a server that changes each page. */
const readThrough = async (change: (page: Page) => Page) => {
  // The one before has seen what it was to see.
  await reader?.client.close();
  reader = await signInMeddled(house, ben, (device) =>
    device.meddle(new RegExp(`/rooms/${room}/log$`), async (ask) => {
      const answer = await ask();
      // The contract's shape, as the real server has just answered it.
      return answer.ok ? Response.json(change((await answer.json()) as Page)) : answer;
    }),
  );
  return reader;
};

test("a message is gone for everyone, with its changes and its quotes, and the log says that something was deleted", async () => {
  const entry = await say(ben.client, room, "the secret");
  valueOf(await ben.client.actions.edit({ room, entry, text: "the secret, changed" }));
  await until(ben.client, room, (view) => textsOf(view).includes("the secret, changed") && isAllSent(view));
  await until(therapist.client, room, (view) => textsOf(view).includes("the secret, changed"));
  await say(therapist.client, room, "an answer", entry);
  await untilSaid(ben.client, room, "an answer");
  await therapist.client.actions.saveDraft({ room, text: "about that", to: entry });
  await removeWholly(entry);
  for (const who of [ben, therapist]) {
    const view = await untilDeleted(who, 1);
    expect(deletedIn(view)).toEqual(["Ben"]);
    expect(JSON.stringify(view)).not.toContain("the secret");
    expect(noticesOf(view)).toEqual([]);
    expect(quoteNow(who.client, room, "an answer")).toEqual({ kind: "deleted" });
  }
  await until(therapist.client, room, (view) => view.draftQuote === null);
  expect(roomNow(therapist.client, room)).toMatchObject({ draft: "about that" });
  const list = await seen(therapist.client, "rooms", () => true);
  expect(JSON.stringify(list)).not.toContain("the secret");
});

test("the server erases both frames, and a browser that meets their stubs afresh misses nothing", async () => {
  const kinds: string[] = [];
  const fresh = await readThrough((page) => {
    kinds.push(...page.items.map((item) => item.kind));
    return page;
  });
  const view = await untilSaid(fresh.client, room, "an answer");
  expect(kinds.filter((kind) => kind === "erased")).toHaveLength(2);
  expect(deletedIn(view)).toEqual(["Ben"]);
  expect(noticesOf(view)).toEqual([]);
  expect(quoteNow(fresh.client, room, "an answer")).toEqual({ kind: "deleted" });
  // It reads the same from its own device, without a server.
  fresh.device.cut();
  await fresh.client.close();
  const again = await house.open(fresh.device);
  fresh.device.mend();
  valueOf(await again.actions.signIn(ben.way));
  const kept = await untilSaid(again, room, "an answer");
  expect([deletedIn(kept), noticesOf(kept)]).toEqual([["Ben"], []]);
});

test("no device keeps the bytes of what was deleted", async () => {
  const sealed: Uint8Array[] = [];
  const entry = await say(ben.client, room, "leaves no bytes behind");
  await untilSaid(therapist.client, room, "leaves no bytes behind");
  const itemsOf = (device: Device) =>
    [...device.store.values].filter(([key]) => key.includes(`/room/${room}/`)).map(([, value]) => value);
  for (const { device } of [ben, therapist]) {
    const last = itemsOf(device).at(-1);
    if (last !== undefined) sealed.push(last.slice(-100));
  }
  expect(sealed).toHaveLength(2);
  await removeWholly(entry);
  await untilDeleted(therapist, 2);
  for (const { device } of [ben, therapist]) {
    // What is written down comes after what is shown: another thing said waits for it.
    await untilAsked(device, () => !itemsOf(device).some((item) => isEnding(item, sealed)));
    expect(itemsOf(device).some((item) => isEnding(item, sealed))).toBe(false);
  }
});

const isEnding = (item: Uint8Array, ends: readonly Uint8Array[]) =>
  ends.some((end) => Buffer.from(item).includes(Buffer.from(end)));

test("nobody can delete what somebody else said, nor what is not there", async () => {
  const entry = await say(ben.client, room, "mine to delete");
  await untilSaid(therapist.client, room, "mine to delete");
  expect(refusalOf(await therapist.client.actions.deleteForAll({ room, entry }))).toBe("not-allowed");
  const other = await roomWhere(ben.client, (line) => line.kind === "private");
  const elsewhere = await ben.client.actions.deleteForAll({ room: other.room, entry });
  expect(refusalOf(elsewhere)).toBe("not-here");
  expect(textsOf(roomNow(therapist.client, room))).toContain("mine to delete");
});

test("T7: a frame that the server calls erased, and nobody vouches for, is missing and is said to be", async () => {
  await say(ben.client, room, "not to be hidden");
  await say(therapist.client, room, "and after it");
  await untilSaid(ben.client, room, "and after it");
  const count = textsOf(roomNow(ben.client, room)).length;
  let hidden = 0;
  const fresh = await readThrough((page) => {
    const frames = page.items.filter((item) => item.kind === "frame");
    const victim = frames.at(-2);
    return {
      ...page,
      items: page.items.map((item) => {
        if (item !== victim || page.items.length < 3) return item;
        hidden++;
        const stub = encodeFrameStub(stubOfFrame(fromBase64Url(item.bytes)));
        return { ...item, kind: "erased", bytes: toBase64Url(stub) };
      }),
    };
  });
  const view = await untilSaid(fresh.client, room, "and after it");
  expect(hidden).toBe(1);
  expect(textsOf(view)).toHaveLength(count - 1);
  expect(textsOf(view)).not.toContain("not to be hidden");
  expect(new Set(noticesOf(view))).toEqual(new Set(["gap"]));
});

test("T7: the last word of a room that is called erased is said to be missing too", async () => {
  await say(ben.client, room, "the very last word");
  const fresh = await readThrough((page) => {
    const victim = page.items.filter((item) => item.kind === "frame").at(-1);
    return {
      ...page,
      items: page.items.map((item) =>
        item === victim
          ? {
              ...item,
              kind: "erased",
              bytes: toBase64Url(encodeFrameStub(stubOfFrame(fromBase64Url(item.bytes)))),
            }
          : item,
      ),
    };
  });
  const view = await until(fresh.client, room, (now) => noticesOf(now).includes("gap"));
  expect(textsOf(view)).not.toContain("the very last word");
});

test("T7: a deletion vouches for its own frame alone: a server that swaps stubs is found out", async () => {
  const [gone, kept] = [await say(ben.client, room, "to go"), await say(ben.client, room, "to stay")];
  await removeWholly(gone);
  await say(ben.client, room, "after both");
  // The one that stays is shown as the one that went.
  const fresh = await readThrough((page) => {
    const stub = page.items.findLast((item) => item.kind === "erased");
    return {
      ...page,
      items: page.items.map((item) => {
        const isKept = item.kind === "frame" && stubOfFrame(fromBase64Url(item.bytes)).id === kept;
        return isKept && stub !== undefined ? { ...item, kind: "erased", bytes: stub.bytes } : item;
      }),
    };
  });
  const view = await untilSaid(fresh.client, room, "after both");
  expect(textsOf(view)).not.toContain("to stay");
  expect(noticesOf(view).length).toBeGreaterThan(0);
});

test("ended between the deletion and the erasure, the next client on the device asks until it is erased", async () => {
  const entry = await say(ben.client, room, "killed in between");
  const before = deletedIn(roomNow(ben.client, room)).length;
  // As after kill -9: the server has the deletion, and no erasure ever arrives.
  ben.device.meddle(/\/erasures$/, async () => {
    throw new TypeError("never arrives");
  });
  valueOf(await remove(entry));
  await untilDeleted(ben, before + 1);
  await untilAsked(ben.device, () => toErase(ben.device) > 0);
  ben.device.meddle(/\/erasures$/, null);
  await untilErased(restartBen);
  const fresh = await readThrough((page) => page);
  const view = await untilDeleted(fresh, before + 1);
  expect(noticesOf(view)).toEqual([]);
});

test("ended before the device had read its own deletion, it is read from the server and erased then", async () => {
  const entry = await say(ben.client, room, "killed before reading");
  const before = deletedIn(roomNow(ben.client, room)).length;
  ben.device.meddle(/\/frames$/, async (ask) => {
    await ask();
    ben.device.cut();
    throw new TypeError("the answer is lost");
  });
  valueOf(await remove(entry));
  await seen(ben.client, "session", (session) => !session.online);
  await ben.client.close();
  ben.device.meddle(/\/frames$/, null);
  ben.device.mend();
  await untilErased(restartBen);
  await untilDeleted(ben, before + 1);
  const view = await untilDeleted(therapist, before + 1);
  expect(textsOf(view)).not.toContain("killed before reading");
});

test("deleted offline, it is gone from the author's screen at once, and for everyone when there is a server again", async () => {
  const entry = await say(ben.client, room, "deleted on the train");
  await untilSaid(therapist.client, room, "deleted on the train");
  ben.device.cut();
  await seen(ben.client, "session", (session) => !session.online);
  valueOf(await ben.client.actions.edit({ room, entry, text: "changed on the train" }));
  valueOf(await remove(entry));
  await until(ben.client, room, (view) => !JSON.stringify(view).includes("on the train"));
  await untilErased(async () => ben.device.mend());
  const view = await until(therapist.client, room, (now) => !textsOf(now).includes("deleted on the train"));
  expect(JSON.stringify(view)).not.toContain("on the train");
});

/** Ben writes while the server fails: it may be there, and never is. */
async function writeInVain(text: string): Promise<EntryId> {
  const attempts = () => ben.device.asked.filter((asked) => asked.endsWith(`/rooms/${room}/frames`)).length;
  const before = attempts();
  ben.device.meddle(/\/frames$/, async () => new Response("", { status: 503 }));
  const entry = valueOf(await ben.client.actions.send({ room, text }));
  await untilAsked(ben.device, () => attempts() > before);
  ben.device.cut();
  ben.device.meddle(/\/frames$/, null);
  await seen(ben.client, "session", (session) => !session.online);
  return entry;
}

const waitingFor = (device: Device) =>
  [...device.store.values.keys()].filter((key) => key.includes("/outbox/")).length;

test("storm 20023: deleted before it got there, and refused there, it is gone: it neither comes back nor goes out later", async () => {
  valueOf(await remove(await writeInVain("never got there")));
  valueOf(await therapist.client.actions.closeFamily({ family }));
  ben.device.mend();
  await until(ben.client, room, (view) => view.closed);
  await untilAsked(ben.device, () => waitingFor(ben.device) === 0);
  expect(JSON.stringify(roomNow(ben.client, room))).not.toContain("never got there");
  valueOf(await therapist.client.actions.reopenFamily({ family }));
  await until(ben.client, room, (view) => !view.closed);
  await restartBen();
  await say(ben.client, room, "open again");
  const view = await untilSaid(therapist.client, room, "open again");
  expect(textsOf(view)).not.toContain("never got there");
});

test("deleted before it got there, its author put out and let in again: nobody reads it, whatever is tried again", async () => {
  const entry = await writeInVain("never was there");
  valueOf(await remove(entry));
  const { account } = now(ben.client, "session");
  if (account === null) throw new Error("nobody is in");
  valueOf(await therapist.client.actions.removeFromRoom({ room, account }));
  ben.device.mend();
  const isLeft = (view: RoomView) => {
    const line = lineOf(view, entry);
    return line?.kind === "message" && line.state.kind === "refused" && line.wish === null;
  };
  // What is shown is how it stands with the message, which nobody else has.
  await until(ben.client, room, isLeft);
  valueOf(await therapist.client.actions.addToRoom({ room, person: ben.person }));
  await until(ben.client, room, (view) => view.mayWrite);
  await restartBen();
  await until(ben.client, room, (view) => lineOf(view, entry) === undefined && isAllSent(view));
  await say(ben.client, room, "in again");
  const view = await untilSaid(therapist.client, room, "in again");
  expect(textsOf(view)).not.toContain("never was there");
  expect(waitingFor(ben.device)).toBe(0);
});

/** Ben deletes without a network, and the room is closed meanwhile. */
async function removeUnheard(entry: EntryId): Promise<void> {
  ben.device.cut();
  await seen(ben.client, "session", (session) => !session.online);
  valueOf(await remove(entry));
  await until(ben.client, room, (view) => lineOf(view, entry)?.kind !== "message");
  valueOf(await therapist.client.actions.closeFamily({ family }));
}

/** The same, and then he has a network again. */
async function removeInVain(entry: EntryId): Promise<EntryId> {
  await removeUnheard(entry);
  ben.device.mend();
  return await untilKept(entry);
}

const lineOf = (view: RoomView, entry: EntryId) =>
  view.entries.find((line) => line.kind === "message" && line.entry === entry);

/** The message is there, and is said not to be deleted. Answers the id of the deletion. */
async function untilKept(entry: EntryId, client = ben.client): Promise<EntryId> {
  const isKept = (view: RoomView) => {
    const line = lineOf(view, entry);
    return line?.kind === "message" && line.state.kind === "refused";
  };
  const line = lineOf(await until(client, room, isKept), entry);
  if (line?.kind !== "message" || line.pending === null) throw new Error("a message with a wish");
  expect(line).toMatchObject({ state: { kind: "refused", refusal: "room-closed" }, wish: "deletion" });
  return line.pending;
}

async function reopen(client = ben.client): Promise<void> {
  valueOf(await therapist.client.actions.reopenFamily({ family }));
  await until(client, room, (view) => view.mayWrite);
}

test("a deletion that was refused says so, and what was said stays until its author asks again, however often they come back", async () => {
  const entry = await say(ben.client, room, "not deleted yet");
  await untilSaid(therapist.client, room, "not deleted yet");
  await removeInVain(entry);
  await reopen();
  await restartBen();
  await seen(ben.client, "session", (session) => session.online);
  valueOf(await ben.client.actions.send({ room, text: "the next day" }));
  await untilSaid(therapist.client, room, "the next day");
  const deletion = await untilKept(entry);
  expect(textsOf(roomNow(therapist.client, room))).toContain("not deleted yet");
  valueOf(await ben.client.actions.discard({ room, entry: deletion }));
  await until(ben.client, room, (now) => textsOf(now).includes("not deleted yet") && isAllSent(now));
  expect(waitingFor(ben.device)).toBe(0);
  await removeWholly(entry);
  await until(therapist.client, room, (now) => !textsOf(now).includes("not deleted yet"));
});

test("a tab that slept while another of the same device was refused does not delete when it wakes", async () => {
  const entry = await say(ben.client, room, "asleep");
  await untilSaid(therapist.client, room, "asleep");
  await removeUnheard(entry);
  const other = anotherDevice(house, ben, { store: ben.device.store });
  const second = await house.open(other);
  valueOf(await second.actions.signIn(ben.way));
  const deletion = await untilKept(entry, second);
  await reopen(second);
  ben.device.mend();
  await untilKept(entry);
  valueOf(await ben.client.actions.send({ room, text: "awake" }));
  const view = await until(therapist.client, room, (now) => textsOf(now).includes("awake"));
  expect(textsOf(view)).toContain("asleep");
  await second.close();
  valueOf(await ben.client.actions.discard({ room, entry: deletion }));
  await until(ben.client, room, (now) => textsOf(now).includes("asleep") && isAllSent(now));
});

test("of two deletions that were refused, one after the other, only the later one is left to decide about", async () => {
  const entry = await say(ben.client, room, "kept after all");
  await removeInVain(entry);
  await reopen();
  const second = await removeInVain(entry);
  expect(waitingFor(ben.device)).toBe(1);
  await reopen();
  valueOf(await ben.client.actions.discard({ room, entry: second }));
  await until(ben.client, room, (now) => textsOf(now).includes("kept after all") && isAllSent(now));
  await restartBen();
  await say(ben.client, room, "and is there tomorrow");
  const view = await untilSaid(therapist.client, room, "and is there tomorrow");
  expect(textsOf(view)).toContain("kept after all");
});

test("a deletion waits for what it deletes when that waits for its own turn", async () => {
  ben.device.cut();
  await seen(ben.client, "session", (session) => !session.online);
  valueOf(await ben.client.actions.send({ room, text: "held", mayUndo: true }));
  const entry = valueOf(await ben.client.actions.send({ room, text: "waits behind another" }));
  // The next client cannot know that it never went out.
  await restartBen();
  valueOf(await remove(entry));
  const before = deletedIn(roomNow(therapist.client, room)).length;
  await untilErased(async () => ben.device.mend());
  const view = await untilDeleted(therapist, before + 1);
  expect(textsOf(view)).not.toContain("waits behind another");
  await until(ben.client, room, (own) => isAllSent(own) && !textsOf(own).includes("waits behind another"));
});

test.each([false, true])(
  "storm 20277: what another browser of the author deleted waits for nothing on the one that never heard that it had arrived (restarted: %s)",
  async (isRestarted) => {
    const text = `deleted elsewhere, ${String(isRestarted)}`;
    const other = await signInMeddled(house, ben, () => undefined);
    await say(ben.client, room, `before ${text}`);
    await untilSaid(other.client, room, `before ${text}`);
    await writeUnheard(ben, { room, text });
    const view = await untilSaid(other.client, room, text);
    const before = deletedIn(view).length;
    valueOf(await other.client.actions.deleteForAll({ room, entry: entryIn(view, text) }));
    await untilAsked(other.device, () => erasures(other.device) > 0 && toErase(other.device) === 0);
    if (isRestarted) await restartBen();
    ben.device.mend();
    const own = await untilDeleted(ben, before + 1);
    expect(textsOf(own)).not.toContain(text);
    await untilAsked(ben.device, () => waitingFor(ben.device) === 0);
    await other.client.close();
  },
);

test("a change from another browser of the author that comes after the deletion is taken away too", async () => {
  const entry = await say(ben.client, room, "two browsers");
  const other = await signInMeddled(house, ben, () => undefined);
  await untilSaid(other.client, room, "two browsers");
  other.device.cut();
  await seen(other.client, "session", (session) => !session.online);
  valueOf(await other.client.actions.edit({ room, entry, text: "changed in the other" }));
  const before = deletedIn(roomNow(ben.client, room)).length;
  await removeWholly(entry);
  other.device.mend();
  // It either is never sent, or is erased.
  await until(other.client, room, (view) => deletedIn(view).length > before && isAllSent(view));
  await say(other.client, room, "and they go on");
  await untilSaid(ben.client, room, "and they go on");
  expect(JSON.stringify(roomNow(ben.client, room))).not.toContain("changed in the other");
  expect(JSON.stringify(roomNow(other.client, room))).not.toContain("changed in the other");
});

test("a change that came before the deletion, and that the deletion does not name, is taken away too", async () => {
  const entry = await say(ben.client, room, "deleted unread");
  const other = await signInMeddled(house, ben, () => undefined);
  await untilSaid(other.client, room, "deleted unread");
  other.device.mishear(() => []);
  valueOf(await ben.client.actions.edit({ room, entry, text: "changed unheard" }));
  await untilSaid(ben.client, room, "changed unheard");
  const [change] = await lookInto<{ id: Buffer }>(
    house.database,
    "select item_id as id from room_item where room_id = $1 order by seq desc limit 1",
    [room],
  );
  const before = deletedIn(roomNow(ben.client, room)).length;
  valueOf(await other.client.actions.deleteForAll({ room, entry }));
  await untilDeleted(ben, before + 1);
  const kindNow = () =>
    lookInto(house.database, "select kind from room_item where item_id = $1", [change?.id]);
  await expect.poll(kindNow, { timeout: 20_000 }).toEqual([{ kind: "erased" }]);
  other.device.mishear(null);
});

test("storm 8554: what arrived unheard and was deleted from another browser leaves no second history when its author goes on", async () => {
  await say(ben.client, room, "two histories");
  const other = await signInMeddled(house, ben, () => undefined);
  await untilSaid(other.client, room, "two histories");
  await writeUnheard(other, { room, text: "unheard by its own browser" });
  await untilSaid(therapist.client, room, "unheard by its own browser");
  await removeWholly(
    entryIn(await untilSaid(ben.client, room, "unheard by its own browser"), "unheard by its own browser"),
  );
  const before = deletedIn(roomNow(ben.client, room)).length;
  other.device.mend();
  await until(other.client, room, (view) => deletedIn(view).length >= before && isAllSent(view));
  for (const text of ["it goes on", "and on"]) await say(other.client, room, text);
  for (const { client } of [ben, therapist, other]) {
    expect(noticesOf(await untilSaid(client, room, "and on"))).toEqual([]);
    expect(now(client, "alarms")).toEqual([]);
  }
  const late = await signInMeddled(house, ben, () => undefined);
  expect(noticesOf(await untilSaid(late.client, room, "and on"))).toEqual([]);
});

/** Another browser of Ben's deletes something while a message of it is held, and the server's answer is lost; then the message goes out, before the deletion is sent again. */
async function deleteUnanswered(text: string, answer: (ask: () => Promise<Response>) => Promise<void>) {
  await say(ben.client, room, `${text}: old`);
  const other = await signInMeddled(house, ben, () => undefined);
  const entry = entryIn(await untilSaid(other.client, room, `${text}: old`), `${text}: old`);
  await say(other.client, room, `${text}: before`);
  const held = valueOf(await other.client.actions.send({ room, text: `${text}: held`, mayUndo: true }));
  const asked = new Promise<void>((resolve, reject) => {
    other.device.meddle(/\/frames$/, async (ask) => {
      other.device.meddle(/\/frames$/, null);
      other.device.mishear(() => []);
      await answer(ask).then(resolve, reject);
      throw new TypeError("fetch failed");
    });
  });
  valueOf(await other.client.actions.deleteForAll({ room, entry }));
  await asked;
  valueOf(await other.client.actions.sendNow({ room, entry: held }));
  await untilSaid(therapist.client, room, `${text}: held`);
  return other;
}

/** What anybody is told of this when all are in step again: that something is missing, or was told to others otherwise. */
async function noticedOf(other: Someone, text: string): Promise<readonly string[]> {
  other.device.mishear(null);
  await reconnect(other);
  await until(other.client, room, isAllSent);
  await say(other.client, room, `${text}: after`);
  const noticed: string[] = [];
  for (const { client } of [ben, therapist, other]) {
    noticed.push(...noticesOf(await untilSaid(client, room, `${text}: after`)));
    noticed.push(...now(client, "alarms").map(({ kind }) => kind));
  }
  return noticed;
}

test("what overtakes something that went out without an answer leaves no second history", async () => {
  const other = await deleteUnanswered("overtaken", async (ask) => void (await ask()));
  expect(await noticedOf(other, "overtaken")).toEqual([]);
});

test("nor does what overtakes something that arrives only afterwards", async () => {
  let arrive: () => Promise<unknown> = () => Promise.resolve();
  const other = await deleteUnanswered("late", async (ask) => {
    arrive = ask;
  });
  await arrive();
  expect(await noticedOf(other, "late")).toEqual([]);
});

test("whoever came in after something was said, and before it was deleted, hears nothing of it", async () => {
  const entry = await say(ben.client, room, "before Edda came");
  const { family } = await roomWhere(ben.client, (line) => line.kind === "family");
  if (family === null) throw new Error("a family");
  const edda = await inviteAndJoin(house, therapist, family, { name: "Edda" });
  await until(ben.client, room, (view) => view.readers.some((reader) => reader.name === "Edda"));
  await removeWholly(entry);
  // Ben's stream goes on in an epoch that Edda reads, from a frame that she never had.
  await say(ben.client, room, "with Edda");
  const view = await untilSaid(edda.client, room, "with Edda");
  expect([deletedIn(view), noticesOf(view)]).toEqual([[], []]);
  const late = await signInMeddled(house, edda, () => undefined);
  const again = await untilSaid(late.client, room, "with Edda");
  expect([deletedIn(again), noticesOf(again)]).toEqual([[], []]);
});

test("storm 61537: who is taken out of the room before their device has asked for anything more leaves nothing sealed behind", async () => {
  const { family } = await roomWhere(ben.client, (line) => line.kind === "family");
  if (family === null) throw new Error("a family");
  const fay = await inviteAndJoin(house, therapist, family, { name: "Fay" });
  await until(fay.client, room, (view) => view.readers.some((reader) => reader.name === "Fay"));
  const { account } = now(fay.client, "session");
  if (account === null) throw new Error("nobody is in");
  const entry = await say(fay.client, room, "the last word");
  valueOf(await fay.client.actions.edit({ room, entry, text: "the last word, changed" }));
  await until(
    fay.client,
    room,
    (view) => textsOf(view).includes("the last word, changed") && isAllSent(view),
  );
  const ofFay = () =>
    lookInto<{ kind: string }>(
      house.database,
      "select kind from room_item where room_id = $1 and author_id = $2 order by seq",
      [room, account],
    );
  const before = (await ofFay()).length;
  fay.device.meddle(/\/erasures$/, async () => {
    throw new TypeError("never arrives");
  });
  valueOf(await fay.client.actions.deleteForAll({ room, entry }));
  await until(therapist.client, room, (view) => deletedIn(view).includes("Fay"));
  valueOf(await therapist.client.actions.removeFromRoom({ room, account }));
  fay.device.meddle(/\/erasures$/, null);
  await untilAsked(fay.device, () => erasures(fay.device) > 0 && toErase(fay.device) === 0);
  const kinds = (await ofFay()).map(({ kind }) => kind);
  expect(kinds.slice(before - 2)).toEqual(["erased", "erased", "frame"]);
});

test("the first and the last of a stream, and several in a row, can go without anybody missing them", async () => {
  // A new client is a new stream.
  await restartBen();
  await seen(ben.client, "session", (session) => session.online);
  const entries: EntryId[] = [];
  for (const text of ["s0", "s1", "s2", "s3", "s4"]) entries.push(await say(ben.client, room, text));
  await say(therapist.client, room, "seen all of them");
  await untilSaid(ben.client, room, "seen all of them");
  for (const index of [0, 2, 3, 4]) {
    const entry = entries[index];
    if (entry !== undefined) await removeWholly(entry);
  }
  await say(ben.client, room, "s-end");
  const fresh = await readThrough((page) => page);
  const view = await untilSaid(fresh.client, room, "s-end");
  expect(textsOf(view)).toContain("s1");
  expect(noticesOf(view)).toEqual([]);
});
