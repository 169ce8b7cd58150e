import { createClient, type Client, type Done, type RoomLineView, type RoomView } from "@sotto/client";
import { memoryPorts, memoryStore } from "@sotto/client/memory";
import { PASSPHRASE_WORDS } from "@sotto/content/passphrase-words";
import type { FamilyId, RoomId } from "@sotto/domain";
import type { Key, StoryRoom } from "../story/story.ts";

/** The time on the stage: the server's and every device's clock, moved by the story alone. */
export interface StageClock {
  now: number;
}

/** How somebody of the story comes in. */
export interface Way {
  readonly kind: "passphrase";
  readonly name: string;
  readonly words: string;
}

/** A device of somebody's own, which keeps what it has from day to day. */
export type StoryDevice = () => Promise<Client>;

/** Somebody of the story at their device. */
export interface Actor {
  readonly key: Key;
  readonly name: string;
  readonly device: StoryDevice;
  readonly client: Client;
  readonly way: Way;
}

/** A device on the stage's clock, not yet anybody's. */
export function makeDevice(origin: string, clock: StageClock): StoryDevice {
  const store = memoryStore();
  return async () => {
    const client = createClient({ ...memoryPorts(origin), store, now: () => clock.now });
    await client.start();
    return client;
  };
}

export function makeWay(client: Client): Way {
  return { kind: "passphrase", ...client.actions.makePassphrase(PASSPHRASE_WORDS) };
}

/** What an action answered. The story asks for nothing that may be refused: a refusal is a defect, and ends it. */
export function valueOf<Value>(outcome: Done<Value>): Value {
  if (outcome.kind === "refused") throw new Error(`the story was refused: ${outcome.refusal}`);
  return outcome.value;
}

/** Makes and proves a recovery sheet, as everybody does at the start. */
export async function keepSheet({ client }: Actor): Promise<void> {
  const { code } = valueOf(await client.actions.makeSheet());
  valueOf(await client.actions.proveSheet(code));
}

/** Waits until a view of this client holds. */
export function seen<View>(
  watch: (callback: (view: View) => void) => () => void,
  holds: (view: View) => boolean,
): Promise<View> {
  return new Promise((resolve) => {
    let stop: (() => void) | null = null;
    let isFound = false;
    stop = watch((view) => {
      if (isFound || !holds(view)) return;
      isFound = true;
      stop?.();
      resolve(view);
    });
    if (isFound) stop();
  });
}

/** Waits until what this person sees in a room holds something, and answers it. */
export async function seenIn<Found>(
  { client }: Actor,
  room: RoomId,
  find: (view: RoomView) => Found | undefined,
): Promise<Found> {
  const view = await seen<RoomView | null>(
    (callback) => client.watchRoom(room, callback),
    (current) => current !== null && find(current) !== undefined,
  );
  const found = view === null ? undefined : find(view);
  if (found === undefined) throw new Error("what was just seen");
  return found;
}

/** Which room is meant; `family` is null for the practice's own. */
export interface RoomWish {
  readonly family: FamilyId | null;
  readonly room: StoryRoom;
  /** The account of the person whose private room it is. */
  readonly accountOf: (key: Key) => string;
}

/** The line of a room in the list of somebody who is in it; waits until it is there. */
export async function roomOf({ client }: Actor, wish: RoomWish): Promise<RoomLineView> {
  const fits = (line: RoomLineView) => line.family === wish.family && isRoom(line, wish);
  const lines = await seen<readonly RoomLineView[]>(
    (callback) => client.watch("rooms", callback),
    (rooms) => rooms.some(fits),
  );
  const found = lines.find(fits);
  if (found === undefined) throw new Error("a room that was just seen");
  return found;
}

function isRoom(line: RoomLineView, { accountOf, room }: RoomWish): boolean {
  if (typeof room === "object") {
    const account = accountOf(room.privateOf);
    return line.kind === "private" && line.readers.some((reader) => reader.account === account);
  }
  return room === "couple" || room === "guardians" || room === "siblings"
    ? line.kind === "subgroup" && line.subgroup === room
    : line.kind === room;
}
