/** Some of what can go wrong in every course. `npm run drills` tries all of them. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { Camps, TOGETHER } from "./camps.ts";
import { COURSES, type CourseName } from "./courses.ts";
import { reportOnDrill } from "./weather-report.ts";
import type { Mishap } from "./world.ts";

const KINDS = ["server", "page", "ask"] as const;
/** At so many points of each kind something goes wrong here in each course. */
const POINTS = 4;

/** What is said, changed, taken back and taken away in a course where all is well, and which events it leaves. */
const HOPED: Readonly<
  Record<CourseName, Readonly<Partial<Record<"said" | "changed" | "undone" | "deleted" | "events", number>>>>
> = {
  coming: { said: 1, changed: 0, undone: 0, deleted: 0, events: 0 },
  words: { said: 4, changed: 2, undone: 1, deleted: 1, events: 0 },
  "held words": { said: 4, changed: 0, undone: 0, deleted: 1, events: 0 },
  "a file": { said: 2, changed: 0, undone: 0, deleted: 1, events: 0 },
  rooms: { said: 1, changed: 0, undone: 0, deleted: 0, events: 5 },
  // What is said where one may not any more can be taken on a device that has not heard of it, and be refused later.
  people: { changed: 0, undone: 0, deleted: 0, events: 3 },
  "an end": { changed: 0, undone: 0, deleted: 0, events: 10 },
};

const names = Object.keys(COURSES).filter((name): name is CourseName => name in COURSES);

let camps: Camps;

beforeAll(async () => {
  camps = await Camps.open(TOGETHER);
});

afterAll(() => camps.close());

async function fairDrill(course: CourseName) {
  return camps.with(async (camp) => {
    const count = async () =>
      Number((await camp.ask("select count(*) as count from room_item where kind = 'event'"))[0]?.["count"]);
    await camp.putBack();
    const before = await count();
    const { broken, ledger, points } = await reportOnDrill(camp, course, null);
    const { said } = ledger;
    return {
      points,
      broken,
      done: {
        said: said.length,
        changed: said.flatMap(({ changes }) => changes).length,
        undone: said.filter(({ undo }) => undo === "told").length,
        deleted: said.filter(({ deletion }) => deletion === "told").length,
        events: (await count()) - before,
      },
    };
  });
}

/** Some points of each kind, spread over all of them, each in another of its ways. */
const spread = (points: readonly (readonly Mishap[])[]): readonly Mishap[] =>
  KINDS.flatMap((kind) => {
    const all = points.filter(([way]) => way !== undefined && kind in way);
    const step = Math.max(1, Math.floor(all.length / POINTS));
    const some = all.filter((_, index) => index % step === Math.floor(step / 2)).slice(0, POINTS);
    return some.flatMap((ways, index) => ways.slice(index % ways.length).slice(0, 1));
  });

test.concurrent.each(names)(
  "in the course of %s whatever goes wrong, and wherever, everything that was promised holds",
  async (course) => {
    const fair = await fairDrill(course);
    expect(fair.broken).toEqual([]);
    expect(fair.done).toMatchObject(HOPED[course]);
    const reports = await Promise.all(
      spread(fair.points).map(async (mishap) => ({
        mishap,
        ...(await camps.with((camp) => reportOnDrill(camp, course, mishap))),
      })),
    );
    expect(reports.flatMap(({ broken, story }) => (broken.length === 0 ? [] : [...broken, story]))).toEqual(
      [],
    );
    for (const kind of KINDS) expect(reports.some(({ isMet, mishap }) => isMet && kind in mishap)).toBe(true);
  },
);
