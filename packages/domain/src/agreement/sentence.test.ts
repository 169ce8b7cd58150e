import { expect, test } from "vitest";
import { ANA, BEN, soundChoices, soundParties, TOM } from "../../testing/agreement.ts";
import { ROOM_KINDS } from "../room/plan.ts";
import type { Choices } from "./choices.ts";
import { compileAgreement, ruleFor } from "./compile.ts";
import { ageOn, birthdayAt, isDay } from "./day.ts";
import { ROOM_SENTENCES, roomSentence } from "./sentence.ts";

const sentenceWith = (choices: Partial<Choices>, owner = ANA) => {
  const facts = compileAgreement({ choices: { ...soundChoices, ...choices }, parties: soundParties });
  const rule = ruleFor(facts, { owner, contact: "message", label: null });
  return roomSentence({ room: "private", holds: "in-force", rule });
};

test.each<readonly [Partial<Choices>, string]>([
  [{ policy: { kind: "no-secrets" } }, "private.no-secrets"],
  [{ policy: { kind: "limited", categories: ["affair"] } }, "private.limited"],
  [{ policy: { kind: "discretion", tellsSpeakerFirst: false } }, "private.discretion"],
  [{ policy: { kind: "full" } }, "private.full"],
  [{ policy: { kind: "no-individual-contact", isScreenedFirst: true } }, "private.no-individual-contact"],
  [{ contacts: ["call"] }, "private.not-covered"],
])("before the first message, with %j, a private room says %s", (choices, sentence) => {
  expect(sentenceWith(choices)).toBe(sentence);
});

test("a teenager who was promised more than the policy says reads that of their own room", () => {
  expect(sentenceWith({ policy: { kind: "no-secrets" } }, TOM)).toBe("private.minor-level");
  expect(sentenceWith({ policy: { kind: "no-secrets" } }, BEN)).toBe("private.no-secrets");
});

test("until an agreement is in force, and after a withdrawal, every room says so", () => {
  const rule = ruleFor(null, { owner: ANA, contact: "message", label: null });
  expect(rule).toEqual({ kind: "speaker-only", why: "no-agreement" });
  const said = ROOM_KINDS.map((room) =>
    (["none", "suspended", "in-force"] as const).map((holds) => roomSentence({ room, holds, rule })),
  );
  expect(said).toEqual([
    ["shared.no-agreement", "shared.suspended", "shared.in-force"],
    ["shared.no-agreement", "shared.suspended", "shared.in-force"],
    ["private.no-agreement", "private.suspended", "private.no-agreement"],
    ["professionals", "professionals", "professionals"],
    ["professionals", "professionals", "professionals"],
    ["shared.no-agreement", "shared.suspended", "shared.in-force"],
  ]);
  for (const sentence of said.flat()) expect(ROOM_SENTENCES).toContain(sentence);
});

test("somebody is a year older on their birthday, and who was born on 29 February on 1 March", () => {
  const born = { year: 2016, month: 2, day: 29 };
  expect(isDay(born)).toBe(true);
  expect(isDay({ ...born, year: 2015 })).toBe(false);
  expect(ageOn(born, { year: 2030, month: 2, day: 28 })).toBe(13);
  expect(ageOn(born, { year: 2030, month: 3, day: 1 })).toBe(14);
  expect(birthdayAt(born, 14)).toBe(Date.parse("2030-03-01T00:00:00Z"));
});
