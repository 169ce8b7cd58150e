/** Some of the deaths of every course. `npm run drills` tries all of them. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { Camps, TOGETHER } from "./camps.ts";
import { COURSES, type CourseName } from "./courses.ts";
import { runDrill, type DrillDeath } from "./drill.ts";
import { takeEvidence } from "./evidence.ts";
import { judge } from "./judge.ts";
import { reportOnDrill } from "./weather-report.ts";

/** So many deaths of a course are tried here, spread over all of them. */
const DEATHS = 9;

/** What is said, changed, taken back and taken away in a course where nobody dies, and which events it leaves. */
const HOPED: Readonly<
  Record<CourseName, Readonly<Partial<Record<"said" | "changed" | "undone" | "deleted" | "events", number>>>>
> = {
  coming: { said: 1, changed: 0, undone: 0, deleted: 0, events: 0 },
  words: { said: 4, changed: 2, undone: 1, deleted: 1, events: 0 },
  "a file": { said: 2, changed: 0, undone: 0, deleted: 1, events: 0 },
  people: { said: 4, changed: 0, undone: 0, deleted: 0, events: 3 },
  rooms: { said: 1, changed: 0, undone: 0, deleted: 0, events: 5 },
  // What is said while it is closed may be taken here before it is heard of, and refused later.
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
    const drilled = await runDrill(camp, course, null);
    try {
      const { said } = drilled.ledger;
      return {
        deaths: drilled.deaths,
        broken: await judge(await takeEvidence(drilled)),
        done: {
          said: said.length,
          changed: said.flatMap(({ changes }) => changes).length,
          undone: said.filter(({ undo }) => undo === "told").length,
          deleted: said.filter(({ deletion }) => deletion === "told").length,
          events: (await count()) - before,
        },
      };
    } finally {
      await drilled.close();
    }
  });
}

const spread = (deaths: readonly DrillDeath[]): readonly DrillDeath[] => {
  const step = Math.max(1, Math.floor(deaths.length / DEATHS));
  // Beginning at another place, so that not all of them are of one kind.
  return deaths.filter((_, index) => index % step === Math.floor(step / 2));
};

test.concurrent.each(names)(
  "in the course of %s whoever dies, and wherever, everything that was promised holds",
  async (course) => {
    const fair = await fairDrill(course);
    expect(fair.broken).toEqual([]);
    expect(fair.done).toMatchObject(HOPED[course]);
    const reports = await Promise.all(
      spread(fair.deaths).map((death) => camps.with((camp) => reportOnDrill(camp, course, death))),
    );
    expect(reports.flatMap(({ broken, story }) => (broken.length === 0 ? [] : [...broken, story]))).toEqual(
      [],
    );
    expect(reports.filter(({ died }) => died).length).toBeGreaterThan(DEATHS / 2);
  },
);
