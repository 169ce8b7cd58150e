/** What people do in a drill: courses of steps, the same each time. */
import type { Client } from "@sotto/client";
import type { RoomId } from "@sotto/domain";
import { now, roomNow } from "../support/clients.ts";
import type { Camp, CampPerson } from "./camp.ts";
import { change, say, sendFile, sendHeld, takeAway, takeBack, type Doer } from "./deeds.ts";

export interface Scene extends Doer {
  readonly camp: Camp;
}

type Step = (scene: Scene) => Promise<unknown>;

export const personOf = ({ people }: Camp, name: string): CampPerson => {
  const found = people.find((one) => one.name === name);
  if (found === undefined) throw new Error(`nobody called ${name}`);
  return found;
};

const idOf = (camp: Camp, name: string) => {
  const { person } = personOf(camp, name);
  if (person === null) throw new Error(`${name} is not of the family`);
  return person;
};

const roomOfTwo = ({ rooms }: Camp): RoomId => {
  const two = rooms[1];
  if (two === undefined) throw new Error("the room of two that is in every camp");
  return two;
};

const accountOf = (camp: Camp, client: Client, name: string) => {
  const { account } = personOf(camp, name);
  const readers = now(client, "rooms").find(({ room }) => room === roomOfTwo(camp))?.readers ?? [];
  return readers.find((reader) => reader.account === account)?.account ?? null;
};

const saying =
  (text: string, { mayUndo = false } = {}): Step =>
  (scene) =>
    say(scene, { room: roomOfTwo(scene.camp), text, to: null, mayUndo });

/** What this person said last and has not taken away. */
const lastOf = ({ browser, ledger }: Scene, kind: "message" | "file") =>
  ledger.said.findLast(
    (one) => one.device === browser.name && one.kind === kind && one.undo === "no" && one.deletion === "no",
  ) ?? null;

const takesBack: Step = async (scene) => {
  const own = lastOf(scene, "message");
  if (own !== null) await takeBack(scene, own);
};

const answers: Step = async (scene) => {
  const { camp, client } = scene;
  const room = roomOfTwo(camp);
  const line = roomNow(client, room)?.entries.findLast(({ kind }) => kind === "message");
  const to = line !== undefined && "entry" in line ? line.entry : null;
  await say(scene, { room, text: "an answer", to, mayUndo: false });
};

const changes: Step = async (scene) => {
  const own = lastOf(scene, "message");
  if (own !== null) await change(scene, own, "in other words");
};

const sendsFile: Step = (scene) =>
  sendFile(scene, { room: roomOfTwo(scene.camp), name: "a file.txt", content: "what is in it ".repeat(200) });

const takesAway: Step = async (scene) => {
  const own = lastOf(scene, "message");
  if (own !== null) await takeAway(scene, own);
};

const takesFirstAway: Step = async (scene) => {
  const own = scene.ledger.said.find(({ device }) => device === scene.browser.name);
  if (own !== undefined) await takeAway(scene, own);
};

const sendsNow: Step = ({ browser }) => sendHeld(browser, () => true);

const takesFileAway: Step = async (scene) => {
  const own = lastOf(scene, "file");
  if (own !== null) await takeAway(scene, own);
};

const letsDanIn: Step = ({ camp, client }) =>
  client.actions.addToRoom({ room: roomOfTwo(camp), person: idOf(camp, "Dan"), from: null });

const putsCleoOut: Step = async ({ camp, client }) => {
  const account = accountOf(camp, client, "Cleo");
  if (account !== null) await client.actions.removeFromRoom({ room: roomOfTwo(camp), account });
};

const givesDanThePast: Step = async ({ camp, client }) => {
  const [room, account] = [roomOfTwo(camp), accountOf(camp, client, "Dan")];
  if (account === null) return;
  const choices = await client.actions.historyChoices({ room, account });
  const from = choices.kind === "done" ? choices.value.at(-1)?.from : undefined;
  if (from !== undefined) await client.actions.grantHistory({ room, account, from });
};

const opensRoom: Step = ({ camp, client }) =>
  client.actions.openRoom({ family: camp.family, people: [idOf(camp, "Ben")], title: "one more" });

const renamesBen: Step = ({ camp, client }) =>
  client.actions.savePerson({
    family: camp.family,
    person: {
      person: idOf(camp, "Ben"),
      name: "Benjamin",
      role: "adult",
      inTreatment: true,
      relations: [],
      safeContact: null,
    },
  });

const closes: Step = ({ camp, client }) => client.actions.closeFamily({ family: camp.family });
const reopens: Step = ({ camp, client }) => client.actions.reopenFamily({ family: camp.family });
const reloads: Step = ({ browser }) => browser.reload();

export const STEPS = {
  answers,
  changes,
  closes,
  givesDanThePast,
  letsDanIn,
  opensRoom,
  putsCleoOut,
  reloads,
  renamesBen,
  reopens,
  says: saying("at first"),
  saysAndWaits: saying("perhaps", { mayUndo: true }),
  saysMore: saying("and then"),
  saysWithDan: saying("with Dan"),
  saysWithoutCleo: saying("without Cleo"),
  sendsFile,
  sendsNow,
  takesAway,
  takesBack,
  takesFileAway,
  takesFirstAway,
} satisfies Record<string, Step>;

type StepName = keyof typeof STEPS;

const [ADA, BEN, CLEO] = ["Ada", "Ben", "Cleo"];

interface Course {
  /** Whether everybody is there when it begins; if not, coming is a part of it. */
  readonly beginsOpen: boolean;
  /** Who does what, one after the other. */
  readonly steps: readonly (readonly [string, StepName])[];
}

export type CourseName = "coming" | "words" | "held words" | "a file" | "people" | "rooms" | "an end";

export const COURSES: Readonly<Record<CourseName, Course>> = {
  coming: {
    beginsOpen: false,
    steps: [
      [BEN, "says"],
      [ADA, "reloads"],
      [BEN, "reloads"],
    ],
  },
  words: {
    beginsOpen: true,
    steps: [
      [BEN, "says"],
      [ADA, "answers"],
      [BEN, "changes"],
      [BEN, "saysAndWaits"],
      [BEN, "takesBack"],
      [ADA, "changes"],
      [BEN, "takesAway"],
      [BEN, "saysMore"],
    ],
  },
  // What is taken away goes out before what is held and was written earlier.
  "held words": {
    beginsOpen: true,
    steps: [
      [BEN, "says"],
      [BEN, "saysAndWaits"],
      [BEN, "takesFirstAway"],
      [BEN, "sendsNow"],
      [ADA, "answers"],
      [BEN, "saysMore"],
    ],
  },
  "a file": {
    beginsOpen: true,
    steps: [
      [CLEO, "sendsFile"],
      [ADA, "answers"],
      [CLEO, "takesFileAway"],
    ],
  },
  people: {
    beginsOpen: true,
    steps: [
      [BEN, "says"],
      [ADA, "letsDanIn"],
      [ADA, "saysWithDan"],
      [ADA, "givesDanThePast"],
      [BEN, "saysMore"],
      [ADA, "putsCleoOut"],
      [CLEO, "saysMore"],
      [BEN, "saysWithoutCleo"],
    ],
  },
  rooms: {
    beginsOpen: true,
    steps: [
      [ADA, "opensRoom"],
      [BEN, "says"],
      [ADA, "renamesBen"],
    ],
  },
  "an end": {
    beginsOpen: true,
    steps: [
      [ADA, "closes"],
      [BEN, "says"],
      [ADA, "reopens"],
      [BEN, "saysMore"],
    ],
  },
};
