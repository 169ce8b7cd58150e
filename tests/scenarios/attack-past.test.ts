/** Lies about the past that somebody was given, about files, and about the practice's continuity. What a person sees stands in tests/support/lies/rows.ts. */
import { CustodyFault } from "@sotto/client/custodian";
import type { EntryId, RoomId } from "@sotto/domain";
import { encodeRoomCard, memberOf, parseRoomEvent, type Bytes } from "@sotto/vault";
import { forgeEvent } from "@sotto/vault/unsafe-forging";
import { afterAll, beforeAll, expect } from "vitest";
import {
  roomNow,
  roomWhere,
  textsOf,
  until as untilView,
  valueOf,
  type Someone,
} from "../support/clients.ts";
import { bringIn, enterWith, makeCustodian, untilSeated, type MadeCustodian } from "../support/custodian.ts";
import { lookInto } from "../support/database.ts";
import { attack } from "../support/lies/attack.ts";
import {
  accountOf,
  elsewhere,
  everybody,
  exchange,
  isWholeAfter,
  openCrowd,
  openRoomFor,
  roomInStore,
  say,
  secretsOf,
  type Crowd,
  type Soul,
} from "../support/lies/crowd.ts";
import { endLies, tell, type Lie } from "../support/lies/lie.ts";
import {
  altered,
  andThen,
  retold,
  retoldPast,
  shownAs,
  without,
  withByte,
  type Shown,
} from "../support/lies/rooms.ts";

let crowd: Crowd;
let room: RoomId;
const GIVEN = ["said before", "said later", "said with Cleo"];

/** Cleo was let read what was said from some time on. */
beforeAll(async () => {
  crowd = await openCrowd();
  const { ada, ben, cleo } = crowd;
  room = await openRoomFor(crowd, "before Cleo", [ben]);
  await say(ben, room, "said first", [ada]);
  // Another lock: from here on a past can be given.
  valueOf(await ada.client.actions.addToRoom({ room, person: cleo.person }));
  await untilView(cleo.client, room, () => true);
  valueOf(await ada.client.actions.removeFromRoom({ room, account: accountOf(cleo) }));
  await untilView(ben.client, room, ({ readers }) => readers.length === 2);
  for (const text of GIVEN.slice(0, 2)) await say(ben, room, text, [ada]);
  const { state } = await roomInStore(crowd.house, room);
  valueOf(await ada.client.actions.addToRoom({ room, person: cleo.person, from: state.epoch }));
  await untilView(cleo.client, room, ({ readers }) => readers.length === 3);
  await say(ada, room, "said with Cleo", [ben, cleo]);
}, 120_000);

afterAll(() => crowd.house.close());

/** Cleo is told a lie on a device that she has not used before, and then the truth. */
async function lieToCleo(lie: Lie, see: (browser: Soul) => Promise<void>): Promise<void> {
  const device = crowd.house.newDevice({ passkeys: crowd.cleo.phone });
  const end = tell(device, lie);
  const client = await crowd.house.open(device);
  valueOf(await client.actions.signIn({ kind: "passkey" }));
  const browser = { ...crowd.cleo, device, client };
  await see(browser);
  end();
  await isWholeAfter(browser, { room, said: GIVEN });
  await client.close();
}

attack("grant-altered", async ({ alarm }) => {
  // The epoch from which the past is given becomes the first one: its last byte stands right before the head.
  const fromTheFirst = (bytes: Bytes) => {
    const { grant } = parseRoomEvent(bytes);
    if (grant === undefined) throw new Error("a grant");
    const header = Buffer.from(bytes).indexOf(grant.head) + grant.head.length;
    const seeds = header + parseRoomEvent(bytes).members.length * 1168;
    // As many seeds as such a grant would have.
    const more = new Uint8Array(32 * grant.epoch);
    const lie = withByte(
      header - grant.head.length - 1,
      0,
    )(new Uint8Array([...bytes.slice(0, seeds), ...more, ...bytes.slice(seeds)]));
    expect(parseRoomEvent(lie).grant?.epoch).toBe(0);
    return lie;
  };
  await lieToCleo(retold(room, altered("event", -1, fromTheFirst)), async ({ client }) => {
    await alarm(client, "room-forked");
    expect(textsOf(roomNow(client, room))).not.toContain("said first");
  });
});

attack("past-withheld", async ({ alarm }) => {
  await lieToCleo(
    retoldPast(room, () => []),
    async ({ client }) => {
      await alarm(client, "room-forked");
      expect(textsOf(roomNow(client, room))).toEqual(["said with Cleo"]);
    },
  );
});

attack("past-without-a-message", async ({ notice }) => {
  await lieToCleo(retoldPast(room, without("frame", 0)), async ({ client }) => {
    await notice(client, room, "gap");
    expect(textsOf(roomNow(client, room))).toEqual(GIVEN.slice(1));
  });
});

attack("past-wider-than-given", async ({ alarm }) => {
  const rows = await lookInto<{ kind: Shown["kind"]; bytes: Buffer }>(
    crowd.house.database,
    "select kind, bytes from room_item where room_id = $1 order by seq",
    [room],
  );
  const earlier: readonly Shown[] = rows
    .slice(0, 2)
    .map(({ bytes, kind }) => ({ seq: 0, kind, bytes: bytes.toString("base64url"), at: 1 }));
  await lieToCleo(
    retoldPast(room, (items) => [...earlier, ...items]),
    async ({ client }) => {
      await alarm(client, "room-forked");
      expect(textsOf(roomNow(client, room))).not.toContain("said first");
    },
  );
});

/** A file that Ben sends, as its author's client and its readers have it. */
async function sendFile(bytes: Uint8Array<ArrayBuffer>): Promise<EntryId> {
  const about = { name: "a.bin", type: "", picture: null, durationMs: null, preview: null };
  const { actions } = crowd.ben.client;
  const entry = valueOf(await actions.sendFile({ room: crowd.room, source: new Blob([bytes]), ...about }));
  for (const { client } of [crowd.ben, crowd.cleo]) {
    await untilView(client, crowd.room, ({ entries }) =>
      entries.some((line) => line.kind === "file" && line.entry === entry && line.state.kind === "sent"),
    );
  }
  return entry;
}

const filled = (length: number, byte: number) => new Uint8Array(length).fill(byte);

attack("file-of-another-message", async ({ refusal }) => {
  const [one, other] = [await sendFile(filled(150_000, 1)), await sendFile(filled(150_000, 2))];
  const { cleo, room: family } = crowd;
  const chunks = new Map<string, Uint8Array<ArrayBuffer>>();
  const path = /\/chunks\/[0-9]+$/;
  const end = tell(cleo.device, {
    answers: [
      {
        path,
        meddling: async (ask, url) => {
          const answer = await ask();
          const sealed = new Uint8Array(await answer.arrayBuffer());
          const chunk = url.pathname.split("/").at(-1) ?? "";
          const known = chunks.get(chunk);
          if (known === undefined) chunks.set(chunk, sealed);
          return new Response(known ?? sealed, { headers: { "content-type": "application/octet-stream" } });
        },
      },
    ],
  });
  valueOf(await cleo.client.actions.openFile({ room: family, entry: one }));
  refusal(await cleo.client.actions.openFile({ room: family, entry: other }), "file-damaged");
  end();
  const opened = valueOf(await cleo.client.actions.openFile({ room: family, entry: other }));
  expect(new Uint8Array(await opened.arrayBuffer())).toEqual(filled(150_000, 2));
});

attack("file-chunks-reordered", async ({ refusal }) => {
  const entry = await sendFile(filled(1_200_000, 3));
  const { cleo, room: family } = crowd;
  const end = tell(cleo.device, {
    answers: [
      {
        path: /\/chunks\/[01]$/,
        meddling: (_ask, url, asked) => {
          const chunk = url.pathname.endsWith("/0") ? "1" : "0";
          return fetch(`${url.origin}${url.pathname.replace(/[01]$/, chunk)}`, asked);
        },
      },
    ],
  });
  refusal(await cleo.client.actions.openFile({ room: family, entry }), "file-damaged");
  end();
  valueOf(await cleo.client.actions.openFile({ room: family, entry }));
});

attack("sizes-of-files", async () => {
  await sendFile(filled(20_000, 4));
  await sendFile(filled(20_400, 5));
  const rows = await lookInto<{ bytes: string }>(
    crowd.house.database,
    "select bytes from file where room_id = $1 order by bytes",
    [crowd.room],
  );
  const sizes = rows.map(({ bytes }) => Number(bytes));
  expect(sizes.slice(0, 2)).toEqual([sizes[0], sizes[0]]);
});

const cardOf = () =>
  encodeRoomCard({
    kind: "family",
    title: "",
    family: null,
    familyName: "",
    practiceName: "",
    people: [],
  });

attack("opening-forged", async ({ alarm }) => {
  const { ben, cleo, house, room: family } = crowd;
  const { state } = await roomInStore(house, family);
  const signer = (await secretsOf(house, cleo)).at(-1);
  if (signer === undefined) throw new Error("keys of Cleo");
  const bytes = await forgeEvent({
    signer,
    header: {
      room: family,
      epoch: state.epoch + 1,
      previous: state.head,
      author: signer.account,
      action: "opened" as const,
      members: state.members,
      closed: false,
      opening: { reason: "law", allowedBy: null },
    },
    card: cardOf(),
    identityOf: await everybody(house),
  });
  const browser = await elsewhere(house, ben, retold(family, andThen("event", bytes)));
  await alarm(browser.client, "room-forked");
  expect(roomNow(browser.client, family)?.opened ?? null).toBeNull();
  await browser.client.close();
});

let custodian: MadeCustodian;
let opened = 0;

attack("opening-left-out", async ({ alarm, notice }) => {
  const { ada, ben, house, room: family } = crowd;
  custodian = await makeCustodian();
  // The helpers of the practice's continuity want somebody with six words; only the client is used.
  const therapist = { ...ada, way: { kind: "passphrase", name: "", words: "" } } satisfies Someone;
  await bringIn(therapist, custodian);
  await untilSeated(therapist);
  const custody = await enterWith(house, custodian);
  await custody.open(family, { reason: "law", allowedBy: null });
  await untilView(ben.client, family, (view) => view.opened !== null);
  opened = (await roomInStore(house, family)).events.length - 1;
  await custody.open(family, { reason: "law", allowedBy: null });
  await say(ada, family, "after it was opened", [ben]);
  const browser = await elsewhere(house, ben, retold(family, without("event", -2)));
  // What comes after it follows on it: leaving it out leaves all of that out.
  await notice(browser.client, family, "unreadable");
  await alarm(browser.client, "room-forked");
  endLies();
  await exchange(browser);
  await untilView(browser.client, family, (view) => view.opened !== null);
});

attack("opening-in-another-room", async ({ alarm }) => {
  const { ben, house, room: family } = crowd;
  const { events } = await roomInStore(house, family);
  const event = events[opened];
  const own = await roomWhere(ben.client, (line) => line.kind === "private");
  if (event === undefined) throw new Error("an opening");
  const browser = await elsewhere(house, ben, retold(own.room, andThen("event", event)));
  await alarm(browser.client, "room-forked");
  expect(roomNow(browser.client, own.room)?.opened ?? null).toBeNull();
});

attack("custodian-with-another-room", async () => {
  const { house, room: family } = crowd;
  const device = house.newDevice();
  const custody = await enterWith(house, custodian, device);
  const other = (await custody.rooms()).find((state) => state.room !== family);
  if (other === undefined) throw new Error("another room");
  // Asked for the room that was opened, the server gives another one.
  const { events } = await roomInStore(house, other.room as RoomId);
  tell(
    device,
    shownAs(
      family,
      events.map((bytes) => ({ kind: "event", bytes })),
    ),
  );
  const error = await custody.open(family, { reason: "law", allowedBy: null }).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(CustodyFault);
  expect(error).toMatchObject({ code: "not-in-room" });
  expect(memberOf(other, accountOf(crowd.ada))).not.toBeNull();
});
