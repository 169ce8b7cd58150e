import { encodeUtf8 } from "@sotto/vault";
import { expect, test } from "vitest";
import { templateCalled } from "../../testing/a-template.ts";
import type { AgreementWork } from "../agreement.ts";
import { decodeWork, encodeWork } from "./agreement-work.ts";

const part = { part: "court", language: "en", reader: "adult" } as const;
const open = {
  client: null,
  policy: null,
  contacts: null,
  telling: null,
  limits: null,
  earlier: null,
  outsiders: null,
  promises: null,
  records: null,
  court: null,
  minors: null,
  messages: null,
  change: null,
  worries: null,
};
const work: AgreementWork = {
  on: { year: 2026, month: 11, day: 26 },
  parties: [],
  therapists: [],
  places: [],
  choices: open,
  words: [],
  template: null,
  begunFrom: templateCalled("Ours"),
  own: [{ ...part, text: "We stay out <of court.", fits: null }],
};

test("a draft is kept with own words as they were typed, also with those that may not stand", () => {
  expect(decodeWork(encodeWork(work))).toEqual(work);
});

test("a draft of before, whose template does not speak of whole parts, has none of them", () => {
  const { own: _own, begunFrom: _from, ...before } = work;
  const { parts: _parts, ...template } = templateCalled("Ours");
  const kept = encodeUtf8(JSON.stringify({ shape: 1, work: { ...before, begunFrom: template } }));
  expect(decodeWork(kept)).toEqual({ ...before, begunFrom: { ...template, parts: [] } });
});
