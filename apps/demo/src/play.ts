import type { FamilyView, RoomView } from "@sotto/client";
import type { FamilyId, Person, PersonId } from "@sotto/domain";
import { isUsuallyInTreatment, parseId } from "@sotto/domain";
import { randomUUID } from "node:crypto";
import {
  keepSheet,
  makeWay,
  openDevice,
  roomOf,
  seen,
  valueOf,
  type Actor,
  type StageClock,
  type Way,
} from "./stage.ts";
import { practice, type StoryStaff } from "./story/practice.ts";
import type { Key, Scene, StoryFamily, StoryPerson } from "./story/story.ts";
import { Troupe } from "./troupe.ts";

/** Where the story is played: a real server that nobody has set up, whose clock the story moves. */
export interface Stage {
  readonly origin: string;
  readonly clock: StageClock;
  readonly setupCode: () => Promise<string>;
  /** The start of the day on which the story is told, in milliseconds since 1970. */
  readonly today: number;
}

/** Somebody whom one can be afterwards. */
export interface CastMember {
  readonly key: Key;
  readonly name: string;
  readonly part: StoryStaff["role"] | StoryPerson["role"];
  /** The family they belong to; null for those who work there. */
  readonly family: string | null;
  readonly way: Way;
}

const DAY_MS = 24 * 60 * 60_000;
const MINUTE_MS = 60_000;
const FIRST_DAY = 25;

/** Plays the whole story by headless clients, and answers who is in it. Tells how far it is, from 0 to 1. */
export async function play(stage: Stage, tell: (part: number) => void): Promise<readonly CastMember[]> {
  const troupe = new Troupe(stage.origin, stage.clock);
  const families = new Map<Key, FamilyId>();
  setClock(stage, FIRST_DAY, 8 * 60);
  await openPractice(stage, troupe);
  await troupe.rest();
  for (const [index, family] of practice.families.entries()) {
    setClock(stage, FIRST_DAY - 1, 9 * 60 + index * 30);
    families.set(family.key, await bringFamily(stage, troupe, family));
    tell((index + 1) / (practice.families.length * 2));
  }
  await troupe.rest();
  const scenes = practice.families
    .flatMap((family) => family.scenes.map((scene) => ({ family, scene })))
    .toSorted((one, other) => other.scene.daysAgo - one.scene.daysAgo || one.scene.at - other.scene.at);
  let day = FIRST_DAY;
  for (const [index, { family, scene }] of scenes.entries()) {
    if (scene.daysAgo !== day) await troupe.rest();
    day = scene.daysAgo;
    setClock(stage, scene.daysAgo, scene.at);
    const id = families.get(family.key);
    if (id !== undefined) await playScene(stage, troupe, { family: id, scene });
    tell(0.5 + (index + 1) / (scenes.length * 2));
  }
  await troupe.rest();
  return castOf(troupe);
}

function setClock({ clock, today }: Stage, daysAgo: number, minutes: number): void {
  clock.now = today - daysAgo * DAY_MS + minutes * MINUTE_MS;
}

async function openPractice(stage: Stage, troupe: Troupe): Promise<void> {
  const { founder } = practice;
  const client = await openDevice(stage.origin, stage.clock);
  const way = makeWay(client);
  const code = await stage.setupCode();
  valueOf(
    await client.actions.setUp({ code, practiceName: practice.name, myName: founder.name, factor: way }),
  );
  await arrive(troupe, { key: founder.key, name: founder.name, client, way });
}

/** Somebody comes in for the first time, and keeps a sheet. */
async function arrive(troupe: Troupe, actor: Actor): Promise<void> {
  await troupe.welcome(actor);
  await keepSheet(actor);
}

async function join(
  stage: Stage,
  troupe: Troupe,
  wish: { readonly key: Key; readonly name: string; readonly link: string },
): Promise<void> {
  const client = await openDevice(stage.origin, stage.clock);
  const way = makeWay(client);
  valueOf(await client.actions.join({ fragment: new URL(wish.link).hash, factor: way }));
  await arrive(troupe, { key: wish.key, name: wish.name, client, way });
}

async function bringFamily(stage: Stage, troupe: Troupe, story: StoryFamily): Promise<FamilyId> {
  const lead = await troupe.call(story.therapists[0]);
  const { actions } = lead.client;
  const family = valueOf(await actions.createFamily({ name: story.name }));
  const ids = new Map<Key, PersonId>(story.people.map(({ key }) => [key, makePersonId()]));
  for (const person of story.people) {
    valueOf(await actions.savePerson({ family, person: personOf(person, ids) }));
  }
  for (const { key, name } of story.people) {
    const person = idOf(ids, key);
    stage.clock.now += 2 * MINUTE_MS;
    const { link } = valueOf(await actions.invite({ family, person, days: 7 }));
    await join(stage, troupe, { key, name, link });
    const accountOf = (who: Key) => troupe.accountOf(who);
    await roomOf(await troupe.call(key), { family, room: { privateOf: key }, accountOf });
  }
  // Every room that the family calls for is there before anybody goes.
  await seen<FamilyView | null>(
    (callback) => lead.client.watchFamily(family, callback),
    (view) => view?.people.every(({ account }) => account !== null) === true,
  );
  return family;
}

function personOf(story: StoryPerson, ids: ReadonlyMap<Key, PersonId>): Person {
  return {
    person: idOf(ids, story.key),
    name: story.name,
    role: story.role,
    inTreatment: story.inTreatment ?? isUsuallyInTreatment(story.role),
    relations: (story.relations ?? []).map(({ kind, to }) => ({ kind, to: idOf(ids, to) })),
    safeContact: null,
  };
}

function idOf(ids: ReadonlyMap<Key, PersonId>, key: Key): PersonId {
  const id = ids.get(key);
  if (id === undefined) throw new Error(`the story knows nobody called ${key}`);
  return id;
}

function makePersonId(): PersonId {
  const id = parseId<PersonId>(randomUUID());
  if (id === null) throw new Error("a fresh UUID is an id");
  return id;
}

async function playScene(
  { clock }: Stage,
  troupe: Troupe,
  { family, scene }: { readonly family: FamilyId; readonly scene: Scene },
): Promise<void> {
  for (const [speaker, text] of scene.lines) {
    const actor = await troupe.call(speaker);
    const accountOf = (who: Key) => troupe.accountOf(who);
    const { room } = await roomOf(actor, { family, room: scene.room, accountOf });
    const entry = valueOf(await actor.client.actions.send({ room, text }));
    await seen<RoomView | null>(
      (callback) => actor.client.watchRoom(room, callback),
      (view) =>
        view?.entries.some(
          (line) => line.kind === "message" && line.entry === entry && line.state.kind === "sent",
        ) === true,
    );
    // As long as the next one takes to read and to answer.
    clock.now += Math.round((1 + (text.length % 90) / 20) * MINUTE_MS);
  }
}

function castOf(troupe: Troupe): readonly CastMember[] {
  const staff = [practice.founder, ...practice.colleagues].map(({ key, name, role }) => ({
    key,
    name,
    part: role,
    family: null,
    way: troupe.wayOf(key),
  }));
  const people = practice.families.flatMap((family) =>
    family.people.map(({ key, name, role }) => ({
      key,
      name,
      part: role,
      family: family.name,
      way: troupe.wayOf(key),
    })),
  );
  return [...staff, ...people];
}
