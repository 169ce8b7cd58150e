import type { Client } from "@sotto/client";
import type { AccountId, RoomId } from "@sotto/domain";
import { now, roomNow } from "../support/clients.ts";
import { isQuota, type Browser } from "./browser.ts";
import type { Camp, CampPerson } from "./camp.ts";
import { change, say, sendFile, sendHeld, takeAway, takeBack } from "./deeds.ts";
import type { Fate } from "./fate.ts";
import type { Kind } from "./kinds.ts";
import type { Ledger, SaidEntry } from "./ledger.ts";

/** What one of the people does, or what happens to their device, in one step. */
type Step =
  | "say"
  | "answer"
  | "edit"
  | "take away"
  | "undo"
  | "send now"
  | "send a file"
  | "draft"
  | "reload"
  | "lose the network"
  | "find the network"
  | "fill the device"
  | "make room"
  | "set the clock"
  | "wait"
  | "let in"
  | "put out"
  | "open a room"
  | "grant the past"
  | "rename"
  | "close or reopen";

/** Where a step is taken. */
export interface Scene {
  readonly camp: Camp;
  readonly browser: Browser;
  readonly ledger: Ledger;
  readonly isOn: (kind: Kind) => boolean;
}

const CLOCK_JUMPS_MS = [-90_000, 3_600_000, -86_400_000, 30 * 86_400_000, 61_000];
/** A file holds its own name, so many times. */
const FILE_TIMES_MAX = 140;

/** Draws what is done next. */
export function drawStep({ browser, isOn }: Scene, fate: Fate): Step {
  const isKeeper = browser.person.standing === "practice";
  const members = isKeeper && isOn("members") ? 1 : 0;
  return fate.weigh<Step>({
    say: 34,
    answer: 6,
    edit: 7,
    "take away": 6,
    undo: 3,
    "send now": 3,
    "send a file": 4,
    draft: 3,
    reload: 7,
    "lose the network": isOn("partition") ? 5 : 0,
    "find the network": isOn("partition") ? 8 : 0,
    "fill the device": isOn("disk") ? 4 : 0,
    "make room": isOn("disk") ? 5 : 0,
    "set the clock": isOn("clock") ? 4 : 0,
    wait: 8,
    "let in": 12 * members,
    "put out": 12 * members,
    "open a room": 3 * members,
    "grant the past": 4 * members,
    rename: 3 * members,
    "close or reopen": 3 * members,
  });
}

/** Takes a step. Done when whoever took it has been answered; that may be never. */
export async function takeStep(scene: Scene, step: Step, fate: Fate): Promise<void> {
  const { browser } = scene;
  switch (step) {
    case "reload":
      return browser.reload();
    case "lose the network":
      return browser.network.cut();
    case "find the network":
      return browser.network.mend();
    case "fill the device":
      browser.isFull = true;
      return;
    case "make room":
      browser.isFull = false;
      return;
    case "set the clock":
      browser.clockShift = fate.pick(CLOCK_JUMPS_MS);
      return;
    case "wait":
      return;
    default:
      break;
  }
  const { client } = browser;
  if (client === null) return browser.reload();
  try {
    await act(scene, step, { client, fate });
  } catch (error) {
    if (!isQuota(error)) throw error;
  }
}

type Act = Exclude<
  Step,
  | "reload"
  | "lose the network"
  | "find the network"
  | "fill the device"
  | "make room"
  | "set the clock"
  | "wait"
>;
type Acting = { readonly client: Client; readonly fate: Fate };

async function act(scene: Scene, step: Act, acting: Acting): Promise<void> {
  const { browser, camp } = scene;
  const { client, fate } = acting;
  const { actions } = client;
  const doer = { ...scene, client };
  switch (step) {
    case "say":
      return saySomething(scene, acting, false);
    case "answer":
      return saySomething(scene, acting, true);
    case "edit": {
      const own = ownOf(scene, fate);
      if (own === null || own.kind === "file") return;
      return change(doer, own, `${own.entry} in other words ${String(fate.between(0, 9))}`);
    }
    case "take away": {
      const own = ownOf(scene, fate);
      return own === null ? undefined : takeAway(doer, own);
    }
    case "undo": {
      const own = ownOf(scene, fate);
      return own === null ? undefined : takeBack(doer, own);
    }
    case "send now":
      return sendHeld(browser, () => fate.chance(0.5));
    case "send a file":
      return sendSomeFile(scene, acting);
    case "draft": {
      const room = roomIn(client, fate);
      if (room !== null) await actions.saveDraft({ room, text: `not said ${String(fate.next())}` });
      return;
    }
    case "let in": {
      const room = keptRoom(scene, fate);
      const readers = readersOf(client, room);
      const outside = familyIn(camp).filter(({ account }) => !readers.some((reader) => reader === account));
      if (outside.length === 0) return;
      const person = fate.pick(outside);
      if (person.person === null) return;
      const choices = fate.chance(0.5) ? await actions.historyChoices({ room, account: null }) : null;
      const from = choices?.kind === "done" ? (choices.value[0]?.from ?? null) : null;
      await actions.addToRoom({ room, person: person.person, from });
      return;
    }
    case "put out": {
      const room = keptRoom(scene, fate);
      const family = familyIn(camp);
      const inside = readersOf(client, room).filter((reader) =>
        family.some(({ account }) => account === reader),
      );
      if (inside.length > 0) await actions.removeFromRoom({ room, account: fate.pick(inside) });
      return;
    }
    case "open a room": {
      const people = camp.people.flatMap(({ person, standing }) =>
        standing === "family" && person !== null && fate.chance(0.5) ? [person] : [],
      );
      await actions.openRoom({ family: camp.family, people, title: `room ${String(fate.between(1, 99))}` });
      return;
    }
    case "grant the past": {
      const room = keptRoom(scene, fate);
      // Whoever has been there from the beginning can be given nothing.
      for (const account of readersOf(client, room)) {
        const choices = await actions.historyChoices({ room, account });
        const from = choices.kind === "done" ? choices.value.at(-1)?.from : undefined;
        if (from === undefined) continue;
        await actions.grantHistory({ room, account, from });
        return;
      }
      return;
    }
    case "rename": {
      const person = fate.pick(camp.people.filter((one) => one.person !== null && one.standing === "family"));
      const { name } = person;
      if (person.person === null) return;
      const recorded = { person: person.person, role: "adult", inTreatment: true, relations: [] } as const;
      const named = `${name} ${String(fate.between(1, 9))}`;
      const wish = { ...recorded, name: named, safeContact: null };
      await actions.savePerson({ family: camp.family, person: wish });
      return;
    }
    case "close or reopen": {
      const { family } = camp;
      await (fate.chance(0.4) ? actions.closeFamily({ family }) : actions.reopenFamily({ family }));
    }
  }
}

const familyIn = ({ people }: Camp): readonly CampPerson[] =>
  people.filter(({ standing }) => standing === "family");

const readersOf = (client: Client, room: RoomId): readonly AccountId[] =>
  now(client, "rooms")
    .find((line) => line.room === room)
    ?.readers.map(({ account }) => account) ?? [];

const keptRoom = ({ camp }: Scene, fate: Fate): RoomId => fate.pick(camp.rooms);

/** A room in which this person is, the shared ones more often than others; null when they are in none. */
function roomIn(client: Client, fate: Fate): RoomId | null {
  const lines = now(client, "rooms").filter(({ kind }) => kind !== "practice" && kind !== "team");
  if (lines.length === 0) return null;
  const shared = lines.filter(({ kind }) => kind !== "private");
  return fate.pick(shared.length > 0 && fate.chance(0.9) ? shared : lines).room;
}

/** Something that this person said in one of their browsers: mostly what the room holds already, as this browser shows it. */
function ownOf({ browser, ledger }: Scene, fate: Fate): SaidEntry | null {
  const own = ledger.said.filter(({ account }) => account === browser.person.account);
  const { client } = browser;
  const sent = own.filter(({ entry, room }) =>
    (client === null ? [] : (roomNow(client, room)?.entries ?? [])).some(
      (line) => "state" in line && line.entry === entry && line.state.kind === "sent",
    ),
  );
  const some = sent.length > 0 && fate.chance(0.8) ? sent : own;
  return some.length === 0 ? null : fate.pick(some);
}

async function saySomething(scene: Scene, { client, fate }: Acting, isAnswer: boolean): Promise<void> {
  const { browser } = scene;
  const room = roomIn(client, fate);
  if (room === null) return;
  const lines = (roomNow(client, room)?.entries ?? []).filter((line) => line.kind === "message");
  const to = isAnswer && lines.length > 0 ? fate.pick(lines).entry : null;
  const text = `${browser.name} says ${fate.next().toString(36).slice(2)}`;
  return say({ ...scene, client }, { room, text, to, mayUndo: fate.chance(0.2) });
}

async function sendSomeFile(scene: Scene, { client, fate }: Acting): Promise<void> {
  const room = roomIn(client, fate);
  if (room === null) return;
  const name = `${scene.browser.name} ${fate.next().toString(36).slice(2)}.txt`;
  return sendFile(
    { ...scene, client },
    { room, name, content: name.repeat(fate.between(1, FILE_TIMES_MAX)) },
  );
}
