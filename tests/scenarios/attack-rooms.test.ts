/** Lies about a room's events: replayed, left out, forged, forked. What a person sees of each stands in tests/support/lies/rows.ts. */
import type { RoomId } from "@sotto/domain";
import { encodeRoomCard, makeIdentity, makeRoomEvent, memberEntry, type Bytes } from "@sotto/vault";
import { forgeEvent } from "@sotto/vault/unsafe-forging";
import { afterAll, beforeAll, expect } from "vitest";
import {
  namesIn,
  now,
  refusalOf,
  roomNow,
  roomWhere,
  seen,
  textsOf,
  until as untilView,
  untilGone,
  valueOf,
} from "../support/clients.ts";
import { attack } from "../support/lies/attack.ts";
import {
  accountOf,
  comeIn,
  elsewhere,
  everybody,
  exchange,
  isWholeAfter,
  lieToFresh,
  openCrowd,
  openRoomFor,
  roomInStore,
  say,
  secretsOf,
  type Crowd,
  type Soul,
} from "../support/lies/crowd.ts";
import { together, saidIn, tell, type Lie } from "../support/lies/lie.ts";
import {
  again,
  altered,
  andThen,
  madeUp,
  retold,
  swapped,
  until,
  withByte,
  without,
} from "../support/lies/rooms.ts";
import { random } from "../support/people.ts";

let crowd: Crowd;
let room: RoomId;
const SAID = ["one", "two", "three", "four", "five"];

/** Ben writes a line and Ada the next, while Cleo comes and goes between them. */
beforeAll(async () => {
  crowd = await openCrowd();
  const { ada, ben, cleo } = crowd;
  room = await openRoomFor(crowd, "told otherwise", [ben]);
  await say(ben, room, "one", [ada]);
  await say(ada, room, "two", [ben]);
  valueOf(await ada.client.actions.addToRoom({ room, person: cleo.person }));
  await untilView(ben.client, room, (view) => view.readers.length === 3);
  await say(ben, room, "three", [ada]);
  valueOf(await ada.client.actions.removeFromRoom({ room, account: accountOf(cleo) }));
  await untilGone(cleo.client, room);
  await untilView(ben.client, room, (view) => view.readers.length === 2);
  await say(ben, room, "four", [ada]);
  await say(ada, room, "five", [ben]);
}, 120_000);

afterAll(() => crowd.house.close());

/** A fresh browser of Ben is told the lie, and then the truth. */
const lieToBen = (lie: Lie, see: (browser: Soul) => Promise<void>) =>
  lieToFresh({ ...crowd.ben, house: crowd.house }, { room, said: SAID }, lie, see);

attack("event-replayed", async ({ alarm }) => {
  await lieToBen(retold(room, again("event", 1)), ({ client }) => alarm(client, "room-forked"));
});

attack("event-dropped", async ({ alarm, notice }) => {
  await lieToBen(retold(room, without("event", 1)), async ({ client }) => {
    await alarm(client, "room-forked");
    await notice(client, room, "unreadable");
    expect(textsOf(roomNow(client, room))).toEqual(["one", "two"]);
  });
});

attack("events-reordered", async ({ alarm }) => {
  await lieToBen(retold(room, swapped("event", 1)), ({ client }) => alarm(client, "room-forked"));
});

attack("room-truncated-for-new-device", async ({ alarm }) => {
  await lieToBen(retold(room, until("event", 1)), async ({ client }) => {
    await alarm(client, "room-forked");
    expect(textsOf(roomNow(client, room))).toEqual(["one", "two"]);
  });
});

attack("event-held-back-from-one-browser", async ({ alarm }) => {
  const { ada, ben, cleo, house } = crowd;
  const held = await openRoomFor(crowd, "held back", [ben]);
  const browser = await elsewhere(house, ben);
  await roomWhere(browser.client, (line) => line.room === held);
  const end = tell(browser.device, retold(held, until("event", 1)));
  valueOf(await ada.client.actions.addToRoom({ room: held, person: cleo.person }));
  await untilView(ben.client, held, (view) => view.readers.length === 3);
  // Nothing is asked of the browser that is lied to: what the other has seen reaches it by the vault.
  valueOf(await ben.client.actions.proveSheet(valueOf(await ben.client.actions.makeSheet()).code));
  await alarm(browser.client, "room-forked");
  end();
  await exchange(browser);
  await untilView(browser.client, held, (view) => view.readers.length === 3);
});

attack("suite-downgraded", async ({ alarm }) => {
  // The KEM of the header becomes X25519 alone.
  const classical = (bytes: Bytes) => withByte(11, 0x00)(withByte(12, 0x20)(bytes));
  await lieToBen(retold(room, altered("event", 1, classical)), ({ client }) => alarm(client, "room-forked"));
});

attack("format-downgraded", async ({ alarm }) => {
  await lieToBen(retold(room, altered("event", -1, withByte(10, 0x30))), ({ client }) =>
    alarm(client, "room-forked"),
  );
});

attack("seed-resealed", async ({ alarm }) => {
  // What is sealed to the first of the roster becomes what a classical seal would be: shorter, with nothing behind it.
  const shortened = (bytes: Bytes) => new Uint8Array([...bytes.slice(0, 220), ...bytes.slice(220 + 1120)]);
  await lieToBen(retold(room, altered("event", 1, shortened)), ({ client }) => alarm(client, "room-forked"));
});

attack("hidden-recipient", async ({ alarm }) => {
  const { events } = await roomInStore(crowd.house, room);
  const more = (bytes: Bytes) => {
    // One more copy, between those of the roster and the card.
    const place = bytes.length - 32 - 64 - 300;
    return new Uint8Array([...bytes.slice(0, place), ...random(1168), ...bytes.slice(place)]);
  };
  expect(events.length).toBe(3);
  await lieToBen(retold(room, altered("event", 1, more)), ({ client }) => alarm(client, "room-forked"));
});

attack("ghost-by-removed-member", async ({ alarm }) => {
  const { cleo, house } = crowd;
  const identityOf = await everybody(house);
  const { state } = await roomInStore(house, room);
  const signer = (await secretsOf(house, cleo)).at(-1);
  if (signer === undefined) throw new Error("keys of Cleo");
  const members = [...state.members, memberEntry(signer, "member")].toSorted((a, b) =>
    a.account < b.account ? -1 : 1,
  );
  const header = {
    room,
    epoch: state.epoch + 1,
    previous: state.head,
    author: signer.account,
    action: "add" as const,
    members,
    closed: false,
  };
  const bytes = await forgeEvent({ signer, header, card: cardOf("told otherwise"), identityOf });
  await lieToBen(retold(room, andThen("event", bytes)), async ({ client }) => {
    await alarm(client, "room-forked");
    expect(namesIn(await roomWhere(client, (line) => line.room === room))).toEqual(["Ada", "Ben"]);
  });
});

attack("ghost-by-member", async ({ alarm }) => {
  const { ben, cleo, house, room: family } = crowd;
  const { state } = await roomInStore(house, family);
  const signer = (await secretsOf(house, cleo)).at(-1);
  const stranger = await makeIdentity({ account: crypto.randomUUID(), random });
  if (signer === undefined) throw new Error("keys of Cleo");
  const members = [...state.members, memberEntry(stranger.secret, "reader")].toSorted((a, b) =>
    a.account < b.account ? -1 : 1,
  );
  const header = {
    room: family,
    epoch: state.epoch + 1,
    previous: state.head,
    author: signer.account,
    action: "add" as const,
    members,
    closed: false,
  };
  const bytes = await forgeEvent({
    signer,
    header,
    card: cardOf("Rivera"),
    identityOf: await everybody(house, [stranger.record]),
  });
  const browser = await elsewhere(house, ben, retold(family, andThen("event", bytes)));
  await alarm(browser.client, "room-forked");
  expect(namesIn(await roomWhere(browser.client, (line) => line.room === family))).toEqual([
    "Ada",
    "Ben",
    "Cleo",
  ]);
});

const cardOf = (title: string): Bytes =>
  encodeRoomCard({ kind: "family", title, family: null, familyName: "", practiceName: "", people: [] });

/** A valid event of Ada's other browser that the server keeps to itself, and tells her that it did not arrive. */
async function branchOfAda(act: (ada: Soul) => Promise<unknown>): Promise<Bytes> {
  const events: Bytes[] = [];
  const other = await elsewhere(crowd.house, crowd.ada, {
    answers: [
      {
        path: /\/events$/,
        meddling: (_ask, _url, asked) => {
          const { bytes } = saidIn(asked) as { readonly bytes: string };
          events.push(new Uint8Array(Buffer.from(bytes, "base64url")));
          return Promise.resolve(Response.json({}, { status: 503 }));
        },
      },
    ],
  });
  await seen(other.client, "session", ({ inStep }) => inStep);
  await act(other);
  await other.client.close();
  const [first] = events;
  if (first === undefined) throw new Error("an event that was made");
  return first;
}

attack("fork-against-own-browser", async ({ alarm }) => {
  const { ada, ben, cleo, house } = crowd;
  const forked = await openRoomFor(crowd, "forked", [ben]);
  const other = await branchOfAda(async ({ client }) => {
    await roomWhere(client, (line) => line.room === forked);
    const refused = await client.actions.addToRoom({ room: forked, person: cleo.person });
    expect(refusalOf(refused)).toBe("offline");
  });
  valueOf(await ada.client.actions.addToRoom({ room: forked, person: cleo.person }));
  await untilView(ben.client, forked, (view) => view.readers.length === 3);
  // The mark of what one browser has seen reaches the vault.
  valueOf(await ben.client.actions.proveSheet(valueOf(await ben.client.actions.makeSheet()).code));
  const shown = retold(forked, (items) => andThen("event", other)(until("event", 1)(items)));
  const browser = await elsewhere(house, ben, shown);
  await alarm(browser.client, "room-forked");
});

attack("fork-between-people", async ({ alarm, notice }) => {
  const { ada, cleo, house, family } = crowd;
  // Somebody with one browser, who is shown a branch of their own from the start.
  const dan = await comeIn(house, ada, family, { name: "Dan" });
  const forked = await openRoomFor(crowd, "forked", [dan]);
  const other = await branchOfAda(async ({ client }) => {
    await roomWhere(client, (line) => line.room === forked);
    await client.actions.addToRoom({ room: forked, person: cleo.person });
  });
  const end = tell(
    dan.device,
    retold(forked, (items) => {
      const own = andThen("event", other)(until("event", 1)(items));
      return [...own, ...items.slice(own.length)];
    }),
  );
  valueOf(await ada.client.actions.addToRoom({ room: forked, person: cleo.person }));
  valueOf(await ada.client.actions.send({ room: forked, text: "on the other branch" }));
  await notice(dan.client, forked, "unreadable");
  expect(textsOf(roomNow(dan.client, forked))).toEqual([]);
  valueOf(await ada.client.actions.removeFromRoom({ room: forked, account: accountOf(cleo) }));
  await alarm(dan.client, "room-forked");
  end();
  await isWholeAfter(dan, { room: forked, said: ["on the other branch"] });
});

attack("seeds-differ", async ({ alarm }) => {
  const { ada, ben, house } = crowd;
  const identityOf = await everybody(house);
  const { state } = await roomInStore(house, room);
  const signer = (await secretsOf(house, ada)).at(-1);
  if (signer === undefined) throw new Error("keys of Ada");
  const header = {
    room,
    epoch: state.epoch + 1,
    previous: state.head,
    author: signer.account,
    action: "re-key" as const,
    members: state.members,
    closed: false,
  };
  const bens = accountOf(ben);
  const bytes = await forgeEvent({
    signer,
    header,
    card: cardOf("told otherwise"),
    identityOf,
    seedFor: (account) => new Uint8Array(32).fill(account === bens ? 2 : 1),
  });
  await lieToBen(retold(room, andThen("event", bytes)), ({ client }) => alarm(client, "room-forked"));
});

attack("seeds-differ-for-joiner", async ({ alarm }) => {
  const { ada, ben, house } = crowd;
  const identityOf = await everybody(house);
  const signer = (await secretsOf(house, ada)).at(-1);
  const mine = (await roomInStore(house, room)).state.members.find(
    ({ account }) => account === accountOf(ben),
  );
  if (signer === undefined || mine === undefined) throw new Error("keys of Ada");
  const made = crypto.randomUUID();
  const header = {
    room: made,
    epoch: 3,
    previous: random(32),
    author: signer.account,
    action: "add" as const,
    members: [memberEntry(signer, "keeper"), mine].toSorted((a, b) => (a.account < b.account ? -1 : 1)),
    closed: false,
  };
  const bytes = await forgeEvent({
    signer,
    header,
    card: cardOf("for Ben alone"),
    identityOf,
    seedFor: (account) => new Uint8Array(32).fill(account === mine.account ? 2 : 1),
  });
  const browser = await elsewhere(house, ben, madeUp(made, [bytes]));
  await alarm(browser.client, "room-forked");
  expect(now(browser.client, "rooms").some((line) => line.room === made)).toBe(false);
});

attack("room-made-up", async ({ words }) => {
  const { ben, house } = crowd;
  const ghost = await makeIdentity({ account: crypto.randomUUID(), random });
  const mine = (await roomInStore(house, room)).state.members.find(
    ({ account }) => account === accountOf(ben),
  );
  if (mine === undefined) throw new Error("Ben's place");
  const made = crypto.randomUUID() as string as RoomId;
  const person = { account: ghost.secret.account, name: "Ada", role: "therapist" as const, face: 1 };
  const event = await makeRoomEvent({
    me: ghost.secret,
    previous: null,
    room: made,
    action: "create",
    random,
    members: [memberEntry(ghost.secret, "keeper"), mine],
    card: encodeRoomCard({
      kind: "private",
      title: "",
      family: null,
      familyName: "Rivera",
      practiceName: "Elm Street",
      people: [person, { account: mine.account, name: "Ben", role: "adult", face: 2 }],
    }),
    identityOf: await everybody(house, [ghost.record]),
  });
  const records = {
    path: /\/v1\/identities$/,
    meddling: async (ask: () => Promise<Response>) => {
      const answer = await ask();
      // The contract's shape, as the real server has just answered it.
      const { records: found } = (await answer.json()) as { readonly records: readonly unknown[] };
      const bytes = Buffer.from(ghost.record).toString("base64url");
      const hash = Buffer.from(memberEntry(ghost.secret, "keeper").identity).toString("base64url");
      return Response.json({ records: [...found, { hash, bytes }] });
    },
  };
  const lie = together(madeUp(made, [event.bytes]), { answers: [records] });
  const browser = await elsewhere(house, ben, lie);
  const line = await roomWhere(browser.client, ({ room: shown }) => shown === made);
  const [reader] = line.readers.filter(({ isMe }) => !isMe);
  expect(reader?.name).toBe("Ada");
  words("verifications.unknown", reader?.verified === "unknown");
  const strangers = roomNow(browser.client, made)?.strangers.map(({ name }) => name);
  words("trust.stranger|Ada", strangers?.join() === "Ada");
  const known = await roomWhere(browser.client, ({ room: shown }) => shown === room);
  expect(known.readers.find(({ name }) => name === "Ada")?.verified).toBe("invitation");
});
