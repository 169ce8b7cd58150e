import {
  makeEndingEvent,
  makeRoomEvent,
  sealFrame,
  toBase64Url,
  toHex,
  type Bytes,
  type MadeRoomEvent,
  type RoomMember,
} from "@sotto/vault";
import { call, identityOf, random, type Person } from "./people.ts";

/** A person's place in the roster of a room. */
export const place = (person: Person, role: RoomMember["role"]): RoomMember => ({
  account: person.account,
  role,
  identity: person.identity,
});

/** The next event of a room as `author` makes it, with an empty card. */
export function makeNext(author: Person, next: NextEvent): Promise<MadeRoomEvent> {
  return makeRoomEvent({
    me: author.me,
    previous: next.previous?.state ?? null,
    room: next.room,
    action: next.action,
    members: next.members,
    card: new Uint8Array(64),
    identityOf,
    random,
  });
}

export interface NextEvent {
  readonly previous: MadeRoomEvent | null;
  readonly room: string;
  readonly action: "create" | "add" | "remove" | "close" | "reopen";
  readonly members: readonly RoomMember[];
}

/** Makes the next event of a room and appends it. */
export async function appendNext(origin: string, author: Person, next: NextEvent): Promise<MadeRoomEvent> {
  const made = await makeNext(author, next);
  await appendBytes(origin, "appendEvent", author, next.room, toBase64Url(made.bytes));
  return made;
}

/** Ends a room that is closed, as `keeper` does. Answers the event. */
export async function appendEnd(
  origin: string,
  keeper: Person,
  previous: MadeRoomEvent,
): Promise<{ readonly bytes: Bytes; readonly seq: number }> {
  const { bytes } = await makeEndingEvent({ me: keeper.me, previous: previous.state, identityOf });
  const { room } = previous.state;
  const { seq } = await appendBytes(origin, "appendEvent", keeper, room, toBase64Url(bytes));
  return { bytes, seq };
}

export function appendBytes(
  origin: string,
  verb: "appendEvent" | "appendFrame",
  author: Person,
  room: string,
  bytes: string,
): Promise<{ readonly seq: number; readonly at: number }> {
  return call(origin, verb, { token: author.token, params: { room }, body: { bytes } });
}

/** A frame of a few random bytes, the first of a stream of its own. */
export async function makeFrame(
  author: Person,
  at: MadeRoomEvent,
  id: string = crypto.randomUUID(),
): Promise<string> {
  const sealed = await sealFrame({
    me: author.me,
    keys: at.keys,
    state: at.state,
    id,
    stream: toHex(random(8)),
    sequence: 0,
    previous: null,
    seen: [],
    kind: 1,
    sentAt: 1,
    gossip: null,
    body: random(20),
    random,
  });
  return toBase64Url(sealed.bytes);
}

/** A room of two, and frames sealed ahead so that the benchmark measures the server and not the sealing. */
export async function roomWithFrames(
  origin: string,
  host: Person,
  guest: Person,
  frames: number,
  bodyBytes: number,
) {
  const room: string = crypto.randomUUID();
  const event = await appendNext(origin, host, {
    previous: null,
    room,
    action: "create",
    members: [place(host, "keeper"), place(guest, "member")],
  });
  const stream = toHex(random(8));
  const sealed: string[] = [];
  let previous: { epoch: number; hash: Bytes } | null = null;
  for (let sequence = 0; sequence < frames; sequence += 1) {
    const frame: { bytes: Bytes; hash: Bytes } = await sealFrame({
      me: guest.me,
      keys: event.keys,
      state: event.state,
      id: crypto.randomUUID(),
      stream,
      sequence,
      previous,
      seen: [],
      kind: 1,
      sentAt: Date.now(),
      gossip: null,
      body: random(bodyBytes),
      random,
    });
    previous = { epoch: event.state.epoch, hash: frame.hash };
    sealed.push(toBase64Url(frame.bytes));
  }
  return { room, guest, frames: sealed };
}
