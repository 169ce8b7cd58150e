import { readFile } from "node:fs/promises";
import { afterEach, expect, test } from "vitest";
import { eachOf, english, spanish, textsOf } from "../../testing/all-words.ts";
import { keeping as keepingNow } from "../words/keeping.ts";
import { callProduct, sayProblem, speak, spokenLanguage, watchWords, words } from "../words/words.ts";

/** Names, and what is written in the same way in both languages. */
const SAME = new Set([
  "Android",
  "Chrome",
  "Chromebook",
  "Edge",
  "English",
  "Español",
  "Firefox",
  "Linux",
  "Mac",
  "No",
  "Opera",
  "Safari",
  "Sotto",
  "Video",
  "Windows",
  "iPad",
  "iPhone",
  "sotto verify-agreement agreement.sotto",
  english.reminders.calendar.text,
]);

afterEach(() => speak("en"));

test("no text stands in English among the Spanish ones", () => {
  const told = new Map(textsOf(english));
  const same = textsOf(spanish).filter(([place, text]) => told.get(place) === text && !SAME.has(text));
  expect(same).toEqual([]);
});

test("what is made from names and numbers takes the same in both languages", () => {
  const made = new Map(eachOf("function", english));
  const others = eachOf("function", spanish);
  expect(others.map(([place]) => place).toSorted()).toEqual([...made.keys()].toSorted());
  // A function that needs less than it is given is shorter.
  const longer = others.filter(([place, say]) => lengthOf(say) > lengthOf(made.get(place)));
  expect(longer.map(([place]) => place)).toEqual([]);
});

const lengthOf = (say: unknown): number => (typeof say === "function" ? say.length : -1);

const {
  agreementCompose,
  agreementDesk,
  agreementSign,
  agreementWords,
  catalogue,
  family,
  keeping,
  practice,
} = spanish;

const counted: Readonly<Record<string, (count: number) => string>> = {
  devices: catalogue.devices.lately,
  fresh: catalogue.rooms.freshCount,
  found: (count) => catalogue.search.found(count, false),
  more: (count) => catalogue.search.found(count, true),
  files: catalogue.files.chooseTitle,
  ended: catalogue.ended.title,
  endedLine: (count) => catalogue.ended.line(count, 0, null),
  past: (count) => catalogue.past.wouldRead("Ana", count, ["Ben"], 0),
  family: (count) => family.count(count, 0),
  keptAlone: practice.keptAlone,
  span: keeping.span,
  rooms: (count) => keeping.asked("Ada", count, true),
  lost: (count) => keeping.isLost(count, false),
  underWay: keeping.underWay,
  endedRooms: keeping.endedRooms,
  partly: keeping.partly,
  questions: agreementWords.questions,
  answers: agreementWords.answers,
  due: (count) => agreementWords.due(count, []),
  signed: (count) => agreementWords.signed(count, 2),
  read: (count) => agreementDesk.read(count, 2),
  check: agreementSign.start.checkText,
  toMend: agreementCompose.summary.blocks,
  blocked: agreementCompose.offer.blocked,
  doubts: agreementCompose.offer.looked,
  years: agreementCompose.records.years,
  ownParts: agreementCompose.file.ownParts,
  ways: (count) => agreementCompose.worries.short(count, count),
};

const EMPTY = /undefined|NaN|\bnull\b/;

/** What is said wrongly: with whom, and as it is said. */
const saidWrongly = <Wish>(
  all: Readonly<Record<string, (wish: Wish) => string>>,
  wishes: readonly Wish[],
  wrong: readonly RegExp[],
): readonly string[] =>
  Object.entries(all).flatMap(([name, say]) =>
    wishes
      .map((wish) => `${name}: ${say(wish)}`)
      .filter((said) => wrong.some((pattern) => pattern.test(said))),
  );

test("numbers go with their words: none, one and two", () => {
  const several = /(?<!\d)1 (?!mes\b)\p{L}+s(?!\p{L})/u;
  const single = /(?<!\d)[02] (?!de\b)\p{L}*[^s\P{L}](?!\p{L})/u;
  expect(saidWrongly(counted, [0, 1, 2], [EMPTY, several, single])).toEqual([]);
  const alike = Object.entries(counted).filter(([, say]) => say(1) === say(2) || !/\b2\b/.test(say(2)));
  expect(alike).toEqual([]);
  expect(several.test("1 salas")).toBe(true);
  expect(single.test("2 sala")).toBe(true);
});

const named: Readonly<Record<string, (names: readonly string[]) => string>> = {
  ...catalogue.changes,
  placeholder: catalogue.room.placeholder,
  cameIn: catalogue.room.cameIn,
  wentOut: catalogue.room.wentOut,
  deleteText: catalogue.messages.deleteText,
  sendAgain: catalogue.files.sendAgain,
  left: catalogue.leaving.left,
  also: practice.also,
  suspended: agreementDesk.suspended,
};

test("several people go with a verb for several, and nobody is called undefined", () => {
  const single = /Ana y Ben (entró|salió|hizo|puede|ya no puede)\b/;
  const several = /(?<! y )(Ana|Ben) (entraron|salieron|hicieron|pueden|ya no pueden)\b/;
  expect(saidWrongly(named, [[], ["Ana"], ["Ana", "Ben"]], [EMPTY, single, several])).toEqual([]);
  expect(catalogue.changes.added(["Ana", "Ben"])).toContain("Ana y Ben entraron");
});

test("days are said as people say them, in Spanish", () => {
  const noon = (year: number, month: number, date: number) => new Date(year, month - 1, date, 12).getTime();
  const now = noon(2026, 3, 5);
  const { day, weekday, when } = catalogue;
  expect(day(now, now)).toBe("Hoy");
  expect(day(noon(2026, 3, 4), now)).toBe("Ayer");
  expect(day(noon(2026, 3, 2), now)).toMatch(/^lunes.* de marzo$/);
  expect(day(noon(2025, 12, 31), now)).toContain("2025");
  expect(when(noon(2026, 3, 2), now)).toBe("lunes");
  expect(when(noon(2026, 2, 1), now)).toContain("2026");
  expect(weekday(noon(2026, 3, 3))).toBe("martes");
});

test("all words change at once and back again, and the name of the app stays", async () => {
  let heard = 0;
  const stop = watchWords(() => heard++);
  callProduct("Notes");
  await speak("es");
  expect(spokenLanguage()).toBe("es");
  expect(words.act.save).toBe("Guardar");
  expect(keepingNow.set).toBe(spanish.keeping.set);
  expect(sayProblem("offline")).toBe(catalogue.refusals.offline);
  expect(words.product).toBe("Notes");
  await speak("en");
  expect(words.act.save).toBe("Save");
  expect(keepingNow.set).toBe(english.keeping.set);
  expect(words.product).toBe("Notes");
  expect(heard).toBe(3);
  stop();
  callProduct("Sotto");
  expect(heard).toBe(3);
});

test("under another name the app is called in its manifests as the words call it, in both languages", async () => {
  const nameIn = async (path: string): Promise<unknown> => {
    const text = await readFile(new URL(`../../public/looks/${path}.webmanifest`, import.meta.url), "utf8");
    const { name, short_name } = JSON.parse(text) as { readonly name: string; readonly short_name: string };
    expect(short_name).toBe(name);
    return name;
  };
  for (const look of ["notes", "calendar", "weather"] as const) {
    expect(await nameIn(`${look}/manifest`)).toBe(english.catalogue.looks[look]);
    expect(await nameIn(`${look}/es`)).toBe(catalogue.looks[look]);
  }
});
