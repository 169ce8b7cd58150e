import { randomBytes } from "node:crypto";
import {
  ByteWriter,
  encodeRoomCard,
  fromBase64Url,
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

/** Somebody's rooms, and who writes in them. */
export interface History {
  readonly invitation: string;
  /** What the one who is to have the rooms joins by. */
  readonly fragment: string;
  /** Makes the rooms, when they have joined. */
  readonly makeRooms: (count: number) => Promise<void>;
  /** Says so many messages more in each room. */
  readonly say: (messagesEach: number) => Promise<void>;
}

interface Written {
  readonly room: string;
  readonly event: MadeRoomEvent;
  readonly stream: string;
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

/** A colleague who sets the practice up, invites one person, and makes rooms with them, sealed and signed as any client does it. */
export async function beginHistory(origin: string, code: string): Promise<History> {
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
    say: (messagesEach) =>
      manyAtOnce(rooms.length, async (number) => {
        const room = rooms[number];
        for (let count = 0; room !== undefined && count < messagesEach; count++) {
          await sayOne(origin, host, room);
        }
      }),
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
  return { room, event, stream: randomBytes(8).toString("hex"), sequence: 0, previous: null };
}

async function sayOne(origin: string, host: Person, written: Written): Promise<void> {
  const { event, room, sequence, stream } = written;
  const text = `${SENTENCES[sequence % SENTENCES.length] ?? ""} ${String(sequence)}`;
  const { bytes, hash } = await sealFrame({
    me: host.me,
    keys: event.keys,
    state: event.state,
    id: crypto.randomUUID(),
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
  const body = { bytes: toBase64Url(bytes) };
  await call(origin, "appendFrame", { token: host.token, params: { room }, body });
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
