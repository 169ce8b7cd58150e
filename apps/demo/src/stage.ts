import { createClient, type Client, type Done, type RoomLineView } from "@sotto/client";
import { memoryPorts } from "@sotto/client/memory";
import { PASSPHRASE_WORDS } from "@sotto/content/passphrase-words";
import type { FamilyId, PersonId } from "@sotto/domain";
import type { Key, StoryRoom } from "./story/story.ts";

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

/** Somebody of the story at a device of their own. */
export interface Actor {
  readonly key: Key;
  readonly name: string;
  readonly client: Client;
  readonly way: Way;
}

/** A device of its own for somebody, on the stage's clock; not yet anybody's. */
export async function openDevice(origin: string, clock: StageClock): Promise<Client> {
  const client = createClient({ ...memoryPorts(origin), now: () => clock.now });
  await client.start();
  return client;
}

export function makeWay(client: Client): Way {
  return { kind: "passphrase", ...client.actions.makePassphrase(PASSPHRASE_WORDS) };
}

/** What an action answered. The story asks for nothing that may be refused: a refusal is a defect, and ends it. */
export function valueOf<Value>(outcome: Done<Value>): Value {
  if (outcome.kind === "refused") throw new Error(`the story was refused: ${outcome.refusal}`);
  return outcome.value;
}

/** Makes and proves a recovery sheet, as everybody does at the start. Answers its code. */
export async function keepSheet({ client }: Actor): Promise<string> {
  const { code } = valueOf(await client.actions.makeSheet());
  valueOf(await client.actions.proveSheet(code));
  return code;
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

/** The line of a room of this family in the list of somebody who is in it; waits until it is there. */
export async function roomOf(
  { client }: Actor,
  wish: {
    readonly family: FamilyId;
    readonly room: StoryRoom;
    /** The account of the person whose private room it is. */
    readonly accountOf: (key: Key) => string;
  },
): Promise<RoomLineView> {
  const fits = (line: RoomLineView) => line.family === wish.family && isRoom(line, wish);
  const lines = await seen<readonly RoomLineView[]>(
    (callback) => client.watch("rooms", callback),
    (rooms) => rooms.some(fits),
  );
  const found = lines.find(fits);
  if (found === undefined) throw new Error("a room that was just seen");
  return found;
}

const isRoom = (
  line: RoomLineView,
  { accountOf, room }: { readonly room: StoryRoom; readonly accountOf: (key: Key) => string },
): boolean => {
  if (typeof room === "object") {
    const account = accountOf(room.privateOf);
    return line.kind === "private" && line.readers.some((reader) => reader.account === account);
  }
  return room === "family" || room === "team"
    ? line.kind === room
    : line.kind === "subgroup" && line.subgroup === room;
};

export type PersonIds = ReadonlyMap<Key, PersonId>;
