import { expect, test } from "vitest";
import {
  ANA,
  BEN,
  evidenceAccountOf as accountOf,
  evidenceLine as line,
  evidenceSigning as sign,
  id,
  MIA,
  THERAPIST,
  TOM,
  versionId,
  versionOf,
} from "../../testing/agreement.ts";
import type { AccountId } from "../id.ts";
import type { EvidenceLine } from "./evidence.ts";
import { carriedLines, hearAgreement } from "./hear-agreement.ts";
import { judgeEvidence } from "./judge-evidence.ts";

const versions = [versionOf(1), versionOf(2)];
const named = line(THERAPIST, {
  kind: "named",
  people: [ANA, BEN, TOM, MIA].map((person) => ({
    person,
    account: accountOf(person),
    known: "invitation" as const,
  })),
});
const offered = line(THERAPIST, { kind: "offered" });
const no = line(ANA, { kind: "answered", answer: "declined" });
const rest = [sign(BEN), sign(TOM, "assent"), sign(ANA, "guardian", TOM), sign(BEN, "guardian", TOM)];

const carriedOf = (lines: readonly EvidenceLine[]) => [...carriedLines({ versions, lines })];
/** A copy of these: places move when lines are left out. */
const copied = (lines: readonly EvidenceLine[]): readonly EvidenceLine[] => {
  const carried = carriedOf(lines);
  const placeOf = new Map(carried.map((place, now) => [place, now]));
  return carried.flatMap((place) => {
    const one = lines[place];
    if (one === undefined) return [];
    const { after } = one;
    return [{ ...one, after: typeof after === "number" ? (placeOf.get(after) ?? "missing") : after }];
  });
};

test("who posts thousands of lines makes work for each once, and is in everybody's copies as if they had not", () => {
  const flood = (what: EvidenceLine, count = 100_000) =>
    Array.from({ length: count }, (_one, place) => ({ ...what, after: place % 2 === 0 ? null : place + 1 }));
  for (const what of [
    sign(MIA, "assent"),
    sign(ANA, "self", ANA, { version: versionId(7) }),
    line(MIA, { kind: "delivered", form: "pdf" }),
    line(MIA, { kind: "named", people: [] }),
    no,
  ]) {
    const lines = [named, offered, ...flood(what), sign(ANA), ...rest];
    const heard = hearAgreement({ versions, lines });
    expect(heard.state.versions[0]?.stage.kind).toBe("in-force");
    const copy = copied(lines);
    expect(copy).toHaveLength(7);
    expect(judgeEvidence({ about: versionId(1), versions, lines: copy })).toMatchObject({
      isSigned: true,
      refused: [],
    });
  }
  // Half a million lines, heard twice: what grew with their square would take minutes.
}, 20_000);

test("who takes back again and again what they sign is heard ten times, and a no is the last word", () => {
  const cycles = Array.from({ length: 50 }, () => [sign(ANA), no]).flat();
  const lines = [named, offered, ...cycles, ...rest, sign(ANA)];
  const { refused, state } = hearAgreement({ versions, lines });
  expect(new Set(refused.map(({ why }) => why.kind))).toEqual(new Set(["after-withdrawal"]));
  expect(state.versions[0]).toMatchObject({ stage: { kind: "open" } });
  // She signs nothing of it any more, for Tom neither.
  expect(carriedOf(lines)).toHaveLength(2 + 20 + rest.length - 1);
  // The next version is another matter.
  const second = { version: versionId(2) };
  const next = [line(THERAPIST, { kind: "offered" }, second), sign(ANA, "self", ANA, second)];
  expect(hearAgreement({ versions, lines: [...lines, ...next] }).state.versions[1]?.signatures).toHaveLength(
    1,
  );
});

test("a copy carries no signature that names what is not carried, is of another version, or stands behind it", () => {
  const about = (after: EvidenceLine["after"]) =>
    carriedOf([named, offered, no, sign(BEN, "self", BEN, { after })]);
  expect(about(1)).toEqual([0, 1, 3]);
  expect(about(null)).toEqual([0, 1, 3]);
  for (const after of [2, 3, 9, "missing"] as const) expect(about(after)).toEqual([0, 1]);
  const second = { version: versionId(2) };
  const later = line(THERAPIST, { kind: "offered" }, second);
  const over = (after: number) =>
    carriedOf([named, offered, later, sign(BEN, "self", BEN, { ...second, after })]);
  expect(over(2)).toEqual([0, 1, 2, 3]);
  expect(over(1)).toEqual([0, 1, 2]);
});

test("what a therapist says is carried by whoever came in later, and does not have what stood before it", () => {
  const suspended = line(THERAPIST, { kind: "suspended", also: [] }, { after: "missing" });
  expect(carriedOf([named, offered, suspended])).toEqual([0, 1, 2]);
  const witnessed = (about: number) => line(THERAPIST, { kind: "witnessed", line: about, name: "Wanda" });
  // A witness of what is not carried would name nothing in the copy.
  expect(carriedOf([named, offered, sign(ANA), sign(ANA), witnessed(2), witnessed(3)])).toEqual([0, 1, 2, 4]);
});

test("who came back is heard with their new account where it is known whose it is, and a copy hears nobody so", () => {
  const account = id<AccountId>(0x777);
  const withdrawn = line(ANA, { kind: "withdrawn" }, { account });
  const said = { versions, lines: [named, offered, sign(ANA), withdrawn] };
  const isAna = (before: AccountId, now: AccountId) => before === accountOf(ANA) && now === account;
  const heard = hearAgreement(said, isAna);
  expect(heard).toMatchObject({ refused: [] });
  expect([heard.state.versions[0]?.stage.kind, heard.accounts.get(ANA)]).toEqual(["void", accountOf(ANA)]);
  const refused = [{ line: 3, why: { kind: "another-account", person: ANA } }];
  expect(hearAgreement(said).refused).toEqual(refused);
  expect(hearAgreement(said, (before, now) => before === accountOf(BEN) && now === account).refused).toEqual(
    refused,
  );
  expect([
    ...carriedLines({ versions, lines: [named, offered, sign(ANA, "self", ANA, { account })] }),
  ]).toEqual([0, 1]);
});
