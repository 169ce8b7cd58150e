/** What the demo's story promises: who is in which room, and what stands there in the end. Written down apart from the rules that make it so. */
import type { Client, RoomView } from "@sotto/client";
import type { Line, Scene, StoryRoom } from "@sotto/demo/lines";
import { practice } from "@sotto/demo/story";
import { namesIn, now, roomNow } from "./clients.ts";

/** Who is in which room. */
export const ROOMS: Readonly<
  Record<string, readonly (readonly [room: string, people: readonly string[]])[]>
> = {
  practice: [["practice", ["ada", "sam", "noor"]]],
  rivera: [
    ["team", ["ada", "sam"]],
    ["family", ["ada", "sam", "ana", "ben", "mia", "tom"]],
    ["couple", ["ada", "ana", "ben"]],
    ["siblings", ["ada", "mia", "tom"]],
    ["ana", ["ada", "ana"]],
    ["ben", ["ada", "ben"]],
    ["mia", ["ada", "mia"]],
    ["tom", ["ada", "tom"]],
  ],
  okafor: [
    ["team", ["sam", "ada"]],
    ["family", ["sam", "ada", "grace", "daniel"]],
    ["grace", ["sam", "grace"]],
    ["daniel", ["sam", "daniel"]],
    ["ifeoma", ["sam", "ifeoma"]],
  ],
  nowak: [
    ["team", ["ada"]],
    ["family", ["ada", "piotr", "marta", "kasia", "leo"]],
    ["couple", ["ada", "piotr", "marta"]],
    ["siblings", ["ada", "kasia", "leo"]],
    ["piotr", ["ada", "piotr"]],
    ["marta", ["ada", "marta"]],
    ["kasia", ["ada", "kasia"]],
    ["leo", ["ada", "leo"]],
  ],
  "shah-weber": [
    ["team", ["sam"]],
    ["family", ["sam", "priya", "jonas"]],
    ["priya", ["sam", "priya"]],
    ["jonas", ["sam", "jonas"]],
  ],
  hale: [
    ["team", ["ada"]],
    ["family", ["ada", "erik", "joanna", "saga"]],
    ["guardians", ["ada", "erik", "joanna"]],
    ["erik", ["ada", "erik"]],
    ["joanna", ["ada", "joanna"]],
    ["saga", ["ada", "saga"]],
  ],
};

/** What people came too late for: said in their room before they were in it, and not opened to them. */
const TOO_LATE: readonly (readonly [who: string, group: string, room: string, daysAgo: number])[] = [
  ["ada", "okafor", "family", 3],
  ["ada", "okafor", "team", 3],
  ["sam", "rivera", "team", 11],
];

/** What the table of rooms calls a room of the story. */
export const roomNameOf = (room: StoryRoom): string => (typeof room === "object" ? room.privateOf : room);

/** The lines of a room of the story, in their order, from a day on. */
function linesOf(group: string, room: string, fromDaysAgo = Number.POSITIVE_INFINITY): readonly Line[] {
  const scenes: readonly Scene<StoryRoom>[] =
    practice.families.find(({ key }) => key === group)?.scenes ?? practice.scenes;
  return scenes
    .filter((scene) => roomNameOf(scene.room) === room && scene.daysAgo <= fromDaysAgo)
    .toSorted((one, other) => other.daysAgo - one.daysAgo || one.at - other.at)
    .flatMap(({ lines }) => lines);
}

/** What stands in a room after all this: texts, and files by their names. */
function standing(lines: readonly Line[]): readonly string[] {
  const said: string[] = [];
  for (const line of lines) {
    if (!("kind" in line)) said.push(line[1]);
    else if (line.kind === "answer") said.push(line.text);
    else if (line.kind === "send") said.push(line.file.name);
    else if (line.kind === "change") said[said.indexOf(line.of)] = line.text;
    else said.splice(said.indexOf(line.of), 1);
  }
  return said;
}

function shown(view: RoomView | null): readonly string[] {
  return (view?.entries ?? []).flatMap((line) => {
    if (line.kind === "message") return [line.text];
    return line.kind === "file" ? [line.file.name] : [];
  });
}

/** A room in one line: who is in it, and what stands there. */
const describe = (names: readonly string[], said: readonly string[]): string =>
  `${names.join(", ")}: ${said.join(" / ")}`;

/** The rooms of somebody as the story has them, each in one line. `nameOf` says what somebody is called. */
export function expectedRooms(who: string, nameOf: (key: string) => string): readonly string[] {
  const all = Object.entries(ROOMS).flatMap(([group, rooms]) =>
    rooms
      .filter(([, people]) => people.includes(who))
      .map(([room, people]) => {
        const late = TOO_LATE.find(
          ([key, lateGroup, lateRoom]) => key === who && lateGroup === group && lateRoom === room,
        );
        const said = standing(linesOf(group, room, late?.[3]));
        return describe(people.map(nameOf).toSorted(), said);
      }),
  );
  return all.toSorted();
}

/** The rooms as this client shows them, each in one line. */
export const seenRooms = (client: Client): readonly string[] =>
  now(client, "rooms")
    .map((line) => describe(namesIn(line), shown(roomNow(client, line.room))))
    .toSorted();
