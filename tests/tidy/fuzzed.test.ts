/** No decoder is left out: whatever a package reads from bytes or texts that others made is tried with mutations. */
import { expect, test } from "vitest";
import { listFiles, readText } from "./read-sources.ts";

const EXPORTED = /^export (?:async )?function ((?:decode|parse|open|read|join|from|idTo|idFrom)[A-Z]\w*)/gm;

/** What the pattern finds and what decodes nothing, each with what it is. */
const OTHERS: Readonly<Record<string, string>> = {
  joinRoomEvent: "writes",
  joinSalted: "writes",
  joinVaults: "compares",
  joinByInvitation: "asks the server",
  openAccount: "asks the server",
  openFiles: "makes a part of the client",
  openHome: "makes a part of the client",
  openOrNull: "runs another's reading",
  openRoom: "fills a room by other decoders",
  openWithPast: "asks the server",
  readAllRooms: "asks the server",
  readOrNull: "runs another's reading",
};

const packages = { vault: "packages/vault/", client: "packages/client/" } as const;

test.each(Object.entries(packages))("every decoder of %s has its mutations", (_name, folder) => {
  const files = listFiles(`${folder}src`).filter((path) => path.endsWith(".ts"));
  const fuzzed = readText(`${folder}src/decoders.laws.test.ts`);
  const found = files
    .filter((path) => !path.endsWith(".test.ts"))
    .flatMap((path) => [...readText(path).matchAll(EXPORTED)].map((match) => match[1] ?? ""));
  expect(found.length).toBeGreaterThanOrEqual(10);
  const isFuzzed = (decoder: string) => new RegExp(`fuzz(?:Text)?\\(\\s*["\`]${decoder}[ "\`]`).test(fuzzed);
  expect(found.filter((decoder) => !(decoder in OTHERS) && !isFuzzed(decoder))).toEqual([]);
});

test("what is no decoder is still there", () => {
  const texts = Object.values(packages)
    .flatMap((folder) => listFiles(`${folder}src`))
    .filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts"))
    .map(readText)
    .join("\n");
  const all = [...texts.matchAll(EXPORTED)].map((match) => match[1]);
  expect(Object.keys(OTHERS).filter((name) => !all.includes(name))).toEqual([]);
});

test("every endpoint is asked what nobody means: the fuzzer reads the contract's own table", () => {
  expect(readText("tests/scenarios/server-fuzz.test.ts")).toContain("test.each(Object.keys(ENDPOINTS)");
});
