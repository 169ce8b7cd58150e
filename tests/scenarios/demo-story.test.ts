/** The demo's story, played whole on a real server: afterwards everybody can come in, and sees what the story says and nothing else. */
import { createClient, type Client, type RoomLineView, type RoomView } from "@sotto/client";
import { memoryPorts } from "@sotto/client/memory";
import { play, type CastMember } from "@sotto/demo/play";
import { actorOf, type Line, type Scene, type StoryRoom } from "@sotto/demo/lines";
import { practice } from "@sotto/demo/story";
import { afterAll, beforeAll, expect, test } from "vitest";
import { namesIn, roomNow, seen, valueOf } from "../support/clients.ts";
import { openRealServer, type RealServer } from "../support/real-server.ts";

/** Who is in which room, written down apart from the rules that make the rooms. */
const ROOMS: Readonly<Record<string, readonly (readonly [room: string, people: readonly string[]])[]>> = {
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

let server: RealServer;
let cast: readonly CastMember[];
const clients: Client[] = [];

beforeAll(async () => {
  const clock = { now: Date.now() };
  const today = new Date().setHours(0, 0, 0, 0);
  server = await openRealServer({ now: () => clock.now });
  const stage = { origin: server.origin, clock, setupCode: server.server.makeSetupCode, today };
  cast = await play(stage, () => undefined);
  // From here on it is now, for the server as for everybody who comes.
  clock.now = Date.now();
}, 900_000);

afterAll(async () => {
  for (const client of clients) await client.close();
  await server?.close();
});

const nameOf = (key: string): string => cast.find((member) => member.key === key)?.name ?? "";

/** Somebody on a device that knows nothing, in step. */
async function comeIn({ way }: CastMember): Promise<Client> {
  const client = createClient(memoryPorts(server.origin));
  clients.push(client);
  await client.start();
  valueOf(await client.actions.signIn(way));
  await seen(client, "session", ({ inStep, online }) => inStep && online);
  return client;
}

const roomNameOf = (room: StoryRoom): string => (typeof room === "object" ? room.privateOf : room);

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

interface Expected {
  readonly group: string;
  readonly room: string;
  readonly names: readonly string[];
  readonly said: readonly string[];
}

function expectedOf(who: string): readonly Expected[] {
  return Object.entries(ROOMS).flatMap(([group, rooms]) =>
    rooms
      .filter(([, people]) => people.includes(who))
      .map(([room, people]) => {
        const late = TOO_LATE.find(
          ([key, lateGroup, lateRoom]) => key === who && lateGroup === group && lateRoom === room,
        );
        const said = standing(linesOf(group, room, late?.[3]));
        return { group, room, names: people.map(nameOf).toSorted(), said };
      }),
  );
}

const describe = ({ names, said }: Pick<Expected, "names" | "said">): string =>
  `${names.join(", ")}: ${said.join(" / ")}`;

function seenRooms(client: Client): readonly string[] {
  let lines: readonly RoomLineView[] = [];
  client.watch("rooms", (rooms) => {
    lines = rooms;
  })();
  return lines
    .map((line) => describe({ names: namesIn(line), said: shown(roomNow(client, line.room)) }))
    .toSorted();
}

test("the story has everybody whom it promises, and everybody who acts is in the room they act in", () => {
  expect(cast).toHaveLength(3 + 4 + 3 + 4 + 2 + 3);
  const groups = [{ key: "practice", scenes: practice.scenes }, ...practice.families];
  for (const { key, scenes } of groups)
    for (const { lines, room } of scenes)
      for (const line of lines) expect(new Map(ROOMS[key]).get(roomNameOf(room))).toContain(actorOf(line));
});

test("everybody comes in by their own way, and sees their rooms, all that was said in them, and nothing of others", async () => {
  for (const member of cast) {
    const client = await comeIn(member);
    const expected = expectedOf(member.key).map(describe).toSorted();
    await seen(client, "rooms", (rooms) => rooms.length === expected.length);
    expect({ who: member.key, rooms: seenRooms(client) }).toEqual({ who: member.key, rooms: expected });
  }
}, 300_000);

test("what was taken back is nowhere, and what was changed stands as it was changed", async () => {
  const all = clients.flatMap(seenRooms).join("\n");
  const lines = [...practice.families.flatMap(({ scenes }) => scenes), ...practice.scenes].flatMap(
    (scene) => scene.lines,
  );
  const gone = lines.flatMap((line) =>
    "kind" in line && (line.kind === "delete" || line.kind === "change") ? [line.of] : [],
  );
  expect(gone.length).toBeGreaterThanOrEqual(2);
  for (const text of gone) expect(all).not.toContain(text);
});

test("the files of the story open on a device that has not seen them, as what they are", async () => {
  const starts: Readonly<Record<string, string>> = {
    "image/jpeg": "ffd8ffe0",
    "audio/wav": "52494646",
    "application/pdf": "25504446",
  };
  let opened = 0;
  for (const client of clients) {
    let rooms: readonly RoomLineView[] = [];
    client.watch("rooms", (lines) => {
      rooms = lines;
    })();
    for (const { room } of rooms)
      for (const line of roomNow(client, room)?.entries ?? []) {
        if (line.kind !== "file") continue;
        const blob = valueOf(await client.actions.openFile({ room, entry: line.entry }));
        const bytes = new Uint8Array(await blob.arrayBuffer());
        expect(Buffer.from(bytes.subarray(0, 4)).toString("hex")).toBe(starts[line.file.type]);
        expect(line.file.hasPreview).toBe(line.file.type === "image/jpeg");
        opened++;
      }
  }
  // Five files, for everybody who reads them.
  expect(opened).toBe(6 + 5 + 2 + 4 + 3);
});
