import type { FamilyView, PracticeView } from "@sotto/client";
import type { FamilyId, Person, PersonId } from "@sotto/domain";
import { isUsuallyInTreatment, parseId } from "@sotto/domain";
import { randomUUID } from "node:crypto";
import { practice, type StoryStaff } from "../story/practice.ts";
import {
  actorOf,
  type Key,
  type Scene,
  type StoryColleague,
  type StoryFamily,
  type StoryPerson,
  type StoryRoom,
} from "../story/story.ts";
import { playLine } from "./play-line.ts";
import { keepSheet, makeDevice, makeWay, roomOf, seen, valueOf, type StageClock, type Way } from "./stage.ts";
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

/** How far the story has come. */
export type Progress =
  | { readonly kind: "opened" }
  | { readonly kind: "arrived"; readonly family: string }
  | { readonly kind: "day"; readonly daysAgo: number };

interface Production extends Stage {
  readonly troupe: Troupe;
  readonly families: Map<Key, FamilyId>;
}

const DAY_MS = 24 * 60 * 60_000;
const MINUTE_MS = 60_000;
const FIRST_DAY = 25;
const ARRIVAL_MINUTES = 40;

/** Plays the whole story by headless clients, and answers who is in it. */
export async function play(stage: Stage, tell: (progress: Progress) => void): Promise<readonly CastMember[]> {
  const production = { ...stage, troupe: new Troupe(), families: new Map() };
  const { troupe } = production;
  setClock(stage, FIRST_DAY, 8 * 60);
  await openPractice(production);
  await troupe.rest();
  tell({ kind: "opened" });
  for (const [index, family] of practice.families.entries()) {
    setClock(stage, FIRST_DAY - 1, 9 * 60 + index * ARRIVAL_MINUTES);
    await bringFamily(production, family);
    await troupe.rest();
    tell({ kind: "arrived", family: family.name });
  }
  let day = FIRST_DAY;
  for (const happening of happenings()) {
    if (happening.daysAgo !== day) {
      await troupe.rest();
      day = happening.daysAgo;
      tell({ kind: "day", daysAgo: day });
    }
    setClock(stage, day, happening.at);
    await happening.play(production);
  }
  await troupe.rest();
  return castOf(troupe);
}

interface Happening {
  readonly daysAgo: number;
  readonly at: number;
  readonly play: (production: Production) => Promise<void>;
}

/** Everything after the arrival, in the order in which it happened. */
function happenings(): readonly Happening[] {
  const ofPractice = practice.scenes.map((scene) => ({
    ...scene,
    play: (production: Production) => playScene(production, null, scene),
  }));
  const ofFamilies = practice.families.flatMap((family) => [
    ...family.scenes.map((scene) => ({
      ...scene,
      play: (production: Production) => playScene(production, family, scene),
    })),
    ...(family.colleagues ?? []).map((colleague) => ({
      ...colleague,
      play: (production: Production) => bringColleague(production, family, colleague),
    })),
  ]);
  return [...ofPractice, ...ofFamilies].toSorted(
    (one, other) => other.daysAgo - one.daysAgo || one.at - other.at,
  );
}

function setClock({ clock, today }: Stage, daysAgo: number, minutes: number): void {
  clock.now = today - daysAgo * DAY_MS + minutes * MINUTE_MS;
}

async function openPractice(production: Production): Promise<void> {
  const { clock, origin, setupCode, troupe } = production;
  const { key, name } = practice.founder;
  const device = makeDevice(origin, clock);
  const client = await device();
  const factor = makeWay(client);
  const code = await setupCode();
  valueOf(await client.actions.setUp({ code, practiceName: practice.name, myName: name, factor }));
  const founder = { key, name, device, client, way: factor };
  await troupe.welcome(founder);
  await keepSheet(founder);
  for (const colleague of practice.colleagues) {
    const invited = { person: makePersonId(), name: colleague.name, role: colleague.role };
    const { link } = valueOf(await client.actions.inviteStaff({ staff: invited, days: 7 }));
    await join(production, { ...colleague, link });
    const { client: theirs } = await troupe.call(colleague.key);
    await seen<PracticeView | null>(
      (callback) => theirs.watch("practice", callback),
      (view) => view?.people.some(({ isMe }) => isMe) === true,
    );
  }
}

/** Somebody opens their invitation on a device of their own, comes in, and keeps a recovery sheet. */
async function join(
  { clock, origin, troupe }: Production,
  wish: { readonly key: Key; readonly name: string; readonly link: string },
): Promise<void> {
  const { key, link, name } = wish;
  clock.now += 2 * MINUTE_MS;
  const device = makeDevice(origin, clock);
  const client = await device();
  const way = makeWay(client);
  valueOf(await client.actions.join({ fragment: new URL(link).hash, factor: way }));
  const actor = { key, name, device, client, way };
  await troupe.welcome(actor);
  await keepSheet(actor);
}

async function bringFamily(production: Production, story: StoryFamily): Promise<void> {
  const { families, troupe } = production;
  const lead = await troupe.call(story.therapist);
  const { actions } = lead.client;
  const family = valueOf(await actions.createFamily({ name: story.name }));
  families.set(story.key, family);
  const ids = new Map<Key, PersonId>(story.people.map(({ key }) => [key, makePersonId()]));
  for (const person of story.people) {
    valueOf(await actions.savePerson({ family, person: personOf(person, ids) }));
  }
  for (const { key, name } of story.people) {
    const person = found(ids, key);
    const { link } = valueOf(await actions.invite({ family, person, days: 7 }));
    await join(production, { key, name, link });
    await roomOf(await troupe.call(key), wishFor(production, story, { privateOf: key }));
  }
  // Every room that the family calls for is there before anybody goes.
  await seen<FamilyView | null>(
    (callback) => lead.client.watchFamily(family, callback),
    (view) => view?.people.every(({ account }) => account !== null) === true,
  );
  for (const { room } of story.scenes) await roomOf(lead, wishFor(production, story, room));
}

function wishFor({ families, troupe }: Production, family: StoryFamily | null, room: StoryRoom) {
  return {
    family: family === null ? null : found(families, family.key),
    room,
    accountOf: (key: Key) => troupe.accountOf(key),
  };
}

function personOf(story: StoryPerson, ids: ReadonlyMap<Key, PersonId>): Person {
  return {
    person: found(ids, story.key),
    name: story.name,
    role: story.role,
    inTreatment: story.inTreatment ?? isUsuallyInTreatment(story.role),
    relations: (story.relations ?? []).map(({ kind, to }) => ({ kind, to: found(ids, to) })),
    safeContact: null,
  };
}

function found<Value>(values: ReadonlyMap<Key, Value>, key: Key): Value {
  const value = values.get(key);
  if (value === undefined) throw new Error(`the story knows nobody called ${key}`);
  return value;
}

function makePersonId(): PersonId {
  const id = parseId<PersonId>(randomUUID());
  if (id === null) throw new Error("a fresh UUID is an id");
  return id;
}

/** The therapist adds a colleague to the family, and opens to them what they are to know of before. */
async function bringColleague(
  production: Production,
  story: StoryFamily,
  wish: StoryColleague,
): Promise<void> {
  const { families, troupe } = production;
  const lead = await troupe.call(story.therapist);
  const { actions } = lead.client;
  const roomIn = async (room: StoryRoom) => (await roomOf(lead, wishFor(production, story, room))).room;
  const rooms = await Promise.all(wish.reads.map(roomIn));
  const colleague = await personInPractice(production, story.therapist, wish.key);
  valueOf(await actions.addColleague({ family: found(families, story.key), colleague, rooms }));
  const account = troupe.accountOf(wish.key);
  for (const name of wish.past) {
    const room = await roomIn(name);
    const choices = valueOf(await actions.historyChoices({ room, account }));
    // The last choice reaches furthest back.
    const from = choices.at(-1)?.from;
    if (from === undefined) throw new Error("a room in which nothing was said before");
    valueOf(await actions.grantHistory({ room, account, from }));
  }
  // They see it, and have it from then on.
  const guest = await troupe.call(wish.key);
  for (const name of ["team", "family", ...wish.reads] as const)
    await roomOf(guest, wishFor(production, story, name));
}

/** Who somebody is in the practice's record, as a colleague reads it. */
async function personInPractice({ troupe }: Production, reader: Key, key: Key): Promise<PersonId> {
  const { client } = await troupe.call(reader);
  const account = troupe.accountOf(key);
  const view = await seen<PracticeView | null>(
    (callback) => client.watch("practice", callback),
    (practiceNow) => practiceNow?.people.some((one) => one.account === account) === true,
  );
  const line = view?.people.find((one) => one.account === account);
  if (line === undefined) throw new Error("a colleague who was just seen");
  return line.staff.person;
}

async function playScene(
  production: Production,
  family: StoryFamily | null,
  scene: Scene<StoryRoom>,
): Promise<void> {
  for (const line of scene.lines) {
    const actor = await production.troupe.call(actorOf(line));
    const { room } = await roomOf(actor, wishFor(production, family, scene.room));
    const minutes = await playLine(actor, room, line);
    production.clock.now += Math.round(minutes * MINUTE_MS);
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
