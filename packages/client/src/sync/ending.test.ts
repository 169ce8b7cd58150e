import type { RoomId } from "@sotto/domain";
import {
  encodeRoomCard,
  huskOf,
  identityHash,
  makeEndingEvent,
  makeIdentity,
  makeRoomEvent,
  memberEntry,
  parseIdentityRecord,
  parseRoomEvent,
  toHex,
} from "@sotto/vault";
import type { Bytes, IdentitySecret, MadeRoomEvent, RoomHusk, RoomState } from "@sotto/vault";
import { beforeAll, expect, test } from "vitest";
import { followEnding } from "./ending.ts";
import type { Ending } from "./ending.ts";

const random = (count: number): Bytes => crypto.getRandomValues(new Uint8Array(count));
const room = crypto.randomUUID() as string as RoomId;
const card = encodeRoomCard({
  kind: "family",
  title: "",
  family: null,
  familyName: "",
  practiceName: "",
  people: [],
});

const records = new Map<string, ReturnType<typeof parseIdentityRecord>>();
const identityOf = (hash: Bytes) => records.get(toHex(hash)) ?? null;

const makePerson = async (): Promise<IdentitySecret> => {
  const { secret } = await makeIdentity({ account: crypto.randomUUID(), random });
  records.set(toHex(identityHash(secret.record)), parseIdentityRecord(secret.record));
  return secret;
};

let tess: IdentitySecret;
let ana: IdentitySecret;
let ben: IdentitySecret;
/** Made with Tess and Ana, then Ben came in, then it was closed. */
let story: readonly MadeRoomEvent[];

const next = (
  me: IdentitySecret,
  previous: RoomState | null,
  action: "create" | "add" | "remove" | "close",
  members: RoomState["members"],
): Promise<MadeRoomEvent> => makeRoomEvent({ me, previous, room, action, members, card, identityOf, random });

const huskFrom = ({ bytes }: { readonly bytes: Bytes }): RoomHusk => huskOf(parseRoomEvent(bytes));

const endingOf = async (me: IdentitySecret, chain: readonly MadeRoomEvent[]): Promise<Ending> => {
  const previous = chain.at(-1)?.state;
  if (previous === undefined) throw new Error("a chain");
  const { bytes } = await makeEndingEvent({ me, previous, identityOf });
  return { husks: chain.map(huskFrom), end: parseRoomEvent(bytes), at: 7 };
};

beforeAll(async () => {
  [tess, ana, ben] = await Promise.all([makePerson(), makePerson(), makePerson()]);
  const two = [memberEntry(tess, "keeper"), memberEntry(ana, "member")];
  const created = await next(tess, null, "create", two);
  const three = [...two, memberEntry(ben, "member")];
  const added = await next(tess, created.state, "add", three);
  const closed = await next(tess, added.state, "close", three);
  story = [created, added, closed];
});

const at = (index: number): MadeRoomEvent => {
  const made = story[index];
  if (made === undefined) throw new Error("a step of the story");
  return made;
};
const markOf = ({ state }: MadeRoomEvent) => ({ epoch: state.epoch, head: state.head });

/** How somebody follows it, with what they know. */
const follow = (
  who: IdentitySecret,
  ending: Ending,
  knows: { readonly memory?: MadeRoomEvent; readonly mark?: MadeRoomEvent } = {},
) => {
  const { mark, memory } = knows;
  return followEnding(ending, {
    account: who.account,
    room,
    memory: memory === undefined ? null : { state: memory.state },
    mark: mark === undefined ? null : markOf(mark),
    identityOf,
  });
};

test("it is believed from whatever is known of the room, and from nothing", async () => {
  const ending = await endingOf(tess, story);
  const bens = { ...ending, husks: ending.husks.slice(1) };
  for (const knows of [{}, { mark: at(1) }, { memory: at(1), mark: at(2) }, { memory: at(2), mark: at(2) }]) {
    const followed = await follow(ben, bens, knows);
    expect(followed).toMatchObject({ by: tess.account, at: 7, state: { epoch: 3, ended: true } });
  }
  expect(await follow(ana, ending, { memory: at(0), mark: at(0) })).not.toBeNull();
});

test("T6: another room's end, one without a way to it, and one before what was seen are believed by nobody", async () => {
  const ending = await endingOf(tess, story);
  const bens = { ...ending, husks: ending.husks.slice(1) };
  const elsewhere = await followEnding(bens, {
    account: ben.account,
    room: crypto.randomUUID() as string as RoomId,
    memory: null,
    mark: null,
    identityOf,
  });
  expect(elsewhere).toBeNull();
  expect(await follow(ben, { ...bens, husks: [] })).toBeNull();
  expect(await follow(ben, { ...bens, husks: bens.husks.slice(0, 1) }, { memory: at(1) })).toBeNull();
  const reopened = { epoch: 9, head: random(32) };
  const behind = { account: ben.account, room, memory: null, mark: reopened, identityOf };
  expect(await followEnding(bens, behind)).toBeNull();
});

test("T5: whoever forges a beginning in which they keep the room ends it for nobody who holds it", async () => {
  // Ana lets Ben in herself, in a chain of her own making, whose step bears the hash of the true one.
  const raised = [memberEntry(ana, "keeper"), memberEntry(tess, "member")];
  const alone = await next(ana, null, "create", raised);
  const letIn = await next(ana, alone.state, "add", [...raised, memberEntry(ben, "member")]);
  const posing = { ...letIn, state: { ...letIn.state, head: at(1).state.head } };
  const closed = await next(ana, posing.state, "close", posing.state.members);
  const forged = await endingOf(ana, [closed]);
  const husks = [{ ...huskFrom(letIn), hash: at(1).state.head }, ...forged.husks];
  expect(await follow(ben, { ...forged, husks }, { memory: at(1), mark: at(1) })).toBeNull();
  expect(await follow(ben, { ...forged, husks }, { memory: at(2), mark: at(2) })).toBeNull();
  // A device that holds nothing takes who let it in for a keeper, as everywhere; but not past what the vault has seen since.
  expect(await follow(ben, { ...forged, husks }, { mark: at(2) })).toBeNull();
});

test("whoever was taken out and let in again meanwhile believes it when a keeper whom they knew let them in", async () => {
  const without = [memberEntry(tess, "keeper"), memberEntry(ana, "member")];
  const removed = await next(tess, at(1).state, "remove", without);
  const again = [...without, memberEntry(ben, "member")];
  const back = await next(tess, removed.state, "add", again);
  const closed = await next(tess, back.state, "close", again);
  const ending = await endingOf(tess, [back, closed]);
  expect(await follow(ben, ending, { memory: at(1), mark: at(1) })).not.toBeNull();
  const forgedBack = await next(ana, { ...removed.state, members: [memberEntry(ana, "keeper")] }, "add", [
    memberEntry(ana, "keeper"),
    memberEntry(ben, "member"),
  ]);
  const forgedEnd = await endingOf(ana, [
    forgedBack,
    await next(ana, forgedBack.state, "close", forgedBack.state.members),
  ]);
  expect(await follow(ben, forgedEnd, { memory: at(1), mark: at(1) })).toBeNull();
});
