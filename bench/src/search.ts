import { Search, type Searched } from "@sotto/client/search";
import { parseId } from "@sotto/domain";
import { benchLine, type BenchLine } from "./line.ts";

const MESSAGES = 100_000;
const ROOMS = 40;
const QUERIES = ["holiday plans friday", "manana", "السلام", "星期五", "zzzznothing", "thank you"];

const SENTENCES = [
  "Could we talk about the holiday plans on Friday, when everybody is there?",
  "Mañana no puedo, pero el jueves por la tarde sí.",
  "السَّلَامُ عَلَيْكُم، هل يمكننا الحديث غدا بعد المدرسة؟",
  "我们星期五下午见面吧，孩子们也想一起来。",
  "Thank you for saying that. It helps me to know how it was for you.",
  "I felt left out when the two of you decided it without me.",
  "👍",
  "Can you pick up Mia at five? I am stuck in a meeting until six.",
];

/**
 * What one key costs who searches 100,000 messages, at the 95th percentile over queries as they are typed, letter by letter; beside a plain
 * `String.includes` over the same texts, all of them, in the same run.
 */
export async function benchSearch(): Promise<readonly BenchLine[]> {
  const rooms = makeRooms();
  const texts = rooms.flatMap(({ lines }) =>
    lines.flatMap((line) => (line.kind === "message" ? [line.text] : [])),
  );
  const search = new Search(() => rooms);
  const look = (query: string) => search.find({ query, after: null, countMax: 30, isHidden: () => false });
  const readying = await timeOf(() => look(""));
  // Folds every text once, as the search screen does when it opens.
  const folding = await timeOf(() => look("zzzz"));
  const [keys, plain]: [number[], number[]] = [[], []];
  for (const typed of QUERIES.flatMap(typedOf)) {
    keys.push(await timeOf(() => look(typed)));
    plain.push(
      await timeOf(async () => {
        let count = 0;
        for (const text of texts) if (text.includes(typed)) count++;
        return count;
      }),
    );
  }
  return [
    benchLine("search.key-p95", "ms", percentile(keys, 0.95), percentile(plain, 0.95)),
    benchLine("search.first", "ms", readying + folding, null),
  ];
}

/** A query as it grows under somebody's fingers. */
const typedOf = (query: string): readonly string[] =>
  Array.from({ length: query.length }, (_, end) => query.slice(0, end + 1));

async function timeOf(run: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await run();
  return performance.now() - from;
}

function percentile(numbers: readonly number[], part: number): number {
  const found = numbers.toSorted((a, b) => a - b)[Math.ceil(numbers.length * part) - 1];
  if (found === undefined) throw new Error("a percentile of nothing");
  return found;
}

/** Rooms as a client holds them, as far as a search looks at them. */
function makeRooms(): readonly Searched[] {
  return Array.from({ length: ROOMS }, (_, room) => ({
    room: idOf(0xf00000 + room),
    changes: 0,
    lines: Array.from({ length: MESSAGES / ROOMS }, (_unused, index) => {
      const number = index * ROOMS + room;
      return {
        kind: "message" as const,
        seq: index + 1,
        entry: idOf(number),
        author: idOf(0xa00000),
        text: `${SENTENCES[number % SENTENCES.length] ?? ""} ${number}`,
        to: null,
        at: number * 1000,
        editedAt: null,
      };
    }),
  }));
}

function idOf<Id extends string>(number: number): Id {
  const id = parseId<Id>(`00000000-0000-4000-8000-${String(number).padStart(12, "0")}`);
  if (id === null) throw new Error("an id");
  return id;
}
