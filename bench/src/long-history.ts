import { randomBytes } from "node:crypto";
import {
  ByteWriter,
  encodeRoomCard,
  fromBase64Url,
  idToBytes,
  makeInvitation,
  makeRoomEvent,
  parseIdentityRecord,
  sealFrame,
  toBase64Url,
  toHex,
  type Bytes,
  type IdentityRecord,
  type MadeRoomEvent,
} from "@sotto/vault";
import { call, enrol, random, type Person } from "@sotto/tests/people";
import pg from "pg";

/** Somebody's rooms, and who writes in them. */
export interface History {
  readonly invitation: string;
  /** What the one who is to have the rooms joins by. */
  readonly fragment: string;
  /** Makes the rooms, when they have joined. */
  readonly makeRooms: (count: number) => Promise<void>;
  /** Says so many messages more in each room, and tells each item as its account's devices keep it. */
  readonly say: (messagesEach: number, kept: (record: KeptRecord) => void) => Promise<void>;
}

/** An item of a room under its name on a device: docs/formats/local.md. */
export interface KeptRecord {
  readonly key: string;
  readonly value: Bytes;
}

interface Written {
  readonly room: string;
  readonly event: MadeRoomEvent;
  readonly stream: string;
  /** Whose device keeps it. */
  readonly reader: string;
  sequence: number;
  previous: { readonly epoch: number; readonly hash: Bytes } | null;
}

const ROOMS_AT_ONCE = 40;
const SENTENCES = [
  "Could we talk about the holiday plans on Friday, when everybody is there?",
  "Thank you for saying that. It helps me to know how it was for you.",
  "I felt left out when the two of you decided it without me.",
  "Can you pick up Mia at five? I am stuck in a meeting until six.",
];

/**
 * A colleague who sets the practice up, invites one person, and makes rooms with them. All is sealed and signed by the vault, as any client does it; the
 * messages are put into the server's table a room at a time, since sending 100,000 one by one would take longer than all that is measured.
 */
export async function beginHistory(origin: string, code: string, databaseUrl: string): Promise<History> {
  const host = await enrol(origin, { code }, { person: "Ada", practice: "Elm Street" });
  const invitation = crypto.randomUUID();
  const words = {
    practiceName: "Elm Street",
    inviterName: "Ada",
    inviteeName: "Ben",
    role: "therapist" as const,
  };
  const made = await makeInvitation({ id: invitation, inviter: host.identity, words, random });
  await call(origin, "makeInvitation", {
    token: host.token,
    body: {
      invitation,
      tokenHash: toBase64Url(made.tokenHash),
      standing: "practice",
      inviter: toBase64Url(host.identity),
      expiresAt: Date.now() + 3_600_000,
    },
  });
  const rooms: Written[] = [];
  return {
    invitation,
    fragment: made.fragment,
    makeRooms: async (count) => {
      const guest = await whoJoined(origin, host, invitation);
      await manyAtOnce(count, async (number) => {
        rooms[number] = await makeRoom(origin, { host, guest, number });
      });
    },
    say: async (messagesEach, kept) => {
      const database = new pg.Client({ connectionString: databaseUrl });
      await database.connect();
      for (const room of rooms) await sayMany(database, host, { room, count: messagesEach, kept });
      await database.end();
    },
  };
}

async function whoJoined(origin: string, host: Person, invitation: string): Promise<IdentityRecord> {
  const { token } = host;
  const { invitations } = await call(origin, "listInvitations", {
    token,
    body: { invitations: [invitation] },
  });
  const hash = invitations[0]?.acceptance?.identity;
  if (hash === undefined) throw new Error("nobody has joined");
  const { records } = await call(origin, "readIdentities", { token, body: { hashes: [hash] } });
  const bytes = records[0]?.bytes;
  if (bytes === undefined) throw new Error("no identity of who joined");
  return parseIdentityRecord(fromBase64Url(bytes));
}

async function makeRoom(
  origin: string,
  { guest, host, number }: { readonly host: Person; readonly guest: IdentityRecord; readonly number: number },
): Promise<Written> {
  const room = crypto.randomUUID();
  const own = parseIdentityRecord(host.me.record);
  const event = await makeRoomEvent({
    me: host.me,
    previous: null,
    room,
    action: "create",
    members: [
      { account: host.account, role: "keeper", identity: host.identity },
      { account: guest.account, role: "keeper", identity: guest.hash },
    ],
    card: encodeRoomCard({
      kind: "family",
      title: "",
      family: crypto.randomUUID(),
      familyName: `Family ${number}`,
      practiceName: "Elm Street",
      people: [
        { account: host.account, name: "Ada", role: "therapist", face: 1 },
        { account: guest.account, name: "Ben", role: "therapist", face: 2 },
      ],
    }),
    identityOf: (hash) => (toHex(hash) === toHex(guest.hash) ? guest : own),
    random,
  });
  await call(origin, "appendEvent", {
    token: host.token,
    params: { room },
    body: { bytes: toBase64Url(event.bytes) },
  });
  const stream = randomBytes(8).toString("hex");
  return { room, event, stream, reader: guest.account, sequence: 0, previous: null };
}

/** Stored as the server stores what is said: each frame under the room's next number. */
async function sayMany(
  database: pg.Client,
  host: Person,
  wish: { readonly room: Written; readonly count: number; readonly kept: (record: KeptRecord) => void },
): Promise<void> {
  const { count, kept, room: written } = wish;
  const { reader, room } = written;
  const at = Date.now();
  // The first item is the event that made the room, and each message stands after the last.
  const first = written.sequence + 2;
  const frames: Sealed[] = [];
  for (let index = 0; index < count; index++) frames.push(await sealNext(host, written));
  const values = [
    room,
    host.account,
    frames.map(({ id }) => id),
    frames.map(({ bytes }) => bytes),
    at,
    first,
  ];
  await database.query(INSERT, values);
  for (const [index, { bytes }] of frames.entries()) {
    const key = `of/${reader}/room/${room}/${String(first + index).padStart(12, "0")}`;
    const item = ByteWriter.labelled("fam/local-item/1").unsigned(1, 1).unsigned(at, 6);
    kept({ key, value: item.block32(bytes, 300_000).bytes() });
  }
}

const INSERT = `
with said as (
  insert into room_item (practice_id, room_id, seq, kind, item_id, author_id, bytes, at)
  select room.practice_id, room.room_id, $6::bigint + place - 1, 'frame', item_id, $2::uuid, frame.bytes, $5::bigint
  from room, unnest($3::bytea[], $4::bytea[]) with ordinality as frame (item_id, bytes, place)
  where room.room_id = $1::uuid
  returning seq
)
update room set next_seq = (select max(seq) + 1 from said) where room_id = $1::uuid`;

interface Sealed {
  readonly id: Buffer;
  readonly bytes: Buffer;
}

async function sealNext(host: Person, written: Written): Promise<Sealed> {
  const { event, sequence, stream } = written;
  const id = crypto.randomUUID();
  const text = `${SENTENCES[sequence % SENTENCES.length] ?? ""} ${String(sequence)}`;
  const { bytes, hash } = await sealFrame({
    me: host.me,
    keys: event.keys,
    state: event.state,
    id,
    stream,
    sequence,
    previous: written.previous,
    seen: [],
    kind: 1,
    sentAt: Date.now(),
    gossip: null,
    // docs/formats/entry.md: a message.
    body: ByteWriter.labelled("fam/entry/1").text(text, 1000).bytes(),
    random,
  });
  written.sequence += 1;
  written.previous = { epoch: event.state.epoch, hash };
  return { id: Buffer.from(idToBytes(id)), bytes: Buffer.from(bytes) };
}

async function manyAtOnce(count: number, work: (number: number) => Promise<void>): Promise<void> {
  let next = 0;
  const take = async (): Promise<void> => {
    while (next < count) {
      const number = next;
      next += 1;
      await work(number);
    }
  };
  await Promise.all(Array.from({ length: ROOMS_AT_ONCE }, take));
}
